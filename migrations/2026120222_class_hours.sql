-- +goose Up
-- On which days of the week a class of an intake meets, and from when until when.
ALTER TABLE intakes
    ADD COLUMN class_days text[] NOT NULL DEFAULT '{}'
        CONSTRAINT intakes_class_days_known CHECK (class_days <@ ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
    ADD COLUMN class_from text NOT NULL DEFAULT ''
        CONSTRAINT intakes_class_from_clock CHECK (class_from ~ '^(([01][0-9]|2[0-3])[.][0-5][0-9])?$'),
    ADD COLUMN class_until text NOT NULL DEFAULT ''
        CONSTRAINT intakes_class_until_clock CHECK (class_until ~ '^(([01][0-9]|2[0-3])[.][0-5][0-9])?$'),
    ADD CONSTRAINT intakes_class_in_order
        CHECK (class_from = '' AND class_until = '' OR class_from <> '' AND class_from COLLATE "C" < class_until COLLATE "C");

-- +goose Down
ALTER TABLE intakes
    DROP CONSTRAINT intakes_class_in_order,
    DROP COLUMN class_until,
    DROP COLUMN class_from,
    DROP COLUMN class_days;
