-- +goose Up
-- The officers' queue in any state, oldest first; the partial index applications_queue serves the usual one.
CREATE INDEX applications_by_state ON applications (state, first_submitted_at, id) WHERE first_submitted_at IS NOT NULL;

-- +goose Down
DROP INDEX applications_by_state;
