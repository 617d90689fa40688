-- +goose Up
-- Whose counter it is, as a keyed index, so that an officer can let somebody try again at once.
ALTER TABLE attempts ADD COLUMN owner bytea;
CREATE INDEX attempts_by_owner ON attempts (owner) WHERE owner IS NOT NULL;

-- When the person showed last, in this session, that they are who they are: by password, and by the app's code
-- where they have one. A session that was ended keeps its row for a while, so that a form which was under way
-- is kept for its person.
ALTER TABLE sessions ADD COLUMN confirmed_at timestamptz, ADD COLUMN ended_at timestamptz;

-- A browser in which somebody signed in before. Strangers who try passwords elsewhere do not keep it out.
CREATE TABLE devices (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash   bytea NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    CONSTRAINT devices_once UNIQUE (user_id, token_hash)
);
CREATE INDEX devices_by_token ON devices (token_hash);
CREATE INDEX devices_old ON devices (last_seen_at);

-- A contact that was replaced, and can be put back from there with the link that the old contact got.
CREATE TABLE contact_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    channel    text NOT NULL CONSTRAINT contact_changes_channel_known CHECK (channel IN ('email', 'phone')),
    address    text, -- the one before; null where there was none
    token_hash bytea NOT NULL CONSTRAINT contact_changes_token_unique UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    undone_at  timestamptz
);
CREATE INDEX contact_changes_by_user ON contact_changes (user_id);
CREATE INDEX contact_changes_old ON contact_changes (expires_at);

-- Until when the one-time password of a slip can be used, and by how many steps of half a minute the clock of the
-- person's app is ahead.
ALTER TABLE users ADD COLUMN slip_until timestamptz, ADD COLUMN totp_offset bigint NOT NULL DEFAULT 0;
UPDATE users SET slip_until = now() + interval '7 days' WHERE must_set_password AND closed_at IS NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('device', 180, '2026-01-01', 'Peramban yang lama tidak dipakai dianggap baru lagi.'),
    ('contact_change', 30, '2026-01-01', 'Kontak lama hanya disimpan selama penggantian dapat dihentikan atau diperiksa.');

-- +goose Down
DELETE FROM retention_terms WHERE what IN ('device', 'contact_change');
ALTER TABLE users DROP COLUMN slip_until, DROP COLUMN totp_offset;
DROP TABLE contact_changes, devices;
DELETE FROM sessions WHERE ended_at IS NOT NULL;
ALTER TABLE sessions DROP COLUMN confirmed_at, DROP COLUMN ended_at;
DROP INDEX attempts_by_owner;
ALTER TABLE attempts DROP COLUMN owner;
