-- +goose Up
-- Thirty days after a case ended whoever wrote to us is asked, once, whether it helped. The answer stays and counts when
-- the people of the case are gone; what they add is a message.
CREATE TABLE case_followups (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     bigint NOT NULL REFERENCES cases ON DELETE CASCADE,
    person_id   bigint REFERENCES case_people ON DELETE SET NULL,
    asked_at    timestamptz NOT NULL,
    answer      text CONSTRAINT case_followups_answer_known CHECK (answer IN ('helped', 'partly', 'not', 'none')),
    answered_at timestamptz,
    answered_by bigint REFERENCES users, -- the officer who was told; NULL: the person
    looked_at   timestamptz, -- when who holds the case, or the head, saw that it did not help
    CONSTRAINT case_followups_once UNIQUE (case_id, person_id),
    CONSTRAINT case_followups_answer_whole CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX case_followups_by_person ON case_followups (person_id);

-- +goose Down
DROP TABLE case_followups;
