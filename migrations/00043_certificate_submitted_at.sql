-- +goose Up
-- Since when a certificate waits for officers. Taking it, or giving it back, does not make it wait anew.
ALTER TABLE certificates ADD COLUMN submitted_at timestamptz;
UPDATE certificates c SET submitted_at = e.at FROM (
        SELECT DISTINCT ON (certificate_id) certificate_id, at FROM certificate_events WHERE to_state = 'submitted' ORDER BY certificate_id, id DESC
    ) e WHERE e.certificate_id = c.id;
UPDATE certificates SET submitted_at = updated_at WHERE submitted_at IS NULL AND state IN ('submitted', 'checking');
ALTER TABLE certificates ADD CONSTRAINT certificates_waiting_since CHECK (state NOT IN ('submitted', 'checking') OR submitted_at IS NOT NULL);
DROP INDEX certificates_waiting;
CREATE INDEX certificates_waiting ON certificates (submitted_at, id) WHERE state IN ('submitted', 'checking') AND deleted_at IS NULL;

-- +goose Down
DROP INDEX certificates_waiting;
CREATE INDEX certificates_waiting ON certificates (updated_at, id) WHERE state IN ('submitted', 'checking') AND deleted_at IS NULL;
ALTER TABLE certificates DROP CONSTRAINT certificates_waiting_since, DROP COLUMN submitted_at;
