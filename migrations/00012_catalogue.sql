-- +goose Up
CREATE TABLE programmes (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref              text NOT NULL CONSTRAINT programmes_ref_unique UNIQUE,
    institution_id   bigint NOT NULL REFERENCES institutions,
    code             text NOT NULL DEFAULT '',
    title            text NOT NULL CONSTRAINT programmes_title_length CHECK (char_length(title) BETWEEN 1 AND 150),
    description      text NOT NULL DEFAULT '',
    sector_code      text REFERENCES sectors,
    occupation_code  text REFERENCES occupations,
    scheme           text NOT NULL DEFAULT '',
    units            text NOT NULL DEFAULT '',
    kkni_level       int CONSTRAINT programmes_kkni_range CHECK (kkni_level BETWEEN 1 AND 9),
    hours_jp         int CONSTRAINT programmes_hours_range CHECK (hours_jp BETWEEN 1 AND 5000),
    minutes_per_jp   int NOT NULL DEFAULT 45 CONSTRAINT programmes_minutes_known CHECK (minutes_per_jp IN (45, 60)),
    days             int CONSTRAINT programmes_days_range CHECK (days BETWEEN 1 AND 730),
    funding          text CONSTRAINT programmes_funding_known CHECK (funding IN ('apbd', 'apbn', 'csr', 'self_paid')),
    cost_total       bigint NOT NULL DEFAULT 0 CONSTRAINT programmes_cost_not_negative CHECK (cost_total >= 0),
    refund_rule      text NOT NULL DEFAULT '',
    age_min          int CONSTRAINT programmes_age_min_range CHECK (age_min BETWEEN 15 AND 80),
    age_max          int CONSTRAINT programmes_age_max_range CHECK (age_max BETWEEN 15 AND 80),
    education_min    text REFERENCES education_levels,
    requires_dki     boolean NOT NULL DEFAULT false,
    required_certificate text REFERENCES certificate_types,
    requirements     text NOT NULL DEFAULT '', -- further requirements, one a line
    physical_needs   text NOT NULL DEFAULT '',
    language_needs   text NOT NULL DEFAULT '',
    prepare          text NOT NULL DEFAULT '',
    method           text CONSTRAINT programmes_method_known CHECK (method IN ('onsite', 'online', 'blended')),
    place            text NOT NULL DEFAULT '',
    regency_code     text REFERENCES regencies,
    mobile_unit      boolean NOT NULL DEFAULT false,
    facilities       text NOT NULL DEFAULT '',
    outcome_training boolean NOT NULL DEFAULT true,
    outcome_bnsp     boolean NOT NULL DEFAULT false,
    outcome_language text NOT NULL DEFAULT '',
    accessibility    text NOT NULL DEFAULT '',
    contact          text NOT NULL DEFAULT '',
    destinations     text[] NOT NULL DEFAULT '{}',
    state            text NOT NULL CONSTRAINT programmes_state_known CHECK (state IN ('draft', 'submitted', 'published', 'closed', 'withdrawn')),
    -- A change of cost, funding, requirements, outcome or place of a published programme waits here for approval.
    pending          jsonb,
    pending_state    text CONSTRAINT programmes_pending_state_known CHECK (pending_state IN ('draft', 'submitted')),
    refusal_code     text NOT NULL DEFAULT '',
    refusal_note     text NOT NULL DEFAULT '',
    form_token       uuid,
    demo             boolean NOT NULL DEFAULT false,
    version          int NOT NULL DEFAULT 1,
    published_at     timestamptz,
    submitted_at     timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    search           tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('indonesian', title), 'A') || setweight(to_tsvector('indonesian', scheme), 'B') || setweight(to_tsvector('indonesian', description), 'C')) STORED,
    CONSTRAINT programmes_age_order CHECK (age_min IS NULL OR age_max IS NULL OR age_min <= age_max),
    CONSTRAINT programmes_free_when_public_money CHECK (funding IS NULL OR funding = 'self_paid' OR cost_total = 0),
    CONSTRAINT programmes_published_whole CHECK (state IN ('draft', 'withdrawn') OR (sector_code IS NOT NULL AND hours_jp IS NOT NULL AND days IS NOT NULL
        AND funding IS NOT NULL AND method IS NOT NULL AND regency_code IS NOT NULL AND education_min IS NOT NULL AND age_min IS NOT NULL AND (cost_total = 0 OR refund_rule <> ''))),
    CONSTRAINT programmes_pending_with_state CHECK ((pending IS NULL) = (pending_state IS NULL)),
    CONSTRAINT programmes_published_dated CHECK (state <> 'published' OR published_at IS NOT NULL)
);
CREATE UNIQUE INDEX programmes_form_token ON programmes (institution_id, form_token) WHERE form_token IS NOT NULL;
CREATE UNIQUE INDEX programmes_code ON programmes (institution_id, code) WHERE code <> '';
CREATE INDEX programmes_by_institution ON programmes (institution_id, id DESC);
CREATE INDEX programmes_waiting ON programmes (submitted_at, id) WHERE state = 'submitted' OR pending_state = 'submitted';
CREATE INDEX programmes_public ON programmes (sector_code, id) WHERE state = 'published';
CREATE INDEX programmes_search ON programmes USING gin (search);
CREATE INDEX programmes_title_trgm ON programmes USING gin (title gin_trgm_ops);

