-- +goose Up
-- A change of a rule on its way to those whom it concerns. was and becomes are what its row says before and from a day on, empty
-- where it is new or ends. told_to is the last plan that was looked at, told how many people have a letter.
CREATE TABLE rule_tellings (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id bigint NOT NULL CONSTRAINT rule_tellings_change_unique UNIQUE REFERENCES dated_changes,
    code      text NOT NULL,
    was       jsonb,
    becomes   jsonb,
    starts_on date NOT NULL,
    at        timestamptz NOT NULL,
    told_to   bigint NOT NULL DEFAULT 0,
    told      int NOT NULL DEFAULT 0,
    done_at   timestamptz,
    CONSTRAINT rule_tellings_of_something CHECK (was IS NOT NULL OR becomes IS NOT NULL)
);
CREATE INDEX readiness_plans_by_route ON readiness_plans (route, id) WHERE closed_at IS NULL;

-- +goose Down
DROP INDEX readiness_plans_by_route;
DROP TABLE rule_tellings;
