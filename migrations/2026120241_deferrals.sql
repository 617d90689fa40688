-- +goose Up
-- Somebody who has a seat or waits for one may go to a later intake of the same programme: they ask, or the institution
-- offers it. From the offer on a seat there is promised to them; they take it or not.
CREATE TABLE deferrals (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    from_intake_id bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    intake_id      bigint REFERENCES intakes ON DELETE CASCADE, -- null: none was offered yet
    asked_at       timestamptz,                                 -- null: the institution began it
    asked_why      text NOT NULL DEFAULT '',
    offered_at     timestamptz,
    offered_by     bigint REFERENCES users,
    offered_why    text NOT NULL DEFAULT '',
    confirm_by     timestamptz,
    ended_at       timestamptz,
    ended_as       text NOT NULL DEFAULT '',
    ended_by       bigint REFERENCES users, -- null: the portal itself
    ended_why      text NOT NULL DEFAULT '',
    CONSTRAINT deferrals_begun CHECK (asked_at IS NOT NULL OR offered_at IS NOT NULL),
    CONSTRAINT deferrals_asked_why CHECK ((asked_at IS NULL) = (asked_why = '')),
    CONSTRAINT deferrals_offer_whole
        CHECK (num_nonnulls(intake_id, offered_at, offered_by, confirm_by) IN (0, 4) AND (offered_at IS NULL) = (offered_why = '')),
    CONSTRAINT deferrals_elsewhere CHECK (intake_id <> from_intake_id),
    CONSTRAINT deferrals_end_known CHECK (ended_as IN ('', 'moved', 'declined', 'taken_back', 'lapsed', 'left')),
    CONSTRAINT deferrals_end_once CHECK ((ended_at IS NULL) = (ended_as = ''))
);
CREATE UNIQUE INDEX deferrals_one_open ON deferrals (application_id) WHERE ended_at IS NULL;
CREATE INDEX deferrals_by_application ON deferrals (application_id, id);
CREATE INDEX deferrals_by_intake ON deferrals (intake_id) WHERE intake_id IS NOT NULL;
CREATE INDEX deferrals_from_intake ON deferrals (from_intake_id);
CREATE INDEX deferrals_by_term ON deferrals (confirm_by) WHERE ended_at IS NULL;
CREATE INDEX deferrals_by_offerer ON deferrals (offered_by) WHERE offered_by IS NOT NULL;
CREATE INDEX deferrals_by_ender ON deferrals (ended_by) WHERE ended_by IS NOT NULL;

ALTER TABLE application_events DROP CONSTRAINT application_events_kind_known,
    ADD CONSTRAINT application_events_kind_known CHECK (kind IN
        ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed', 'carried', 'coming', 'cannot_come', 'unplaced',
            'defer_asked', 'defer_offered', 'defer_ended', 'defer_moved'));

-- +goose Down
UPDATE application_events SET kind = 'moved' WHERE kind IN ('defer_asked', 'defer_offered', 'defer_ended', 'defer_moved');
ALTER TABLE application_events DROP CONSTRAINT application_events_kind_known,
    ADD CONSTRAINT application_events_kind_known CHECK (kind IN
        ('', 'corrected', 'extended', 'moved', 'confirmed', 'assessed', 'carried', 'coming', 'cannot_come', 'unplaced'));
DROP TABLE deferrals;
