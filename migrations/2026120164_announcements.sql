-- +goose Up
-- The moment at which the outcomes of an intake become known, all together. Until then it can be taken back.
CREATE TABLE announcements (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intake_id     bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    asked_by      bigint REFERENCES users, -- null: before intakes were announced
    asked_at      timestamptz NOT NULL,
    announces_at  timestamptz NOT NULL,
    taken_back_at timestamptz,
    taken_back_by bigint REFERENCES users,
    done_at       timestamptz,
    CONSTRAINT announcements_later CHECK (announces_at >= asked_at),
    CONSTRAINT announcements_end_once CHECK (num_nonnulls(taken_back_at, done_at) <= 1),
    CONSTRAINT announcements_taken_back_by_somebody CHECK ((taken_back_at IS NULL) = (taken_back_by IS NULL))
);
CREATE UNIQUE INDEX announcements_one_open ON announcements (intake_id) WHERE taken_back_at IS NULL AND done_at IS NULL;
CREATE INDEX announcements_by_intake ON announcements (intake_id, id);
CREATE INDEX announcements_by_asker ON announcements (asked_by);
CREATE INDEX announcements_by_taker ON announcements (taken_back_by) WHERE taken_back_by IS NOT NULL;

-- An outcome of a selection has no moment of its own: it waits for its intake's.
ALTER TABLE decisions
    ALTER COLUMN announced_at DROP NOT NULL,
    ADD COLUMN announcement_id bigint REFERENCES announcements ON DELETE SET NULL,
    ADD COLUMN recalled_why text NOT NULL DEFAULT '',
    ADD CONSTRAINT decisions_only_outcomes_wait
        CHECK (announced_at IS NOT NULL OR act = 'record' AND done_at IS NULL AND void_at IS NULL);
CREATE INDEX decisions_by_announcement ON decisions (announcement_id) WHERE announcement_id IS NOT NULL;

-- Intakes of whose people some know their outcome already.
INSERT INTO announcements (intake_id, asked_at, announces_at, done_at)
SELECT n.id, now(), now(), now()
FROM intakes n
WHERE n.selection = 'test'
    AND EXISTS (SELECT 1
        FROM applications a
        JOIN application_events e ON e.application_id = a.id AND e.to_state IN ('accepted', 'reserve', 'not_selected')
        WHERE a.intake_id = n.id);

-- +goose Down
UPDATE decisions SET announced_at = decided_at WHERE announced_at IS NULL;
ALTER TABLE decisions
    DROP CONSTRAINT decisions_only_outcomes_wait,
    DROP COLUMN recalled_why,
    DROP COLUMN announcement_id,
    ALTER COLUMN announced_at SET NOT NULL;
DROP TABLE announcements;
