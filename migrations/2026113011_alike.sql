-- +goose Up
-- Officers are shown who may be the same person as the one of a file: by birth date, by a telephone number of a contact and
-- by the bytes of a file.
CREATE INDEX profiles_by_birth_date ON profiles (birth_date);
CREATE INDEX emergency_contacts_by_phone ON emergency_contacts (phone);
CREATE INDEX uploads_by_bytes ON uploads (sha256) WHERE deleted_at IS NULL;

-- +goose Down
DROP INDEX uploads_by_bytes, emergency_contacts_by_phone, profiles_by_birth_date;
