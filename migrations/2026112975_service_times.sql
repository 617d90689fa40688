-- +goose Up
-- How long everything takes that officers see to stands in one table, also what no date is counted by.
ALTER TABLE service_times
    DROP CONSTRAINT service_times_what_known,
    ADD CONSTRAINT service_times_what_known
        CHECK (what IN ('application', 'question', 'right', 'certificate', 'objection', 'report'));
INSERT INTO service_times (what, unit, amount, valid_from, why) VALUES
    ('certificate', 'working_days', 3, '2026-01-01 00:00+07', 'Tiga hari kerja sejak sertifikat dikirim, seperti yang tertulis di halaman bantuan.'),
    ('objection',   'working_days', 5, '2026-01-01 00:00+07', 'Lima hari kerja sejak keberatan dikirim: berkas diperiksa lagi oleh petugas lain.'),
    ('report',      'working_days', 2, '2026-01-01 00:00+07', 'Dua hari kerja sejak laporan masuk, seperti yang tertulis pada tanda terimanya.');

-- +goose Down
DELETE FROM service_times WHERE what IN ('certificate', 'objection', 'report');
ALTER TABLE service_times
    DROP CONSTRAINT service_times_what_known,
    ADD CONSTRAINT service_times_what_known CHECK (what IN ('application', 'question', 'right'));
