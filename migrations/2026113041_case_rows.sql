-- +goose Up
-- What is asked and done first for each kind of case.
CREATE TABLE case_types (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL,
    name_id     text NOT NULL,
    name_en     text NOT NULL,
    urgency     text NOT NULL CONSTRAINT case_types_urgency_known CHECK (urgency IN ('life', 'urgent', 'normal')),
    first_steps text NOT NULL, -- for officers, one a line
    sensitive   boolean NOT NULL, -- seen by its team and the head alone
    checked_on  date,
    position    int NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date,
    CONSTRAINT case_types_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT case_types_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- Within how many hours an officer gets in touch for the first time. While a row is not public, no hour is named.
CREATE TABLE case_terms (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL,
    name_id    text NOT NULL,
    name_en    text NOT NULL,
    hours      int NOT NULL CONSTRAINT case_terms_hours CHECK (hours BETWEEN 1 AND 240),
    public     boolean NOT NULL, -- confirmed
    checked_on date,
    position   int NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    CONSTRAINT case_terms_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT case_terms_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- The page of others that quick exit opens.
CREATE TABLE exit_pages (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL,
    name       text NOT NULL,
    url        text NOT NULL,
    checked_on date,
    position   int NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    CONSTRAINT exit_pages_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT exit_pages_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- When the desk for people in trouble is staffed, in words for everybody.
CREATE TABLE duty_hours (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL,
    name       text NOT NULL,
    hours_id   text NOT NULL,
    hours_en   text NOT NULL,
    public     boolean NOT NULL,
    checked_on date,
    position   int NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    CONSTRAINT duty_hours_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT duty_hours_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- +goose Down
DROP TABLE case_types, case_terms, exit_pages, duty_hours;
DELETE FROM dated_changes WHERE of_table IN ('case_types', 'case_terms', 'exit_pages', 'duty_hours');
DELETE FROM dated_checks WHERE of_table IN ('case_types', 'case_terms', 'exit_pages', 'duty_hours');
DELETE FROM dated_seeds WHERE of_table IN ('case_types', 'case_terms', 'exit_pages', 'duty_hours');
