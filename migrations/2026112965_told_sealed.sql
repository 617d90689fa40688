-- +goose Up
-- What people tell of their health and family lies sealed, as their numbers do. A migration has no keys: what stands in
-- clear is sealed by the portal before it serves (Store.SealTold), which empties the columns in clear.
ALTER TABLE profiles
    ADD COLUMN special_needs_sealed  bytea,
    ADD COLUMN guardian_name_sealed  bytea,
    ADD COLUMN guardian_phone_sealed bytea;

-- +goose Down
-- What was sealed since is lost with its columns: without keys nothing opens it.
ALTER TABLE profiles
    DROP COLUMN guardian_phone_sealed, DROP COLUMN guardian_name_sealed, DROP COLUMN special_needs_sealed;
