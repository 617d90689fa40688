-- +goose Up
-- The dates of an intake stand in the order of what happens: closing, test, announcement, start. What stands otherwise
-- from before is left until somebody changes it; a cancelled one does not matter.
ALTER TABLE intakes
    ADD CONSTRAINT intakes_test_after_close CHECK (state = 'cancelled' OR test_on >= (closes_at AT TIME ZONE 'Asia/Jakarta')::date) NOT VALID,
    ADD CONSTRAINT intakes_test_before_start CHECK (state = 'cancelled' OR test_on < starts_on) NOT VALID,
    ADD CONSTRAINT intakes_announce_in_order CHECK (state = 'cancelled' OR announce_on >= coalesce(test_on,
        (closes_at AT TIME ZONE 'Asia/Jakarta')::date) AND announce_on <= starts_on) NOT VALID;

-- +goose Down
ALTER TABLE intakes
    DROP CONSTRAINT intakes_announce_in_order,
    DROP CONSTRAINT intakes_test_before_start,
    DROP CONSTRAINT intakes_test_after_close;
