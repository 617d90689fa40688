-- +goose Up
-- The name that a machine read, asked of the owner like the number and the days.
ALTER TABLE uploads ADD COLUMN hint_name text NOT NULL DEFAULT '';
-- The day of the last regular signature, from which the next one is due.
ALTER TABLE certificates ADD COLUMN confirmed_on date;

CREATE INDEX certificates_to_sign ON certificates (next_confirmation_due, id) WHERE deleted_at IS NULL AND state IN ('submitted', 'checking', 'verified');

-- +goose Down
DROP INDEX certificates_to_sign;
ALTER TABLE certificates DROP COLUMN confirmed_on;
ALTER TABLE uploads DROP COLUMN hint_name;
