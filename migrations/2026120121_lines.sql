-- +goose Up
-- What a person wants, as far as they say so: it shows them what fits and fills in their plan. Without any of it there is no row.
CREATE TABLE interests (
    user_id         bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    sector_code     text REFERENCES sectors,
    occupation_code text REFERENCES occupations,
    country_code    text REFERENCES countries,
    told_at         timestamptz NOT NULL, -- first
    changed_at      timestamptz NOT NULL,
    CONSTRAINT interests_say_something CHECK (num_nonnulls(sector_code, occupation_code, country_code) > 0)
);

-- Where each person is: the station now and since which day, and the day on which they reached each of the nine. line_of
-- says what that is; the triggers below keep the rows in the transaction of whatever changed it.
CREATE TABLE journey_lines (
    user_id       bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    station       text NOT NULL CONSTRAINT journey_lines_station_known
        CHECK (station IN ('interest', 'account', 'identity', 'skill', 'ready', 'away_start', 'working', 'return', 'rise')),
    since         date NOT NULL,
    country       text NOT NULL, -- where they are, or where they mean to go; empty while nobody knows
    interest_on   date,
    account_on    date NOT NULL,
    identity_on   date,
    skill_on      date,
    ready_on      date,
    away_start_on date,
    working_on    date,
    return_on     date,
    rise_on       date
);
CREATE INDEX journey_lines_by_station ON journey_lines (station, since DESC, user_id DESC);
CREATE INDEX journey_lines_by_country ON journey_lines (station, country, since DESC, user_id DESC);

-- How many people are at each station. A count is the sum over its slots: each process of the database writes to one of
-- its own, so that nobody waits for the count of another.
CREATE TABLE station_counts (
    station text NOT NULL,
    country text NOT NULL,
    slot    int NOT NULL,
    people  bigint NOT NULL,
    PRIMARY KEY (station, country, slot)
);

-- How long a station took those who came past it lately: the median, counted once a night.
CREATE TABLE station_times (
    station    text PRIMARY KEY,
    people     int NOT NULL CONSTRAINT station_times_some CHECK (people > 0),
    days       int NOT NULL CONSTRAINT station_times_not_negative CHECK (days >= 0),
    counted_on date NOT NULL
);

CREATE INDEX readiness_plans_of_person ON readiness_plans (user_id, id);
CREATE INDEX departures_of_person ON departures (user_id, id);
CREATE INDEX homecomings_of_person ON homecomings (user_id, id);

-- The line of each person, made of what is recorded of them and of the accounts that are joined into theirs. An account
-- that is closed, or joined into another, has none.
--
-- What was proven (interest, account, identity, skill) stays for good; the other five are those of the present round. A round
-- ends when the person sets out again after they came back: the homecoming was closed, or a plan or a departure was opened
-- after it. The station now follows the furthest one reached; a plan, or a departure ahead, leads to its station at once.
--
-- OFFSET 0 has each part worked out once; the planner would write it out again wherever it is used.
CREATE VIEW line_of AS
SELECT u.id AS user_id,
    (ARRAY['interest', 'account', 'identity', 'skill', 'ready', 'away_start', 'working', 'return', 'rise'])[place.now] AS station,
    CASE WHEN place.entered > place.furthest + 1 OR round.began IS NOT NULL AND place.furthest <= 4 THEN ahead.since
        ELSE furthest.on_day END AS since,
    coalesce(d.country, nullif(p.country, ''), interest.country, '') AS country,
    proven.interest_on, proven.account_on, proven.identity_on, proven.skill_on,
    (p.ready_at AT TIME ZONE 'Asia/Jakarta')::date AS ready_on, d.left_on AS away_start_on, d.works_from AS working_on,
    back.returned_on AS return_on, back.rose_on AS rise_on
FROM users u
CROSS JOIN LATERAL (SELECT ARRAY(SELECT t.joined_id
        FROM account_joins t
        WHERE t.into_id = u.id AND t.agreed IS NOT FALSE AND t.agreed AND t.undone_at IS NULL) || u.id AS ids
    OFFSET 0) who
CROSS JOIN LATERAL (SELECT min(x.created_at) AS began,
        min(coalesce((SELECT max(e.at) FROM application_events e WHERE e.application_id = x.id AND e.to_state = 'completed'),
            x.submitted_at)) FILTER (WHERE x.state = 'completed' AND x.course_result = 'passed') AS passed
    FROM applications x
    WHERE x.seeker_id = ANY (who.ids)
    OFFSET 0) courses
CROSS JOIN LATERAL (SELECT min(x.decided_at) FILTER (WHERE x.state = 'verified' AND x.deleted_at IS NULL) AS verified
    FROM certificates x
    WHERE x.seeker_id = ANY (who.ids)
    OFFSET 0) papers
