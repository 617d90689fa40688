-- +goose Up
-- Who is in a running course is told of a suspension of its institution at once, and so they are when it is lifted.
ALTER TABLE tellings
    DROP CONSTRAINT tellings_template_known,
    ADD CONSTRAINT tellings_template_known
        CHECK (template IN ('intake_cancelled', 'programme_changed', 'institution_halted', 'institution_resumed', 'intake_changed'));

-- +goose Down
DELETE FROM tellings WHERE template = 'institution_resumed';
ALTER TABLE tellings
    DROP CONSTRAINT tellings_template_known,
    ADD CONSTRAINT tellings_template_known
        CHECK (template IN ('intake_cancelled', 'programme_changed', 'institution_halted', 'intake_changed'));
