-- +goose Up
-- What a seeker says of themselves. Numbers of documents are sealed; nik_index is a keyed blind index.
CREATE TABLE profiles (
    user_id          bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    title            text NOT NULL DEFAULT '',
    passport_name    text NOT NULL DEFAULT '',
    nik_sealed       bytea,
    nik_index        bytea,
    nik_masked       text NOT NULL DEFAULT '',
    nik_verified     boolean NOT NULL DEFAULT false,
    kk_sealed        bytea,
    kk_masked        text NOT NULL DEFAULT '',
    passport_sealed  bytea,
    passport_masked  text NOT NULL DEFAULT '',
    birth_place      text NOT NULL DEFAULT '',
    birth_date       date,
    sex              text CONSTRAINT profiles_sex_known CHECK (sex IN ('L', 'P')),
    domicile_same    boolean NOT NULL DEFAULT true,
    education_code   text REFERENCES education_levels,
    education_school text NOT NULL DEFAULT '',
    education_major  text NOT NULL DEFAULT '',
    education_year   int CONSTRAINT profiles_education_year_range CHECK (education_year BETWEEN 1950 AND 2100),
    education_name   text NOT NULL DEFAULT '',
    no_languages     boolean NOT NULL DEFAULT false,
    no_experience    boolean NOT NULL DEFAULT false,
    special_needs    text NOT NULL DEFAULT '',
    guardian_name     text NOT NULL DEFAULT '',
    guardian_relation text NOT NULL DEFAULT '',
    guardian_phone    text NOT NULL DEFAULT '',
    version          int NOT NULL DEFAULT 1,
    updated_at       timestamptz NOT NULL,
    CONSTRAINT profiles_nik_whole CHECK ((nik_sealed IS NULL) = (nik_index IS NULL)),
    CONSTRAINT profiles_verified_has_nik CHECK (NOT nik_verified OR nik_index IS NOT NULL)
);
-- A NIK is one verified person's; a second claim stays unverified and is flagged to officers.
CREATE UNIQUE INDEX profiles_nik_verified ON profiles (nik_index) WHERE nik_verified;
CREATE INDEX profiles_nik ON profiles (nik_index) WHERE nik_index IS NOT NULL;

CREATE TABLE addresses (
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    kind         text NOT NULL CONSTRAINT addresses_kind_known CHECK (kind IN ('ktp', 'domicile')),
    street       text NOT NULL,
    rt           text NOT NULL CONSTRAINT addresses_rt_form CHECK (rt ~ '^(\d{3})?$'),
    rw           text NOT NULL CONSTRAINT addresses_rw_form CHECK (rw ~ '^(\d{3})?$'),
    village      text NOT NULL,
    district     text NOT NULL,
    regency_code text NOT NULL REFERENCES regencies,
    postal_code  text NOT NULL CONSTRAINT addresses_postal_form CHECK (postal_code ~ '^(\d{5})?$'),
    PRIMARY KEY (user_id, kind)
);

CREATE TABLE known_languages (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    language text NOT NULL CONSTRAINT known_languages_length CHECK (char_length(language) BETWEEN 1 AND 60),
    ability  text NOT NULL CONSTRAINT known_languages_ability_known CHECK (ability IN ('basic', 'conversation', 'fluent')),
    CONSTRAINT known_languages_once UNIQUE (user_id, language)
);

CREATE TABLE experiences (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id     bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    position    text NOT NULL CONSTRAINT experiences_position_length CHECK (char_length(position) BETWEEN 1 AND 100),
    employer    text NOT NULL CONSTRAINT experiences_employer_length CHECK (char_length(employer) BETWEEN 1 AND 150),
    country     text NOT NULL REFERENCES countries,
    start_year  int NOT NULL CONSTRAINT experiences_start_range CHECK (start_year BETWEEN 1950 AND 2100),
    end_year    int CONSTRAINT experiences_end_range CHECK (end_year BETWEEN 1950 AND 2100),
    description text NOT NULL DEFAULT '',
    CONSTRAINT experiences_order CHECK (end_year IS NULL OR start_year <= end_year)
);
CREATE INDEX experiences_by_user ON experiences (user_id, start_year DESC, id);

CREATE TABLE emergency_contacts (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    position int NOT NULL CONSTRAINT emergency_contacts_two CHECK (position IN (1, 2)),
    name     text NOT NULL CONSTRAINT emergency_contacts_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
    relation text NOT NULL,
    phone    text NOT NULL,
    address  text NOT NULL DEFAULT '',
    topics   text NOT NULL DEFAULT '',
    CONSTRAINT emergency_contacts_position_unique UNIQUE (user_id, position)
);

-- What an officer saw on the KTP. The newest live row per field counts; a change of the field by the seeker supersedes it.
CREATE TABLE identity_checks (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id       bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    field         text NOT NULL CONSTRAINT identity_checks_field_known CHECK (field IN ('nik', 'name', 'birth_date', 'ktp_address')),
    outcome       text NOT NULL CONSTRAINT identity_checks_outcome_known CHECK (outcome IN ('checked', 'differs')),
    seen_date     date,
    seen_regency  text REFERENCES regencies,
    seen_name     text NOT NULL DEFAULT '',
    note          text NOT NULL DEFAULT '',
    officer_id    bigint NOT NULL REFERENCES users,
    at            timestamptz NOT NULL,
    superseded_at timestamptz
);
CREATE UNIQUE INDEX identity_checks_live ON identity_checks (user_id, field) WHERE superseded_at IS NULL;

