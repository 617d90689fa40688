-- +goose Up
-- What somebody who came back needs and wishes, the skills that they gained, and whether they want to be asked how they are.
ALTER TABLE homecomings
    ADD COLUMN needs text[] NOT NULL DEFAULT '{}',
    ADD COLUMN wishes text[] NOT NULL DEFAULT '{}',
    ADD COLUMN occupation text REFERENCES occupations,
    ADD COLUMN years int CONSTRAINT homecomings_years CHECK (years BETWEEN 0 AND 60),
    ADD COLUMN skills_sealed bytea,
    ADD COLUMN asked_since timestamptz, -- since when they agree to be asked how they are; empty where they do not
    ADD COLUMN rose_by text CONSTRAINT homecomings_rose_by_known CHECK (rose_by IN ('course', 'work', 'business', 'abroad'));
COMMENT ON COLUMN homecomings.skills_sealed IS 'sealed';
CREATE INDEX homecomings_asked ON homecomings (returned_on, id) WHERE asked_since IS NOT NULL AND closed_at IS NULL;

-- The question how they are, three, six and twelve months after they came back.
CREATE TABLE homecoming_followups (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref           text NOT NULL CONSTRAINT homecoming_followups_ref_unique UNIQUE,
    homecoming_id bigint NOT NULL REFERENCES homecomings ON DELETE CASCADE,
    months        int NOT NULL CONSTRAINT homecoming_followups_months CHECK (months BETWEEN 3 AND 12 AND months % 3 = 0 AND months <> 9),
    asked_at      timestamptz NOT NULL,
    answer        text CONSTRAINT homecoming_followups_answer CHECK (answer IN ('settled', 'looking', 'need')),
    answered_at   timestamptz,
    looked_by     bigint REFERENCES users,
    looked_at     timestamptz,
    CONSTRAINT homecoming_followups_once UNIQUE (homecoming_id, months),
    CONSTRAINT homecoming_followups_answered CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX homecoming_followups_open ON homecoming_followups (asked_at, id) WHERE looked_at IS NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('homecoming', 1825, '2026-01-01', 'Lima tahun sejak dicatat atau ditutup, bukan sejak pulang: yang pulang lama pun boleh mencatat.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'homecoming';
DROP TABLE homecoming_followups;
ALTER TABLE homecomings
    DROP COLUMN rose_by,
    DROP COLUMN asked_since,
    DROP COLUMN skills_sealed,
    DROP COLUMN years,
    DROP COLUMN occupation,
    DROP COLUMN wishes,
    DROP COLUMN needs;
