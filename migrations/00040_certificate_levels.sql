-- +goose Up
-- The levels of every kind of certificate, those of language tests among them. Tests that know only scores have
-- a level from each threshold on, and the range that a score can lie in.
CREATE TABLE certificate_levels (
    code             text PRIMARY KEY,
    certificate_type text NOT NULL REFERENCES certificate_types,
    test             text NOT NULL,
    level            text NOT NULL,
    rank             int  NOT NULL,
    name_id          text NOT NULL,
    name_en          text NOT NULL,
    cefr             text NOT NULL DEFAULT '',
    note_id          text NOT NULL DEFAULT '',
    note_en          text NOT NULL DEFAULT '',
    score            int,
    score_min        int,
    score_max        int,
    CONSTRAINT certificate_levels_of_type UNIQUE (code, certificate_type),
    CONSTRAINT certificate_levels_scored CHECK (num_nulls(score, score_min, score_max) IN (0, 3)),
    CONSTRAINT certificate_levels_in_range CHECK (score BETWEEN score_min AND score_max)
);
CREATE INDEX certificate_levels_by_type ON certificate_levels (certificate_type, test, rank);
DROP TABLE language_levels;

ALTER TABLE certificates ADD COLUMN level_code text;
ALTER TABLE certificates ADD CONSTRAINT certificates_level_of_type FOREIGN KEY (level_code, type_code) REFERENCES certificate_levels (code, certificate_type);
ALTER TABLE certificates ADD COLUMN test text NOT NULL DEFAULT '';
ALTER TABLE certificates ADD COLUMN score int CONSTRAINT certificates_score_range CHECK (score BETWEEN 0 AND 9999);
ALTER TABLE certificates ADD CONSTRAINT certificates_score_of_test CHECK ((score IS NULL) = (test = ''));

-- "I have none" is an answer of its own, not a list that was left empty.
ALTER TABLE applications ADD COLUMN no_certificate boolean NOT NULL DEFAULT false;
UPDATE applications a SET no_certificate = true
    WHERE first_submitted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM application_certificates c WHERE c.application_id = a.id);

-- +goose Down
ALTER TABLE applications DROP COLUMN no_certificate;
ALTER TABLE certificates DROP CONSTRAINT certificates_level_of_type, DROP COLUMN score, DROP COLUMN test, DROP COLUMN level_code;
CREATE TABLE language_levels (
    code             text PRIMARY KEY,
    language         text NOT NULL,
    language_id      text NOT NULL,
    language_en      text NOT NULL,
    test             text NOT NULL,
    certificate_type text NOT NULL REFERENCES certificate_types,
    level            text NOT NULL,
    rank             int  NOT NULL
);
DROP TABLE certificate_levels;
