-- +goose Up
-- Somebody may send a file again though they were not at everything that officers asked for: officers see at what.
ALTER TABLE application_fixes ADD COLUMN untouched boolean NOT NULL DEFAULT false;

-- +goose Down
ALTER TABLE application_fixes DROP COLUMN untouched;
