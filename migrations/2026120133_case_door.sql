-- +goose Up
-- Cases can come from a check-in: nobody answered, or whoever answered needs help.
ALTER TABLE cases DROP CONSTRAINT cases_door_known,
    ADD CONSTRAINT cases_door_known CHECK (door IN ('abroad', 'family', 'returning', 'nearby', 'desk', 'checkin'));

-- +goose Down
UPDATE cases SET door = 'desk' WHERE door = 'checkin';
ALTER TABLE cases DROP CONSTRAINT cases_door_known,
    ADD CONSTRAINT cases_door_known CHECK (door IN ('abroad', 'family', 'returning', 'nearby', 'desk'));
