-- +goose Up
-- Whatever officers approved may wait for the moment that its institution chose.
ALTER TABLE programmes
    ADD COLUMN publish_at timestamptz,
    DROP CONSTRAINT programmes_state_known,
    DROP CONSTRAINT programmes_pending_state_known,
    ADD CONSTRAINT programmes_state_known CHECK (state IN ('draft', 'submitted', 'approved', 'published', 'closed', 'withdrawn')),
    ADD CONSTRAINT programmes_pending_state_known CHECK (pending_state IN ('draft', 'submitted', 'approved')),
    ADD CONSTRAINT programmes_approved_dated
        CHECK ((state <> 'approved' AND coalesce(pending_state, '') <> 'approved') OR publish_at IS NOT NULL);
CREATE INDEX programmes_scheduled ON programmes (publish_at, id) WHERE state = 'approved' OR pending_state = 'approved';

-- +goose Down
DROP INDEX programmes_scheduled;
UPDATE programmes
SET state = 'submitted'
WHERE state = 'approved';
UPDATE programmes
SET pending_state = 'submitted'
WHERE pending_state = 'approved';
ALTER TABLE programmes
    DROP CONSTRAINT programmes_approved_dated,
    DROP CONSTRAINT programmes_pending_state_known,
    DROP CONSTRAINT programmes_state_known,
    ADD CONSTRAINT programmes_state_known CHECK (state IN ('draft', 'submitted', 'published', 'closed', 'withdrawn')),
    ADD CONSTRAINT programmes_pending_state_known CHECK (pending_state IN ('draft', 'submitted')),
    DROP COLUMN publish_at;
