-- +goose Up
-- What stands on every page of an officer, to be counted there in one query together with the questions that wait. They name
-- nobody.

-- From when on, and until when, no version of a rule of getting ready holds that held before and was not ended for good.
-- Closed is the first day of the gap, until the last; empty is for good.
CREATE VIEW figures_rule_gaps AS
SELECT r.valid_to + 1 AS from_on, r.next_on - 1 AS to_on
FROM (SELECT code, valid_to, lead(valid_from) OVER (PARTITION BY document_code, variant, route, country_code, scheme ORDER BY valid_from)
            AS next_on
    FROM document_rules) r
WHERE r.valid_to IS NOT NULL
    AND (r.next_on IS NULL OR r.next_on > r.valid_to + 1)
    AND NOT EXISTS (SELECT
        FROM dated_changes c
        WHERE c.of_table = 'document_rules' AND c.code = r.code AND c.state = 'published' AND c.ends AND c.valid_to = r.valid_to);

-- The check-ins of which no case was made yet, with the moment from which the desk must know: unanswered for a day, or at once
-- where the asking was not delivered anywhere, or cannot be.
CREATE VIEW figures_silent_checkins AS
SELECT c.id AS checkin_id,
    u.id AS person_id, -- the account by which its person signs in
    CASE WHEN c.stuck_why <> '' OR NOT EXISTS (SELECT FROM checkin_steps s WHERE s.round_id = r.id AND NOT s.missing)
            THEN '-infinity'
        ELSE r.due_at + interval '1 day'
    END AS since
FROM (SELECT id FROM checkins WHERE ended_at IS NULL AND stuck_why <> ''
    UNION SELECT checkin_id FROM checkin_rounds WHERE closed_at IS NULL) w
JOIN checkins c ON c.id = w.id
LEFT JOIN account_joins t ON t.joined_id = c.user_id AND t.agreed AND t.undone_at IS NULL
JOIN users u ON u.id = coalesce(t.into_id, c.user_id) AND u.closed_at IS NULL
LEFT JOIN checkin_rounds r ON r.checkin_id = c.id AND r.closed_at IS NULL
WHERE c.ended_at IS NULL
    AND c.raised_at IS NULL;

-- +goose Down
DROP VIEW figures_silent_checkins, figures_rule_gaps;
