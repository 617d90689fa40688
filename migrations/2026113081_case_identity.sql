-- +goose Up
-- Who has no paper is known by what they say of themselves. Numbers of papers lie sealed, the mother's name nowhere: what
-- is compared is a keyed index. Words of names are found in any order by theirs.
ALTER TABLE case_people
    ADD COLUMN mother_index bytea,
    ADD COLUMN passport_sealed bytea,
    ADD COLUMN passport_index bytea,
    ADD COLUMN nik_sealed bytea,
    ADD COLUMN nik_index bytea,
    ADD CONSTRAINT case_people_passport_whole CHECK ((passport_sealed IS NULL) = (passport_index IS NULL)),
    ADD CONSTRAINT case_people_nik_whole CHECK ((nik_sealed IS NULL) = (nik_index IS NULL));
CREATE INDEX case_people_by_passport ON case_people (passport_index) WHERE passport_index IS NOT NULL;
CREATE INDEX case_people_by_nik ON case_people (nik_index) WHERE nik_index IS NOT NULL;

CREATE TABLE case_name_words (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id  bigint NOT NULL REFERENCES case_people ON DELETE CASCADE,
    word_index bytea NOT NULL,
    CONSTRAINT case_name_words_once UNIQUE (person_id, word_index)
);
CREATE INDEX case_name_words_by_word ON case_name_words (word_index, person_id);

-- +goose Down
DROP TABLE case_name_words;
ALTER TABLE case_people
    DROP COLUMN mother_index,
    DROP COLUMN passport_sealed,
    DROP COLUMN passport_index,
    DROP COLUMN nik_sealed,
    DROP COLUMN nik_index;
