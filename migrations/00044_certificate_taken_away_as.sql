-- +goose Up
-- As what officers have taken a certificate away. Its owner may open it again and send new papers; only an officer ends it.
ALTER TABLE certificates ADD COLUMN taken_away_as text NOT NULL DEFAULT ''
    CONSTRAINT certificates_taken_away_known CHECK (taken_away_as IN ('', 'suspended', 'rejected'));
UPDATE certificates c SET taken_away_as = e.to_state FROM (
        SELECT DISTINCT ON (certificate_id) certificate_id, to_state FROM certificate_events
        WHERE to_state IN ('verified', 'suspended', 'rejected') ORDER BY certificate_id, id DESC
    ) e WHERE e.certificate_id = c.id AND c.taken_away_at IS NOT NULL AND e.to_state <> 'verified';
UPDATE certificates SET taken_away_as = 'suspended' WHERE taken_away_at IS NOT NULL AND taken_away_as = '';
ALTER TABLE certificates ADD CONSTRAINT certificates_taken_away_whole CHECK ((taken_away_at IS NULL) = (taken_away_as = ''));
DROP INDEX certificates_suspended;
CREATE INDEX certificates_suspended ON certificates (taken_away_at, id) WHERE taken_away_as = 'suspended' AND deleted_at IS NULL;
-- What an officer has in hand, and what was decided last.
CREATE INDEX certificates_in_hand ON certificates (officer_id, submitted_at, id) WHERE state = 'checking' AND deleted_at IS NULL;
CREATE INDEX certificates_decided ON certificates (decided_at DESC, id DESC) WHERE state IN ('verified', 'needs_fix', 'rejected', 'suspended') AND deleted_at IS NULL;

-- The days that an officer set are part of the history.
ALTER TABLE certificate_events ADD COLUMN confirmed_on date, ADD COLUMN recheck_on date;

-- Number and issuer without case, spaces and signs: the same paper is typed in many ways.
ALTER TABLE certificates ADD COLUMN number_key text GENERATED ALWAYS AS (regexp_replace(lower(number), '[^[:alnum:]]', '', 'g')) STORED;
ALTER TABLE certificates ADD COLUMN issuer_key text GENERATED ALWAYS AS (regexp_replace(lower(issuer), '[^[:alnum:]]', '', 'g')) STORED;
CREATE INDEX certificates_by_number ON certificates (number_key, issuer_key) WHERE number_key <> '' AND deleted_at IS NULL;

-- +goose Down
DROP INDEX certificates_by_number, certificates_decided, certificates_in_hand;
ALTER TABLE certificates DROP COLUMN number_key, DROP COLUMN issuer_key;
ALTER TABLE certificate_events DROP COLUMN confirmed_on, DROP COLUMN recheck_on;
DROP INDEX certificates_suspended;
CREATE INDEX certificates_suspended ON certificates (decided_at, id) WHERE state = 'suspended' AND deleted_at IS NULL;
ALTER TABLE certificates DROP CONSTRAINT certificates_taken_away_whole, DROP COLUMN taken_away_as;
