-- +goose Up
-- Figures of cases by month, by the clock of Jakarta. They count and name nobody; what of them may be seen is decided where
-- they are shown. The month of a case is that in which it came in, of an outcome that in which it ended.
CREATE VIEW figures_case_filed AS
SELECT CAST(date_trunc('month', created_at AT TIME ZONE 'Asia/Jakarta') AS date) AS month,
    coalesce(country_code, '') AS country, urgency, door, count(*) AS cases
FROM cases
GROUP BY 1, 2, 3, 4;

CREATE VIEW figures_case_kinds AS
SELECT CAST(date_trunc('month', c.created_at AT TIME ZONE 'Asia/Jakarta') AS date) AS month, coalesce(k.code, '') AS kind,
    count(*) AS cases
FROM cases c
LEFT JOIN case_kinds k ON k.case_id = c.id
GROUP BY 1, 2;

CREATE VIEW figures_case_contact AS
SELECT CAST(date_trunc('month', created_at AT TIME ZONE 'Asia/Jakarta') AS date) AS month,
    CASE
        WHEN contacted_at IS NULL THEN 'none'
        WHEN contacted_at <= created_at + interval '2 hours' THEN 'two_hours'
        WHEN contacted_at <= created_at + interval '24 hours' THEN 'day'
        WHEN contacted_at <= created_at + interval '3 days' THEN 'three_days'
        ELSE 'later'
    END AS wait, count(*) AS cases
FROM cases
GROUP BY 1, 2;

CREATE VIEW figures_case_outcomes AS
SELECT CAST(date_trunc('month', closed_at AT TIME ZONE 'Asia/Jakarta') AS date) AS month, outcome, count(*) AS cases
FROM cases
WHERE closed_at IS NOT NULL
GROUP BY 1, 2;

CREATE VIEW figures_case_after AS
SELECT CAST(date_trunc('month', asked_at AT TIME ZONE 'Asia/Jakarta') AS date) AS month, coalesce(answer, 'open') AS answer,
    count(*) AS people
FROM case_followups
GROUP BY 1, 2;

-- What was open when a month ended, by how long it had been.
CREATE VIEW figures_case_open AS
SELECT m.month,
    CASE
        WHEN c.created_at > m.ends - interval '7 days' THEN 'week'
        WHEN c.created_at > m.ends - interval '30 days' THEN 'month'
        WHEN c.created_at > m.ends - interval '90 days' THEN 'quarter'
        ELSE 'older'
    END AS age, count(*) AS cases
FROM (SELECT CAST(day AS date) AS month, (day + interval '1 month') AT TIME ZONE 'Asia/Jakarta' AS ends
    FROM (SELECT generate_series(date_trunc('month', min(created_at AT TIME ZONE 'Asia/Jakarta')),
            date_trunc('month', max(created_at AT TIME ZONE 'Asia/Jakarta')) + interval '10 years', interval '1 month') AS day
        FROM cases) days) m
JOIN cases c ON c.created_at < m.ends AND (c.closed_at IS NULL OR c.closed_at >= m.ends)
GROUP BY 1, 2;

-- +goose Down
DROP VIEW figures_case_open, figures_case_after, figures_case_outcomes, figures_case_contact, figures_case_kinds, figures_case_filed;
