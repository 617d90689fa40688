-- +goose Up
CREATE EXTENSION IF NOT EXISTS btree_gist;
-- What officers want a row of a dated table to say from a day on: open until it is published or dropped. Without a
-- writer it was proposed by a release of the portal.
CREATE TABLE dated_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    of_table   text NOT NULL,
    code       text NOT NULL,
    ends       boolean NOT NULL, -- the row holds up to valid_to and then no more
    says       jsonb NOT NULL, -- its values by column
    valid_from date NOT NULL,
    valid_to   date,
    why        text NOT NULL CONSTRAINT dated_changes_why CHECK (char_length(why) <= 500),
    state      text NOT NULL CONSTRAINT dated_changes_state_known CHECK (state IN ('draft', 'published', 'dropped')),
    version    int NOT NULL, -- counts each saving and the decision
    checked    boolean NOT NULL, -- who wrote it made sure that day that it is true
    form_token uuid UNIQUE,
    written_by bigint REFERENCES users,
    written_at timestamptz NOT NULL,
    decided_by bigint REFERENCES users,
    decided_at timestamptz,
    CONSTRAINT dated_changes_range CHECK (valid_to >= valid_from),
    CONSTRAINT dated_changes_end CHECK (NOT ends OR valid_to IS NOT NULL),
    CONSTRAINT dated_changes_decided CHECK ((state = 'draft') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX dated_changes_one_draft ON dated_changes (of_table, code) WHERE state = 'draft';
CREATE INDEX dated_changes_by_row ON dated_changes (of_table, code, id DESC);
CREATE INDEX dated_changes_waiting ON dated_changes (written_at, id) WHERE state = 'draft';

-- When somebody made sure that a row is still true.
CREATE TABLE dated_checks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    of_table   text NOT NULL,
    code       text NOT NULL,
    checked_by bigint NOT NULL REFERENCES users,
    checked_at timestamptz NOT NULL
);
CREATE INDEX dated_checks_by_row ON dated_checks (of_table, code, id DESC);

-- What the last release said of a row: a new one follows where nobody edited it.
CREATE TABLE dated_seeds (
    of_table text NOT NULL,
    code     text NOT NULL,
    says     jsonb NOT NULL,
    PRIMARY KEY (of_table, code)
);

-- Help numbers become rows with versions.
ALTER TABLE hotlines
    DROP CONSTRAINT hotlines_pkey,
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ADD COLUMN public boolean NOT NULL DEFAULT true,
    ADD CONSTRAINT hotlines_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&);
ALTER TABLE hotlines ALTER COLUMN public DROP DEFAULT;

-- Missions of Indonesia abroad; several numbers stand one a line.
CREATE TABLE missions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code         text NOT NULL,
    country_code text NOT NULL REFERENCES countries,
    name         text NOT NULL,
    emergency    text NOT NULL, -- answered at any hour
    whatsapp     text NOT NULL,
    phone        text NOT NULL, -- of the office
    email        text NOT NULL,
    url          text NOT NULL,
    address      text NOT NULL,
    note_id      text NOT NULL,
    note_en      text NOT NULL,
    source       text NOT NULL,
    public       boolean NOT NULL,
    checked_on   date,
    position     int NOT NULL,
    valid_from   date NOT NULL,
    valid_to     date,
    CONSTRAINT missions_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT missions_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);
CREATE INDEX missions_by_country ON missions (country_code, position);

-- Offices and places where a human can be met.
CREATE TABLE offices (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL,
    name        text NOT NULL,
    kind        text NOT NULL CONSTRAINT offices_kind_known CHECK (kind IN
        ('dinas', 'sudin', 'mpp', 'bp3mi', 'shelter', 'helpdesk', 'social', 'women', 'ppkd', 'ngo', 'legal')),
    address     text NOT NULL,
    city        text NOT NULL,
    phone       text NOT NULL,
    whatsapp    text NOT NULL,
    email       text NOT NULL,
    url         text NOT NULL,
    hours_id    text NOT NULL,
    hours_en    text NOT NULL,
    services_id text NOT NULL,
    services_en text NOT NULL,
    source      text NOT NULL,
    public      boolean NOT NULL,
    checked_on  date,
    position    int NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date,
    CONSTRAINT offices_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT offices_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON missions FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON offices FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();

-- +goose Down
DROP TABLE offices, missions, dated_seeds, dated_checks, dated_changes;
DELETE FROM hotlines h
WHERE EXISTS (SELECT FROM hotlines other WHERE other.code = h.code AND other.id > h.id);
ALTER TABLE hotlines
    DROP CONSTRAINT hotlines_one_at_a_time,
    DROP COLUMN public,
    DROP COLUMN id,
    ADD PRIMARY KEY (code);
