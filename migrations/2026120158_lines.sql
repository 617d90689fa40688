-- +goose Up
-- Whether the day has come from which somebody works abroad: a chore says so on that day, by the clock of the portal.
ALTER TABLE departures
    ADD COLUMN at_work boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT departures_at_work CHECK (NOT at_work OR works_from IS NOT NULL);
UPDATE departures SET at_work = true WHERE works_from <= (now() AT TIME ZONE 'Asia/Jakarta')::date;
CREATE INDEX departures_work_ahead ON departures (works_from, id) WHERE NOT at_work AND over_at IS NULL AND works_from IS NOT NULL;

-- The line of each person, as before but for three things: who is at work stays at work until they come back, work counts from its
-- day on, and who is abroad already does not stand before leaving though the day on which they left is not known.
CREATE OR REPLACE VIEW line_of AS
SELECT u.id AS user_id,
    (ARRAY['interest', 'account', 'identity', 'skill', 'ready', 'away_start', 'working', 'return', 'rise'])[place.now] AS station,
    CASE WHEN place.entered > place.furthest + 1 OR round.began IS NOT NULL AND place.furthest <= 4 THEN ahead.since
        ELSE furthest.on_day END AS since,
    coalesce(d.country, nullif(p.country, ''), interest.country, '') AS country,
    proven.interest_on, proven.account_on, proven.identity_on, proven.skill_on,
    (p.ready_at AT TIME ZONE 'Asia/Jakarta')::date AS ready_on, d.left_on AS away_start_on, d.working_on,
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
LEFT JOIN LATERAL (SELECT x.recorded_at, x.left_on, CASE WHEN x.at_work THEN x.works_from END AS working_on, x.over_at, x.country,
        x.abroad
    FROM departures x
    WHERE x.user_id = ANY (who.ids) AND (x.over_at IS NULL OR round.began IS NULL OR x.over_at > round.began)
        AND (x.over_at IS NULL OR x.left_on IS NOT NULL OR x.abroad) -- one that was called off is none
    ORDER BY x.over_at IS NULL DESC, x.recorded_at DESC, x.id DESC
    LIMIT 1) d ON true
CROSS JOIN LATERAL (SELECT CASE WHEN NOT again.out_again THEN h.returned_on END AS returned_on,
        CASE WHEN NOT again.out_again THEN h.rose_on END AS rose_on
    OFFSET 0) back
CROSS JOIN LATERAL (SELECT 9 AS place, back.rose_on AS on_day
    WHERE back.rose_on IS NOT NULL
    UNION ALL SELECT 8, back.returned_on WHERE back.returned_on IS NOT NULL
    UNION ALL SELECT 7, d.working_on WHERE d.working_on IS NOT NULL
    UNION ALL SELECT 6, d.left_on WHERE d.left_on IS NOT NULL
    UNION ALL SELECT 5, (p.ready_at AT TIME ZONE 'Asia/Jakarta')::date WHERE p.ready_at IS NOT NULL
    UNION ALL SELECT 4, proven.skill_on WHERE proven.skill_on IS NOT NULL
    UNION ALL SELECT 3, proven.identity_on WHERE proven.identity_on IS NOT NULL
    UNION ALL SELECT 2, proven.account_on
    ORDER BY place DESC
    LIMIT 1) furthest
CROSS JOIN LATERAL (SELECT CASE
            WHEN d.abroad AND d.over_at IS NULL AND d.left_on IS NULL THEN 7
            WHEN p.opened_at IS NOT NULL AND p.closed_at IS NULL AND p.ready_at IS NULL THEN 5
            WHEN d.recorded_at IS NOT NULL AND d.over_at IS NULL AND d.left_on IS NULL THEN 6
            WHEN round.began IS NOT NULL THEN 5
            ELSE 0
        END AS entered,
        (CASE
            WHEN d.abroad AND d.over_at IS NULL AND d.left_on IS NULL THEN d.recorded_at
            WHEN p.opened_at IS NOT NULL AND p.closed_at IS NULL AND p.ready_at IS NULL THEN p.opened_at
            WHEN d.recorded_at IS NOT NULL AND d.over_at IS NULL AND d.left_on IS NULL THEN d.recorded_at
            ELSE round.began
        END AT TIME ZONE 'Asia/Jakarta')::date AS since
    OFFSET 0) ahead
