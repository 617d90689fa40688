-- +goose Up
-- What ended by itself, with its day or with its case, is not what somebody took back.
ALTER TABLE case_referrals
    DROP CONSTRAINT case_referrals_state_known,
    ADD CONSTRAINT case_referrals_state_known
        CHECK (state IN ('proposed', 'sent', 'accepted', 'done', 'refused', 'withdrawn', 'ended')),
    DROP CONSTRAINT case_referrals_consent_or_two,
    ADD CONSTRAINT case_referrals_consent_or_two
        CHECK (consent_id IS NOT NULL OR agreed_by IS NOT NULL OR state IN ('proposed', 'withdrawn', 'ended'));
-- After a death other papers are needed than a passport.
ALTER TABLE case_return_steps
    DROP CONSTRAINT case_return_steps_kind_known,
    ADD CONSTRAINT case_return_steps_kind_known CHECK (kind IN ('papers', 'death_papers', 'exit_permit', 'fit_to_travel', 'shelter',
        'escort', 'flight', 'arrival', 'transport', 'care'));

-- +goose Down
UPDATE case_referrals SET state = 'withdrawn' WHERE state = 'ended';
DELETE FROM case_return_steps WHERE kind = 'death_papers';
ALTER TABLE case_return_steps
    DROP CONSTRAINT case_return_steps_kind_known,
    ADD CONSTRAINT case_return_steps_kind_known CHECK (kind IN ('papers', 'exit_permit', 'fit_to_travel', 'shelter',
        'escort', 'flight', 'arrival', 'transport', 'care'));
ALTER TABLE case_referrals
    DROP CONSTRAINT case_referrals_state_known,
    ADD CONSTRAINT case_referrals_state_known CHECK (state IN ('proposed', 'sent', 'accepted', 'done', 'refused', 'withdrawn')),
    DROP CONSTRAINT case_referrals_consent_or_two,
    ADD CONSTRAINT case_referrals_consent_or_two CHECK (consent_id IS NOT NULL OR agreed_by IS NOT NULL OR state IN ('proposed', 'withdrawn'));
