-- +goose Up
-- Figures of cases as they were published, once for each month that has ended: as they may be seen, so that nothing that
-- happens later can be found out by looking again. What is hidden is not in them.
CREATE TABLE case_figures (
    month        date PRIMARY KEY CONSTRAINT case_figures_first_of_month CHECK (extract(day FROM month) = 1),
    figures      json NOT NULL,
    published_at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE case_figures;
