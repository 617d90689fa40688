-- +goose Up
-- Somebody on a case agreed that an office may read of it: to which words, how they said so, until when. Without it a
-- second officer has to agree to a reason.
CREATE TABLE case_consents (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref          text NOT NULL CONSTRAINT case_consents_ref_unique UNIQUE,
    case_id      bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    person_id    bigint NOT NULL REFERENCES case_people ON DELETE CASCADE,
    office_id    bigint NOT NULL REFERENCES partner_offices,
    how          text NOT NULL CONSTRAINT case_consents_how_known CHECK (how IN ('spoken', 'written')),
    version      text NOT NULL, -- of the words that were said
    until        timestamptz NOT NULL,
    recorded_by  bigint NOT NULL REFERENCES users,
    given_at     timestamptz NOT NULL,
    withdrawn_at timestamptz,
    CONSTRAINT case_consents_until_later CHECK (until > given_at)
);
CREATE INDEX case_consents_by_case ON case_consents (case_id, id);
CREATE INDEX case_consents_by_person ON case_consents (person_id);

-- A case, or parts of it, before the eyes of another office.
CREATE TABLE case_referrals (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT case_referrals_ref_unique UNIQUE,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    office_id   bigint NOT NULL REFERENCES partner_offices,
    consent_id  bigint REFERENCES case_consents,
    parts       text[] NOT NULL CONSTRAINT case_referrals_parts_known CHECK (parts <@ ARRAY['who', 'reach', 'story', 'log']),
    ask_sealed  bytea, -- what is asked of the office
    why_sealed  bytea, -- why without consent
    state       text NOT NULL
        CONSTRAINT case_referrals_state_known CHECK (state IN ('proposed', 'sent', 'accepted', 'done', 'refused', 'withdrawn')),
    until       timestamptz NOT NULL, -- the end of what the office may see
    lead_id     bigint NOT NULL REFERENCES users, -- who held the case then
    sent_by     bigint NOT NULL REFERENCES users,
    sent_at     timestamptz NOT NULL,
    agreed_by   bigint REFERENCES users,
    agreed_at   timestamptz,
    answered_by bigint REFERENCES users,
    answered_at timestamptz,
    reason      text NOT NULL, -- the code of a refusal
    version     int NOT NULL,
    CONSTRAINT case_referrals_by_two CHECK (agreed_by <> sent_by),
    CONSTRAINT case_referrals_consent_or_two CHECK (consent_id IS NOT NULL OR agreed_by IS NOT NULL OR state IN ('proposed', 'withdrawn')),
    CONSTRAINT case_referrals_reason_of_refusal CHECK ((state = 'refused') = (reason <> ''))
);
CREATE INDEX case_referrals_by_case ON case_referrals (case_id, id);
CREATE INDEX case_referrals_by_consent ON case_referrals (consent_id);
CREATE INDEX case_referrals_open_until ON case_referrals (until) WHERE state IN ('proposed', 'sent', 'accepted');
CREATE INDEX case_referrals_by_office ON case_referrals (office_id, id DESC);
CREATE UNIQUE INDEX case_referrals_one_at_a_time ON case_referrals (case_id, office_id) WHERE state IN ('proposed', 'sent', 'accepted');

-- +goose Down
DROP TABLE case_referrals, case_consents;
