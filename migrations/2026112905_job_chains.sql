-- +goose Up
-- Who works jobs, by the name that stands in river_job.attempted_by, and when it last said so. The jobs of one
-- that is silent are taken up by the others.
CREATE TABLE job_processes (
    id      text PRIMARY KEY,
    seen_at timestamptz NOT NULL
);

-- How far a chore has come that takes several jobs: what it handled last, in its own order.
CREATE TABLE job_cursors (
    chore text PRIMARY KEY,
    past  text NOT NULL
);

-- A message to all whose application to an intake, or to a programme's intakes, was live at a moment. told_to is
-- the last application whose person got it; the row goes when all have.
CREATE TABLE tellings (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    template     text NOT NULL CONSTRAINT tellings_template_known CHECK (template IN ('intake_cancelled', 'programme_changed')),
    intake_id    bigint REFERENCES intakes ON DELETE CASCADE,
    programme_id bigint REFERENCES programmes ON DELETE CASCADE,
    at           timestamptz NOT NULL,
    told_to      bigint NOT NULL DEFAULT 0,
    CONSTRAINT tellings_about_one CHECK (num_nonnulls(intake_id, programme_id) = 1)
);
CREATE INDEX tellings_by_intake ON tellings (intake_id) WHERE intake_id IS NOT NULL;
CREATE INDEX tellings_by_programme ON tellings (programme_id) WHERE programme_id IS NOT NULL;

-- The images of a file are made in steps: first it is scanned, then page after page comes into its place.
ALTER TABLE uploads ADD COLUMN scanned_at timestamptz;
ALTER TABLE upload_pages ADD COLUMN drawn_ms int NOT NULL DEFAULT 0 CONSTRAINT upload_pages_drawn_positive CHECK (drawn_ms >= 0);

-- Kinds of jobs that became several. River makes its table after these steps, where it is new.
-- +goose StatementBegin
DO $$ BEGIN
    IF to_regclass('river_job') IS NOT NULL THEN
        DELETE FROM river_job WHERE kind IN ('sweep', 'sweep_blobs');
    END IF;
END $$;
-- +goose StatementEnd

-- +goose Down
DELETE FROM upload_pages WHERE upload_id IN (SELECT id FROM uploads WHERE state = 'waiting');
ALTER TABLE upload_pages DROP COLUMN drawn_ms;
ALTER TABLE uploads DROP COLUMN scanned_at;
DROP TABLE tellings, job_cursors, job_processes;
