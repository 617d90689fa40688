-- +goose Up
-- Files on a case: photos, papers and recordings that a person on it gave, or an officer added. Only what was looked into
-- and scanned is ever shown. The bytes lie sealed in the store of files.
CREATE TABLE case_attachments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT case_attachments_ref_unique UNIQUE,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    person_id   bigint REFERENCES case_people ON DELETE CASCADE, -- who gave it at the help pages
    added_by    bigint REFERENCES users, -- the officer who added it
    name_sealed bytea, -- the sender's own name of it
    media_type  text NOT NULL,
    size        bigint NOT NULL CONSTRAINT case_attachments_size_range CHECK (size BETWEEN 1 AND 20971520),
    sha256      bytea NOT NULL CONSTRAINT case_attachments_sha256_length CHECK (octet_length(sha256) = 32),
    blob_key    text NOT NULL CONSTRAINT case_attachments_blob_unique UNIQUE,
    state       text NOT NULL CONSTRAINT case_attachments_state_known CHECK (state IN ('waiting', 'ready', 'refused')),
    refusal     text NOT NULL DEFAULT '',
    warnings    text[] NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL,
    scanned_at  timestamptz,
    CONSTRAINT case_attachments_of_one CHECK ((person_id IS NULL) <> (added_by IS NULL)),
    CONSTRAINT case_attachments_refusal_of_refused CHECK ((state = 'refused') = (refusal <> ''))
);
CREATE INDEX case_attachments_by_case ON case_attachments (case_id, id);
CREATE UNIQUE INDEX case_attachments_same_of_person ON case_attachments (person_id, sha256) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX case_attachments_same_at_desk ON case_attachments (case_id, sha256) WHERE person_id IS NULL;

-- The images of a picture's or paper's pages: these are shown, never the file.
CREATE TABLE case_attachment_pages (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attachment_id bigint NOT NULL REFERENCES case_attachments ON DELETE CASCADE,
    number        int NOT NULL CONSTRAINT case_attachment_pages_number_positive CHECK (number > 0),
    view_key      text NOT NULL CONSTRAINT case_attachment_pages_view_unique UNIQUE,
    thumb_key     text NOT NULL CONSTRAINT case_attachment_pages_thumb_unique UNIQUE,
    width         int NOT NULL,
    height        int NOT NULL,
    drawn_ms      int NOT NULL,
    blank         boolean NOT NULL,
    CONSTRAINT case_attachment_pages_once UNIQUE (attachment_id, number)
);

-- Files on their way in pieces, each sealed in the store of files; received says how much is there.
CREATE TABLE case_attachment_partials (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT case_attachment_partials_ref_unique UNIQUE,
    person_id      bigint NOT NULL REFERENCES case_people ON DELETE CASCADE,
    name_sealed    bytea,
    size           bigint NOT NULL CONSTRAINT case_attachment_partials_size_range CHECK (size BETWEEN 1 AND 20971520),
    received       bigint NOT NULL DEFAULT 0 CONSTRAINT case_attachment_partials_received_range CHECK (received BETWEEN 0 AND size),
    part_keys      text[] NOT NULL DEFAULT '{}', -- in the order of the file
    attachment_ref text NOT NULL DEFAULT '',
    refusal        text NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL
);
CREATE INDEX case_attachment_partials_by_person ON case_attachment_partials (person_id, id);
CREATE INDEX case_attachment_partials_old ON case_attachment_partials (created_at, id);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('case_attachment_partial', 1, '2026-01-01', 'Kiriman yang terputus dilanjutkan dalam sehari, atau dikirim dari awal.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'case_attachment_partial';
DROP TABLE case_attachment_partials, case_attachment_pages, case_attachments;
