-- +goose Up
-- The way of a person abroad and back. The person chooses how they mean to go; what is not known yet is empty. needed and
-- done count what has to be ready before they leave, ready_at is since when all of it is.
CREATE TABLE readiness_plans (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref        text NOT NULL CONSTRAINT readiness_plans_ref_unique UNIQUE,
    user_id    bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    route      text NOT NULL,
    country    text NOT NULL,
    scheme     text NOT NULL,
    occupation text NOT NULL,
    departs_on date,
    needed     int NOT NULL DEFAULT 0,
    done       int NOT NULL DEFAULT 0,
    ready_at   timestamptz,
    opened_at  timestamptz NOT NULL,
    closed_at  timestamptz, -- they left, or gave it up
    version    int NOT NULL DEFAULT 1,
    CONSTRAINT readiness_plans_counted CHECK (done BETWEEN 0 AND needed),
    CONSTRAINT readiness_plans_days CHECK (closed_at >= opened_at)
);
CREATE UNIQUE INDEX readiness_plans_one_open ON readiness_plans (user_id) WHERE closed_at IS NULL;

-- Somebody leaves, or left, for another country: planned (left_on is empty), gone (left_on), at work (works_from). It is over
-- when they came back or it was called off.
CREATE TABLE departures (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref         text NOT NULL CONSTRAINT departures_ref_unique UNIQUE,
    user_id     bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    plan_id     bigint REFERENCES readiness_plans ON DELETE SET NULL,
    route       text NOT NULL,
    country     text NOT NULL REFERENCES countries,
    leaves_on   date,
    left_on     date,
    works_from  date,
    recorded_by bigint NOT NULL REFERENCES users,
    recorded_at timestamptz NOT NULL,
    over_at     timestamptz,
    version     int NOT NULL DEFAULT 1,
    CONSTRAINT departures_works_after CHECK (works_from IS NULL OR left_on IS NOT NULL AND works_from >= left_on)
);
CREATE UNIQUE INDEX departures_one_open ON departures (user_id) WHERE over_at IS NULL;

-- Somebody is back. rose_on is when they began anew: a course, work, a business, or leaving again.
CREATE TABLE homecomings (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref          text NOT NULL CONSTRAINT homecomings_ref_unique UNIQUE,
    user_id      bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    departure_id bigint REFERENCES departures ON DELETE SET NULL,
    returned_on  date NOT NULL,
    rose_on      date,
    recorded_by  bigint NOT NULL REFERENCES users,
    recorded_at  timestamptz NOT NULL,
    closed_at    timestamptz, -- they set out again
    version      int NOT NULL DEFAULT 1,
    CONSTRAINT homecomings_rose_after CHECK (rose_on >= returned_on)
);
CREATE UNIQUE INDEX homecomings_one_open ON homecomings (user_id) WHERE closed_at IS NULL;

-- +goose Down
DROP TABLE homecomings, departures, readiness_plans;
