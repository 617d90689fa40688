-- +goose Up
CREATE INDEX certificates_deleted ON certificates (deleted_at) WHERE deleted_at IS NOT NULL;

-- +goose Down
DROP INDEX certificates_deleted;