CROSS JOIN LATERAL (SELECT
        (least((SELECT min(x.told_at) FROM interests x WHERE x.user_id = ANY (who.ids)), courses.began,
            (SELECT min(x.opened_at) FROM readiness_plans x WHERE x.user_id = ANY (who.ids))) AT TIME ZONE 'Asia/Jakarta')::date
            AS interest_on,
        ((SELECT min(x.created_at) FROM users x WHERE x.id = ANY (who.ids)) AT TIME ZONE 'Asia/Jakarta')::date AS account_on,
        ((SELECT min(x.at) FILTER (WHERE x.field = 'nik' AND x.outcome = 'checked' AND x.superseded_at IS NULL)
            FROM identity_checks x
            WHERE x.user_id = ANY (who.ids)) AT TIME ZONE 'Asia/Jakarta')::date AS identity_on,
        (least(papers.verified, courses.passed) AT TIME ZONE 'Asia/Jakarta')::date AS skill_on
    OFFSET 0) proven
LEFT JOIN LATERAL (SELECT x.country_code AS country
    FROM interests x
    WHERE x.user_id = ANY (who.ids) AND x.country_code IS NOT NULL
    ORDER BY x.changed_at DESC, x.user_id DESC
    LIMIT 1) interest ON true
LEFT JOIN LATERAL (SELECT x.departure_id, x.recorded_at, x.returned_on, x.rose_on
    FROM homecomings x
    WHERE x.user_id = ANY (who.ids) AND x.closed_at IS NULL
    ORDER BY x.recorded_at DESC, x.id DESC
    LIMIT 1) h ON true
CROSS JOIN LATERAL (SELECT EXISTS (SELECT
            FROM departures x
            WHERE x.user_id = ANY (who.ids) AND x.over_at IS NULL AND x.recorded_at >= h.recorded_at
                AND x.id IS DISTINCT FROM h.departure_id)
        OR EXISTS (SELECT
            FROM readiness_plans x
            WHERE x.user_id = ANY (who.ids) AND x.closed_at IS NULL AND x.opened_at >= h.recorded_at) AS out_again
    OFFSET 0) again
CROSS JOIN LATERAL (SELECT greatest((SELECT max(x.closed_at) FROM homecomings x WHERE x.user_id = ANY (who.ids)),
        CASE WHEN again.out_again THEN h.recorded_at END) AS began
    OFFSET 0) round
LEFT JOIN LATERAL (SELECT x.opened_at, x.ready_at, x.closed_at, x.country
    FROM readiness_plans x
    WHERE x.user_id = ANY (who.ids) AND (x.closed_at IS NULL OR round.began IS NULL OR x.closed_at > round.began)
    ORDER BY x.closed_at IS NULL DESC, x.opened_at DESC, x.id DESC
    LIMIT 1) p ON true
LEFT JOIN LATERAL (SELECT x.recorded_at, x.left_on, x.works_from, x.over_at, x.country
    FROM departures x
    WHERE x.user_id = ANY (who.ids) AND (x.over_at IS NULL OR round.began IS NULL OR x.over_at > round.began)
        AND (x.over_at IS NULL OR x.left_on IS NOT NULL) -- one that was called off is none
    ORDER BY x.over_at IS NULL DESC, x.recorded_at DESC, x.id DESC
    LIMIT 1) d ON true
CROSS JOIN LATERAL (SELECT CASE WHEN NOT again.out_again THEN h.returned_on END AS returned_on,
        CASE WHEN NOT again.out_again THEN h.rose_on END AS rose_on
    OFFSET 0) back
CROSS JOIN LATERAL (SELECT 9 AS place, back.rose_on AS on_day
    WHERE back.rose_on IS NOT NULL
    UNION ALL SELECT 8, back.returned_on WHERE back.returned_on IS NOT NULL
    UNION ALL SELECT 7, d.works_from WHERE d.works_from IS NOT NULL
    UNION ALL SELECT 6, d.left_on WHERE d.left_on IS NOT NULL
    UNION ALL SELECT 5, (p.ready_at AT TIME ZONE 'Asia/Jakarta')::date WHERE p.ready_at IS NOT NULL
    UNION ALL SELECT 4, proven.skill_on WHERE proven.skill_on IS NOT NULL
    UNION ALL SELECT 3, proven.identity_on WHERE proven.identity_on IS NOT NULL
    UNION ALL SELECT 2, proven.account_on
    ORDER BY place DESC
    LIMIT 1) furthest
