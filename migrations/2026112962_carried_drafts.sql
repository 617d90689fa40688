-- +goose Up
-- An application that was never sent moves to another intake of its programme with its answers.
ALTER TABLE application_events DROP CONSTRAINT application_events_kind_known,
    ADD CONSTRAINT application_events_kind_known
        CHECK (kind IN ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed', 'carried'));

-- One that nobody moves lapses so long after its intake closed.
INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('shut_draft', 60, '2026-01-01', 'Isian yang tidak dikirim masih bisa dipindahkan ke angkatan berikutnya selama dua bulan setelah pendaftaran ditutup.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'shut_draft';
UPDATE application_events SET kind = '' WHERE kind = 'carried';
ALTER TABLE application_events DROP CONSTRAINT application_events_kind_known,
    ADD CONSTRAINT application_events_kind_known CHECK (kind IN ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed'));
