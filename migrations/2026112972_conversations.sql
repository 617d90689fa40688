-- +goose Up
-- How long the desk gives itself, dated: the newest row of a kind that holds at an instant counts.
CREATE TABLE service_times (
    what       text NOT NULL CONSTRAINT service_times_what_known CHECK (what IN ('application', 'question', 'right')),
    unit       text NOT NULL CONSTRAINT service_times_unit_known CHECK (unit IN ('working_days', 'hours')),
    amount     int  NOT NULL CONSTRAINT service_times_amount_positive CHECK (amount > 0),
    valid_from timestamptz NOT NULL,
    why        text NOT NULL CONSTRAINT service_times_why_given CHECK (why <> ''),
    PRIMARY KEY (what, valid_from)
);
INSERT INTO service_times (what, unit, amount, valid_from, why) VALUES
    ('application', 'working_days', 5,  '2026-01-01 00:00+07', 'Lima hari kerja sejak berkas dikirim, seperti yang dijanjikan pada tanda terima.'),
    ('question',    'working_days', 3,  '2026-01-01 00:00+07', 'Tiga hari kerja sejak pertanyaan yang pertama belum dijawab.'),
    ('right',       'hours',        72, '2026-01-01 00:00+07', 'Hak subjek data dikerjakan paling lambat 3 x 24 jam (UU 27/2022).');

-- What somebody and the officers write to each other about one subject. A question waits from waiting_since until an
-- answer; due_at is when the answer is due. Somebody without an account leaves a name and a way to be reached.
CREATE TABLE conversations (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref            text NOT NULL CONSTRAINT conversations_ref_unique UNIQUE,
    subject        text NOT NULL,
    application_id bigint CONSTRAINT conversations_one_per_application UNIQUE REFERENCES applications ON DELETE CASCADE,
    person_id      bigint REFERENCES users ON DELETE CASCADE,
    institution_id bigint CONSTRAINT conversations_one_per_institution UNIQUE REFERENCES institutions ON DELETE CASCADE,
    data_right     text NOT NULL DEFAULT '',
    name           text NOT NULL DEFAULT '' CONSTRAINT conversations_name_length CHECK (char_length(name) <= 200),
    contact        text NOT NULL DEFAULT '' CONSTRAINT conversations_contact_length CHECK (char_length(contact) <= 200),
    form_token     uuid CONSTRAINT conversations_form_token_unique UNIQUE,
    created_at     timestamptz NOT NULL,
    waiting_since  timestamptz,
    due_at         timestamptz,
    answered_at    timestamptz,
    CONSTRAINT conversations_about_one_thing CHECK (CASE subject
        WHEN 'application' THEN application_id IS NOT NULL AND person_id IS NOT NULL AND institution_id IS NULL AND data_right = ''
        WHEN 'person' THEN application_id IS NULL AND person_id IS NOT NULL AND institution_id IS NULL AND data_right = ''
        WHEN 'institution' THEN application_id IS NULL AND person_id IS NULL AND institution_id IS NOT NULL AND data_right = ''
        WHEN 'right' THEN application_id IS NULL AND institution_id IS NULL AND (person_id IS NOT NULL OR contact <> '')
            AND data_right IN ('access', 'correction', 'deletion', 'restriction', 'objection', 'withdrawal')
        ELSE false
    END),
    CONSTRAINT conversations_clock_runs_while_waiting CHECK ((waiting_since IS NULL) = (due_at IS NULL))
);
CREATE UNIQUE INDEX conversations_one_per_person ON conversations (person_id) WHERE subject = 'person';
CREATE INDEX conversations_by_person ON conversations (person_id);
CREATE INDEX conversations_open ON conversations (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX conversations_answered ON conversations (answered_at DESC, id DESC) WHERE due_at IS NULL;

ALTER TABLE messages
    ADD COLUMN conversation_id bigint REFERENCES conversations ON DELETE CASCADE,
    ADD COLUMN from_desk boolean NOT NULL DEFAULT false,
    ALTER COLUMN author_id DROP NOT NULL;
UPDATE messages SET from_desk = author_role <> 'seeker';
-- What was asked last and never answered has waited since then; its three days count from that Monday to Friday.
INSERT INTO conversations (ref, subject, application_id, person_id, created_at, waiting_since, due_at, answered_at)
SELECT 'TJ-' || lpad(upper(to_hex(a.id)), 8, '0'), 'application', a.id, a.seeker_id, min(m.created_at),
    min(m.created_at) FILTER (WHERE m.id > coalesce(said.last, 0)),
    min(m.created_at) FILTER (WHERE m.id > coalesce(said.last, 0)) + interval '5 days',
    max(m.created_at) FILTER (WHERE m.from_desk)
FROM messages m
JOIN applications a ON a.id = m.application_id
LEFT JOIN LATERAL (SELECT max(d.id) AS last FROM messages d WHERE d.application_id = a.id AND d.from_desk) said ON true
GROUP BY a.id, said.last;
UPDATE messages m SET conversation_id = c.id FROM conversations c WHERE c.application_id = m.application_id;
ALTER TABLE messages ALTER COLUMN conversation_id SET NOT NULL, ALTER COLUMN from_desk DROP DEFAULT, DROP COLUMN application_id;
CREATE INDEX messages_by_conversation ON messages (conversation_id, id);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('data_request', 730, '2026-01-01', 'Bukti bahwa permintaan hak subjek data dijawab pada waktunya, selama masih bisa dipersoalkan.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'data_request';
ALTER TABLE messages ADD COLUMN application_id bigint REFERENCES applications ON DELETE CASCADE;
UPDATE messages m SET application_id = c.application_id FROM conversations c WHERE c.id = m.conversation_id;
DELETE FROM messages WHERE application_id IS NULL;
ALTER TABLE messages
    ALTER COLUMN application_id SET NOT NULL, ALTER COLUMN author_id SET NOT NULL,
    DROP COLUMN conversation_id, DROP COLUMN from_desk;
CREATE INDEX messages_by_application ON messages (application_id, id);
DROP TABLE conversations, service_times;
