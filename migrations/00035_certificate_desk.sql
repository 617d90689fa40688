-- +goose Up
-- The same number of the same issuer on another account is shown to officers.
CREATE INDEX certificates_same_paper ON certificates (lower(number), lower(issuer)) WHERE number <> '' AND deleted_at IS NULL;
CREATE INDEX certificates_ending ON certificates (valid_until, id) WHERE deleted_at IS NULL AND state IN ('submitted', 'checking', 'verified');
CREATE INDEX uploads_deleted ON uploads (owner_id, deleted_at) WHERE deleted_at IS NOT NULL;

-- +goose Down
DROP INDEX certificates_same_paper, certificates_ending, uploads_deleted;
