-- +goose Up
CREATE TABLE institutions (
    id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref                      text NOT NULL CONSTRAINT institutions_ref_unique UNIQUE,
    kind                     text NOT NULL CONSTRAINT institutions_kind_known CHECK (kind IN ('ppkd', 'ppkpi', 'blk', 'lpk')),
    name                     text NOT NULL CONSTRAINT institutions_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
    nib                      text NOT NULL DEFAULT '',
    vin                      text NOT NULL DEFAULT '',
    license_no               text NOT NULL DEFAULT '',
    license_expires_on       date,
    accreditation_no         text NOT NULL DEFAULT '',
    accreditation_scope      text NOT NULL DEFAULT '',
    accreditation_expires_on date,
    so_permit_no             text NOT NULL DEFAULT '',
    so_permit_expires_on     date,
    street                   text NOT NULL DEFAULT '',
    regency_code             text REFERENCES regencies,
    responsible_person       text NOT NULL DEFAULT '',
    phone                    text NOT NULL DEFAULT '',
    email                    text NOT NULL DEFAULT '',
    website                  text NOT NULL DEFAULT '',
    complaint_contact        text NOT NULL DEFAULT '',
    about                    text NOT NULL DEFAULT '',
    state                    text NOT NULL CONSTRAINT institutions_state_known CHECK (state IN ('submitted', 'verified', 'suspended', 'revoked')),
    verified_at              timestamptz,
    demo                     boolean NOT NULL DEFAULT false,
    external_key             text CONSTRAINT institutions_external_key_unique UNIQUE,
    version                  int NOT NULL DEFAULT 1,
    created_at               timestamptz NOT NULL,
    updated_at               timestamptz NOT NULL,
    CONSTRAINT institutions_verified_dated CHECK (state <> 'verified' OR verified_at IS NOT NULL)
);
CREATE INDEX institutions_list ON institutions (state, name, id);

-- One account has one role. Sign-in names are unique among open accounts only, so a
-- closed account never keeps an address (bug report P062).
CREATE TABLE users (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref                text NOT NULL CONSTRAINT users_ref_unique UNIQUE,
    role               text NOT NULL CONSTRAINT users_role_known CHECK (role IN ('seeker', 'staff', 'owner', 'officer', 'admin')),
    name               text NOT NULL CONSTRAINT users_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    email              text CONSTRAINT users_email_folded CHECK (email = lower(email)),
    phone              text CONSTRAINT users_phone_form CHECK (phone ~ '^\+\d{7,15}$'),
    username           text CONSTRAINT users_username_form CHECK (username ~ '^[a-z0-9.-]{4,30}$'),
    password_hash      text NOT NULL,
    must_set_password  boolean NOT NULL DEFAULT false,
    institution_id     bigint REFERENCES institutions,
    regency_code       text REFERENCES regencies,
    language           text NOT NULL DEFAULT 'id' CONSTRAINT users_language_known CHECK (language IN ('id', 'en')),
    totp_secret        bytea,
    totp_confirmed_at  timestamptz,
    totp_last_step     bigint NOT NULL DEFAULT 0,
    registered_by      bigint REFERENCES users,
    demo               boolean NOT NULL DEFAULT false,
    closed_at          timestamptz,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    CONSTRAINT users_open_reachable CHECK (closed_at IS NOT NULL OR email IS NOT NULL OR phone IS NOT NULL OR username IS NOT NULL),
    CONSTRAINT users_institution_by_role CHECK ((role IN ('staff', 'owner')) = (institution_id IS NOT NULL))
);
CREATE UNIQUE INDEX users_email_open ON users (email) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX users_phone_open ON users (phone) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX users_username_open ON users (username) WHERE closed_at IS NULL;
CREATE INDEX users_by_institution ON users (institution_id) WHERE institution_id IS NOT NULL;

