-- +goose Up
-- Institutions ask to join. Whoever asks has no account: the link of a letter is their permission to write the request and to
-- follow it, and with it the address is confirmed. An institution, and its owner's invitation, exist only once officers have
-- looked at everything.
CREATE TABLE institution_requests (
    id                       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref                      text NOT NULL CONSTRAINT institution_requests_ref_unique UNIQUE,
    form_token               uuid NOT NULL CONSTRAINT institution_requests_form_unique UNIQUE,
    state                    text NOT NULL CONSTRAINT institution_requests_state_known
        CHECK (state IN ('begun', 'submitted', 'asked', 'refused', 'verified')),
    version                  int NOT NULL DEFAULT 1,
    language                 text NOT NULL CONSTRAINT institution_requests_language_known CHECK (language IN ('id', 'en')),
    applicant_name           text NOT NULL CONSTRAINT institution_requests_applicant_length CHECK (char_length(applicant_name) BETWEEN 1 AND 100),
    applicant_email          text NOT NULL CONSTRAINT institution_requests_email_folded CHECK (applicant_email = lower(applicant_email)),
    applicant_phone          text NOT NULL DEFAULT '',
    kind                     text NOT NULL DEFAULT '' CONSTRAINT institution_requests_kind_known
        CHECK (kind IN ('', 'ppkd', 'ppkpi', 'blk', 'lpk')),
    name                     text NOT NULL DEFAULT '' CONSTRAINT institution_requests_name_length CHECK (char_length(name) <= 200),
    nib                      text NOT NULL DEFAULT '' CONSTRAINT institution_requests_nib_form CHECK (nib = '' OR nib ~ '^\d{13}$'),
    vin                      text NOT NULL DEFAULT '',
    license_no               text NOT NULL DEFAULT '',
    license_expires_on       date,
    accreditation_no         text NOT NULL DEFAULT '',
    accreditation_scope      text NOT NULL DEFAULT '',
    accreditation_expires_on date,
    so_permit                boolean, -- whether it has one; unknown until it is answered
    so_permit_no             text NOT NULL DEFAULT '',
    so_permit_expires_on     date,
    street                   text NOT NULL DEFAULT '',
    regency_code             text REFERENCES regencies,
    responsible_person       text NOT NULL DEFAULT '',
    phone                    text NOT NULL DEFAULT '',
    email                    text NOT NULL DEFAULT '',
    complaint_contact        text NOT NULL DEFAULT '',
    answer                   text NOT NULL DEFAULT '', -- to what officers asked last
    institution_id           bigint REFERENCES institutions,
    created_at               timestamptz NOT NULL,
    updated_at               timestamptz NOT NULL,
    submitted_at             timestamptz,
    decided_at               timestamptz,
    CONSTRAINT institution_requests_sent_dated CHECK (state = 'begun' OR submitted_at IS NOT NULL),
    CONSTRAINT institution_requests_decided_dated CHECK ((decided_at IS NOT NULL) = (state IN ('refused', 'verified'))),
    CONSTRAINT institution_requests_institution_of_verified CHECK ((institution_id IS NOT NULL) = (state = 'verified'))
);
CREATE INDEX institution_requests_queue ON institution_requests (state, submitted_at, id);
CREATE INDEX institution_requests_unsent ON institution_requests (updated_at) WHERE state IN ('begun', 'asked');
CREATE INDEX institution_requests_decided ON institution_requests (decided_at) WHERE decided_at IS NOT NULL;
CREATE INDEX institution_requests_by_email ON institution_requests (applicant_email);
CREATE UNIQUE INDEX institution_requests_one_institution ON institution_requests (institution_id) WHERE institution_id IS NOT NULL;
CREATE INDEX institution_requests_by_regency ON institution_requests (regency_code) WHERE regency_code IS NOT NULL;
CREATE INDEX institutions_by_nib ON institutions (nib) WHERE nib <> '';
CREATE INDEX institutions_by_vin ON institutions (vin) WHERE vin <> '';

-- Every letter about a request has a link of its own, because only its hash is kept.
CREATE TABLE institution_request_links (
    token_hash bytea PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES institution_requests ON DELETE CASCADE,
    created_at timestamptz NOT NULL
);
CREATE INDEX institution_request_links_by_request ON institution_request_links (request_id);

