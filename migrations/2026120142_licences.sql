-- +goose Up
-- A list of licensed companies or institutions, as a ministry published it. As of its day it takes the place of the one
-- before, which stays. While it is a draft its table lies here as it was read; after that its rows do.
CREATE TABLE licence_lists (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT licence_lists_ref_unique UNIQUE,
    kind       text NOT NULL CONSTRAINT licence_lists_kind_known CHECK (kind IN ('p3mi', 'so')),
    source     text NOT NULL,
    listed_on  date NOT NULL,
    file_name  text NOT NULL,
    content    jsonb, -- columns and cells of the file, until its rows are taken over
    columns    jsonb NOT NULL, -- which column is which
    state      text NOT NULL CONSTRAINT licence_lists_state_known CHECK (state IN ('draft', 'waiting', 'published', 'dropped')),
    entries    int NOT NULL DEFAULT 0,
    left_out   int NOT NULL DEFAULT 0,
    form_token text NOT NULL CONSTRAINT licence_lists_once UNIQUE,
    made_by    bigint NOT NULL REFERENCES users,
    made_at    timestamptz NOT NULL,
    decided_by bigint REFERENCES users,
    decided_at timestamptz,
    version    int NOT NULL DEFAULT 1,
    CONSTRAINT licence_lists_decided CHECK ((decided_at IS NOT NULL) = (state IN ('published', 'dropped'))),
    CONSTRAINT licence_lists_two_people CHECK (state <> 'published' OR decided_by <> made_by)
);
CREATE INDEX licence_lists_of_kind ON licence_lists (kind, listed_on DESC, id DESC) WHERE state = 'published';

-- Who stands on a list, with what the list says about the licence. What could not be read as a state or a day stays as it
-- was written.
CREATE TABLE licences (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    list_id     bigint NOT NULL REFERENCES licence_lists ON DELETE CASCADE,
    line        int NOT NULL, -- in the file
    name        text NOT NULL,
    folded      text NOT NULL, -- the name as it is searched
    number      text NOT NULL,
    place       text NOT NULL,
    state       text NOT NULL
        CONSTRAINT licences_state_known CHECK (state IN ('active', 'ended', 'suspended', 'revoked', 'other', 'unsaid')),
    state_said  text NOT NULL,
    valid_until date,
    valid_said  text NOT NULL
);
CREATE INDEX licences_by_name ON licences USING gin (folded gin_trgm_ops);
CREATE INDEX licences_of_list ON licences (list_id, line);

-- +goose Down
DROP TABLE licences, licence_lists;
