-- +goose Up
-- How far what is sealed was sealed again with the newest keys: one row for each column and kind of file.
-- cursor is the last row that was looked at; changed and unopened count since the round over the rows began.
CREATE TABLE reseals (
    what     text PRIMARY KEY,
    key_id   bigint NOT NULL,
    cursor   bigint NOT NULL DEFAULT 0,
    changed  bigint NOT NULL DEFAULT 0,
    unopened bigint NOT NULL DEFAULT 0,
    begun_at timestamptz NOT NULL,
    done_at  timestamptz
);

-- The key under which profiles.nik_index is; NULL is the first key of the installation. While the index moves to
-- another key, nik_index_next is under next_key_id. Until filled, nik_index is there for every NIK under key_id;
-- from then on nik_index_next is there for every NIK. Who writes a NIK holds this row until the end of the
-- transaction, so that no row is written by what held before.
CREATE TABLE nik_index_keys (
    one         boolean PRIMARY KEY DEFAULT true CONSTRAINT nik_index_keys_one CHECK (one),
    key_id      bigint,
    next_key_id bigint,
    filled      boolean NOT NULL DEFAULT false,
    CONSTRAINT nik_index_keys_filled_has_next CHECK (NOT filled OR next_key_id IS NOT NULL)
);
INSERT INTO nik_index_keys DEFAULT VALUES;

ALTER TABLE profiles ADD COLUMN nik_index_next bytea;
ALTER TABLE profiles ADD CONSTRAINT profiles_nik_next_beside CHECK (nik_index_next IS NULL OR nik_index IS NOT NULL);
CREATE UNIQUE INDEX profiles_nik_next_verified ON profiles (nik_index_next) WHERE nik_verified;
CREATE INDEX profiles_nik_next ON profiles (nik_index_next) WHERE nik_index_next IS NOT NULL;

-- +goose Down
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM nik_index_keys WHERE next_key_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the index of NIKs moves to another key now: let the portal finish first (portal keys status)';
    END IF;
END
$$;
-- +goose StatementEnd
ALTER TABLE profiles DROP COLUMN nik_index_next;
DROP TABLE nik_index_keys, reseals;
