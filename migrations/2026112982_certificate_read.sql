-- +goose Up
-- What an officer read on a certificate stands in its columns and counts; what its owner had typed stays beside it.
ALTER TABLE certificates
    ADD COLUMN typed   jsonb, -- number, issued and until as the owner typed them
    ADD COLUMN read_by bigint REFERENCES users,
    ADD COLUMN read_at timestamptz,
    ADD CONSTRAINT certificates_read_whole CHECK ((read_by IS NULL) = (read_at IS NULL));

-- +goose Down
ALTER TABLE certificates
    DROP CONSTRAINT certificates_read_whole,
    DROP COLUMN read_at, DROP COLUMN read_by, DROP COLUMN typed;
