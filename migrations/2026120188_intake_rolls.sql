-- +goose Up
-- The next batches of several programmes, asked for with one press: which intakes are to be made, and what became of
-- each, in their order.
CREATE TABLE intake_rolls (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT intake_rolls_ref_unique UNIQUE,
    institution_id bigint NOT NULL REFERENCES institutions ON DELETE CASCADE,
    actor_id       bigint NOT NULL REFERENCES users,
    at             timestamptz NOT NULL,
    intakes        jsonb NOT NULL,
    results        jsonb NOT NULL DEFAULT '[]',
    ended_at       timestamptz,
    form_token     uuid NOT NULL CONSTRAINT intake_rolls_sent_once UNIQUE,
    CONSTRAINT intake_rolls_results_within CHECK (jsonb_array_length(results) <= jsonb_array_length(intakes))
);
CREATE INDEX intake_rolls_by_institution ON intake_rolls (institution_id, id);
CREATE INDEX intake_rolls_by_actor ON intake_rolls (actor_id);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('intake_roll', 30, '2026-01-01', 'Ringkasan angkatan yang dibuat sekaligus; tiap angkatan tercatat sendiri.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'intake_roll';
DROP TABLE intake_rolls;