CROSS JOIN LATERAL (SELECT CASE
            WHEN p.opened_at IS NOT NULL AND p.closed_at IS NULL AND p.ready_at IS NULL THEN 5
            WHEN d.recorded_at IS NOT NULL AND d.over_at IS NULL AND d.left_on IS NULL THEN 6
            WHEN round.began IS NOT NULL THEN 5
            ELSE 0
        END AS entered,
        (CASE
            WHEN p.opened_at IS NOT NULL AND p.closed_at IS NULL AND p.ready_at IS NULL THEN p.opened_at
            WHEN d.recorded_at IS NOT NULL AND d.over_at IS NULL AND d.left_on IS NULL THEN d.recorded_at
            ELSE round.began
        END AT TIME ZONE 'Asia/Jakarta')::date AS since
    OFFSET 0) ahead
CROSS JOIN LATERAL (SELECT ahead.entered, furthest.place AS furthest, least(9, greatest(furthest.place + 1, ahead.entered)) AS now
    OFFSET 0) place
WHERE u.role = 'seeker'
    AND u.closed_at IS NULL
    AND NOT EXISTS (SELECT FROM account_joins t WHERE t.joined_id = u.id AND t.agreed IS NOT FALSE AND t.agreed AND t.undone_at IS NULL);

-- Keeps the row of one account, and of the one into which it is joined. Whoever comes second waits for the first and then
-- reads what that one wrote; the wait comes at the end of a transaction, after all its other locks.
-- +goose StatementBegin
CREATE FUNCTION keep_line(person bigint) RETURNS void LANGUAGE plpgsql SET jit = off AS $$
DECLARE
    line journey_lines;
    into_person bigint;
BEGIN
    PERFORM FROM journey_lines WHERE user_id = person FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('journey_lines', person));
        PERFORM FROM journey_lines WHERE user_id = person FOR UPDATE;
    END IF;
    SELECT * INTO line FROM line_of WHERE user_id = person;
    IF line.user_id IS NULL THEN
        DELETE FROM journey_lines WHERE user_id = person;
    ELSE
        INSERT INTO journey_lines AS l
        SELECT line.*
        ON CONFLICT (user_id) DO UPDATE
        SET (station, since, country, interest_on, account_on, identity_on, skill_on, ready_on, away_start_on, working_on, return_on,
                rise_on) = (line.station, line.since, line.country, line.interest_on, line.account_on, line.identity_on, line.skill_on,
                line.ready_on, line.away_start_on, line.working_on, line.return_on, line.rise_on)
        WHERE l IS DISTINCT FROM line;
    END IF;
    SELECT t.into_id INTO into_person
    FROM account_joins t
    WHERE t.joined_id = person AND t.agreed IS NOT FALSE AND t.agreed AND t.undone_at IS NULL;
    IF into_person IS NOT NULL THEN
        PERFORM keep_line(into_person);
    END IF;
END
$$;
-- +goose StatementEnd

-- The arguments of the trigger are the columns that name accounts.
-- +goose StatementBegin
CREATE FUNCTION line_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    name text;
    was bigint;
    is_now bigint;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF TG_OP <> 'INSERT' THEN
            EXECUTE format('SELECT ($1).%I', name) INTO was USING OLD;
            PERFORM keep_line(was);
        END IF;
        IF TG_OP <> 'DELETE' THEN
            EXECUTE format('SELECT ($1).%I', name) INTO is_now USING NEW;
            IF is_now IS DISTINCT FROM was THEN
                PERFORM keep_line(is_now);
            END IF;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT ON users DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.role = 'seeker') EXECUTE FUNCTION line_moved('id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON users DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.role, OLD.closed_at, OLD.created_at) IS DISTINCT FROM (NEW.role, NEW.closed_at, NEW.created_at))
    EXECUTE FUNCTION line_moved('id');
CREATE CONSTRAINT TRIGGER line_joined AFTER INSERT OR UPDATE OR DELETE ON account_joins DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('joined_id', 'into_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT OR DELETE ON identity_checks DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON identity_checks DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.field, OLD.outcome, OLD.at, OLD.superseded_at)
        IS DISTINCT FROM (NEW.user_id, NEW.field, NEW.outcome, NEW.at, NEW.superseded_at))
    EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT ON certificates DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'verified') EXECUTE FUNCTION line_moved('seeker_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON certificates DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.state = 'verified' OR NEW.state = 'verified') AND (OLD.seeker_id, OLD.state, OLD.decided_at, OLD.deleted_at)
        IS DISTINCT FROM (NEW.seeker_id, NEW.state, NEW.decided_at, NEW.deleted_at))
    EXECUTE FUNCTION line_moved('seeker_id');
