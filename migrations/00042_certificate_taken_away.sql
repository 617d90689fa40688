-- +goose Up
-- Since when officers have taken a certificate away. It stays until one verifies it again, whatever its owner does meanwhile.
ALTER TABLE certificates ADD COLUMN taken_away_at timestamptz;
UPDATE certificates c SET taken_away_at = e.at FROM (
        SELECT DISTINCT ON (certificate_id) certificate_id, to_state, at FROM certificate_events
        WHERE to_state IN ('verified', 'suspended', 'rejected') ORDER BY certificate_id, id DESC
    ) e WHERE e.certificate_id = c.id AND e.to_state <> 'verified';
ALTER TABLE certificates ADD CONSTRAINT certificates_verified_not_taken_away CHECK (state <> 'verified' OR taken_away_at IS NULL);

-- +goose Down
ALTER TABLE certificates DROP CONSTRAINT certificates_verified_not_taken_away, DROP COLUMN taken_away_at;
