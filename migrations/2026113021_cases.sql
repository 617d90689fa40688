-- +goose Up
-- What people in trouble said, and what was done: nothing of it can be read without the keys. Who must act next, since
-- when and by when follow from the events and are kept beside them, so that the desk can be ordered by them.
CREATE TABLE cases (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref           text NOT NULL CONSTRAINT cases_ref_unique UNIQUE,
    form_token    uuid NOT NULL CONSTRAINT cases_form_token_unique UNIQUE,
    state         text NOT NULL CONSTRAINT cases_state_known CHECK (state IN ('new', 'open', 'closed')),
    door          text NOT NULL CONSTRAINT cases_door_known CHECK (door IN ('abroad', 'family', 'returning', 'nearby', 'desk')),
    danger        text NOT NULL CONSTRAINT cases_danger_known CHECK (danger IN ('', 'now', 'afraid', 'no')),
    urgency       text NOT NULL CONSTRAINT cases_urgency_known CHECK (urgency IN ('life', 'urgent', 'normal')),
    sensitive     boolean NOT NULL, -- seen by the officer on duty and the head, then by its team and the head
    country_code  text REFERENCES countries, -- NULL: nobody knows
    place_sealed  bytea, -- where, in their words
    story_sealed  bytea, -- what happens, in their words
    language      text NOT NULL CONSTRAINT cases_language_known CHECK (language IN ('id', 'en')),
    from_many     boolean NOT NULL, -- many forms came from one address that hour
    lead_id       bigint REFERENCES users, -- who holds it; NULL until somebody takes it
    trafficking   text NOT NULL CONSTRAINT cases_trafficking_known CHECK (trafficking IN ('not_assessed', 'indicated', 'no')),
    involves_child boolean NOT NULL,
    life_once     boolean NOT NULL, -- life was in danger at one time: closing needs a second officer
    version       int NOT NULL,
    next_actor    text NOT NULL CONSTRAINT cases_next_actor_known CHECK (next_actor IN ('duty', 'lead', 'head', 'partner', 'person', 'external', '')),
    waiting_since timestamptz,
    due_at        timestamptz,
    promised_at   timestamptz, -- the hour that was named at the door; NULL where none was
    created_at    timestamptz NOT NULL,
    contacted_at  timestamptz, -- the first contact that reached somebody
    closed_at     timestamptz,
    outcome       text NOT NULL,
    stripped_at   timestamptz, -- when it was taken out who it was about
    CONSTRAINT cases_closed_whole CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (outcome <> '')),
    CONSTRAINT cases_closed_waits_not CHECK (state <> 'closed' OR next_actor = '' AND due_at IS NULL AND waiting_since IS NULL),
    CONSTRAINT cases_open_waits CHECK (state = 'closed' OR next_actor <> '' AND waiting_since IS NOT NULL),
    CONSTRAINT cases_open_is_held CHECK (state <> 'open' OR lead_id IS NOT NULL)
);
CREATE INDEX cases_by_due ON cases (due_at NULLS LAST, id) WHERE state <> 'closed';
CREATE INDEX cases_by_lead ON cases (lead_id, due_at NULLS LAST, id) WHERE state <> 'closed';
CREATE INDEX cases_closed ON cases (closed_at DESC, id DESC) WHERE state = 'closed';
CREATE INDEX cases_to_strip ON cases (closed_at) WHERE closed_at IS NOT NULL AND stripped_at IS NULL;

-- The people on a case: whom it happens to, who reports, others. Each has a rule of their own how to be reached, and
-- whoever writes to us has a PIN of their own. Hours are those of the place where the person is.
CREATE TABLE case_people (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref               text NOT NULL CONSTRAINT case_people_ref_unique UNIQUE,
    case_id           bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    part              text NOT NULL CONSTRAINT case_people_part_known CHECK (part IN ('subject', 'reporter', 'relative', 'employer', 'agent')),
    relation          text NOT NULL CONSTRAINT case_people_relation_length CHECK (char_length(relation) <= 100),
    name_sealed       bytea,
    birth_year        int CONSTRAINT case_people_birth_year_sound CHECK (birth_year BETWEEN 1900 AND 2100),
    village_sealed    bytea,
    user_id           bigint REFERENCES users ON DELETE SET NULL, -- only when the person ticked it
    pin_index         bytea, -- NULL: writes to nobody
    pin_sealed        bytea, -- until it was used, for at most an hour
    pin_until         timestamptz,
    channel           text NOT NULL
        CONSTRAINT case_people_channel_known CHECK (channel IN ('whatsapp', 'phone', 'sms', 'email', 'trusted', 'none', 'unsaid')),
    address_sealed    bytea,
    address_index     bytea,
    hours             text[] NOT NULL
        CONSTRAINT case_people_hours_known CHECK (hours <@ ARRAY['morning', 'day', 'evening', 'any']),
    may_leave_message boolean NOT NULL,
    may_name_us       boolean NOT NULL,
    others_sealed     bytea,
    stopped_at        timestamptz, -- "do not contact me any more"
    created_at        timestamptz NOT NULL,
    CONSTRAINT case_people_pin_shown CHECK ((pin_sealed IS NULL) = (pin_until IS NULL))
);
CREATE INDEX case_people_by_case ON case_people (case_id, id);
CREATE INDEX case_people_by_address ON case_people (address_index);
CREATE INDEX case_people_by_user ON case_people (user_id);
CREATE INDEX case_people_pin_waits ON case_people (pin_until) WHERE pin_until IS NOT NULL;

