-- +goose Up
-- When and where applicants of an intake are tested, and how many at once. Of somebody who is invited, test_at and
-- test_place say what they were told of their session. Numbers in a session are never given twice, so that a list that was
-- opened before somebody moved away names nobody else by theirs.
CREATE TABLE test_sessions (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref           text NOT NULL CONSTRAINT test_sessions_ref_unique UNIQUE,
    intake_id     bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    starts_at     timestamptz NOT NULL,
    place         text NOT NULL CONSTRAINT test_sessions_place_named CHECK (place <> ''),
    room          text NOT NULL DEFAULT '',
    capacity      int NOT NULL CONSTRAINT test_sessions_capacity_within CHECK (capacity BETWEEN 1 AND 300),
    last_number   int NOT NULL DEFAULT 0,
    version       int NOT NULL DEFAULT 1,
    created_by    bigint REFERENCES users, -- null: made of invitations that were sent before there were sessions
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    cancelled_at  timestamptz,
    cancelled_by  bigint REFERENCES users,
    cancel_reason text NOT NULL DEFAULT '',
    door_at       timestamptz, -- when presence was recorded for all of it
    door_by       bigint REFERENCES users,
    door_token    uuid,        -- of the list that was recorded last, also after that was taken back
    CONSTRAINT test_sessions_cancelled_by_somebody
        CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL) AND (cancelled_at IS NULL) = (cancel_reason = '')),
    CONSTRAINT test_sessions_door_by_somebody CHECK ((door_at IS NULL) = (door_by IS NULL))
);
CREATE UNIQUE INDEX test_sessions_once ON test_sessions (intake_id, starts_at, place, room) WHERE cancelled_at IS NULL;
CREATE INDEX test_sessions_by_intake ON test_sessions (intake_id, starts_at, id);
CREATE INDEX test_sessions_by_creator ON test_sessions (created_by);
CREATE INDEX test_sessions_by_canceller ON test_sessions (cancelled_by) WHERE cancelled_by IS NOT NULL;
CREATE INDEX test_sessions_by_door ON test_sessions (door_by) WHERE door_by IS NOT NULL;

ALTER TABLE applications
    ADD COLUMN session_id bigint CONSTRAINT applications_in_session REFERENCES test_sessions,
    ADD COLUMN session_number int,
    ADD COLUMN test_answer text NOT NULL DEFAULT ''
        CONSTRAINT applications_test_answer_known CHECK (test_answer IN ('', 'coming', 'cannot')),
    ADD COLUMN test_answered_at timestamptz,
    ADD CONSTRAINT applications_session_numbered CHECK ((session_id IS NULL) = (session_number IS NULL)),
    ADD CONSTRAINT applications_test_answered_once CHECK ((test_answer = '') = (test_answered_at IS NULL));
CREATE UNIQUE INDEX applications_session_number_once ON applications (session_id, session_number) WHERE session_id IS NOT NULL;

ALTER TABLE application_events DROP CONSTRAINT application_events_kind_known,
    ADD CONSTRAINT application_events_kind_known CHECK (kind IN
        ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed', 'carried', 'coming', 'cannot_come', 'unplaced'));

INSERT INTO test_sessions (ref, intake_id, starts_at, place, capacity, last_number, created_at, updated_at)
SELECT 'TS-' || upper(substr(md5(a.intake_id || '.' || a.test_at || '.' || a.test_place), 1, 8)), a.intake_id, a.test_at,
    coalesce(nullif(a.test_place, ''), '-'), least(count(*), 300), count(*), now(), now()
FROM applications a
WHERE a.test_at IS NOT NULL
GROUP BY a.intake_id, a.test_at, a.test_place;
UPDATE applications a
SET session_id = t.id, session_number = n.number
FROM (SELECT id, row_number() OVER (PARTITION BY intake_id, test_at, test_place ORDER BY first_submitted_at, id) AS number
    FROM applications
    WHERE test_at IS NOT NULL) n,
    test_sessions t
WHERE n.id = a.id
    AND t.intake_id = a.intake_id
    AND t.starts_at = a.test_at
    AND t.place = coalesce(nullif(a.test_place, ''), '-');

-- +goose Down
UPDATE application_events SET kind = 'moved' WHERE kind IN ('coming', 'cannot_come', 'unplaced');
ALTER TABLE application_events DROP CONSTRAINT application_events_kind_known,
    ADD CONSTRAINT application_events_kind_known
        CHECK (kind IN ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed', 'carried'));
ALTER TABLE applications
    DROP COLUMN session_id,
    DROP COLUMN session_number,
    DROP COLUMN test_answer,
    DROP COLUMN test_answered_at;
DROP TABLE test_sessions;
