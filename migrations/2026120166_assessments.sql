-- +goose Up
-- Of a competence test also where it is, and the number of the paper that the LSP gives to who is competent.
ALTER TABLE applications
    ADD COLUMN assessment_place text NOT NULL DEFAULT '',
    ADD COLUMN assessment_number text NOT NULL DEFAULT '',
    ADD CONSTRAINT applications_assessment_number_of_competent CHECK (assessment_number = '' OR assessment = 'competent'),
    ADD CONSTRAINT applications_assessment_place_of_test CHECK (assessment_place = '' OR assessment IS NOT NULL);

-- +goose Down
ALTER TABLE applications DROP COLUMN assessment_place, DROP COLUMN assessment_number;
