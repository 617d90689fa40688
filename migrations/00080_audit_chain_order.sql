-- +goose Up
-- Rows are sealed in the order in which they became visible, which is not always that of
-- their ids: a long transaction commits after a later row was sealed.
ALTER TABLE audit_chain ADD COLUMN position bigint NOT NULL CONSTRAINT audit_chain_position_unique UNIQUE;

-- +goose Down
ALTER TABLE audit_chain DROP COLUMN position;
