-- +goose Up
-- What an approved change of a programme changes for those who applied, old and new by field: their letter says it.
ALTER TABLE tellings
    ADD COLUMN was     jsonb,
    ADD COLUMN becomes jsonb,
    ADD CONSTRAINT tellings_old_and_new CHECK ((was IS NULL) = (becomes IS NULL));

-- +goose Down
ALTER TABLE tellings
    DROP CONSTRAINT tellings_old_and_new,
    DROP COLUMN becomes, DROP COLUMN was;
