-- +goose Up
-- An alarm is told when a letter about it was handed over to whoever carries it, and not when it was written. Until then
-- it stands on the bar of the officers, and where none of its letters is on its way any more, others are written.
ALTER TABLE case_alarms
    ADD COLUMN tried_at timestamptz,
    ADD COLUMN tries int NOT NULL DEFAULT 0,
    ADD COLUMN letters bigint[] NOT NULL DEFAULT '{}';
UPDATE case_alarms SET tried_at = told_at, tries = 1 WHERE told_at IS NOT NULL;
DROP INDEX case_alarms_told;
CREATE INDEX case_alarms_tried ON case_alarms (level, tried_at DESC) WHERE tried_at IS NOT NULL;
CREATE INDEX case_alarms_untold ON case_alarms (case_id) WHERE told_at IS NULL;

-- +goose Down
DROP INDEX case_alarms_untold, case_alarms_tried;
CREATE INDEX case_alarms_told ON case_alarms (level, told_at DESC) WHERE told_at IS NOT NULL;
ALTER TABLE case_alarms DROP COLUMN tried_at, DROP COLUMN tries, DROP COLUMN letters;
