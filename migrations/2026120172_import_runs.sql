-- +goose Up
-- The work that a long spreadsheet takes: how far its reading or its saving is. It lies beside the import, because the
-- transaction that saves holds that row to its end, while this one is told of each part and may be stopped.
CREATE TABLE import_runs (
    import_id  bigint PRIMARY KEY REFERENCES imports ON DELETE CASCADE,
    phase      text NOT NULL CONSTRAINT import_runs_phase_known
        CHECK (phase IN ('reading', 'read', 'stopped', 'saving', 'saved')),
    turn       int NOT NULL DEFAULT 1, -- counts what was asked for, so that a job knows its own
    good_only  boolean NOT NULL DEFAULT false,
    rows       int NOT NULL DEFAULT 0,
    done       int NOT NULL DEFAULT 0,
    asks       int NOT NULL DEFAULT 0, -- questions without which nothing can be saved
    aside      int NOT NULL DEFAULT 0, -- rows that are no listings
    head       jsonb NOT NULL DEFAULT '{}',
    why        text NOT NULL DEFAULT '',
    updated_at timestamptz NOT NULL,
    CONSTRAINT import_runs_done_within CHECK (done BETWEEN 0 AND rows)
);

-- What was read of a long spreadsheet, one row for each programme, until somebody decides.
CREATE TABLE import_rows (
    import_id bigint NOT NULL REFERENCES imports ON DELETE CASCADE,
    position  int NOT NULL,
    outcome   text NOT NULL CONSTRAINT import_rows_outcome_known
        CHECK (outcome IN ('new', 'changed', 'same', 'locked', 'waiting', 'refused')),
    imported  jsonb NOT NULL, -- what it says
    matched   jsonb NOT NULL, -- what it is set beside
    shown     jsonb NOT NULL, -- what the preview says of it
    PRIMARY KEY (import_id, position)
);
CREATE INDEX import_rows_by_outcome ON import_rows (import_id, outcome, position);

-- +goose Down
DROP TABLE import_rows, import_runs;
