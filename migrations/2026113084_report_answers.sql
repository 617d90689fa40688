-- +goose Up
-- Whoever reports reads by number and PIN where it stands and what was answered; what was closed can be opened again.
ALTER TABLE reports
    ADD COLUMN pin_index bytea, -- NULL: from before there were PINs
    ADD COLUMN answer text NOT NULL DEFAULT '' CONSTRAINT reports_answer_length CHECK (char_length(answer) <= 3000);

CREATE TABLE report_events (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id bigint NOT NULL REFERENCES reports ON DELETE CASCADE,
    what      text NOT NULL CONSTRAINT report_events_what_known CHECK (what IN ('handled', 'answered', 'reopened')),
    actor_id  bigint NOT NULL REFERENCES users,
    at        timestamptz NOT NULL,
    note      text NOT NULL CONSTRAINT report_events_note_length CHECK (char_length(note) BETWEEN 1 AND 3000)
);
CREATE INDEX report_events_by_report ON report_events (report_id, id);

-- +goose Down
DROP TABLE report_events;
ALTER TABLE reports DROP COLUMN pin_index, DROP COLUMN answer;
