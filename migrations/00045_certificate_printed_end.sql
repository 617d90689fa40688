-- +goose Up
-- Whether the last day stands on the paper. One that was worked out from the type follows the day of issue; one that was typed stays.
ALTER TABLE certificates ADD COLUMN until_printed boolean NOT NULL DEFAULT false;
UPDATE certificates c SET until_printed = true FROM certificate_types t
    WHERE t.code = c.type_code AND c.valid_until IS NOT NULL
    AND c.valid_until IS DISTINCT FROM (c.issued_on + make_interval(months => t.validity_months))::date;

-- Kinds whose papers may end, and only the paper says when; kinds that count from the day of the test; hints in plainer words.
UPDATE certificate_types SET has_expiry = true WHERE code IN ('LSK_KEMENDIK', 'JFT_BASIC', 'TOCFL', 'WELD_KOSHIPA', 'OTHER');
UPDATE certificate_types SET valid_from_basis = 'test_date' WHERE code IN ('IELTS', 'SSW_SKILL');
UPDATE certificate_types SET issuer_id = 'British Council, IDP, atau Cambridge', issuer_en = 'British Council, IDP or Cambridge' WHERE code = 'IELTS';
UPDATE certificate_types t SET level_hint_id = h.id, level_hint_en = h.en FROM (VALUES
        ('ADOBE_ACP', 'Tulis nama aplikasinya, misalnya Photoshop', 'Write the name of the application, such as Photoshop'),
        ('IT_VENDOR', 'Tulis nama ujian atau produknya, misalnya CCNA', 'Write the name of the test or product, such as CCNA'),
        ('STCW_BST', 'Tulis nama modulnya, bila tertulis', 'Write the name of the module, if it is printed'),
        ('IJAZAH', 'Tulis jenjangnya, misalnya SMK, D3, atau S1', 'Write the level, such as SMK, D3 or S1')
    ) AS h (code, id, en) WHERE t.code = h.code;

-- +goose Down
UPDATE certificate_types SET valid_from_basis = 'issue_date' WHERE code IN ('IELTS', 'SSW_SKILL');
UPDATE certificate_types SET has_expiry = false WHERE code IN ('LSK_KEMENDIK', 'JFT_BASIC', 'TOCFL', 'WELD_KOSHIPA', 'OTHER');
ALTER TABLE certificates DROP COLUMN until_printed;
