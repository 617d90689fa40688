-- +goose Up
-- How long data of people are kept. The newest row of a kind that holds today counts; a new term is a new row.
CREATE TABLE retention_terms (
    what       text NOT NULL,
    days       int  NOT NULL CONSTRAINT retention_terms_days_positive CHECK (days > 0),
    valid_from date NOT NULL,
    why        text NOT NULL CONSTRAINT retention_terms_why_given CHECK (why <> ''),
    PRIMARY KEY (what, valid_from)
);
INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('session',             1,   '2026-01-01', 'Sehari setelah sesi berakhir: isian yang belum terkirim masih bisa dilanjutkan pemiliknya.'),
    ('code',                1,   '2026-01-01', 'Sehari setelah kode kedaluwarsa: menyimpan alamat dan pendaftaran yang belum dikonfirmasi.'),
    ('attempt',             1,   '2026-01-01', 'Penghitung percobaan hanya diperlukan selama batasnya berlaku.'),
    ('partial_upload',      1,   '2026-01-01', 'Pengiriman berkas yang terputus masih bisa dilanjutkan selama sehari.'),
    ('import',              1,   '2026-01-01', 'Lembar kerja hanya diperlukan dari unggah sampai disimpan.'),
    ('invitation',          90,  '2026-01-01', 'Undangan memuat nama dan alamat; akun yang dibuat darinya tercatat sendiri.'),
    ('notice_sent',         365, '2026-01-01', 'Bukti bahwa pemberitahuan dikirim, tanpa alamat dan isinya; melindungi dari surat yang sama dua kali.'),
    ('notice_unsent',       30,  '2026-01-01', 'Surat yang gagal memuat alamat dan isi; setelah sebulan tidak berguna lagi.'),
    ('deleted_upload',      1,   '2026-01-01', 'Berkas yang dihapus pemiliknya masih bisa dikembalikan selama sehari.'),
    ('deleted_certificate', 1,   '2026-01-01', 'Sertifikat yang dihapus pemiliknya masih bisa dikembalikan selama sehari.'),
    ('closed_account',      1,   '2026-01-01', 'Yang masih ditulis orang lain saat akun ditutup dihapus sehari kemudian (UU 27/2022 pasal 43).');

-- When what was left of a closed account was erased once more: others may still have been writing while it was closed.
ALTER TABLE users ADD COLUMN erased_at timestamptz;
CREATE INDEX users_to_erase ON users (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL AND role = 'seeker';

-- Copy and erasure find a person's rows wherever they are, those that no page shows any more too.
CREATE INDEX notices_by_user ON notices (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX uploads_of_owner ON uploads (owner_id);
CREATE INDEX certificates_of_seeker ON certificates (seeker_id);
CREATE INDEX identity_checks_by_user ON identity_checks (user_id);
CREATE INDEX reports_by_reporter ON reports (reporter_id) WHERE reporter_id IS NOT NULL;
-- And retention those that are due.
CREATE INDEX notices_sent ON notices (sent_at) WHERE state = 'sent';
CREATE INDEX notices_unsent ON notices (created_at) WHERE state <> 'sent';

-- +goose Down
DROP INDEX notices_unsent, notices_sent, reports_by_reporter, identity_checks_by_user, certificates_of_seeker, uploads_of_owner, notices_by_user, users_to_erase;
ALTER TABLE users DROP COLUMN erased_at;
DROP TABLE retention_terms;
