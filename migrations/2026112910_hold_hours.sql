-- +goose Up
INSERT INTO dated_settings (what, amount, valid_from, why) VALUES
    ('hold_hours', 72, '2026-01-01 00:00+07', 'Tiga hari: berkas yang dipegang petugas yang tidak hadir kembali ke antrean.');

-- +goose Down
DELETE FROM dated_settings WHERE what = 'hold_hours';
