-- +goose Up
-- A seat of somebody who dropped out of a course that had begun stays taken until it is given again. A person says
-- that they take their seat. A reserve who was passed over is told why; no reason means that they are in another
-- course. An event may be something else than a step from one state to the next.
ALTER TABLE applications
    ADD COLUMN seat_kept boolean NOT NULL DEFAULT false,
    ADD COLUMN confirmed_at timestamptz,
    ADD COLUMN passed_over_at timestamptz,
    ADD COLUMN passed_over_reason text NOT NULL DEFAULT '',
    ADD CONSTRAINT applications_seat_kept_by_dropped CHECK (NOT seat_kept OR state = 'dropped');
UPDATE applications a SET seat_kept = true
FROM intakes n
WHERE n.id = a.intake_id
    AND a.state = 'dropped'
    AND EXISTS (SELECT 1
        FROM application_events e
        WHERE e.application_id = a.id
            AND e.to_state = 'dropped'
            AND (e.at AT TIME ZONE 'Asia/Jakarta')::date >= n.starts_on);
ALTER TABLE application_events
    ADD COLUMN kind text NOT NULL DEFAULT ''
        CONSTRAINT application_events_kind_known CHECK (kind IN ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed'));

-- What changed of the dates and the place of an intake to which people had applied.
CREATE TABLE intake_changes (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intake_id bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    at        timestamptz NOT NULL,
    was       jsonb NOT NULL,
    becomes   jsonb NOT NULL
);
CREATE INDEX intake_changes_by_intake ON intake_changes (intake_id, id);
ALTER TABLE tellings ADD COLUMN change_id bigint REFERENCES intake_changes ON DELETE CASCADE;

-- +goose Down
ALTER TABLE tellings DROP COLUMN change_id;
DROP TABLE intake_changes;
ALTER TABLE application_events DROP COLUMN kind;
ALTER TABLE applications DROP COLUMN passed_over_reason, DROP COLUMN passed_over_at, DROP COLUMN confirmed_at, DROP COLUMN seat_kept;
