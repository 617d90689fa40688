-- +goose Up
-- What was handed over late, when an officer had been asked already, is looked at as well: without a report it is missing.
CREATE INDEX case_notices_underway ON case_notices (handed_at) WHERE state = 'handed_over';

-- +goose Down
DROP INDEX case_notices_underway;
