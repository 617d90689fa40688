-- +goose Up
-- The days on which permits of institutions end, for the reminders before them.
CREATE INDEX institutions_license_ends ON institutions (license_expires_on) WHERE license_expires_on IS NOT NULL;
CREATE INDEX institutions_accreditation_ends ON institutions (accreditation_expires_on) WHERE accreditation_expires_on IS NOT NULL;
CREATE INDEX institutions_so_permit_ends ON institutions (so_permit_expires_on) WHERE so_permit_expires_on IS NOT NULL;

-- +goose Down
DROP INDEX institutions_license_ends, institutions_accreditation_ends, institutions_so_permit_ends;
