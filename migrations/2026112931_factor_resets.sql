-- +goose Up
-- A second factor that somebody lost: one administrator saw the person and says why, another one lets it go.
CREATE TABLE factor_resets (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    reason     text NOT NULL CONSTRAINT factor_resets_reason_given CHECK (char_length(reason) BETWEEN 1 AND 500),
    asked_by   bigint NOT NULL REFERENCES users,
    asked_at   timestamptz NOT NULL,
    decided_by bigint REFERENCES users,
    decided_at timestamptz,
    CONSTRAINT factor_resets_by_two CHECK (decided_by <> asked_by)
);
CREATE UNIQUE INDEX factor_resets_one_open ON factor_resets (user_id) WHERE decided_at IS NULL;
CREATE INDEX factor_resets_by_user ON factor_resets (user_id);

-- +goose Down
DROP TABLE factor_resets;
