-- +goose Up
-- What permits an institution to train is changed by officers alone: its owners propose new numbers and ends, with papers, and
-- an officer confirms the proposal or sends it back with a reason. An institution has one that is not decided.
CREATE TABLE licence_changes (
    id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref                      text NOT NULL CONSTRAINT licence_changes_ref_unique UNIQUE,
    institution_id           bigint NOT NULL REFERENCES institutions ON DELETE CASCADE,
    state                    text NOT NULL CONSTRAINT licence_changes_state_known CHECK (state IN ('draft', 'sent', 'returned', 'confirmed')),
    version                  int NOT NULL DEFAULT 1,
    nib                      text NOT NULL DEFAULT '' CONSTRAINT licence_changes_nib_form CHECK (nib = '' OR nib ~ '^\d{13}$'),
    vin                      text NOT NULL DEFAULT '',
    license_no               text NOT NULL DEFAULT '',
    license_expires_on       date,
    accreditation_no         text NOT NULL DEFAULT '',
    accreditation_scope      text NOT NULL DEFAULT '',
    accreditation_expires_on date,
    so_permit_no             text NOT NULL DEFAULT '',
    so_permit_expires_on     date,
    note                     text NOT NULL DEFAULT '', -- of the owner, to the officers
    reason                   text NOT NULL DEFAULT '', -- why officers sent it back
    proposed_by              bigint NOT NULL REFERENCES users,
    created_at               timestamptz NOT NULL,
    updated_at               timestamptz NOT NULL,
    sent_at                  timestamptz,
    decided_by               bigint REFERENCES users,
    decided_at               timestamptz,
    CONSTRAINT licence_changes_sent_dated CHECK (state = 'draft' OR sent_at IS NOT NULL),
    CONSTRAINT licence_changes_decided_dated CHECK (state NOT IN ('returned', 'confirmed') OR decided_at IS NOT NULL AND decided_by IS NOT NULL),
    CONSTRAINT licence_changes_returned_says_why CHECK (state <> 'returned' OR reason <> '')
);
CREATE UNIQUE INDEX licence_changes_one_undecided ON licence_changes (institution_id) WHERE state <> 'confirmed';
CREATE INDEX licence_changes_queue ON licence_changes (sent_at, id) WHERE state = 'sent';
CREATE INDEX licence_changes_by_institution ON licence_changes (institution_id, id);
CREATE INDEX licence_changes_decided ON licence_changes (decided_at) WHERE state = 'confirmed';

ALTER TABLE institution_papers
    ALTER COLUMN request_id DROP NOT NULL,
    ADD COLUMN change_id bigint REFERENCES licence_changes ON DELETE CASCADE,
    ADD CONSTRAINT institution_papers_of_one CHECK ((request_id IS NULL) <> (change_id IS NULL));
CREATE UNIQUE INDEX institution_papers_same_of_change ON institution_papers (change_id, kind, sha256) WHERE change_id IS NOT NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('licence_change', 1825, '2026-01-01', 'Menunjukkan atas dasar berkas apa izin lembaga diubah.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'licence_change';
DELETE FROM institution_papers WHERE request_id IS NULL;
ALTER TABLE institution_papers DROP COLUMN change_id, ALTER COLUMN request_id SET NOT NULL;
DROP TABLE licence_changes;
