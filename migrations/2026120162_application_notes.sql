-- +goose Up
-- What an institution's people write to each other about an applicant. The person does not read it on the portal.
CREATE TABLE application_notes (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    author_id      bigint NOT NULL REFERENCES users,
    at             timestamptz NOT NULL,
    body           text NOT NULL CONSTRAINT application_notes_say_something CHECK (body <> ''),
    form_token     uuid NOT NULL CONSTRAINT application_notes_sent_once UNIQUE
);
CREATE INDEX application_notes_by_application ON application_notes (application_id, id);
CREATE INDEX application_notes_by_author ON application_notes (author_id);

-- One act of an institution for many applicants of an intake, worked one by one: whom it is for, how far it has come,
-- and for whom it could not be done.
CREATE TABLE selection_runs (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT selection_runs_ref_unique UNIQUE,
    intake_id  bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    actor_id   bigint NOT NULL REFERENCES users,
    at         timestamptz NOT NULL,
    act        text NOT NULL CONSTRAINT selection_runs_act_known
        CHECK (act IN ('invited', 'attended', 'absent', 'accepted', 'reserve', 'not_selected')),
    arguments  jsonb NOT NULL,
    targets    jsonb NOT NULL, -- references, in their order
    done       int NOT NULL DEFAULT 0,
    failures   jsonb NOT NULL DEFAULT '[]',
    ended_at   timestamptz,
    form_token uuid NOT NULL CONSTRAINT selection_runs_sent_once UNIQUE,
    CONSTRAINT selection_runs_done_within CHECK (done BETWEEN 0 AND jsonb_array_length(targets))
);
CREATE INDEX selection_runs_by_intake ON selection_runs (intake_id, id);
CREATE INDEX selection_runs_by_actor ON selection_runs (actor_id);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('application_note', 365, '2026-01-01', 'Catatan tim hanya berguna selama seleksi dan kelasnya berjalan.'),
    ('selection_run',    30,  '2026-01-01', 'Ringkasan satu tindakan untuk banyak pendaftar; tiap langkahnya tercatat sendiri.');

-- +goose Down
DELETE FROM retention_terms WHERE what IN ('application_note', 'selection_run');
DROP TABLE selection_runs, application_notes;
