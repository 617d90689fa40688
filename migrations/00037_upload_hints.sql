-- +goose Up
-- What a machine read on a certificate: asked of its owner, never decided by.
ALTER TABLE uploads ADD COLUMN hint_number text NOT NULL DEFAULT '';
ALTER TABLE uploads ADD COLUMN hint_days text[] NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE uploads DROP COLUMN hint_days, DROP COLUMN hint_number;
