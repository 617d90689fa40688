-- +goose Up
-- Bodies that test and recognise what somebody can do (LSP), as officers note them with their source: for which jobs, and which
-- kinds of certificates they give. None is noted until an officer does it.
CREATE TABLE certifiers (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code              text NOT NULL,
    name              text NOT NULL,
    licence           text NOT NULL, -- its number at BNSP; empty while nobody noted it
    occupations       text NOT NULL, -- codes, one a line
    certificate_types text NOT NULL, -- codes, one a line
    scheme_id         text NOT NULL,
    scheme_en         text NOT NULL,
    where_id          text NOT NULL,
    where_en          text NOT NULL,
    source            text NOT NULL,
    public            boolean NOT NULL,
    checked_on        date,
    position          int NOT NULL,
    valid_from        date NOT NULL,
    valid_to          date,
    CONSTRAINT certifiers_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT certifiers_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- +goose Down
DROP TABLE certifiers;
DELETE FROM dated_changes WHERE of_table = 'certifiers';
DELETE FROM dated_checks WHERE of_table = 'certifiers';
DELETE FROM dated_seeds WHERE of_table = 'certifiers';
