-- +goose Up
-- A programme as it was public from a moment on; who approved it is in programme_events.
CREATE TABLE programme_versions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    programme_id bigint NOT NULL REFERENCES programmes ON DELETE CASCADE,
    number       int NOT NULL CONSTRAINT programme_versions_number_positive CHECK (number > 0),
    at           timestamptz NOT NULL,
    content      jsonb NOT NULL,
    CONSTRAINT programme_versions_number_unique UNIQUE (programme_id, number)
);

-- +goose Down
DROP TABLE programme_versions;
