-- +goose Up
-- A letter that left was handed over; whoever carries it may report that it arrived, or that it never will. Until
-- then nobody says more than that it was handed over. A mail server names the letter by its Message-ID.
ALTER TABLE notices DROP CONSTRAINT notices_state_known;
UPDATE notices SET state = 'handed_over' WHERE state = 'sent';
ALTER TABLE notices
    ADD COLUMN delivered_at timestamptz,
    ADD COLUMN message_id text,
    ADD CONSTRAINT notices_state_known CHECK (state IN ('queued', 'handed_over', 'delivered', 'failed', 'withheld', 'held')),
    ADD CONSTRAINT notices_delivered_at CHECK ((delivered_at IS NOT NULL) = (state = 'delivered'));
CREATE UNIQUE INDEX notices_message_id ON notices (message_id) WHERE message_id IS NOT NULL;
DROP INDEX notices_sent, notices_unsent;
CREATE INDEX notices_gone ON notices (sent_at) WHERE state IN ('handed_over', 'delivered');
CREATE INDEX notices_not_gone ON notices (created_at) WHERE state NOT IN ('handed_over', 'delivered');

-- +goose Down
ALTER TABLE notices DROP CONSTRAINT notices_state_known, DROP CONSTRAINT notices_delivered_at;
UPDATE notices SET state = 'sent' WHERE state IN ('handed_over', 'delivered');
DROP INDEX notices_gone, notices_not_gone, notices_message_id;
ALTER TABLE notices
    DROP COLUMN message_id,
    DROP COLUMN delivered_at,
    ADD CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed', 'withheld', 'held'));
CREATE INDEX notices_sent ON notices (sent_at) WHERE state = 'sent';
CREATE INDEX notices_unsent ON notices (created_at) WHERE state <> 'sent';
