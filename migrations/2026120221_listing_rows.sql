-- +goose Up
-- A programme may ask for several certificates; what it costs is at most twenty lines, by form as by spreadsheet.
ALTER TABLE programmes
    ADD COLUMN required_certificates text[] NOT NULL DEFAULT '{}'
        CONSTRAINT programmes_required_certificates_most CHECK (cardinality(required_certificates) <= 20),
    ADD COLUMN address text NOT NULL DEFAULT ''
        CONSTRAINT programmes_address_length CHECK (char_length(address) <= 300),
    ADD COLUMN allowance text NOT NULL DEFAULT ''
        CONSTRAINT programmes_allowance_length CHECK (char_length(allowance) <= 200);
UPDATE programmes
SET required_certificates = ARRAY[required_certificate]
WHERE required_certificate IS NOT NULL;
ALTER TABLE programmes DROP COLUMN required_certificate;
ALTER TABLE programme_costs ADD CONSTRAINT programme_costs_position_most CHECK (position <= 20);

-- Changes that wait, and versions that were public, say it in the words of the program.
UPDATE programmes
SET pending = (pending - 'RequiredCertificate') || jsonb_build_object('RequiredCertificates',
    CASE WHEN pending->>'RequiredCertificate' IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(pending->'RequiredCertificate') END)
WHERE pending ? 'RequiredCertificate';
UPDATE programme_versions
SET content = (content - 'RequiredCertificate') || jsonb_build_object('RequiredCertificates',
    CASE WHEN content->>'RequiredCertificate' IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(content->'RequiredCertificate') END)
WHERE content ? 'RequiredCertificate';

-- A spreadsheet finds a programme by its code whatever the letter case, so two may not differ by that alone. The later one of
-- such a pair gets its number behind the code.
UPDATE programmes p
SET code = left(p.code, 40) || '-' || p.id
WHERE p.code <> ''
    AND EXISTS (
        SELECT 1
        FROM programmes o
        WHERE o.institution_id = p.institution_id
            AND lower(o.code) = lower(p.code)
            AND o.id < p.id);
DROP INDEX programmes_code;
DROP INDEX programmes_code_folded;
CREATE UNIQUE INDEX programmes_code ON programmes (institution_id, lower(code)) WHERE code <> '';

-- +goose Down
DROP INDEX programmes_code;
CREATE UNIQUE INDEX programmes_code ON programmes (institution_id, code) WHERE code <> '';
CREATE INDEX programmes_code_folded ON programmes (institution_id, lower(code)) WHERE code <> '';
UPDATE programme_versions
SET content = (content - 'RequiredCertificates') || jsonb_build_object('RequiredCertificate', content->'RequiredCertificates'->0)
WHERE content ? 'RequiredCertificates';
UPDATE programmes
SET pending = (pending - 'RequiredCertificates') || jsonb_build_object('RequiredCertificate', pending->'RequiredCertificates'->0)
WHERE pending ? 'RequiredCertificates';
ALTER TABLE programme_costs DROP CONSTRAINT programme_costs_position_most;
ALTER TABLE programmes ADD COLUMN required_certificate text REFERENCES certificate_types;
UPDATE programmes
SET required_certificate = required_certificates[1]
WHERE cardinality(required_certificates) > 0;
ALTER TABLE programmes
    DROP COLUMN allowance,
    DROP COLUMN address,
    DROP COLUMN required_certificates;
