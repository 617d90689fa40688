-- +goose Up
-- An application may end without its person's doing: cancelled where the course does not take place for them,
-- deferred where it does not take place for now.
ALTER TABLE applications
    DROP CONSTRAINT applications_state_known,
    ADD CONSTRAINT applications_state_known CHECK (state IN ('draft', 'submitted', 'in_review', 'needs_fix', 'verified', 'not_eligible',
        'invited', 'attended', 'absent', 'accepted', 'reserve', 'not_selected', 'enrolled', 'completed', 'dropped', 'withdrawn', 'expired',
        'cancelled', 'deferred')),
    DROP CONSTRAINT applications_submitted_dated,
    ADD CONSTRAINT applications_submitted_dated CHECK (state IN ('draft', 'withdrawn', 'expired', 'cancelled', 'deferred')
        OR submitted_at IS NOT NULL);
DROP INDEX applications_one_live;
CREATE UNIQUE INDEX applications_one_live ON applications (intake_id, seeker_id)
    WHERE state NOT IN ('not_eligible', 'not_selected', 'absent', 'withdrawn', 'expired', 'completed', 'dropped', 'cancelled', 'deferred');

-- What leads all live applications to an intake, to a programme's intakes or to an institution's to their end. Until
-- begins_at it can be taken back; the row goes when all have ended.
CREATE TABLE endings (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text NOT NULL CONSTRAINT endings_kind_known
        CHECK (kind IN ('intake_cancelled', 'programme_closed', 'institution_suspended', 'institution_revoked')),
    intake_id      bigint REFERENCES intakes ON DELETE CASCADE,
    programme_id   bigint REFERENCES programmes ON DELETE CASCADE,
    institution_id bigint REFERENCES institutions ON DELETE CASCADE,
    reason         text NOT NULL DEFAULT '' CONSTRAINT endings_reason_length CHECK (char_length(reason) <= 500),
    actor_id       bigint REFERENCES users,
    at             timestamptz NOT NULL,
    begins_at      timestamptz NOT NULL,
    CONSTRAINT endings_of_one CHECK (num_nonnulls(intake_id, programme_id, institution_id) = 1)
);
CREATE INDEX endings_by_intake ON endings (intake_id) WHERE intake_id IS NOT NULL;
CREATE INDEX endings_by_programme ON endings (programme_id) WHERE programme_id IS NOT NULL;
CREATE INDEX endings_by_institution ON endings (institution_id) WHERE institution_id IS NOT NULL;

-- A message may go to the people of an institution's running courses.
ALTER TABLE tellings
    ADD COLUMN institution_id bigint REFERENCES institutions ON DELETE CASCADE,
    DROP CONSTRAINT tellings_about_one,
    ADD CONSTRAINT tellings_about_one CHECK (num_nonnulls(intake_id, programme_id, institution_id) = 1),
    DROP CONSTRAINT tellings_template_known,
    ADD CONSTRAINT tellings_template_known
        CHECK (template IN ('intake_cancelled', 'programme_changed', 'institution_halted', 'intake_changed'));
CREATE INDEX tellings_by_institution ON tellings (institution_id) WHERE institution_id IS NOT NULL;

-- +goose Down
DELETE FROM tellings WHERE template NOT IN ('intake_cancelled', 'programme_changed');
ALTER TABLE tellings
    DROP COLUMN institution_id,
    ADD CONSTRAINT tellings_about_one CHECK (num_nonnulls(intake_id, programme_id) = 1),
    DROP CONSTRAINT tellings_template_known,
    ADD CONSTRAINT tellings_template_known CHECK (template IN ('intake_cancelled', 'programme_changed'));
DROP TABLE endings;
UPDATE applications SET state = 'withdrawn' WHERE state IN ('cancelled', 'deferred');
DROP INDEX applications_one_live;
CREATE UNIQUE INDEX applications_one_live ON applications (intake_id, seeker_id)
    WHERE state NOT IN ('not_eligible', 'not_selected', 'absent', 'withdrawn', 'expired', 'completed', 'dropped');
ALTER TABLE applications
    DROP CONSTRAINT applications_state_known,
    ADD CONSTRAINT applications_state_known CHECK (state IN ('draft', 'submitted', 'in_review', 'needs_fix', 'verified', 'not_eligible',
        'invited', 'attended', 'absent', 'accepted', 'reserve', 'not_selected', 'enrolled', 'completed', 'dropped', 'withdrawn', 'expired')),
    DROP CONSTRAINT applications_submitted_dated,
    ADD CONSTRAINT applications_submitted_dated CHECK (state IN ('draft', 'withdrawn', 'expired') OR submitted_at IS NOT NULL);
