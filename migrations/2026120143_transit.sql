-- +goose Up
-- What is there for people who pass through or came back: dated information of officers, with its source and its doubt.
CREATE TABLE support_offers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code       text NOT NULL,
    kind       text NOT NULL,
    name_id    text NOT NULL,
    name_en    text NOT NULL,
    says_id    text NOT NULL,
    says_en    text NOT NULL,
    where_id   text NOT NULL,
    where_en   text NOT NULL,
    doubt_id   text NOT NULL,
    doubt_en   text NOT NULL,
    province   text NOT NULL, -- code; empty for everybody
    source     text NOT NULL,
    public     boolean NOT NULL,
    checked_on date,
    position   int NOT NULL,
    valid_from date NOT NULL,
    valid_to   date,
    CONSTRAINT support_offers_valid_range CHECK (valid_to >= valid_from),
    CONSTRAINT support_offers_one_at_a_time EXCLUDE USING gist (code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)
);

-- Somebody from elsewhere waits in Jakarta for their departure. It is over by itself after the day on which they leave.
CREATE TABLE transit_stays (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT transit_stays_ref_unique UNIQUE,
    user_id        bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    agency         text NOT NULL,
    agency_folded  text NOT NULL,
    address_sealed bytea,
    address_index  bytea, -- which stays are at one address
    since          date NOT NULL,
    leaves_on      date NOT NULL,
    told_at        timestamptz, -- that it ends soon
    over_at        timestamptz,
    recorded_by    bigint NOT NULL REFERENCES users,
    recorded_at    timestamptz NOT NULL,
    version        int NOT NULL DEFAULT 1,
    CONSTRAINT transit_stays_days CHECK (leaves_on >= since)
);
COMMENT ON COLUMN transit_stays.address_sealed IS 'sealed';
CREATE UNIQUE INDEX transit_stays_one_open ON transit_stays (user_id) WHERE over_at IS NULL;
CREATE INDEX transit_stays_ending ON transit_stays (leaves_on, id) WHERE over_at IS NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('transit_stay', 365, '2026-01-01', 'Bila sesuatu terjadi di tempat penampungan, setahun sesudahnya masih bisa diketahui siapa yang menunggu di sana.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'transit_stay';
DROP TABLE transit_stays, support_offers;
DELETE FROM dated_changes WHERE of_table = 'support_offers';
DELETE FROM dated_checks WHERE of_table = 'support_offers';
DELETE FROM dated_seeds WHERE of_table = 'support_offers';
