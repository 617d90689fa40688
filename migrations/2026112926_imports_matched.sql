-- +goose Up
-- What became of an import, by kind of outcome: {"new": 3, "changed": 1, "same": 36, "aside": 2}.
ALTER TABLE imports ADD COLUMN result jsonb NOT NULL DEFAULT '{}';

-- The reference of the import that made a programme, so that the import can be taken back while nobody has touched it.
-- It is no foreign key: imports are a person's and go after two weeks, programmes stay.
ALTER TABLE programmes ADD COLUMN import_ref text NOT NULL DEFAULT '';
CREATE INDEX programmes_by_import ON programmes (import_ref) WHERE import_ref <> '';

-- Two codes that differ by letter case alone are one code to people: an import finds a programme by either.
CREATE INDEX programmes_code_folded ON programmes (institution_id, lower(code)) WHERE code <> '';

-- How an institution calls the columns of its own lists.
CREATE TABLE import_headings (
    institution_id bigint NOT NULL REFERENCES institutions ON DELETE CASCADE,
    heading        text NOT NULL CONSTRAINT import_headings_length CHECK (char_length(heading) BETWEEN 1 AND 200),
    code           text NOT NULL,
    PRIMARY KEY (institution_id, heading)
);

-- The number of an institution on a list counts within that list.
ALTER TABLE institutions ADD COLUMN external_source text NOT NULL DEFAULT '';
ALTER TABLE institutions DROP CONSTRAINT institutions_external_key_unique;
ALTER TABLE institutions ADD CONSTRAINT institutions_external_key_unique UNIQUE (external_source, external_key);

-- The list of one's uploads says for two weeks what became of them.
INSERT INTO retention_terms (what, days, valid_from, why)
VALUES ('import', 14, '2026-11-28', 'Pengunggah melihat hasil unggahannya selama dua minggu; setelah itu lembar kerja tidak diperlukan lagi.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'import' AND valid_from = '2026-11-28';
ALTER TABLE institutions DROP CONSTRAINT institutions_external_key_unique;
UPDATE institutions SET external_key = NULL WHERE external_source <> '';
ALTER TABLE institutions ADD CONSTRAINT institutions_external_key_unique UNIQUE (external_key);
ALTER TABLE institutions DROP COLUMN external_source;
DROP TABLE import_headings;
DROP INDEX programmes_code_folded;
ALTER TABLE programmes DROP COLUMN import_ref;
ALTER TABLE imports DROP COLUMN result;