-- What officers found for each item of the check list. A later finding does not erase an earlier one.
CREATE TABLE institution_request_checks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES institution_requests ON DELETE CASCADE,
    item       text NOT NULL CONSTRAINT institution_request_checks_item_known CHECK (item IN ('name', 'nib', 'vin', 'licence',
        'accreditation', 'so_permit', 'address', 'person', 'account', 'complaint')),
    finding    text NOT NULL CONSTRAINT institution_request_checks_finding_known CHECK (finding IN ('ok', 'wrong', 'none')),
    note       text NOT NULL DEFAULT '',
    actor_id   bigint NOT NULL REFERENCES users,
    at         timestamptz NOT NULL,
    CONSTRAINT institution_request_checks_wrong_says_why CHECK (finding <> 'wrong' OR note <> '')
);
CREATE INDEX institution_request_checks_latest ON institution_request_checks (request_id, item, id DESC);

CREATE TABLE institution_request_events (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES institution_requests ON DELETE CASCADE,
    actor_id   bigint REFERENCES users, -- nobody is the applicant
    at         timestamptz NOT NULL,
    from_state text NOT NULL,
    to_state   text NOT NULL,
    note       text NOT NULL DEFAULT ''
);
CREATE INDEX institution_request_events_by_request ON institution_request_events (request_id, id);

-- Papers of an institution: what comes with a request. The bytes lie sealed in the store of files; only the images of the
-- pages are shown.
CREATE TABLE institution_papers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT institution_papers_ref_unique UNIQUE,
    request_id bigint NOT NULL REFERENCES institution_requests ON DELETE CASCADE,
    kind       text NOT NULL CONSTRAINT institution_papers_kind_known CHECK (kind IN ('licence', 'accreditation', 'so_permit', 'other')),
    name       text NOT NULL, -- the sender's own, only ever text
    media_type text NOT NULL,
    size       bigint NOT NULL CONSTRAINT institution_papers_size_range CHECK (size BETWEEN 1 AND 20971520),
    sha256     bytea NOT NULL CONSTRAINT institution_papers_sha256_length CHECK (octet_length(sha256) = 32),
    blob_key   text NOT NULL CONSTRAINT institution_papers_blob_unique UNIQUE,
    state      text NOT NULL CONSTRAINT institution_papers_state_known CHECK (state IN ('waiting', 'ready', 'refused')),
    refusal    text NOT NULL DEFAULT '',
    warnings   text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    scanned_at timestamptz,
    CONSTRAINT institution_papers_refusal_of_refused CHECK ((state = 'refused') = (refusal <> ''))
);
CREATE UNIQUE INDEX institution_papers_same ON institution_papers (request_id, kind, sha256);

CREATE TABLE institution_paper_pages (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    paper_id  bigint NOT NULL REFERENCES institution_papers ON DELETE CASCADE,
    number    int NOT NULL CONSTRAINT institution_paper_pages_number_positive CHECK (number > 0),
    view_key  text NOT NULL CONSTRAINT institution_paper_pages_view_unique UNIQUE,
    thumb_key text NOT NULL CONSTRAINT institution_paper_pages_thumb_unique UNIQUE,
    width     int NOT NULL,
    height    int NOT NULL,
    drawn_ms  int NOT NULL,
    blank     boolean NOT NULL,
    CONSTRAINT institution_paper_pages_once UNIQUE (paper_id, number)
);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('institution_request_unsent', 60, '2026-01-01', 'Permohonan lembaga yang tidak dilanjutkan pemohon tidak diperlukan lagi.'),
    ('institution_request_refused', 365, '2026-01-01', 'Alasan penolakan masih dapat ditanyakan pemohon dalam setahun.'),
    ('institution_request_verified', 1825, '2026-01-01', 'Menunjukkan atas dasar berkas apa sebuah lembaga diverifikasi.');

-- +goose Down
DELETE FROM retention_terms WHERE what IN ('institution_request_unsent', 'institution_request_refused', 'institution_request_verified');
DROP TABLE institution_paper_pages, institution_papers, institution_request_events, institution_request_checks,
    institution_request_links, institution_requests;
DROP INDEX institutions_by_nib, institutions_by_vin;
