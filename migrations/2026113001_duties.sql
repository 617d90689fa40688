-- +goose Up
-- What an officer may besides the role: who said so, when and why. A duty is ended, never deleted.
CREATE TABLE duties (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users,
    duty         text NOT NULL
        CONSTRAINT duties_duty_known CHECK (duty IN ('protection', 'institutions', 'reference', 'head')),
    given_by     bigint NOT NULL REFERENCES users,
    given_at     timestamptz NOT NULL,
    given_why    text NOT NULL CONSTRAINT duties_given_why CHECK (char_length(given_why) BETWEEN 1 AND 500),
    ended_by     bigint REFERENCES users,
    ended_at     timestamptz,
    ended_why    text CONSTRAINT duties_ended_why CHECK (char_length(ended_why) BETWEEN 1 AND 500),
    CONSTRAINT duties_end_whole CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_why IS NULL)),
    CONSTRAINT duties_end_later CHECK (ended_at >= given_at)
);
CREATE UNIQUE INDEX duties_held ON duties (user_id, duty) WHERE ended_at IS NULL;
CREATE INDEX duties_by_user ON duties (user_id, id);

-- +goose Down
DROP TABLE duties;
