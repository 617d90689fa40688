-- +goose Up
-- Offices of others, to which cases are referred: their people sign in and see what was referred, and nothing else.
CREATE TABLE partner_offices (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT partner_offices_ref_unique UNIQUE,
    kind       text NOT NULL
        CONSTRAINT partner_offices_kind_known CHECK (kind IN ('bp3mi', 'mission', 'social', 'women', 'province', 'other')),
    name       text NOT NULL CONSTRAINT partner_offices_name_length CHECK (char_length(name) BETWEEN 3 AND 150),
    created_by bigint REFERENCES users, -- NULL: demo records
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX partner_offices_name ON partner_offices (lower(name));

ALTER TABLE users
    ADD COLUMN partner_office_id bigint REFERENCES partner_offices,
    DROP CONSTRAINT users_role_known,
    ADD CONSTRAINT users_role_known CHECK (role IN ('seeker', 'staff', 'owner', 'officer', 'partner', 'admin')),
    ADD CONSTRAINT users_partner_office_by_role CHECK ((role = 'partner') = (partner_office_id IS NOT NULL));
CREATE INDEX users_by_partner_office ON users (partner_office_id) WHERE partner_office_id IS NOT NULL;
ALTER TABLE invitations
    ADD COLUMN partner_office_id bigint REFERENCES partner_offices,
    DROP CONSTRAINT invitations_role_known,
    ADD CONSTRAINT invitations_role_known CHECK (role IN ('staff', 'owner', 'officer', 'partner', 'admin')),
    ADD CONSTRAINT invitations_partner_office_by_role CHECK ((role = 'partner') = (partner_office_id IS NOT NULL));

-- +goose Down
DELETE FROM invitations WHERE role = 'partner';
-- What partners did stays theirs; their accounts end.
ALTER TABLE users DROP CONSTRAINT users_partner_office_by_role;
UPDATE users
SET role = 'seeker', partner_office_id = NULL, closed_at = coalesce(closed_at, now())
WHERE role = 'partner';
ALTER TABLE invitations
    DROP CONSTRAINT invitations_partner_office_by_role,
    DROP CONSTRAINT invitations_role_known,
    ADD CONSTRAINT invitations_role_known CHECK (role IN ('staff', 'owner', 'officer', 'admin')),
    DROP COLUMN partner_office_id;
ALTER TABLE users
    DROP CONSTRAINT users_role_known,
    ADD CONSTRAINT users_role_known CHECK (role IN ('seeker', 'staff', 'owner', 'officer', 'admin')),
    DROP COLUMN partner_office_id;
DROP TABLE partner_offices;
