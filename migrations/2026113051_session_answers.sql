-- +goose Up
-- The pages with which forms of browsers were refused, for a quarter of an hour: such a page has an address of its own, because
-- a browser's Back cannot show what answered a POST. What was typed stands on them, so they lie sealed and go with the session.
CREATE TABLE session_answers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        uuid NOT NULL UNIQUE,
    session_id bigint NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    path       text NOT NULL,
    status     int NOT NULL CONSTRAINT session_answers_status_refuses CHECK (status IN (409, 422, 429)),
    page       bytea,
    created_at timestamptz NOT NULL
);
COMMENT ON COLUMN session_answers.page IS 'packed and sealed; empty once the form was taken';
CREATE INDEX session_answers_of_session ON session_answers (session_id, id);
CREATE INDEX session_answers_by_age ON session_answers (created_at);

-- +goose Down
DROP TABLE session_answers;