CROSS JOIN LATERAL (SELECT ahead.entered, furthest.place AS furthest,
        greatest(CASE WHEN furthest.place IN (7, 9) THEN furthest.place ELSE furthest.place + 1 END, ahead.entered) AS now
    OFFSET 0) place
WHERE u.role = 'seeker'
    AND u.closed_at IS NULL
    AND NOT EXISTS (SELECT FROM account_joins t WHERE t.joined_id = u.id AND t.agreed IS NOT FALSE AND t.agreed AND t.undone_at IS NULL);

-- The same line for whoever has nothing of a round and no joined account, which are most people: it says in a few looks what
-- line_of says with many.
CREATE VIEW line_of_plain AS
SELECT u.id AS user_id,
    CASE WHEN proven.skill_on IS NOT NULL THEN 'ready' WHEN proven.identity_on IS NOT NULL THEN 'skill' ELSE 'identity' END AS station,
    coalesce(proven.skill_on, proven.identity_on, proven.account_on) AS since,
    coalesce(i.country_code, '') AS country,
    proven.interest_on, proven.account_on, proven.identity_on, proven.skill_on,
    NULL::date AS ready_on, NULL::date AS away_start_on, NULL::date AS working_on, NULL::date AS return_on, NULL::date AS rise_on
FROM users u
LEFT JOIN interests i ON i.user_id = u.id
CROSS JOIN LATERAL (SELECT min(x.created_at) AS began,
        min(coalesce((SELECT max(e.at) FROM application_events e WHERE e.application_id = x.id AND e.to_state = 'completed'),
            x.submitted_at)) FILTER (WHERE x.state = 'completed' AND x.course_result = 'passed') AS passed
    FROM applications x
    WHERE x.seeker_id = u.id
    OFFSET 0) courses
CROSS JOIN LATERAL (SELECT (least(i.told_at, courses.began) AT TIME ZONE 'Asia/Jakarta')::date AS interest_on,
        (u.created_at AT TIME ZONE 'Asia/Jakarta')::date AS account_on,
        ((SELECT min(x.at)
            FROM identity_checks x
            WHERE x.user_id = u.id AND x.field = 'nik' AND x.outcome = 'checked' AND x.superseded_at IS NULL)
            AT TIME ZONE 'Asia/Jakarta')::date AS identity_on,
        (least((SELECT min(x.decided_at) FROM certificates x WHERE x.seeker_id = u.id AND x.state = 'verified' AND x.deleted_at IS NULL),
            courses.passed) AT TIME ZONE 'Asia/Jakarta')::date AS skill_on
    OFFSET 0) proven
WHERE u.role = 'seeker'
    AND u.closed_at IS NULL
    AND NOT EXISTS (SELECT FROM readiness_plans x WHERE x.user_id = u.id)
    AND NOT EXISTS (SELECT FROM departures x WHERE x.user_id = u.id)
    AND NOT EXISTS (SELECT FROM homecomings x WHERE x.user_id = u.id)
    AND NOT EXISTS (SELECT FROM account_joins t WHERE t.joined_id = u.id AND t.agreed AND t.undone_at IS NULL)
    AND NOT EXISTS (SELECT FROM account_joins t WHERE t.into_id = u.id AND t.agreed AND t.undone_at IS NULL);

-- As before, but that it asks for the plain line first, and writes only what is other than before. It looks rows up by their
-- indexes whatever is known of the tables: one that grew since would be read whole for each person.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION keep_line(person bigint) RETURNS void LANGUAGE plpgsql SET jit = off SET enable_seqscan = off AS $$
DECLARE
    was journey_lines;
    line journey_lines;
    into_person bigint;