CREATE TABLE programme_costs (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    programme_id bigint NOT NULL REFERENCES programmes ON DELETE CASCADE,
    position     int NOT NULL,
    label        text NOT NULL CONSTRAINT programme_costs_label_length CHECK (char_length(label) BETWEEN 1 AND 120),
    amount       bigint NOT NULL CONSTRAINT programme_costs_amount_not_negative CHECK (amount >= 0),
    CONSTRAINT programme_costs_position_unique UNIQUE (programme_id, position)
);

CREATE TABLE intakes (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref              text NOT NULL CONSTRAINT intakes_ref_unique UNIQUE,
    programme_id     bigint NOT NULL REFERENCES programmes ON DELETE CASCADE,
    number           int NOT NULL CONSTRAINT intakes_number_positive CHECK (number > 0),
    session          text NOT NULL DEFAULT '' CONSTRAINT intakes_session_known CHECK (session IN ('', 'morning', 'afternoon', 'evening')),
    state            text NOT NULL CONSTRAINT intakes_state_known CHECK (state IN ('draft', 'published', 'cancelled')),
    selection        text NOT NULL CONSTRAINT intakes_selection_known CHECK (selection IN ('test', 'first_come')),
    opens_at         timestamptz,
    closes_at        timestamptz,
    test_on          date,
    announce_on      date,
    starts_on        date,
    ends_on          date,
    quota            int NOT NULL CONSTRAINT intakes_quota_range CHECK (quota BETWEEN 1 AND 2000),
    reserve_seats    int NOT NULL DEFAULT 0 CONSTRAINT intakes_reserve_range CHECK (reserve_seats BETWEEN 0 AND 500),
    enrol_days       int NOT NULL DEFAULT 3 CONSTRAINT intakes_enrol_days_range CHECK (enrol_days BETWEEN 1 AND 30),
    place            text NOT NULL DEFAULT '',
    version          int NOT NULL DEFAULT 1,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT intakes_number_unique UNIQUE (programme_id, number, session),
    CONSTRAINT intakes_published_dated CHECK (state <> 'published' OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND starts_on IS NOT NULL AND ends_on IS NOT NULL)),
    CONSTRAINT intakes_open_before_close CHECK (opens_at < closes_at),
    CONSTRAINT intakes_start_before_end CHECK (starts_on <= ends_on),
    CONSTRAINT intakes_close_before_start CHECK ((closes_at AT TIME ZONE 'Asia/Jakarta')::date <= starts_on)
);
CREATE INDEX intakes_by_programme ON intakes (programme_id, opens_at, id);
CREATE INDEX intakes_closing ON intakes (closes_at, id) WHERE state = 'published';

CREATE TABLE programme_events (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    programme_id bigint NOT NULL REFERENCES programmes ON DELETE CASCADE,
    actor_id     bigint REFERENCES users,
    at           timestamptz NOT NULL,
    from_state   text NOT NULL,
    to_state     text NOT NULL,
    reason_code  text NOT NULL DEFAULT '',
    note         text NOT NULL DEFAULT ''
);
CREATE INDEX programme_events_by_programme ON programme_events (programme_id, id);

CREATE TABLE institution_events (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    institution_id bigint NOT NULL REFERENCES institutions ON DELETE CASCADE,
    actor_id       bigint REFERENCES users,
    at             timestamptz NOT NULL,
    from_state     text NOT NULL,
    to_state       text NOT NULL,
    note           text NOT NULL DEFAULT ''
);
CREATE INDEX institution_events_by_institution ON institution_events (institution_id, id);

-- "Laporkan": anyone may report a listing or an institution to the officers.
CREATE TABLE reports (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT reports_ref_unique UNIQUE,
    programme_id   bigint REFERENCES programmes ON DELETE SET NULL,
    institution_id bigint REFERENCES institutions ON DELETE SET NULL,
    reporter_id    bigint REFERENCES users ON DELETE SET NULL,
    kind           text NOT NULL CONSTRAINT reports_kind_known CHECK (kind IN ('money', 'placement', 'documents', 'wrong', 'other')),
    body           text NOT NULL CONSTRAINT reports_body_length CHECK (char_length(body) BETWEEN 1 AND 3000),
    contact        text NOT NULL DEFAULT '',
    form_token     uuid NOT NULL CONSTRAINT reports_form_token_unique UNIQUE,
    state          text NOT NULL CONSTRAINT reports_state_known CHECK (state IN ('open', 'handled')),
    handled_by     bigint REFERENCES users,
    handled_note   text NOT NULL DEFAULT '',
    handled_at     timestamptz,
    created_at     timestamptz NOT NULL
);
CREATE INDEX reports_open ON reports (created_at, id) WHERE state = 'open';

-- +goose Down
DROP TABLE reports, institution_events, programme_events, intakes, programme_costs, programmes;