CREATE CONSTRAINT TRIGGER line_ended AFTER DELETE ON certificates DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state = 'verified') EXECUTE FUNCTION line_moved('seeker_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT OR DELETE ON applications DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('seeker_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON applications DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.seeker_id, OLD.created_at) IS DISTINCT FROM (NEW.seeker_id, NEW.created_at)
        OR (OLD.state = 'completed' OR NEW.state = 'completed')
            AND (OLD.state, OLD.course_result, OLD.submitted_at) IS DISTINCT FROM (NEW.state, NEW.course_result, NEW.submitted_at))
    EXECUTE FUNCTION line_moved('seeker_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT OR DELETE ON interests DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON interests DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.country_code, OLD.told_at, OLD.changed_at)
        IS DISTINCT FROM (NEW.user_id, NEW.country_code, NEW.told_at, NEW.changed_at))
    EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT OR DELETE ON readiness_plans DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON readiness_plans DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.country, OLD.ready_at, OLD.opened_at, OLD.closed_at)
        IS DISTINCT FROM (NEW.user_id, NEW.country, NEW.ready_at, NEW.opened_at, NEW.closed_at))
    EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT OR DELETE ON departures DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON departures DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.country, OLD.left_on, OLD.works_from, OLD.recorded_at, OLD.over_at)
        IS DISTINCT FROM (NEW.user_id, NEW.country, NEW.left_on, NEW.works_from, NEW.recorded_at, NEW.over_at))
    EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_begun AFTER INSERT OR DELETE ON homecomings DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION line_moved('user_id');
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON homecomings DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.departure_id, OLD.returned_on, OLD.rose_on, OLD.recorded_at, OLD.closed_at)
        IS DISTINCT FROM (NEW.user_id, NEW.departure_id, NEW.returned_on, NEW.rose_on, NEW.recorded_at, NEW.closed_at))
    EXECUTE FUNCTION line_moved('user_id');

-- The counters follow the rows, whatever changed them. Both ends of a move are written in one order.
-- +goose StatementBegin
CREATE FUNCTION count_station() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO station_counts AS c (station, country, slot, people)
    SELECT m.station, m.country, pg_backend_pid() % 32, sum(m.n)
    FROM (SELECT OLD.station, OLD.country, -1 AS n WHERE TG_OP <> 'INSERT'
        UNION ALL SELECT NEW.station, NEW.country, 1 WHERE TG_OP <> 'DELETE') m
    GROUP BY m.station, m.country
    HAVING sum(m.n) <> 0
    ORDER BY m.station, m.country
    ON CONFLICT (station, country, slot) DO UPDATE
    SET people = c.people + excluded.people;
    RETURN NULL;
END
$$;
-- +goose StatementEnd

INSERT INTO journey_lines SELECT * FROM line_of;
INSERT INTO station_counts
SELECT station, country, 0, count(*)
FROM journey_lines
GROUP BY station, country;
CREATE TRIGGER count_station AFTER INSERT OR UPDATE OF station, country OR DELETE ON journey_lines
    FOR EACH ROW EXECUTE FUNCTION count_station();

-- Figures of the stations: how many people are at each now, and how long it took those before them where enough are known.
-- They name nobody.
CREATE VIEW figures_stations AS
SELECT s.place, s.station,
    coalesce((SELECT sum(c.people) FROM station_counts c WHERE c.station = s.station), 0)::bigint AS people,
    t.days AS median_days, t.people AS median_of
FROM unnest(ARRAY['interest', 'account', 'identity', 'skill', 'ready', 'away_start', 'working', 'return', 'rise'])
    WITH ORDINALITY s (station, place)
LEFT JOIN station_times t ON t.station = s.station AND t.people >= 10;

-- +goose Down
DROP VIEW figures_stations;
DROP TRIGGER count_station ON journey_lines;
DROP TRIGGER line_moved ON homecomings;
DROP TRIGGER line_begun ON homecomings;
DROP TRIGGER line_moved ON departures;
DROP TRIGGER line_begun ON departures;
DROP TRIGGER line_moved ON readiness_plans;
DROP TRIGGER line_begun ON readiness_plans;
DROP TRIGGER line_moved ON interests;
DROP TRIGGER line_begun ON interests;
DROP TRIGGER line_moved ON applications;
DROP TRIGGER line_begun ON applications;
DROP TRIGGER line_ended ON certificates;
DROP TRIGGER line_moved ON certificates;
DROP TRIGGER line_begun ON certificates;
DROP TRIGGER line_moved ON identity_checks;
DROP TRIGGER line_begun ON identity_checks;
DROP TRIGGER line_joined ON account_joins;
DROP TRIGGER line_moved ON users;
DROP TRIGGER line_begun ON users;
DROP FUNCTION line_moved, count_station, keep_line;
DROP VIEW line_of;
DROP INDEX homecomings_of_person, departures_of_person, readiness_plans_of_person;
DROP TABLE station_times, station_counts, journey_lines, interests;
