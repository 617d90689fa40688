-- +goose Up
-- Ways of leaving, and when three plain questions propose one: proposed_when is a condition over facts, empty for never.
CREATE TABLE routes (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code          text NOT NULL,
    name_id       text NOT NULL,
    name_en       text NOT NULL,
    placed_by_id  text NOT NULL,
    placed_by_en  text NOT NULL,
    note_id       text NOT NULL,
    note_en       text NOT NULL,
    proposed_when text NOT NULL,
    source        text NOT NULL,
    confidence    text NOT NULL CONSTRAINT routes_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
    checked_on    date,
    position      int NOT NULL,
    valid_from    date NOT NULL,
    valid_to      date,
    CONSTRAINT routes_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT routes_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- Permit systems of one country; several routes may lead to one. Codes of routes stand one a line.
CREATE TABLE schemes (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code         text NOT NULL,
    name_id      text NOT NULL,
    name_en      text NOT NULL,
    country_code text NOT NULL REFERENCES countries,
    routes       text NOT NULL,
    source       text NOT NULL,
    checked_on   date,
    position     int NOT NULL,
    valid_from   date NOT NULL,
    valid_to     date,
    CONSTRAINT schemes_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT schemes_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- Papers. Of a health paper only state, date and clinic are kept, never a file. A certificate of one of the types, or of
-- each of them, proves the paper; of tests with levels it has to be one of those named or better.
CREATE TABLE documents (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code              text NOT NULL,
    name_id           text NOT NULL,
    name_en           text NOT NULL,
    part              text NOT NULL,
    health            boolean NOT NULL,
    numbered          boolean NOT NULL, -- its number is asked for
    certificate_types text NOT NULL,
    all_certificates  boolean NOT NULL,
    language_levels   text NOT NULL,
    issuer_id         text NOT NULL,
    issuer_en         text NOT NULL,
    validity_id       text NOT NULL,
    validity_en       text NOT NULL,
    note_id           text NOT NULL,
    note_en           text NOT NULL,
    source            text NOT NULL,
    confidence        text NOT NULL CONSTRAINT documents_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
    checked_on        date,
    position          int NOT NULL,
    valid_from        date NOT NULL,
    valid_to          date,
    CONSTRAINT documents_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT documents_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- What people are asked so that a rule can be decided. Those of a part other than paper are the answers to one of the three
-- questions that propose a route.
CREATE TABLE facts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL,
    part        text NOT NULL CONSTRAINT facts_part_known CHECK (part IN ('paper', 'place', 'arranger', 'before')),
    question_id text NOT NULL,
    question_en text NOT NULL,
    checked_on  date,
    position    int NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date,
    CONSTRAINT facts_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT facts_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- Who needs which paper. An empty country or scheme is every one. The row of a scheme comes before that of a country, and
-- that before the general one. condition is a tree of facts, empty for always; blocks are papers that normally come later.
CREATE TABLE document_rules (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code          text NOT NULL,
    document_code text NOT NULL,
    variant       text NOT NULL, -- of papers that are needed twice
    variant_id    text NOT NULL,
    variant_en    text NOT NULL,
    route         text NOT NULL,
    country_code  text NOT NULL,
    scheme        text NOT NULL,
    grade         text NOT NULL CONSTRAINT document_rules_grade_known CHECK (grade IN ('required', 'recommended', 'none')),
    condition     text NOT NULL,
    why_id        text NOT NULL,
    why_en        text NOT NULL,
    blocks        text NOT NULL,
    step          int NOT NULL CONSTRAINT document_rules_step_bounds CHECK (step BETWEEN 0 AND 9999),
    core          boolean NOT NULL, -- of an official list
    basis_id      text NOT NULL,
    basis_en      text NOT NULL,
    note_id       text NOT NULL,
    note_en       text NOT NULL,
    source        text NOT NULL,
    confidence    text NOT NULL CONSTRAINT document_rules_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
    checked_on    date,
    position      int NOT NULL,
    valid_from    date NOT NULL,
    valid_to      date,
    CONSTRAINT document_rules_scheme_of_country CHECK (scheme = '' OR country_code <> ''),
    CONSTRAINT document_rules_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT document_rules_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- How long a paper takes and what it costs: empty where nobody knows, never 0 for that.
CREATE TABLE lead_times (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code          text NOT NULL,
    document_code text NOT NULL,
    variant       text NOT NULL,
    routes        text NOT NULL,
    country_code  text NOT NULL,
    scheme        text NOT NULL,
    label_id      text NOT NULL, -- in which case it holds, where a paper has several
    label_en      text NOT NULL,
    cost_min      int CONSTRAINT lead_times_cost_min_bounds CHECK (cost_min BETWEEN 0 AND 1000000000),
    cost_max      int,
    days_min      int CONSTRAINT lead_times_days_min_bounds CHECK (days_min BETWEEN 0 AND 3650),
    days_max      int CONSTRAINT lead_times_days_max_bounds CHECK (days_max BETWEEN 0 AND 3650),
    working       boolean NOT NULL,
    where_id      text NOT NULL,
    where_en      text NOT NULL,
    valid_for_id  text NOT NULL,
    valid_for_en  text NOT NULL,
    basis_id      text NOT NULL,
    basis_en      text NOT NULL,
    note_id       text NOT NULL,
    note_en       text NOT NULL,
    source        text NOT NULL,
    confidence    text NOT NULL CONSTRAINT lead_times_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
    checked_on    date,
    position      int NOT NULL,
    valid_from    date NOT NULL,
    valid_to      date,
    CONSTRAINT lead_times_cost_range CHECK (cost_max >= cost_min),
    CONSTRAINT lead_times_days_range CHECK (days_max >= days_min),
    CONSTRAINT lead_times_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT lead_times_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- What may and may not be charged to people who leave, and the most that all of it may come to. No ceiling without a source.
CREATE TABLE charges (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code         text NOT NULL,
    name_id      text NOT NULL,
    name_en      text NOT NULL,
    kind         text NOT NULL CONSTRAINT charges_kind_known CHECK (kind IN ('may', 'may_not', 'disputed', 'ceiling')),
    routes       text NOT NULL,
    country_code text NOT NULL,
    occupations  text NOT NULL,
    ceiling      int CONSTRAINT charges_ceiling_bounds CHECK (ceiling BETWEEN 0 AND 1000000000),
    basis_id     text NOT NULL,
    basis_en     text NOT NULL,
    note_id      text NOT NULL,
    note_en      text NOT NULL,
    source       text NOT NULL,
    confidence   text NOT NULL CONSTRAINT charges_confidence_known CHECK (confidence IN ('high', 'medium', 'low')),
    checked_on   date,
    position     int NOT NULL,
    valid_from   date NOT NULL,
    valid_to     date,
    CONSTRAINT charges_ceiling_has_source CHECK (ceiling IS NULL OR source <> ''),
    CONSTRAINT charges_ceiling_given CHECK (kind <> 'ceiling' OR ceiling IS NOT NULL),
    CONSTRAINT charges_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT charges_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- +goose Down
DROP TABLE charges, lead_times, document_rules, facts, documents, schemes, routes;
