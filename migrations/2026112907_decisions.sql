-- +goose Up
-- Numbers that the city can change: the newest row of a kind that holds at an instant counts; a new number is a new row.
CREATE TABLE dated_settings (
    what       text        NOT NULL,
    amount     int         NOT NULL CONSTRAINT dated_settings_amount_counts CHECK (amount >= 0),
    valid_from timestamptz NOT NULL,
    why        text        NOT NULL CONSTRAINT dated_settings_why_given CHECK (why <> ''),
    PRIMARY KEY (what, valid_from)
);
INSERT INTO dated_settings (what, amount, valid_from, why) VALUES
    ('announce_minutes', 10, '2026-01-01 00:00+07', 'Sepuluh menit untuk menarik kembali keputusan yang keliru sebelum orangnya membacanya.');

-- A decision about an application. It is carried out, and seen outside its desk, when it is announced; until then it
-- can be recalled. Void is one that could no longer be carried out then.
CREATE TABLE decisions (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    act            text NOT NULL CONSTRAINT decisions_act_known CHECK (act IN ('verify', 'ask_fix', 'refuse')),
    arguments      jsonb NOT NULL,
    actor_id       bigint NOT NULL REFERENCES users,
    decided_at     timestamptz NOT NULL,
    announced_at   timestamptz NOT NULL,
    recalled_at    timestamptz,
    recalled_by    bigint REFERENCES users,
    done_at        timestamptz,
    void_at        timestamptz,
    void_why       text NOT NULL DEFAULT '', -- the key of the sentence that says why
    CONSTRAINT decisions_announced_later CHECK (announced_at >= decided_at),
    CONSTRAINT decisions_end_once CHECK (num_nonnulls(recalled_at, done_at, void_at) <= 1),
    CONSTRAINT decisions_recalled_by_somebody CHECK ((recalled_at IS NULL) = (recalled_by IS NULL)),
    CONSTRAINT decisions_void_for_a_reason CHECK ((void_at IS NULL) = (void_why = ''))
);
CREATE UNIQUE INDEX decisions_one_open ON decisions (application_id) WHERE recalled_at IS NULL AND done_at IS NULL AND void_at IS NULL;
CREATE INDEX decisions_by_application ON decisions (application_id, id);

-- What happened to an application inside the officers' desk and concerns nobody outside it.
CREATE TABLE desk_events (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    actor_id       bigint REFERENCES users, -- null: the portal itself
    at             timestamptz NOT NULL,
    what           text NOT NULL,
    note           text NOT NULL DEFAULT ''
);
CREATE INDEX desk_events_by_application ON desk_events (application_id, id);

-- +goose Down
DROP TABLE desk_events, decisions, dated_settings;
