-- +goose Up
-- Who the person was when officers passed an application: institutions, decisions and letters read this, whatever
-- the person changes later. A newer look supersedes the row before it.
CREATE TABLE application_identities (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    name           text NOT NULL,
    nik_masked     text NOT NULL,
    birth_date     date,
    address        text NOT NULL,
    regency_code   text REFERENCES regencies,
    education_code text REFERENCES education_levels,
    officer_id     bigint REFERENCES users, -- null: taken over from before there were such rows
    at             timestamptz NOT NULL,
    superseded_at  timestamptz
);
CREATE UNIQUE INDEX application_identities_live ON application_identities (application_id) WHERE superseded_at IS NULL;
CREATE INDEX application_identities_by_application ON application_identities (application_id, id);

-- Applications that officers passed before: what the profile says today is all that is known.
INSERT INTO application_identities (application_id, name, nik_masked, birth_date, address, regency_code, education_code, at)
SELECT a.id, u.name, coalesce(p.nik_masked, ''), p.birth_date, coalesce(ad.street, ''), ad.regency_code, p.education_code,
    coalesce(a.decided_at, a.updated_at)
FROM applications a
JOIN users u ON u.id = a.seeker_id AND u.closed_at IS NULL
LEFT JOIN profiles p ON p.user_id = u.id
LEFT JOIN addresses ad ON ad.user_id = u.id AND ad.kind = 'ktp'
WHERE a.state NOT IN ('draft', 'submitted', 'in_review', 'needs_fix', 'not_eligible');

-- Since when officers have to look again, because the person changed something that they had checked.
ALTER TABLE applications ADD COLUMN recheck_since timestamptz;
CREATE INDEX applications_to_recheck ON applications (recheck_since, id) WHERE recheck_since IS NOT NULL;

-- What a person changed of what officers rely on, after an application was sent.
CREATE TABLE profile_changes (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    field   text NOT NULL CONSTRAINT profile_changes_field_known CHECK (field IN ('nik', 'name', 'birth_date', 'ktp_address', 'education', 'ktp_photo')),
    was     text NOT NULL, -- of the NIK its masked form
    becomes text NOT NULL,
    at      timestamptz NOT NULL
);
CREATE INDEX profile_changes_by_user ON profile_changes (user_id, id);

-- +goose Down
DROP TABLE profile_changes;
DROP INDEX applications_to_recheck;
ALTER TABLE applications DROP COLUMN recheck_since;
DROP TABLE application_identities;
