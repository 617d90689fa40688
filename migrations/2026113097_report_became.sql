-- +goose Up
-- What somebody reported may go on as a case. Whoever reported reads how far that is, and not that all was done when it began.
ALTER TABLE reports
    ADD COLUMN became text NOT NULL DEFAULT '' CONSTRAINT reports_became_length CHECK (char_length(became) <= 20); -- its number

-- +goose Down
ALTER TABLE reports DROP COLUMN became;
