-- +goose Up
-- What an institution records is announced like officers' decisions.
ALTER TABLE decisions
    DROP CONSTRAINT decisions_act_known,
    ADD CONSTRAINT decisions_act_known CHECK (act IN ('verify', 'ask_fix', 'refuse', 'record'));

-- +goose Down
DELETE FROM decisions WHERE act = 'record';
ALTER TABLE decisions
    DROP CONSTRAINT decisions_act_known,
    ADD CONSTRAINT decisions_act_known CHECK (act IN ('verify', 'ask_fix', 'refuse'));
