-- +goose Up
-- Somebody on a case comes home: why, and to whom they were handed over. One plan a case.
CREATE TABLE case_returns (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id         bigint NOT NULL CONSTRAINT case_returns_one_a_case UNIQUE REFERENCES cases ON DELETE CASCADE,
    kind            text NOT NULL CONSTRAINT case_returns_kind_known CHECK (kind IN ('planned', 'problem', 'emergency', 'death')),
    planned_by      bigint NOT NULL REFERENCES users,
    planned_at      timestamptz NOT NULL,
    handed_to       text NOT NULL CONSTRAINT case_returns_handed_to_known CHECK (handed_to IN ('', 'family', 'social')),
    handed_at       timestamptz,
    handed_by       bigint REFERENCES users, -- who wrote it down
    receiver_sealed bytea, -- who took them in
    relation_sealed bytea, -- what these are to them
    place_sealed    bytea,
    witness_sealed  bytea, -- of the kelurahan or another local government
    why_sealed      bytea, -- why not to the family
    CONSTRAINT case_returns_handed_whole
        CHECK ((handed_to = '') = (handed_at IS NULL) AND (handed_at IS NULL) = (handed_by IS NULL))
);

-- How far one thing is that has to be done before they are home. Ours, or of somebody outside: then who said so stands there.
CREATE TABLE case_return_steps (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id       bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    kind          text NOT NULL CONSTRAINT case_return_steps_kind_known CHECK (kind IN ('papers', 'exit_permit', 'fit_to_travel', 'shelter',
        'escort', 'flight', 'arrival', 'transport', 'care')),
    state         text NOT NULL CONSTRAINT case_return_steps_state_known CHECK (state IN ('needed', 'underway', 'stuck', 'done', 'not_needed',
        'fit', 'fit_escorted', 'unfit', 'booked', 'offered', 'accepted', 'declined')),
    ours          boolean NOT NULL,
    choice        text NOT NULL CONSTRAINT case_return_steps_choice_known CHECK (choice IN ('', 'passport', 'splp', 'jakarta', 'province')),
    said_on       date, -- the day of what is said here
    at            timestamptz, -- when it takes place
    who_sealed    bytea, -- who does it, or has done it
    place_sealed  bytea,
    number_sealed bytea, -- of a flight
    source_sealed bytea, -- who said so, or in which letter
    set_by        bigint NOT NULL REFERENCES users,
    set_at        timestamptz NOT NULL,
    CONSTRAINT case_return_steps_once UNIQUE (case_id, kind)
);

-- Consent that somebody else on the case reads the plan to come home. After a death nobody can give it: a second officer agrees
-- to who the next of kin are.
ALTER TABLE case_consents
    ALTER COLUMN office_id DROP NOT NULL,
    ADD COLUMN reader_id bigint REFERENCES case_people ON DELETE CASCADE,
    ADD COLUMN agreed_by bigint REFERENCES users,
    ADD COLUMN agreed_at timestamptz,
    DROP CONSTRAINT case_consents_how_known,
    ADD CONSTRAINT case_consents_how_known CHECK (how IN ('spoken', 'written', 'kin')),
    ADD CONSTRAINT case_consents_one_reader CHECK ((office_id IS NULL) <> (reader_id IS NULL)),
    ADD CONSTRAINT case_consents_kin_by_two CHECK (agreed_by <> recorded_by AND (agreed_by IS NULL OR how = 'kin')),
    ADD CONSTRAINT case_consents_kin_read CHECK (how <> 'kin' OR reader_id IS NOT NULL);
CREATE INDEX case_consents_by_reader ON case_consents (reader_id) WHERE reader_id IS NOT NULL;

ALTER TABLE case_referrals
    DROP CONSTRAINT case_referrals_parts_known,
    ADD CONSTRAINT case_referrals_parts_known CHECK (parts <@ ARRAY['who', 'reach', 'story', 'log', 'files', 'plan', 'papers']);

-- +goose Down
UPDATE case_referrals
SET parts = array_remove(array_remove(parts, 'plan'), 'papers')
WHERE parts && ARRAY['plan', 'papers'];
DELETE FROM case_consents WHERE reader_id IS NOT NULL;
ALTER TABLE case_consents
    DROP CONSTRAINT case_consents_kin_read,
    DROP CONSTRAINT case_consents_kin_by_two,
    DROP CONSTRAINT case_consents_one_reader,
    DROP CONSTRAINT case_consents_how_known,
    ADD CONSTRAINT case_consents_how_known CHECK (how IN ('spoken', 'written')),
    DROP COLUMN agreed_at,
    DROP COLUMN agreed_by,
    DROP COLUMN reader_id,
    ALTER COLUMN office_id SET NOT NULL;
DROP TABLE case_return_steps, case_returns;
