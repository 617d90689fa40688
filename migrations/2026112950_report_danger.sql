-- +goose Up
-- Somebody may be in danger: such reports come first at the desk, and what was handled can be found again.
ALTER TABLE reports DROP CONSTRAINT reports_kind_known,
    ADD CONSTRAINT reports_kind_known CHECK (kind IN ('danger', 'money', 'placement', 'documents', 'wrong', 'other'));
DROP INDEX reports_open;
CREATE INDEX reports_open ON reports ((kind <> 'danger'), created_at, id) WHERE state = 'open';
CREATE INDEX reports_handled ON reports (handled_at DESC, id DESC) WHERE state = 'handled';

-- +goose Down
DROP INDEX reports_handled;
DROP INDEX reports_open;
CREATE INDEX reports_open ON reports (created_at, id) WHERE state = 'open';
UPDATE reports SET kind = 'other' WHERE kind = 'danger';
ALTER TABLE reports DROP CONSTRAINT reports_kind_known,
    ADD CONSTRAINT reports_kind_known CHECK (kind IN ('money', 'placement', 'documents', 'wrong', 'other'));
