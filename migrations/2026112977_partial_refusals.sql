-- +goose Up
-- A file whose pieces all reached us is looked into also when nobody waits for it any more; what refused it is kept,
-- as the key of its sentence, for its sender to read. A page of one colour is marked, for its sender to send again.
ALTER TABLE partial_uploads ADD COLUMN refusal text NOT NULL DEFAULT '';
ALTER TABLE upload_pages ADD COLUMN blank boolean NOT NULL DEFAULT false;

-- +goose Down
ALTER TABLE upload_pages DROP COLUMN blank;
ALTER TABLE partial_uploads DROP COLUMN refusal;
