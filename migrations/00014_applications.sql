-- +goose Up
CREATE TABLE applications (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref               text NOT NULL CONSTRAINT applications_ref_unique UNIQUE,
    intake_id         bigint NOT NULL REFERENCES intakes,
    seeker_id         bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    state             text NOT NULL CONSTRAINT applications_state_known CHECK (state IN ('draft', 'submitted', 'in_review', 'needs_fix', 'verified', 'not_eligible',
        'invited', 'attended', 'absent', 'accepted', 'reserve', 'not_selected', 'enrolled', 'completed', 'dropped', 'withdrawn', 'expired')),
    motivation        text NOT NULL DEFAULT '' CONSTRAINT applications_motivation_length CHECK (char_length(motivation) <= 3000),
    statements        text[] NOT NULL DEFAULT '{}',
    submitted_at      timestamptz,
    first_submitted_at timestamptz,
    assignee_id       bigint REFERENCES users,
    fix_by            timestamptz,
    reason_code       text NOT NULL DEFAULT '',
    reason_text       text NOT NULL DEFAULT '',
    decided_by        bigint REFERENCES users,
    decided_at        timestamptz,
    contested_at      timestamptz,
    contest_text      text NOT NULL DEFAULT '',
    test_at           timestamptz,
    test_place        text NOT NULL DEFAULT '',
    reserve_rank      int CONSTRAINT applications_reserve_rank_positive CHECK (reserve_rank > 0),
    enrol_by          timestamptz,
    course_result     text CONSTRAINT applications_course_result_known CHECK (course_result IN ('passed', 'failed')),
    assessment        text CONSTRAINT applications_assessment_known CHECK (assessment IN ('scheduled', 'competent', 'not_yet')),
    assessment_lsp    text NOT NULL DEFAULT '',
    assessment_on     date,
    version           int NOT NULL DEFAULT 1,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    CONSTRAINT applications_submitted_dated CHECK (state IN ('draft', 'withdrawn', 'expired') OR submitted_at IS NOT NULL),
    CONSTRAINT applications_reserve_ranked CHECK ((state = 'reserve') = (reserve_rank IS NOT NULL)),
    CONSTRAINT applications_fix_dated CHECK (state <> 'needs_fix' OR fix_by IS NOT NULL),
    CONSTRAINT applications_result_when_completed CHECK ((state = 'completed') = (course_result IS NOT NULL)),
    CONSTRAINT applications_not_eligible_reasoned CHECK (state <> 'not_eligible' OR (reason_code <> '' AND reason_text <> ''))
);
-- One live application per seeker and intake; a draft is live, so two devices share one.
CREATE UNIQUE INDEX applications_one_live ON applications (intake_id, seeker_id)
    WHERE state NOT IN ('not_eligible', 'not_selected', 'absent', 'withdrawn', 'expired', 'completed', 'dropped');
CREATE UNIQUE INDEX applications_reserve_rank_once ON applications (intake_id, reserve_rank) WHERE state = 'reserve';
CREATE INDEX applications_by_seeker ON applications (seeker_id, id DESC);
CREATE INDEX applications_by_intake ON applications (intake_id, state, submitted_at, id);
CREATE INDEX applications_queue ON applications (first_submitted_at, id) WHERE state IN ('submitted', 'in_review');
CREATE INDEX applications_fix_lapsing ON applications (fix_by) WHERE state = 'needs_fix';
CREATE INDEX applications_enrol_lapsing ON applications (enrol_by) WHERE state = 'accepted';

CREATE TABLE application_events (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    actor_id       bigint REFERENCES users,
    actor_role     text NOT NULL,
    at             timestamptz NOT NULL,
    from_state     text NOT NULL,
    to_state       text NOT NULL,
    reason_code    text NOT NULL DEFAULT '',
    note           text NOT NULL DEFAULT '',
    until          timestamptz
);
CREATE INDEX application_events_by_application ON application_events (application_id, id);

CREATE TABLE application_certificates (
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    certificate_id bigint NOT NULL REFERENCES certificates ON DELETE CASCADE,
    PRIMARY KEY (application_id, certificate_id)
);
CREATE INDEX application_certificates_by_certificate ON application_certificates (certificate_id);

-- What an officer asks to be mended: one row per thing, ticked when the seeker resubmits.
CREATE TABLE application_fixes (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    target         text NOT NULL CONSTRAINT application_fixes_target_known CHECK (target IN ('identity', 'address', 'education', 'certificate', 'application', 'guardian')),
    certificate_id bigint REFERENCES certificates ON DELETE CASCADE,
    reason_code    text NOT NULL,
    note           text NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL,
    resolved_at    timestamptz
);
CREATE INDEX application_fixes_by_application ON application_fixes (application_id, id);

CREATE TABLE messages (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    author_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    author_role    text NOT NULL,
    body           text NOT NULL CONSTRAINT messages_body_length CHECK (char_length(body) BETWEEN 1 AND 2000),
    form_token     uuid NOT NULL CONSTRAINT messages_form_token_unique UNIQUE,
    created_at     timestamptz NOT NULL,
    read_at        timestamptz
);
CREATE INDEX messages_by_application ON messages (application_id, id);

-- A spreadsheet on its way in: the rows are kept between preview and decision.
CREATE TABLE imports (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT imports_ref_unique UNIQUE,
    kind           text NOT NULL CONSTRAINT imports_kind_known CHECK (kind IN ('programmes', 'institutions')),
    owner_id       bigint NOT NULL REFERENCES users,
    institution_id bigint REFERENCES institutions,
    file_name      text NOT NULL,
    blob_key       text NOT NULL,
    mapping        jsonb NOT NULL DEFAULT '{}',
    state          text NOT NULL CONSTRAINT imports_state_known CHECK (state IN ('uploaded', 'previewed', 'saved', 'cancelled')),
    good           int NOT NULL DEFAULT 0,
    bad            int NOT NULL DEFAULT 0,
    saved          int NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    CONSTRAINT imports_institution_by_kind CHECK ((kind = 'programmes') = (institution_id IS NOT NULL))
);
CREATE INDEX imports_by_owner ON imports (owner_id, id DESC);

CREATE TABLE import_rows (
    import_id bigint NOT NULL REFERENCES imports ON DELETE CASCADE,
    number    int NOT NULL,
    cells     jsonb NOT NULL,
    problems  jsonb NOT NULL DEFAULT '[]',
    PRIMARY KEY (import_id, number)
);

-- +goose Down
DROP TABLE import_rows, imports, messages, application_fixes, application_certificates, application_events, applications;
