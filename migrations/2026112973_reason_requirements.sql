-- +goose Up
-- Which requirement a reason for a refusal says is not met. A reason that contradicts what was found about that
-- requirement needs a second officer.
CREATE TABLE reason_requirements (
    code        text PRIMARY KEY,
    requirement text NOT NULL CONSTRAINT reason_requirements_known
        CHECK (requirement IN ('age_min', 'age_max', 'education', 'residence', 'certificate'))
);
INSERT INTO reason_requirements (code, requirement) VALUES
    ('age_too_young',        'age_min'),
    ('age_too_old',          'age_max'),
    ('education_too_low',    'education'),
    ('not_jakarta_resident', 'residence');

-- +goose Down
DROP TABLE reason_requirements;
