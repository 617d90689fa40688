-- +goose Up
-- What officers ask about an offer of work abroad, which answer warns, and what it says then.
CREATE TABLE offer_signs (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL,
    topic       text NOT NULL,
    question_id text NOT NULL,
    question_en text NOT NULL,
    warns       text NOT NULL CONSTRAINT offer_signs_warns_known CHECK (warns IN ('yes', 'no', 'no_unknown', 'yes_unknown')),
    says_id     text NOT NULL,
    says_en     text NOT NULL,
    rank        text NOT NULL CONSTRAINT offer_signs_rank_known CHECK (rank IN ('stop', 'ask', 'note')),
    answered_by text NOT NULL CONSTRAINT offer_signs_answered_known CHECK (answered_by IN ('person', 'country', 'name')),
    check_at    text NOT NULL,
    countries   text NOT NULL, -- codes with semicolons between; empty for all
    source      text NOT NULL, -- empty where nobody found one
    checked_on  date,
    position    int NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date,
    CONSTRAINT offer_signs_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT offer_signs_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- What a browser said about an offer, for half an hour and for its session alone.
CREATE TABLE offer_checks (
    session_id bigint PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    answers    bytea NOT NULL,
    ends_at    timestamptz NOT NULL
);
COMMENT ON COLUMN offer_checks.answers IS 'sealed';
CREATE INDEX offer_checks_by_end ON offer_checks (ends_at);

-- +goose Down
DROP TABLE offer_checks, offer_signs;
DELETE FROM dated_changes WHERE of_table = 'offer_signs';
DELETE FROM dated_checks WHERE of_table = 'offer_signs';
DELETE FROM dated_seeds WHERE of_table = 'offer_signs';
