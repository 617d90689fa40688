-- +goose Up
-- An account of an institution that nobody uses is warned and then locked: its password may be known to who left long ago.
ALTER TABLE users
    ADD idle_warned_at timestamptz,
    ADD locked_at      timestamptz,
    ADD unlocked_at    timestamptz,
    ADD CONSTRAINT users_locked_of_institution CHECK (locked_at IS NULL OR role IN ('staff', 'owner'));

-- How somebody of an institution wants the news of a topic; without a row each comes at once.
CREATE TABLE news_choices (
    user_id    bigint      NOT NULL CONSTRAINT news_choices_user REFERENCES users (id),
    topic      text        NOT NULL CONSTRAINT news_choices_topic_known CHECK (topic IN ('programmes', 'applicants')),
    pace       text        NOT NULL CONSTRAINT news_choices_pace_known CHECK (pace IN ('daily', 'none')),
    changed_at timestamptz NOT NULL,
    CONSTRAINT news_choices_pkey PRIMARY KEY (user_id, topic)
);

-- News that wait for the letter of the day; they go with it.
CREATE TABLE digest_lines (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dedupe     text        NOT NULL CONSTRAINT digest_lines_once UNIQUE,
    user_id    bigint      NOT NULL CONSTRAINT digest_lines_user REFERENCES users (id),
    topic      text        NOT NULL CONSTRAINT digest_lines_topic_known CHECK (topic IN ('programmes', 'applicants')),
    template   text        NOT NULL,
    data       jsonb       NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX digest_lines_of_user ON digest_lines (user_id, id);

-- +goose Down
DROP TABLE digest_lines, news_choices;
ALTER TABLE users
    DROP CONSTRAINT users_locked_of_institution,
    DROP idle_warned_at,
    DROP locked_at,
    DROP unlocked_at;
