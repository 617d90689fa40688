-- +goose Up
-- Somebody abroad is asked, on the days that they chose, whether they are well. The address is known by a keyed index only:
-- at another one the check-in is not on until they looked at it again. The steps after silence are days; only the case is
-- none that can be left out. word_index is the hash of a word by which they call for help unseen.
CREATE TABLE checkins (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref           text NOT NULL CONSTRAINT checkins_ref_unique UNIQUE,
    user_id       bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    channel       text NOT NULL CONSTRAINT checkins_channel_known CHECK (channel IN ('email', 'phone')),
    address_index bytea NOT NULL,
    every_days    int NOT NULL CONSTRAINT checkins_every CHECK (every_days BETWEEN 1 AND 60),
    from_hour     int NOT NULL, -- the window in which it asks, in WIB
    to_hour       int NOT NULL,
    remind_days   int CONSTRAINT checkins_remind CHECK (remind_days BETWEEN 1 AND 7),
    relative_days int CONSTRAINT checkins_relative CHECK (relative_days BETWEEN 1 AND 14),
    case_days     int NOT NULL CONSTRAINT checkins_case CHECK (case_days BETWEEN 2 AND 21),
    word_index    bytea,
    ties_account  boolean NOT NULL,
    version       int NOT NULL DEFAULT 1,
    agreed_at     timestamptz NOT NULL, -- to these steps, in writing
    agreed_words  text NOT NULL,        -- the version of the words that were agreed to
    next_at       timestamptz NOT NULL,
    quiet_from    date,
    quiet_until   date,
    stuck_why     text NOT NULL DEFAULT '' CONSTRAINT checkins_stuck_known CHECK (stuck_why IN ('', 'contact', 'consent', 'refused')),
    raised_at     timestamptz, -- nothing was heard and a case was made: it rests until they answer
    ended_at      timestamptz, -- switched off, which takes the consent back
    CONSTRAINT checkins_hours CHECK (from_hour BETWEEN 0 AND 23 AND to_hour BETWEEN 0 AND 23 AND from_hour <> to_hour),
    CONSTRAINT checkins_steps_order CHECK (coalesce(remind_days, 0) < coalesce(relative_days, case_days)
        AND coalesce(relative_days, remind_days, 0) < case_days),
    CONSTRAINT checkins_quiet CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_until >= quiet_from)
);
CREATE UNIQUE INDEX checkins_one_on ON checkins (user_id) WHERE ended_at IS NULL;
CREATE INDEX checkins_stuck ON checkins (id) WHERE ended_at IS NULL AND stuck_why <> '';
CREATE INDEX checkins_due ON checkins (next_at) WHERE ended_at IS NULL;

-- One asking, with one link, until it is answered or a case is made. due_at is when the first letter could leave; late steps
-- count from it. signal says that the word was typed: the person's own pages show nothing of it.
CREATE TABLE checkin_rounds (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    checkin_id   bigint NOT NULL REFERENCES checkins ON DELETE CASCADE,
    token_hash   bytea NOT NULL CONSTRAINT checkin_rounds_token_unique UNIQUE,
    token_sealed bytea,
    asked_at     timestamptz NOT NULL,
    due_at       timestamptz NOT NULL,
    answer       text CONSTRAINT checkin_rounds_answer_known CHECK (answer IN ('well', 'advice', 'help', 'relative_well', 'stopped')),
    answered_at  timestamptz,
    note_sealed  bytea,
    signal       boolean NOT NULL DEFAULT false,
    case_ref     text,
    look_at      timestamptz NOT NULL, -- when the next step may be due
    closed_at    timestamptz,
    CONSTRAINT checkin_rounds_answer_whole CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX checkin_rounds_of ON checkin_rounds (checkin_id, id);
CREATE UNIQUE INDEX checkin_rounds_one_open ON checkin_rounds (checkin_id) WHERE closed_at IS NULL;
CREATE INDEX checkin_rounds_open ON checkin_rounds (look_at) WHERE closed_at IS NULL;

-- What was done for an asking, each once. dedupe is the letter's, empty for the case.
CREATE TABLE checkin_steps (
    round_id bigint NOT NULL REFERENCES checkin_rounds ON DELETE CASCADE,
    step     text NOT NULL CONSTRAINT checkin_steps_known CHECK (step IN ('ask', 'other', 'remind', 'relative', 'case')),
    at       timestamptz NOT NULL, -- of a letter, from when on it may leave
    channel  text NOT NULL,
    dedupe   text NOT NULL,
    missing  boolean NOT NULL DEFAULT false, -- nobody reported within half an hour that it arrived
    PRIMARY KEY (round_id, step)
);

-- Somebody whom the person trusts. They have no account: their own link and a code open exactly what was granted.
CREATE TABLE relatives (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref           text NOT NULL CONSTRAINT relatives_ref_unique UNIQUE,
    form_token    uuid NOT NULL CONSTRAINT relatives_form_unique UNIQUE,
    user_id       bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    name_sealed   bytea,
    relation      text NOT NULL,
    channel       text NOT NULL CONSTRAINT relatives_channel_known CHECK (channel IN ('email', 'phone')),
    address_sealed bytea,
    language      text NOT NULL,
    token_hash    bytea NOT NULL CONSTRAINT relatives_token_unique UNIQUE,
    token_sealed  bytea,
    code_sealed   bytea,
    sees_station  boolean NOT NULL,
    sees_place    boolean NOT NULL,
    sees_papers   boolean NOT NULL,
    version       int NOT NULL DEFAULT 1,
    granted_at    timestamptz NOT NULL,
    seen_at       timestamptz, -- they opened it with the code
    withdrawn_at  timestamptz
);
CREATE INDEX relatives_of ON relatives (user_id) WHERE withdrawn_at IS NULL;

CREATE TABLE relative_sessions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relative_id bigint NOT NULL REFERENCES relatives ON DELETE CASCADE,
    token_hash  bytea NOT NULL CONSTRAINT relative_sessions_token_unique UNIQUE,
    ends_at     timestamptz NOT NULL
);
CREATE INDEX relative_sessions_of ON relative_sessions (relative_id);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('checkin_round', 365, '2026-01-01', 'Setahun sesudah selesai, untuk melihat apakah pesan sampai.'),
    ('checkin', 365, '2026-01-01', 'Setahun sesudah dimatikan: bukti persetujuan atas langkahnya.'),
    ('relative', 30, '2026-01-01', 'Sebulan sesudah dicabut; kerabat tidak punya akun di sini.'),
    ('relative_session', 1, '2026-01-01', 'Kunci sementara sesudah kode diketik.');

-- +goose Down
DELETE FROM retention_terms WHERE what IN ('checkin_round', 'checkin', 'relative', 'relative_session');
DROP TABLE relative_sessions, relatives, checkin_steps, checkin_rounds, checkins;
