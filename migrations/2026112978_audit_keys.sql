-- +goose Up
-- Links of the audit chain are made with a key that the database does not hold; links from before have none.
ALTER TABLE audit_chain ADD COLUMN key_id bigint;

-- +goose Down
ALTER TABLE audit_chain DROP COLUMN key_id;
