-- +goose Up
-- How often participants of an intake may be absent without an excuse: so many days, or so many percent of the class days.
-- Staff decide what follows; nothing does by itself.
ALTER TABLE intakes
    ADD COLUMN absence_in text NOT NULL DEFAULT ''
        CONSTRAINT intakes_absence_in_known CHECK (absence_in IN ('', 'days', 'percent')),
    ADD COLUMN absence_most int NOT NULL DEFAULT 0
        CONSTRAINT intakes_absence_most_within CHECK (absence_most BETWEEN 0 AND 100),
    ADD CONSTRAINT intakes_absence_whole CHECK (absence_in <> '' OR absence_most = 0);

-- For how many days after a course ends its institution sees how to reach the participants.
INSERT INTO dated_settings (what, amount, valid_from, why) VALUES
    ('class_contact_days', 14, '2026-01-01 00:00+07', 'Dua minggu cukup untuk membagikan hasil dan surat tamat.');

-- +goose Down
DELETE FROM dated_settings WHERE what = 'class_contact_days';
ALTER TABLE intakes
    DROP CONSTRAINT intakes_absence_whole,
    DROP COLUMN absence_in,
    DROP COLUMN absence_most;
