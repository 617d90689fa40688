-- +goose Up
-- What became of the people who applied in a year, of each programme and, without one, of the whole institution. Counted
-- anew each night: the pages and the middle of all institutions read these rows alone. Days are the middle of what a step
-- took, empty where nobody took it.
CREATE TABLE programme_figures (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    institution_id bigint      NOT NULL CONSTRAINT programme_figures_institution REFERENCES institutions (id) ON DELETE CASCADE,
    programme_id   bigint      CONSTRAINT programme_figures_programme REFERENCES programmes (id) ON DELETE CASCADE,
    year           int         NOT NULL,
    applied        int         NOT NULL,
    passed         int         NOT NULL,
    tested         int         NOT NULL,
    accepted       int         NOT NULL,
    enrolled       int         NOT NULL,
    finished       int         NOT NULL,
    competent      int         NOT NULL,
    days_review    float8,
    days_choice    float8,
    days_enrolment float8,
    counted_at     timestamptz NOT NULL,
    CONSTRAINT programme_figures_once UNIQUE NULLS NOT DISTINCT (institution_id, year, programme_id),
    CONSTRAINT programme_figures_of_applied CHECK (greatest(passed, tested, accepted, enrolled, finished, competent) <= applied)
);
CREATE INDEX programme_figures_of_all ON programme_figures (year) WHERE programme_id IS NULL;
CREATE INDEX programme_figures_of_programme ON programme_figures (programme_id);

-- +goose Down
DROP TABLE programme_figures;