-- The row decides: the cookie holds only a random token, here is its SHA-256.
CREATE TABLE sessions (
    token_hash       bytea PRIMARY KEY,
    id               bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT sessions_id_unique UNIQUE,
    user_id          bigint REFERENCES users ON DELETE CASCADE,
    data             jsonb NOT NULL DEFAULT '{}',
    user_agent       text  NOT NULL DEFAULT '',
    address          text  NOT NULL DEFAULT '',
    second_factor_at timestamptz,
    created_at       timestamptz NOT NULL,
    last_seen_at     timestamptz NOT NULL,
    idle_minutes     int NOT NULL CONSTRAINT sessions_idle_positive CHECK (idle_minutes > 0),
    expires_at       timestamptz NOT NULL, -- moves with use
    ends_at          timestamptz NOT NULL  -- does not
);
CREATE INDEX sessions_by_user ON sessions (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX sessions_expired ON sessions (expires_at);

-- A code sent to an address. payload holds what waits for the confirmation (a registration), sealed.
CREATE TABLE codes (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash   bytea NOT NULL CONSTRAINT codes_token_unique UNIQUE,
    purpose      text NOT NULL CONSTRAINT codes_purpose_known CHECK (purpose IN ('register', 'recover', 'change_address')),
    channel      text NOT NULL CONSTRAINT codes_channel_known CHECK (channel IN ('email', 'phone')),
    address      text NOT NULL,
    user_id      bigint REFERENCES users ON DELETE CASCADE,
    code_hash    bytea NOT NULL,
    tries        int NOT NULL DEFAULT 0 CONSTRAINT codes_tries_limit CHECK (tries <= 5),
    payload      bytea,
    sent_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    created_at   timestamptz NOT NULL
);
CREATE INDEX codes_expired ON codes (expires_at);
CREATE INDEX codes_by_user ON codes (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE recovery_codes (
    user_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    used_at   timestamptz,
    PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE invitations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT invitations_ref_unique UNIQUE,
    token_hash     bytea NOT NULL CONSTRAINT invitations_token_unique UNIQUE,
    role           text NOT NULL CONSTRAINT invitations_role_known CHECK (role IN ('staff', 'owner', 'officer', 'admin')),
    name           text NOT NULL CONSTRAINT invitations_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    email          text NOT NULL,
    institution_id bigint REFERENCES institutions,
    regency_code   text REFERENCES regencies,
    invited_by     bigint REFERENCES users,
    expires_at     timestamptz NOT NULL,
    accepted_at    timestamptz,
    revoked_at     timestamptz,
    created_at     timestamptz NOT NULL,
    CONSTRAINT invitations_institution_by_role CHECK ((role IN ('staff', 'owner')) = (institution_id IS NOT NULL))
);
CREATE INDEX invitations_open ON invitations (created_at DESC, id DESC) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- Consents and notices that were shown: each on its own, with version and time (UU 27/2022 art. 22).
CREATE TABLE consents (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    kind         text NOT NULL CONSTRAINT consents_kind_known CHECK (kind IN ('privacy_notice', 'share_with_institution', 'phone_messages', 'special_needs')),
    version      text NOT NULL,
    given_at     timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE INDEX consents_by_user ON consents (user_id, kind, given_at DESC);

-- Counters for limits that must hold over all processes (sign-in, codes). key is a keyed hash.
CREATE TABLE attempts (
    key        bytea NOT NULL,
    window_at  timestamptz NOT NULL,
    count      int NOT NULL CONSTRAINT attempts_count_positive CHECK (count > 0),
    PRIMARY KEY (key, window_at)
);
CREATE INDEX attempts_old ON attempts (window_at);

-- A message to a person. data is sealed until it is sent, then emptied. dedupe makes one event one message.
CREATE TABLE notices (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dedupe      text NOT NULL CONSTRAINT notices_dedupe_unique UNIQUE,
    user_id     bigint REFERENCES users ON DELETE SET NULL,
    channel     text NOT NULL CONSTRAINT notices_channel_known CHECK (channel IN ('email', 'phone')),
    template    text NOT NULL,
    language    text NOT NULL,
    sealed      bytea,
    state       text NOT NULL CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed')),
    error       text NOT NULL DEFAULT '',
    sent_at     timestamptz,
    created_at  timestamptz NOT NULL
);
CREATE INDEX notices_failed ON notices (created_at DESC, id DESC) WHERE state = 'failed';

-- The application's role may only insert and read here.
CREATE TABLE audit_rows (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at           timestamptz NOT NULL,
    actor_id     bigint,
    actor_role   text NOT NULL,
    action       text NOT NULL,
    subject_kind text NOT NULL,
    subject_id   bigint NOT NULL,
    person_id    bigint,
    detail       jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_rows_by_person ON audit_rows (person_id, id DESC) WHERE person_id IS NOT NULL;
CREATE INDEX audit_rows_by_subject ON audit_rows (subject_kind, subject_id, id DESC);

CREATE TABLE audit_chain (
    audit_id bigint PRIMARY KEY REFERENCES audit_rows,
    hash     bytea NOT NULL
);

-- +goose Down
DROP TABLE audit_chain, audit_rows, notices, attempts, consents, invitations, recovery_codes, codes, sessions, users, institutions;
