-- +goose Up
-- Since when another photo of the same paper stands in a document's place. The old one stays for what was decided on it.
ALTER TABLE uploads ADD COLUMN replaced_at timestamptz;

-- +goose Down
ALTER TABLE uploads DROP COLUMN replaced_at;
