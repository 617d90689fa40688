-- What somebody of an institution's staff may do is said of each of them: write its programmes, or choose its
-- applicants. Owners may both, so nothing is kept of them. Whoever works there today keeps what they could do.
-- +goose Up
ALTER TABLE users
    ADD COLUMN may_edit boolean NOT NULL DEFAULT false,
    ADD COLUMN may_select boolean NOT NULL DEFAULT false;
UPDATE users SET may_edit = true, may_select = true WHERE role = 'staff';
ALTER TABLE users ADD CONSTRAINT users_rights_of_staff CHECK (role = 'staff' OR NOT (may_edit OR may_select));

ALTER TABLE invitations
    ADD COLUMN may_edit boolean NOT NULL DEFAULT false,
    ADD COLUMN may_select boolean NOT NULL DEFAULT false;
UPDATE invitations SET may_edit = true, may_select = true WHERE role = 'staff';
ALTER TABLE invitations ADD CONSTRAINT invitations_rights_of_staff CHECK (role = 'staff' OR NOT (may_edit OR may_select));
CREATE INDEX invitations_by_institution ON invitations (institution_id) WHERE institution_id IS NOT NULL;

-- +goose Down
ALTER TABLE invitations DROP COLUMN may_edit, DROP COLUMN may_select;
DROP INDEX invitations_by_institution;
ALTER TABLE users DROP COLUMN may_edit, DROP COLUMN may_select;
