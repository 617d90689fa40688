-- +goose Up
-- What the person had typed when an officer compared it with the card, why a difference does not matter, and the
-- number that stands on the card: sealed, with an index to find it and a form that people may see.
ALTER TABLE identity_checks
    ADD COLUMN typed       text NOT NULL DEFAULT '', -- of the NIK its masked form
    ADD COLUMN passed_as   text NOT NULL DEFAULT '',
    ADD COLUMN seen_sealed bytea,
    ADD COLUMN seen_index  bytea CONSTRAINT identity_checks_seen_index_size CHECK (octet_length(seen_index) = 32),
    ADD COLUMN seen_masked text NOT NULL DEFAULT '',
    ADD CONSTRAINT identity_checks_passed_fields CHECK (passed_as = '' OR (outcome = 'differs' AND field IN ('name', 'ktp_address'))),
    ADD CONSTRAINT identity_checks_seen_number CHECK ((seen_sealed IS NULL) = (seen_index IS NULL) AND (seen_sealed IS NULL OR field = 'nik'));
CREATE INDEX identity_checks_by_seen_number ON identity_checks (seen_index) WHERE seen_index IS NOT NULL AND superseded_at IS NULL;

-- A number could be written into the field of names, in clear. What is seen of it stays.
UPDATE identity_checks
SET seen_masked = regexp_replace(seen_name, '\D', '', 'g'), seen_name = ''
WHERE field = 'nik' AND seen_name <> '';
UPDATE identity_checks
SET seen_masked = left(seen_masked, 4) || '********' || right(seen_masked, 4)
WHERE length(seen_masked) = 16;
UPDATE identity_checks
SET seen_masked = '****'
WHERE seen_masked <> '' AND seen_masked NOT LIKE '%*%';

-- +goose Down
DROP INDEX identity_checks_by_seen_number;
ALTER TABLE identity_checks
    DROP CONSTRAINT identity_checks_seen_number,
    DROP CONSTRAINT identity_checks_passed_fields,
    DROP COLUMN seen_masked, DROP COLUMN seen_index, DROP COLUMN seen_sealed, DROP COLUMN passed_as, DROP COLUMN typed;
