-- +goose Up
-- A letter has a last moment at which it is of use, falls when a newer one of its topic is written, stops when its
-- address is refused for good, and is held after a restore until an administrator lets it go.
ALTER TABLE notices
    ADD COLUMN useful_until timestamptz,
    ADD COLUMN topic bytea,
    ADD COLUMN refused_at timestamptz,
    DROP CONSTRAINT notices_state_known,
    ADD CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed', 'withheld', 'held')),
    ADD CONSTRAINT notices_refused_failed CHECK (refused_at IS NULL OR state = 'failed');
CREATE INDEX notices_by_topic ON notices (topic) WHERE topic IS NOT NULL AND state IN ('queued', 'failed');
CREATE INDEX notices_held ON notices (id) WHERE state = 'held';

-- +goose Down
DELETE FROM notices WHERE state = 'held';
ALTER TABLE notices
    DROP CONSTRAINT notices_refused_failed,
    DROP CONSTRAINT notices_state_known,
    ADD CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed', 'withheld')),
    DROP COLUMN refused_at,
    DROP COLUMN topic,
    DROP COLUMN useful_until;
