-- +goose Up
-- Files on their way in pieces. Each piece is sealed in the store of files; received says how much is there.
CREATE TABLE partial_uploads (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT partial_uploads_ref_unique UNIQUE,
    owner_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    purpose    text NOT NULL CONSTRAINT partial_uploads_purpose_known CHECK (purpose IN ('ktp', 'kk', 'certificate', 'guardian_consent', 'other')),
    name       text NOT NULL CONSTRAINT partial_uploads_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
    size       bigint NOT NULL CONSTRAINT partial_uploads_size_range CHECK (size BETWEEN 1 AND 20971520),
    received   bigint NOT NULL DEFAULT 0 CONSTRAINT partial_uploads_received_range CHECK (received BETWEEN 0 AND size),
    upload_ref text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL
);
CREATE INDEX partial_uploads_by_owner ON partial_uploads (owner_id, id);
CREATE INDEX partial_uploads_old ON partial_uploads (created_at, id);

CREATE TABLE partial_upload_parts (
    partial_id bigint NOT NULL REFERENCES partial_uploads ON DELETE CASCADE,
    start      bigint NOT NULL CONSTRAINT partial_upload_parts_start_positive CHECK (start >= 0),
    blob_key   text NOT NULL CONSTRAINT partial_upload_parts_blob_unique UNIQUE,
    PRIMARY KEY (partial_id, start)
);

-- +goose Down
DROP TABLE partial_upload_parts, partial_uploads;
