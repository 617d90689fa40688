-- +goose Up
-- What who goes off duty hands to who comes: a word, and a line for each case that matters now. The words lie sealed; each
-- reader sees the lines of those cases alone that they may see.
CREATE TABLE case_shift_notes (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT case_shift_notes_ref_unique UNIQUE,
    form_token  uuid NOT NULL CONSTRAINT case_shift_notes_form_token_unique UNIQUE,
    written_by  bigint NOT NULL REFERENCES users,
    written_at  timestamptz NOT NULL,
    word_sealed bytea,
    read_by     bigint REFERENCES users, -- who came and took it over
    read_at     timestamptz,
    CONSTRAINT case_shift_notes_read_whole CHECK ((read_by IS NULL) = (read_at IS NULL))
);
CREATE INDEX case_shift_notes_newest ON case_shift_notes (id DESC);

CREATE TABLE case_shift_lines (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    note_id     bigint NOT NULL REFERENCES case_shift_notes ON DELETE CASCADE,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    why         text NOT NULL CONSTRAINT case_shift_lines_why_known CHECK (why IN ('late', 'new', 'soon', 'worked')),
    due_at      timestamptz, -- as it was when the note was written
    next_actor  text NOT NULL,
    line_sealed bytea,
    CONSTRAINT case_shift_lines_once UNIQUE (note_id, case_id)
);
CREATE INDEX case_shift_lines_by_case ON case_shift_lines (case_id);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('shift_note', 365, '2026-01-01', 'Bukti serah terima jaga; sesudah setahun riwayat kasusnya cukup.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'shift_note';
DROP TABLE case_shift_lines, case_shift_notes;
