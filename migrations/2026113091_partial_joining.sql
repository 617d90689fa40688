-- +goose Up
-- One process at a time puts the pieces of a file together: since when it does.
ALTER TABLE case_attachment_partials ADD COLUMN joining_at timestamptz;

-- +goose Down
ALTER TABLE case_attachment_partials DROP COLUMN joining_at;
