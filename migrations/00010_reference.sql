-- +goose Up
-- Reference data: seeded from internal/refdata, edited by officers later. Rows are dated, never deleted.

CREATE TABLE sectors (
    code        text PRIMARY KEY,
    name_id     text NOT NULL,
    name_en     text NOT NULL,
    about_id    text NOT NULL,
    about_en    text NOT NULL,
    icon        text NOT NULL,
    position    int  NOT NULL
);

CREATE TABLE education_levels (
    code       text PRIMARY KEY,
    rank       int  NOT NULL CONSTRAINT education_levels_rank_positive CHECK (rank >= 0),
    name_id    text NOT NULL,
    name_en    text NOT NULL
);

CREATE TABLE provinces (
    code text PRIMARY KEY CONSTRAINT provinces_code_form CHECK (code ~ '^\d{2}$'),
    name text NOT NULL
);

CREATE TABLE regencies (
    code          text PRIMARY KEY CONSTRAINT regencies_code_form CHECK (code ~ '^\d{2}\.\d{2}$'),
    province_code text NOT NULL REFERENCES provinces,
    name          text NOT NULL,
    jakarta       boolean NOT NULL
);
CREATE INDEX regencies_by_province ON regencies (province_code, name);

CREATE TABLE districts (
    code         text PRIMARY KEY,
    regency_code text NOT NULL REFERENCES regencies,
    name         text NOT NULL,
    nik_prefix   text NOT NULL CONSTRAINT districts_nik_prefix_form CHECK (nik_prefix ~ '^\d{6}$')
);

CREATE TABLE villages (
    code          text PRIMARY KEY,
    district_code text NOT NULL REFERENCES districts,
    name          text NOT NULL
);

CREATE TABLE countries (
    code         text PRIMARY KEY CONSTRAINT countries_code_form CHECK (code ~ '^[A-Z]{2}$'),
    name_id      text NOT NULL,
    name_en      text NOT NULL,
    calling_code text NOT NULL,
    destination  boolean NOT NULL,
    caution      boolean NOT NULL,
    note_id      text NOT NULL,
    note_en      text NOT NULL,
    checked_on   date
);

CREATE TABLE occupations (
    code         text PRIMARY KEY,
    sector_code  text NOT NULL REFERENCES sectors,
    name_id      text NOT NULL,
    name_en      text NOT NULL,
    isco08       text NOT NULL,
    training_id  text NOT NULL,
    training_en  text NOT NULL,
    demand_id    text NOT NULL,
    demand_en    text NOT NULL,
    note_id      text NOT NULL,
    note_en      text NOT NULL,
    destinations text[] NOT NULL
);

CREATE TABLE certificate_types (
    code                 text PRIMARY KEY,
    category             text NOT NULL,
    name_id              text NOT NULL,
    name_en              text NOT NULL,
    issuer_id            text NOT NULL,
    issuer_en            text NOT NULL,
    level_hint_id        text NOT NULL,
    level_hint_en        text NOT NULL,
    number_hint_id       text NOT NULL,
    number_hint_en       text NOT NULL,
    validity_id          text NOT NULL,
    validity_en          text NOT NULL,
    verify_id            text NOT NULL,
    verify_en            text NOT NULL,
    validity_months      int CONSTRAINT certificate_types_validity_positive CHECK (validity_months > 0),
    valid_from_basis     text NOT NULL,
    confirm_every_months int CONSTRAINT certificate_types_confirm_positive CHECK (confirm_every_months > 0),
    has_expiry           boolean NOT NULL,
    position             int NOT NULL
);

CREATE TABLE language_levels (
    code             text PRIMARY KEY,
    language         text NOT NULL,
    language_id      text NOT NULL,
    language_en      text NOT NULL,
    test             text NOT NULL,
    certificate_type text NOT NULL REFERENCES certificate_types,
    level            text NOT NULL,
    rank             int  NOT NULL
);

CREATE TABLE hotlines (
    code       text PRIMARY KEY,
    name_id    text NOT NULL,
    name_en    text NOT NULL,
    kind       text NOT NULL CONSTRAINT hotlines_kind_known CHECK (kind IN ('phone', 'whatsapp', 'web')),
    number     text NOT NULL,
    dial       text NOT NULL,
    url        text NOT NULL,
    note_id    text NOT NULL,
    note_en    text NOT NULL,
    checked_on date,
    position   int  NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    CONSTRAINT hotlines_valid_range CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE TABLE holidays (
    day     date PRIMARY KEY,
    name_id text NOT NULL,
    name_en text NOT NULL
);

CREATE TABLE reason_codes (
    kind       text NOT NULL,
    code       text NOT NULL,
    text_id    text NOT NULL,
    text_en    text NOT NULL,
    fix_id     text NOT NULL,
    fix_en     text NOT NULL,
    needs_note boolean NOT NULL,
    position   int  NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    PRIMARY KEY (kind, code),
    CONSTRAINT reason_codes_valid_range CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

-- +goose Down
DROP TABLE reason_codes, holidays, hotlines, language_levels, certificate_types, occupations, countries, villages, districts, regencies, provinces, education_levels, sectors;
