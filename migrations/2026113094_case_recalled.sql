-- +goose Up
-- A case can end at the desk while an office leads it on. When that office calls the desk, or its lead ends, somebody has to
-- look, though no clock runs on a case that ended.
ALTER TABLE cases ADD COLUMN recalled_at timestamptz; -- NULL: nobody calls, or somebody looked
CREATE INDEX cases_recalled ON cases (recalled_at) WHERE recalled_at IS NOT NULL;

-- +goose Down
ALTER TABLE cases DROP COLUMN recalled_at;
