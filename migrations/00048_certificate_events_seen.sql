-- +goose Up
-- What an officer saw when they turned a certificate down, to show what its owner changed since.
ALTER TABLE certificate_events ADD COLUMN seen jsonb;
-- The last decisions stay in sight, whatever happened to the certificate since.
DROP INDEX certificates_decided;
CREATE INDEX certificates_decided ON certificates (decided_at DESC, id DESC) WHERE decided_at IS NOT NULL AND deleted_at IS NULL;

-- +goose Down
DROP INDEX certificates_decided;
CREATE INDEX certificates_decided ON certificates (decided_at DESC, id DESC) WHERE state IN ('verified', 'needs_fix', 'rejected', 'suspended') AND deleted_at IS NULL;
ALTER TABLE certificate_events DROP COLUMN seen;