BEGIN
    SELECT * INTO was FROM journey_lines WHERE user_id = person FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('journey_lines', person));
        SELECT * INTO was FROM journey_lines WHERE user_id = person FOR UPDATE;
    END IF;
    SELECT * INTO line FROM line_of_plain WHERE user_id = person;
    IF NOT FOUND THEN
        SELECT * INTO line FROM line_of WHERE user_id = person;
        SELECT t.into_id INTO into_person
        FROM account_joins t
        WHERE t.joined_id = person AND t.agreed IS NOT FALSE AND t.agreed AND t.undone_at IS NULL;
    END IF;
    IF line.user_id IS NULL THEN
        DELETE FROM journey_lines WHERE user_id = person;
    ELSIF was.user_id IS NULL THEN
        INSERT INTO journey_lines SELECT line.*;
    ELSIF was IS DISTINCT FROM line THEN
        UPDATE journey_lines
        SET (station, since, country, interest_on, account_on, identity_on, skill_on, ready_on, away_start_on, working_on, return_on,
                rise_on) = (line.station, line.since, line.country, line.interest_on, line.account_on, line.identity_on, line.skill_on,
                line.ready_on, line.away_start_on, line.working_on, line.return_on, line.rise_on)
        WHERE user_id = person;
    END IF;
    IF into_person IS NOT NULL THEN
        PERFORM keep_line(into_person);
    END IF;
END
$$;
-- +goose StatementEnd

DROP TRIGGER line_moved ON departures;
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON departures DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.country, OLD.left_on, OLD.works_from, OLD.at_work, OLD.abroad, OLD.recorded_at, OLD.over_at)
        IS DISTINCT FROM
        (NEW.user_id, NEW.country, NEW.left_on, NEW.works_from, NEW.at_work, NEW.abroad, NEW.recorded_at, NEW.over_at))
    EXECUTE FUNCTION line_moved('user_id');

UPDATE journey_lines l
SET (station, since, country, working_on) = (d.station, d.since, d.country, d.working_on)
FROM line_of d
WHERE d.user_id = l.user_id
    AND (d.station, d.since, d.country, d.working_on) IS DISTINCT FROM (l.station, l.since, l.country, l.working_on)
    AND l.user_id IN (SELECT coalesce(t.into_id, x.user_id)
        FROM departures x
        LEFT JOIN account_joins t ON t.joined_id = x.user_id AND t.agreed AND t.undone_at IS NULL);

-- +goose Down
DROP VIEW line_of_plain;
CREATE OR REPLACE VIEW line_of AS
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

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION keep_line(person bigint) RETURNS void LANGUAGE plpgsql SET jit = off AS $$
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

UPDATE journey_lines l
SET (station, since, country, working_on) = (d.station, d.since, d.country, d.working_on)
FROM line_of d
WHERE d.user_id = l.user_id
    AND (d.station, d.since, d.country, d.working_on) IS DISTINCT FROM (l.station, l.since, l.country, l.working_on)
    AND l.user_id IN (SELECT coalesce(t.into_id, x.user_id)
        FROM departures x
        LEFT JOIN account_joins t ON t.joined_id = x.user_id AND t.agreed AND t.undone_at IS NULL);
DROP TRIGGER line_moved ON departures;
CREATE CONSTRAINT TRIGGER line_moved AFTER UPDATE ON departures DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN ((OLD.user_id, OLD.country, OLD.left_on, OLD.works_from, OLD.recorded_at, OLD.over_at)
        IS DISTINCT FROM (NEW.user_id, NEW.country, NEW.left_on, NEW.works_from, NEW.recorded_at, NEW.over_at))
    EXECUTE FUNCTION line_moved('user_id');
DROP INDEX departures_work_ahead;
ALTER TABLE departures DROP CONSTRAINT departures_at_work, DROP COLUMN at_work;
