-- +goose Up
-- How somebody may be reached at one of their addresses. A row belongs to the address, of which it holds a keyed
-- index only; an address without a live row is written to as ever. A new word ends the row before it, which stays.
CREATE TABLE contact_rules (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id           bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    channel           text NOT NULL CONSTRAINT contact_rules_channel_known CHECK (channel IN ('email', 'phone')),
    address_index     bytea NOT NULL CONSTRAINT contact_rules_address_index_size CHECK (octet_length(address_index) = 32),
    allowed           boolean NOT NULL, -- anything but a code that is asked for at that moment
    from_hour         smallint, -- in WIB; both null: at any hour
    to_hour           smallint, -- not within any more; smaller than from_hour: the hours pass midnight
    may_name_us       boolean NOT NULL, -- neither the portal nor the matter otherwise
    may_leave_message boolean NOT NULL, -- what stays there and can be read or heard later, as all letters do
    others_answer     text NOT NULL CONSTRAINT contact_rules_others_answer_length CHECK (char_length(others_answer) <= 500),
    note              text NOT NULL CONSTRAINT contact_rules_note_length CHECK (char_length(note) <= 500),
    set_by            bigint NOT NULL REFERENCES users,
    set_at            timestamptz NOT NULL,
    ended_at          timestamptz,
    CONSTRAINT contact_rules_hours_known CHECK (from_hour BETWEEN 0 AND 23 AND to_hour BETWEEN 0 AND 23),
    CONSTRAINT contact_rules_hours_paired CHECK ((from_hour IS NULL) = (to_hour IS NULL)),
    CONSTRAINT contact_rules_hours_differ CHECK (from_hour <> to_hour),
    CONSTRAINT contact_rules_ended_later CHECK (ended_at >= set_at)
);
CREATE UNIQUE INDEX contact_rules_one_live ON contact_rules (address_index, user_id) WHERE ended_at IS NULL;
CREATE INDEX contact_rules_by_user ON contact_rules (user_id, id);

-- A letter that a rule does not let leave is kept as a row without its words; error says why.
ALTER TABLE notices DROP CONSTRAINT notices_state_known,
    ADD CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed', 'withheld')),
    ADD CONSTRAINT notices_withheld_empty CHECK (state <> 'withheld' OR (sealed IS NULL AND error <> ''));
CREATE INDEX notices_withheld ON notices (created_at DESC, id DESC) WHERE state = 'withheld';

-- +goose Down
DELETE FROM notices WHERE state = 'withheld';
DROP INDEX notices_withheld;
ALTER TABLE notices DROP CONSTRAINT notices_withheld_empty, DROP CONSTRAINT notices_state_known,
    ADD CONSTRAINT notices_state_known CHECK (state IN ('queued', 'sent', 'failed'));
DROP TABLE contact_rules;
