-- +goose Up
-- Who is on duty for people in trouble, from when to when, and the phone at which they are reached then. What has begun
-- is shortened, never removed; planned_end is then the end that it had first.
CREATE TABLE duty_shifts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL UNIQUE,
    user_id     bigint NOT NULL REFERENCES users,
    phone       text NOT NULL CONSTRAINT duty_shifts_phone CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    starts_at   timestamptz NOT NULL,
    ends_at     timestamptz NOT NULL,
    planned_end timestamptz,
    form_token  uuid UNIQUE,
    set_by      bigint NOT NULL REFERENCES users,
    set_at      timestamptz NOT NULL,
    changed_by  bigint REFERENCES users,
    changed_at  timestamptz,
    changed_why text CONSTRAINT duty_shifts_why CHECK (char_length(changed_why) BETWEEN 1 AND 500),
    removed_at  timestamptz,
    CONSTRAINT duty_shifts_range CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours'),
    CONSTRAINT duty_shifts_change_whole CHECK ((changed_at IS NULL) = (changed_by IS NULL)
        AND (changed_at IS NULL) = (changed_why IS NULL)),
    CONSTRAINT duty_shifts_removed CHECK (removed_at IS NULL OR changed_at IS NOT NULL AND removed_at <= starts_at),
    CONSTRAINT duty_shifts_not_twice EXCLUDE USING gist (user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (removed_at IS NULL)
);
CREATE INDEX duty_shifts_when ON duty_shifts (ends_at, starts_at) WHERE removed_at IS NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('duty_shift', 1825, '2026-01-01', 'Bukti siapa yang berjaga ketika sebuah janji diberikan, selama masih bisa dipersoalkan.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'duty_shift';
DROP TABLE duty_shifts;
