-- +goose Up
-- About what a contact may be told was never asked.
ALTER TABLE emergency_contacts DROP COLUMN topics;

-- +goose Down
ALTER TABLE emergency_contacts ADD COLUMN topics text NOT NULL DEFAULT '';
