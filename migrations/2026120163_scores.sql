-- +goose Up
-- By what applicants of an intake are compared, set before its first test: the weight of each criterion and the best
-- score in it. The total runs from 0 to 100; whoever is below the pass mark has not passed.
ALTER TABLE intakes ADD COLUMN pass_mark numeric(5, 2)
    CONSTRAINT intakes_pass_mark_within CHECK (pass_mark BETWEEN 0 AND 100);
CREATE TABLE intake_criteria (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intake_id bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    position  int NOT NULL,
    name      text NOT NULL CONSTRAINT intake_criteria_named CHECK (name <> ''),
    weight    int NOT NULL CONSTRAINT intake_criteria_weight_within CHECK (weight BETWEEN 1 AND 100),
    best      numeric(6, 2) NOT NULL CONSTRAINT intake_criteria_best_counts CHECK (best > 0),
    CONSTRAINT intake_criteria_position_once UNIQUE (intake_id, position)
);
CREATE TABLE application_scores (
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    criterion_id   bigint NOT NULL REFERENCES intake_criteria ON DELETE CASCADE,
    score          numeric(6, 2) NOT NULL CONSTRAINT application_scores_not_negative CHECK (score >= 0),
    given_by       bigint NOT NULL REFERENCES users,
    at             timestamptz NOT NULL,
    PRIMARY KEY (application_id, criterion_id)
);
CREATE INDEX application_scores_by_criterion ON application_scores (criterion_id);
CREATE INDEX application_scores_by_giver ON application_scores (given_by);

-- +goose Down
DROP TABLE application_scores, intake_criteria;
ALTER TABLE intakes DROP COLUMN pass_mark;
