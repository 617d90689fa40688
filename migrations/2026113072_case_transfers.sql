-- +goose Up
-- A case can go over to an office, which leads it from then on; what goes to an office without an account goes on paper, and
-- somebody of ours writes the answer down.
ALTER TABLE cases ADD COLUMN office_id bigint REFERENCES partner_offices; -- which leads it; NULL: the desk does
ALTER TABLE case_referrals
    ADD COLUMN kind text NOT NULL DEFAULT 'refer' CONSTRAINT case_referrals_kind_known CHECK (kind IN ('refer', 'transfer')),
    ADD COLUMN ends boolean NOT NULL DEFAULT false, -- the case ends at the desk once the office has it
    ADD COLUMN by_sheet boolean NOT NULL DEFAULT false,
    ADD COLUMN leads_sealed bytea, -- who leads it there
    ADD COLUMN said_by_sealed bytea, -- of an answer on paper: who gave it
    ADD COLUMN source_sealed bytea, -- and how it came
    ADD CONSTRAINT case_referrals_ends_with_transfer CHECK (NOT ends OR kind = 'transfer');
CREATE UNIQUE INDEX case_referrals_one_transfer ON case_referrals (case_id)
    WHERE kind = 'transfer' AND state IN ('proposed', 'sent', 'accepted');

-- Somebody asks for a case that somebody else holds: an officer for themselves, or somebody of an office for it to go over.
CREATE TABLE case_asks (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT case_asks_ref_unique UNIQUE,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    asked_by    bigint NOT NULL REFERENCES users,
    office_id   bigint REFERENCES partner_offices, -- NULL: an officer asks
    why_sealed  bytea,
    asked_at    timestamptz NOT NULL,
    state       text NOT NULL CONSTRAINT case_asks_state_known CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn', 'ended')),
    reason      text NOT NULL, -- the code of a refusal
    answered_by bigint REFERENCES users,
    answered_at timestamptz,
    CONSTRAINT case_asks_reason_of_refusal CHECK ((state = 'refused') = (reason <> '')),
    CONSTRAINT case_asks_answer_whole CHECK ((answered_by IS NULL) = (answered_at IS NULL))
);
CREATE INDEX case_asks_by_case ON case_asks (case_id, id);
CREATE UNIQUE INDEX case_asks_once ON case_asks (case_id, asked_by) WHERE state = 'asked';

-- +goose Down
DROP TABLE case_asks;
DELETE FROM case_referrals WHERE kind = 'transfer' OR by_sheet;
DROP INDEX case_referrals_one_transfer;
ALTER TABLE case_referrals
    DROP CONSTRAINT case_referrals_ends_with_transfer,
    DROP COLUMN kind, DROP COLUMN ends, DROP COLUMN by_sheet, DROP COLUMN leads_sealed, DROP COLUMN said_by_sealed,
    DROP COLUMN source_sealed;
ALTER TABLE cases DROP COLUMN office_id;
