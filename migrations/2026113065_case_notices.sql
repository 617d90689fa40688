-- +goose Up
-- A notice tells somebody on a case, outside the portal, that a word for them is there; the word itself never leaves. It
-- leaves by the channel and in the hours that the person called safe, or an officer reaches them by hand. Whoever carries
-- it names it by its key, a mail server by its Message-ID.
CREATE TABLE case_notices (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          text NOT NULL CONSTRAINT case_notices_key_unique UNIQUE,
    case_id      bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    person_id    bigint NOT NULL REFERENCES case_people ON DELETE CASCADE,
    kind         text NOT NULL CONSTRAINT case_notices_kind_known CHECK (kind IN ('message', 'asked')),
    channel      text NOT NULL,
    state        text NOT NULL CONSTRAINT case_notices_state_known
        CHECK (state IN ('waiting', 'handed_over', 'delivered', 'missing', 'failed', 'refused', 'by_hand', 'reached', 'read')),
    why          text NOT NULL, -- a code
    created_at   timestamptz NOT NULL,
    due_at       timestamptz NOT NULL, -- from when on it may leave
    handed_at    timestamptz,
    delivered_at timestamptz,
    asked_at     timestamptz, -- when it became an officer's matter
    message_id   text CONSTRAINT case_notices_message_id_unique UNIQUE,
    CONSTRAINT case_notices_delivered_at CHECK ((delivered_at IS NOT NULL) = (state = 'delivered')),
    CONSTRAINT case_notices_handed_at CHECK (state NOT IN ('handed_over', 'delivered', 'missing') OR handed_at IS NOT NULL)
);
CREATE INDEX case_notices_by_case ON case_notices (case_id, id);
CREATE INDEX case_notices_by_person ON case_notices (person_id, id);
CREATE INDEX case_notices_unasked ON case_notices (id) WHERE asked_at IS NULL AND state IN ('waiting', 'handed_over', 'failed');
CREATE UNIQUE INDEX case_notices_one_waits ON case_notices (person_id, kind) WHERE state IN ('waiting', 'by_hand');

-- +goose Down
DROP TABLE case_notices;
