-- +goose Up
-- An officer says why they open files of a person that are not at the desk; the person reads it. It holds until ends_at.
CREATE TABLE file_openings (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    officer_id bigint NOT NULL REFERENCES users,
    reason     text NOT NULL CONSTRAINT file_openings_reason_given CHECK (reason <> '' AND char_length(reason) <= 300),
    opened_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL CONSTRAINT file_openings_ends_later CHECK (ends_at > opened_at)
);
CREATE INDEX file_openings_by_person ON file_openings (person_id, officer_id, ends_at);
CREATE INDEX file_openings_by_officer ON file_openings (officer_id);

-- +goose Down
DROP TABLE file_openings;
