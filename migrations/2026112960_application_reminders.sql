-- +goose Up
-- Before a date passes that ends an application, or a course begins, the person is told once: in which state, before
-- which date, how long before. A new reminder is a new row.
CREATE TABLE application_reminders (
    code     text PRIMARY KEY,
    state    text NOT NULL,
    due      text NOT NULL CONSTRAINT application_reminders_due_known
        CHECK (due IN ('closes_at', 'fix_by', 'test_at', 'enrol_by', 'starts_on')),
    hours    int  NOT NULL CONSTRAINT application_reminders_hours_positive CHECK (hours > 0)
);
INSERT INTO application_reminders (code, state, due, hours) VALUES
    ('draft',  'draft',     'closes_at', 48),
    ('fix',    'needs_fix', 'fix_by',    48),
    ('test',   'invited',   'test_at',   24),
    ('enrol',  'accepted',  'enrol_by',  24),
    ('start',  'enrolled',  'starts_on', 72);
CREATE INDEX applications_test_due ON applications (test_at) WHERE state = 'invited';
CREATE INDEX intakes_starting ON intakes (starts_on) WHERE state = 'published';

-- +goose Down
DROP INDEX intakes_starting, applications_test_due;
DROP TABLE application_reminders;