-- A file of a person. The blob under blob_key is sealed; only the made images in upload_pages are ever shown.
CREATE TABLE uploads (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT uploads_ref_unique UNIQUE,
    owner_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    purpose    text NOT NULL CONSTRAINT uploads_purpose_known CHECK (purpose IN ('ktp', 'kk', 'certificate', 'guardian_consent', 'other')),
    name       text NOT NULL CONSTRAINT uploads_name_length CHECK (char_length(name) BETWEEN 1 AND 255),
    media_type text NOT NULL CONSTRAINT uploads_media_type_known CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic')),
    size       bigint NOT NULL CONSTRAINT uploads_size_positive CHECK (size > 0),
    sha256     bytea NOT NULL,
    blob_key   text NOT NULL CONSTRAINT uploads_blob_key_unique UNIQUE,
    state      text NOT NULL CONSTRAINT uploads_state_known CHECK (state IN ('waiting', 'ready', 'refused')),
    refusal    text NOT NULL DEFAULT '',
    warnings   text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    deleted_at timestamptz
);
CREATE INDEX uploads_by_owner ON uploads (owner_id, id DESC) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX uploads_same_bytes ON uploads (owner_id, purpose, sha256) WHERE deleted_at IS NULL;

CREATE TABLE upload_pages (
    upload_id bigint NOT NULL REFERENCES uploads ON DELETE CASCADE,
    number    int NOT NULL CONSTRAINT upload_pages_number_range CHECK (number BETWEEN 1 AND 30),
    view_key  text NOT NULL,
    thumb_key text NOT NULL,
    width     int NOT NULL,
    height    int NOT NULL,
    PRIMARY KEY (upload_id, number)
);

CREATE TABLE certificates (
    id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref                   text NOT NULL CONSTRAINT certificates_ref_unique UNIQUE,
    seeker_id             bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    type_code             text NOT NULL REFERENCES certificate_types,
    title                 text NOT NULL DEFAULT '',
    number                text NOT NULL DEFAULT '',
    holder_name           text NOT NULL DEFAULT '',
    issuer                text NOT NULL DEFAULT '',
    level                 text NOT NULL DEFAULT '',
    destination           text REFERENCES countries,
    issued_on             date,
    valid_until           date,
    next_confirmation_due date,
    state                 text NOT NULL CONSTRAINT certificates_state_known CHECK (state IN ('draft', 'submitted', 'checking', 'verified', 'needs_fix', 'rejected', 'suspended')),
    method                text NOT NULL DEFAULT '' CONSTRAINT certificates_method_known CHECK (method IN ('', 'qr', 'issuer_site', 'email', 'original_seen')),
    officer_id            bigint REFERENCES users,
    decided_at            timestamptz,
    reason_code           text NOT NULL DEFAULT '',
    note                  text NOT NULL DEFAULT '',
    form_token            uuid,
    version               int NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    deleted_at            timestamptz,
    CONSTRAINT certificates_dates_order CHECK (issued_on IS NULL OR valid_until IS NULL OR issued_on <= valid_until),
    CONSTRAINT certificates_verified_whole CHECK (state <> 'verified' OR (method <> '' AND officer_id IS NOT NULL AND decided_at IS NOT NULL))
);
CREATE UNIQUE INDEX certificates_form_token ON certificates (seeker_id, form_token) WHERE form_token IS NOT NULL;
CREATE INDEX certificates_by_seeker ON certificates (seeker_id, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX certificates_waiting ON certificates (updated_at, id) WHERE state IN ('submitted', 'checking') AND deleted_at IS NULL;

CREATE TABLE certificate_files (
    certificate_id bigint NOT NULL REFERENCES certificates ON DELETE CASCADE,
    upload_id      bigint NOT NULL REFERENCES uploads ON DELETE CASCADE,
    position       int NOT NULL,
    PRIMARY KEY (certificate_id, upload_id)
);
CREATE INDEX certificate_files_by_upload ON certificate_files (upload_id);

CREATE TABLE certificate_events (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    certificate_id bigint NOT NULL REFERENCES certificates ON DELETE CASCADE,
    actor_id       bigint REFERENCES users,
    at             timestamptz NOT NULL,
    from_state     text NOT NULL,
    to_state       text NOT NULL,
    method         text NOT NULL DEFAULT '',
    reason_code    text NOT NULL DEFAULT '',
    note           text NOT NULL DEFAULT ''
);
CREATE INDEX certificate_events_by_certificate ON certificate_events (certificate_id, id);

-- +goose Down
DROP TABLE certificate_events, certificate_files, certificates, upload_pages, uploads, identity_checks, emergency_contacts, experiences, known_languages, addresses, profiles;
