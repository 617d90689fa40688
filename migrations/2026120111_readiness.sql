-- +goose Up
-- What somebody who means to leave has to have ready. The list itself is made by the rules of the day; kept are how far they
-- are with each need of it, what they answered, and what they paid. counted_at is when the counts were last brought in line
-- with the rules.
ALTER TABLE readiness_plans ADD COLUMN counted_at timestamptz;
CREATE INDEX readiness_plans_to_count ON readiness_plans (counted_at) WHERE closed_at IS NULL;
CREATE INDEX readiness_plans_of_user ON readiness_plans (user_id);

-- What a person answered about a fact on which rules hang.
CREATE TABLE readiness_answers (
    plan_id     bigint NOT NULL REFERENCES readiness_plans ON DELETE CASCADE,
    fact        text NOT NULL CONSTRAINT readiness_answers_fact_given CHECK (fact <> ''),
    says        text NOT NULL CONSTRAINT readiness_answers_says_known CHECK (says IN ('yes', 'no', 'unknown')),
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (plan_id, fact)
);

-- One need of a plan, by its key, which stays the same over versions of its rule. wanted and required are what the rules said
-- when the plan was counted last; seen is what they said when the person looked at it last. proof is what says that it is
-- done: the person alone, a file of theirs, a verified certificate, or what others decided and an officer wrote down.
-- start_by is the latest day to begin; the told columns are the day of which the person was told, and how many days before it.
CREATE TABLE readiness_items (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id        bigint NOT NULL REFERENCES readiness_plans ON DELETE CASCADE,
    need           text NOT NULL,
    wanted         boolean NOT NULL,
    required       boolean NOT NULL,
    health         boolean NOT NULL,
    state          text NOT NULL CONSTRAINT readiness_items_state_known
                   CHECK (state IN ('not_yet', 'under_way', 'done', 'not_needed', 'expired')),
    proof          text NOT NULL CONSTRAINT readiness_items_proof_known
                   CHECK (proof IN ('', 'own', 'file', 'certificate', 'others')),
    on_date        date,
    expires_on     date,
    number_sealed  bytea,
    clinic_sealed  bytea,
    reason_sealed  bytea,
    source_sealed  bytea,
    source_on      date,
    upload_id      bigint REFERENCES uploads ON DELETE SET NULL,
    certificate_id bigint REFERENCES certificates ON DELETE SET NULL,
    seen           jsonb NOT NULL,
    seen_on        date NOT NULL,
    start_by       date,
    near_told      date,
    late_told      date,
    end_told       date,
    end_told_days  int,
    recorded_by    bigint REFERENCES users,
    recorded_at    timestamptz,
    version        int NOT NULL DEFAULT 1,
    CONSTRAINT readiness_items_need_unique UNIQUE (plan_id, need),
    CONSTRAINT readiness_items_health_no_file CHECK (NOT health OR upload_id IS NULL AND certificate_id IS NULL AND number_sealed IS NULL),
    CONSTRAINT readiness_items_clinic_of_health CHECK (health OR clinic_sealed IS NULL),
    CONSTRAINT readiness_items_reason_given CHECK ((state = 'not_needed') = (reason_sealed IS NOT NULL)),
    CONSTRAINT readiness_items_proof_of_done CHECK ((proof <> '') = (state IN ('done', 'expired'))),
    CONSTRAINT readiness_items_certificate_proves CHECK (proof = 'certificate' OR certificate_id IS NULL),
    CONSTRAINT readiness_items_days CHECK (expires_on >= on_date)
);
CREATE INDEX readiness_items_expiring ON readiness_items (expires_on) WHERE state = 'done';
CREATE INDEX readiness_items_starting ON readiness_items (start_by) WHERE state = 'not_yet';
CREATE INDEX readiness_items_by_upload ON readiness_items (upload_id) WHERE upload_id IS NOT NULL;
CREATE INDEX readiness_items_by_certificate ON readiness_items (certificate_id) WHERE certificate_id IS NOT NULL;

-- What became of a need, by whom and why. The rows of one's own acts name their person, those of the portal nobody.
CREATE TABLE readiness_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id    bigint NOT NULL REFERENCES readiness_items ON DELETE CASCADE,
    at         timestamptz NOT NULL,
    actor_id   bigint REFERENCES users,
    what       text NOT NULL CONSTRAINT readiness_changes_what_known
               CHECK (what IN ('recorded', 'not_needed', 'reopened', 'proven', 'lapsed', 'expired', 'others', 'health')),
    was        text NOT NULL,
    becomes    text NOT NULL,
    on_date    date,
    expires_on date
);
CREATE INDEX readiness_changes_of_item ON readiness_changes (item_id);

-- What somebody paid on the way, to whom and what for.
CREATE TABLE readiness_payments (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT readiness_payments_ref_unique UNIQUE,
    form_token  uuid NOT NULL CONSTRAINT readiness_payments_form_unique UNIQUE,
    plan_id     bigint NOT NULL REFERENCES readiness_plans ON DELETE CASCADE,
    payee_sealed   bytea,
    purpose_sealed bytea,
    paid_on     date NOT NULL,
    amount      bigint NOT NULL CONSTRAINT readiness_payments_amount_bounds CHECK (amount BETWEEN 1 AND 1000000000),
    upload_id   bigint REFERENCES uploads ON DELETE SET NULL,
    recorded_at timestamptz NOT NULL,
    removed_at  timestamptz
);
CREATE INDEX readiness_payments_of_plan ON readiness_payments (plan_id);
CREATE INDEX readiness_payments_by_upload ON readiness_payments (upload_id) WHERE upload_id IS NOT NULL;

-- The address under which a person's own calendar reads the days of the plan. Only its hash is known.
CREATE TABLE calendar_feeds (
    user_id    bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    token_hash bytea NOT NULL CONSTRAINT calendar_feeds_token_unique UNIQUE,
    made_at    timestamptz NOT NULL
);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('readiness_plan', 1825, '2026-01-01',
        'Lima tahun setelah rencana ditutup: yang pernah siap dipakai lagi bila orangnya berangkat kembali, dan uang yang pernah diminta masih dapat diadukan.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'readiness_plan';
DROP TABLE calendar_feeds, readiness_payments, readiness_changes, readiness_items, readiness_answers;
DROP INDEX readiness_plans_of_user, readiness_plans_to_count;
ALTER TABLE readiness_plans DROP COLUMN counted_at;