-- What happened on a case, only added to. Whoever must act next and by when stands at each act that says so.
CREATE TABLE case_events (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    kind        text NOT NULL,
    at          timestamptz NOT NULL,
    actor_id    bigint REFERENCES users, -- NULL: the person below, or the portal itself
    person_id   bigint REFERENCES case_people, -- with or by whom
    channel     text NOT NULL,
    reached     boolean,
    detail      text NOT NULL CONSTRAINT case_events_detail_length CHECK (char_length(detail) <= 200), -- codes, never words of people
    text_sealed bytea,
    next_actor  text NOT NULL,
    due_at      timestamptz,
    form_token  uuid CONSTRAINT case_events_form_token_unique UNIQUE
);
CREATE INDEX case_events_by_case ON case_events (case_id, id);
CREATE INDEX case_events_by_person ON case_events (person_id);

-- What people on a case and the desk write to each other; each person reads what they wrote and what was written to them.
CREATE TABLE case_messages (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    person_id   bigint NOT NULL REFERENCES case_people,
    author_id   bigint REFERENCES users, -- NULL: the person
    body_sealed bytea,
    at          timestamptz NOT NULL,
    read_at     timestamptz,
    form_token  uuid NOT NULL CONSTRAINT case_messages_form_token_unique UNIQUE
);
CREATE INDEX case_messages_by_person ON case_messages (person_id, id);
CREATE INDEX case_messages_by_case ON case_messages (case_id, id);
CREATE INDEX case_messages_unread ON case_messages (case_id) WHERE author_id IS NULL AND read_at IS NULL;

-- What kinds of trouble a case has.
CREATE TABLE case_kinds (
    case_id bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    code    text NOT NULL,
    set_by  bigint NOT NULL REFERENCES users,
    set_at  timestamptz NOT NULL,
    PRIMARY KEY (case_id, code)
);

-- Who works on a case beside each other; who leads it is one of them. The rows of those who left stay.
CREATE TABLE case_team (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    user_id  bigint NOT NULL REFERENCES users,
    added_by bigint NOT NULL REFERENCES users,
    added_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE UNIQUE INDEX case_team_once ON case_team (case_id, user_id) WHERE ended_at IS NULL;
CREATE INDEX case_team_by_user ON case_team (user_id, case_id) WHERE ended_at IS NULL;

-- Somebody wants to close a case for which a second officer has to agree.
CREATE TABLE case_closings (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    outcome     text NOT NULL,
    why_sealed  bytea,
    asked_by    bigint NOT NULL REFERENCES users,
    asked_at    timestamptz NOT NULL,
    agreed      boolean, -- NULL while it waits
    answered_by bigint REFERENCES users,
    answered_at timestamptz,
    CONSTRAINT case_closings_by_two CHECK (answered_by <> asked_by),
    CONSTRAINT case_closings_answer_whole CHECK ((agreed IS NULL) = (answered_at IS NULL))
);
CREATE UNIQUE INDEX case_closings_one_waits ON case_closings (case_id) WHERE agreed IS NULL;

-- Who is at the help pages behind number and PIN, or has just written. It has nothing to do with an account.
CREATE TABLE help_sessions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash bytea NOT NULL CONSTRAINT help_sessions_token_unique UNIQUE,
    person_id  bigint NOT NULL REFERENCES case_people ON DELETE CASCADE,
    filed      boolean NOT NULL, -- it began with the form, and so sees the receipt
    seen_at    timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL
);
CREATE INDEX help_sessions_by_person ON help_sessions (person_id);
CREATE INDEX help_sessions_by_end ON help_sessions (ends_at);

-- Wrong PINs: five from one address rest a number there for an hour.
CREATE TABLE pin_tries (
    id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key bytea NOT NULL, -- of number and address
    at  timestamptz NOT NULL
);
CREATE INDEX pin_tries_by_key ON pin_tries (key, at);
CREATE INDEX pin_tries_by_time ON pin_tries (at);

-- What somebody at the desk must hear of at once, until they were told: a new case, one whose hour has passed, a word of
-- somebody in danger or after the end, a case that became urgent, one for which a second officer is needed. Each once for
-- each hour that it is about.
CREATE TABLE case_alarms (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    reason  text NOT NULL CONSTRAINT case_alarms_reason_known CHECK (reason IN ('filed', 'late', 'wrote', 'urgent', 'second')),
    level   text NOT NULL CONSTRAINT case_alarms_level_known CHECK (level IN ('duty', 'lead', 'head')),
    due_at  timestamptz NOT NULL, -- the hour that it is about
    at      timestamptz NOT NULL,
    told_at timestamptz,
    CONSTRAINT case_alarms_once UNIQUE (case_id, reason, level, due_at)
);
CREATE INDEX case_alarms_waiting ON case_alarms (level, id) WHERE told_at IS NULL;
CREATE INDEX case_alarms_told ON case_alarms (level, told_at DESC) WHERE told_at IS NOT NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('help_session', 1, '2026-01-01', 'Tanda bahwa seseorang sedang membuka halaman bantuan tidak diperlukan sesudah halaman itu ditutup.'),
    ('pin_try', 2, '2026-01-01', 'PIN yang salah hanya dihitung selama satu jam.'),
    ('case_alarm', 365, '2026-01-01', 'Bukti kapan petugas jaga dan kepala diberi tahu.'),
    ('case_closed', 1825, '2026-01-01', 'Lima tahun sejak kasus selesai, seperti berkas pekerja yang sudah pulang; sesudah itu tinggal angka tanpa nama.');

-- +goose Down
DELETE FROM retention_terms WHERE what IN ('help_session', 'pin_try', 'case_alarm', 'case_closed');
DROP TABLE case_alarms, pin_tries, help_sessions, case_closings, case_team, case_kinds, case_messages, case_events, case_people, cases;
