-- +goose Up
-- Two accounts of one person: a link, never a move. What each account has stays its own and is read through the link; who
-- is joined signs in by the other account. Undoing ends the link and changes nothing else.
CREATE TABLE account_joins (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT account_joins_ref_unique UNIQUE,
    joined_id   bigint NOT NULL REFERENCES users, -- reads nothing and signs in no more
    into_id     bigint NOT NULL REFERENCES users, -- whose person it is
    why         text NOT NULL CONSTRAINT account_joins_why_length CHECK (char_length(why) BETWEEN 1 AND 500),
    asked_by    bigint NOT NULL REFERENCES users,
    asked_at    timestamptz NOT NULL,
    agreed      boolean, -- NULL while it waits
    answered_by bigint REFERENCES users,
    answered_at timestamptz,
    undone_by   bigint REFERENCES users,
    undone_at   timestamptz,
    undone_why  text NOT NULL CONSTRAINT account_joins_undone_why_length CHECK (char_length(undone_why) <= 500),
    CONSTRAINT account_joins_two CHECK (joined_id <> into_id),
    CONSTRAINT account_joins_by_two CHECK (answered_by <> asked_by),
    CONSTRAINT account_joins_answer_whole CHECK ((agreed IS NULL) = (answered_at IS NULL)),
    CONSTRAINT account_joins_undone_whole CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE UNIQUE INDEX account_joins_once ON account_joins (joined_id) WHERE agreed IS NOT FALSE AND undone_at IS NULL;
CREATE INDEX account_joins_into ON account_joins (into_id) WHERE agreed IS NOT FALSE AND undone_at IS NULL;
CREATE INDEX account_joins_waiting ON account_joins (id) WHERE agreed IS NULL AND undone_at IS NULL;
CREATE INDEX account_joins_by_joined ON account_joins (joined_id, id);

-- Somebody on a case, who had no paper to show, is the person of an account, or somebody on another case.
CREATE TABLE case_joins (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT case_joins_ref_unique UNIQUE,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    person_id   bigint NOT NULL REFERENCES case_people ON DELETE CASCADE,
    user_id     bigint REFERENCES users,
    other_id    bigint REFERENCES case_people ON DELETE CASCADE,
    why_sealed  bytea,
    asked_by    bigint NOT NULL REFERENCES users,
    asked_at    timestamptz NOT NULL,
    agreed      boolean,
    answered_by bigint REFERENCES users,
    answered_at timestamptz,
    undone_by   bigint REFERENCES users,
    undone_at   timestamptz,
    CONSTRAINT case_joins_to_one CHECK (num_nonnulls(user_id, other_id) = 1),
    CONSTRAINT case_joins_two CHECK (other_id <> person_id),
    CONSTRAINT case_joins_by_two CHECK (answered_by <> asked_by),
    CONSTRAINT case_joins_answer_whole CHECK ((agreed IS NULL) = (answered_at IS NULL)),
    CONSTRAINT case_joins_undone_whole CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE UNIQUE INDEX case_joins_once ON case_joins (person_id) WHERE agreed IS NOT FALSE AND undone_at IS NULL;
CREATE INDEX case_joins_by_case ON case_joins (case_id, id);
CREATE INDEX case_joins_by_user ON case_joins (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX case_joins_by_other ON case_joins (other_id) WHERE other_id IS NOT NULL;

-- +goose Down
DROP TABLE case_joins, account_joins;
