-- +goose Up
-- What is known of somebody's leaving, as they or an officer for them said it: nothing is asked twice, and each part can
-- stay empty. Words that tell where they are or for whom they work lie sealed. source is how the portal learned of it:
-- own, or by an officer at the counter, by phone, in a letter, from another office.
ALTER TABLE departures
    ALTER COLUMN country DROP NOT NULL, -- who is asked may leave it open
    ADD COLUMN source text NOT NULL DEFAULT 'own'
        CONSTRAINT departures_source_known CHECK (source IN ('own', 'counter', 'phone', 'letter', 'office')),
    ADD COLUMN job_sealed bytea,
    ADD COLUMN employer_sealed bytea,
    ADD COLUMN agency_sealed bytea,
    ADD COLUMN city_sealed bytea,
    ADD COLUMN address_sealed bytea,
    ADD COLUMN flight_sealed bytea,
    ADD COLUMN contacts_sealed bytea,
    ADD COLUMN promised_sealed bytea,
    ADD COLUMN contract_from date,
    ADD COLUMN contract_to date,
    ADD COLUMN visa_kind text NOT NULL DEFAULT ''
        CONSTRAINT departures_visa_known CHECK (visa_kind IN ('', 'work', 'training', 'visit', 'family', 'study', 'none', 'unknown')),
    ADD COLUMN visa_until date,
    ADD COLUMN passport_until date,
    ADD COLUMN wage bigint CONSTRAINT departures_wage_positive CHECK (wage > 0),
    ADD COLUMN wage_currency text NOT NULL DEFAULT '' CONSTRAINT departures_currency_code CHECK (wage_currency ~ '^([A-Z]{3})?$'),
    ADD COLUMN hours_a_day int CONSTRAINT departures_hours CHECK (hours_a_day BETWEEN 1 AND 24),
    ADD COLUMN days_off int CONSTRAINT departures_days_off CHECK (days_off BETWEEN 0 AND 31), -- a month
    ADD COLUMN reported_on date, -- they registered with the mission abroad by themselves
    ADD COLUMN reported_upload_id bigint REFERENCES uploads ON DELETE SET NULL,
    ADD COLUMN abroad boolean NOT NULL DEFAULT false, -- they are there, though the day on which they left may not be known
    ADD COLUMN ended text CONSTRAINT departures_ended_known CHECK (ended IN ('called_off', 'back')),
    ADD CONSTRAINT departures_contract_order CHECK (contract_to >= contract_from),
    ADD CONSTRAINT departures_wage_whole CHECK (wage IS NULL OR wage_currency <> '');

-- Who changed what of it, with what stood there before.
CREATE TABLE departure_changes (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    departure_id bigint NOT NULL REFERENCES departures ON DELETE CASCADE,
    at           timestamptz NOT NULL,
    by_id        bigint NOT NULL REFERENCES users,
    source       text NOT NULL,
    fields       text[] NOT NULL,
    was_sealed   bytea
);
CREATE INDEX departure_changes_of ON departure_changes (departure_id, id);

-- What others decided or said about it: it is recorded with who said it and when, and never approved here.
CREATE TABLE departure_confirmations (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    departure_id bigint NOT NULL REFERENCES departures ON DELETE CASCADE,
    kind         text NOT NULL CONSTRAINT departure_confirmations_kind_known
        CHECK (kind IN ('contract', 'visa', 'orientation', 'insurance', 'departed', 'arrived', 'registered', 'other')),
    said_by      text NOT NULL CONSTRAINT departure_confirmations_source CHECK (said_by <> ''),
    said_on      date NOT NULL,
    recorded_by  bigint NOT NULL REFERENCES users,
    recorded_at  timestamptz NOT NULL,
    form_token   uuid NOT NULL CONSTRAINT departure_confirmations_form_unique UNIQUE
);
CREATE INDEX departure_confirmations_of ON departure_confirmations (departure_id, id);

-- That a contract, visa or passport is near its end was told: of each end once six and once three months before.
CREATE TABLE departure_warnings (
    departure_id bigint NOT NULL REFERENCES departures ON DELETE CASCADE,
    what         text NOT NULL CONSTRAINT departure_warnings_what_known CHECK (what IN ('contract', 'visa', 'passport')),
    ends_on      date NOT NULL,
    months       int NOT NULL CONSTRAINT departure_warnings_months CHECK (months BETWEEN 3 AND 6),
    told_at      timestamptz NOT NULL,
    PRIMARY KEY (departure_id, what, ends_on, months)
);
CREATE INDEX departures_near_end ON departures (least(contract_to, visa_until, passport_until)) WHERE over_at IS NULL;

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('departure', 1825, '2026-01-01', 'Sesudah pulang atau batal: lima tahun, agar hak dari kontrak masih dapat dibuktikan.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'departure';
DROP TABLE departure_warnings, departure_confirmations, departure_changes;
DROP INDEX departures_near_end;
ALTER TABLE departures
    DROP CONSTRAINT departures_wage_whole, DROP CONSTRAINT departures_contract_order,
    DROP COLUMN ended, DROP COLUMN abroad, DROP COLUMN reported_upload_id, DROP COLUMN reported_on, DROP COLUMN days_off, DROP COLUMN hours_a_day,
    DROP COLUMN wage_currency, DROP COLUMN wage, DROP COLUMN passport_until, DROP COLUMN visa_until, DROP COLUMN visa_kind,
    DROP COLUMN contract_to, DROP COLUMN contract_from, DROP COLUMN promised_sealed, DROP COLUMN contacts_sealed,
    DROP COLUMN flight_sealed, DROP COLUMN address_sealed, DROP COLUMN city_sealed, DROP COLUMN agency_sealed,
    DROP COLUMN employer_sealed, DROP COLUMN job_sealed, DROP COLUMN source;
DELETE FROM departures WHERE country IS NULL;
ALTER TABLE departures ALTER COLUMN country SET NOT NULL;
