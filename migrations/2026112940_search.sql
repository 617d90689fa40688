-- +goose Up
-- People write a name with an apostrophe, with another mark, or without; with accents or without; and copy letters of
-- other alphabets that look the same. All are one in a search. models/search_words.go folds what is typed likewise.
-- +goose StatementBegin
CREATE FUNCTION f_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT regexp_replace(lower(public.f_unaccent(translate($1,
        'АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοιν' || '''`´‘’‚‛ʻʼʽʾʿˈ′＇',
        'ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXaoiv'))),
        '[^[:alnum:]]+', ' ', 'g') $$;
CREATE OR REPLACE FUNCTION f_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT to_tsvector('simple'::regconfig, regexp_replace(public.f_fold($1), '[^a-z0-9]+', ' ', 'g')) $$;
-- +goose StatementEnd
ALTER TABLE programmes DROP COLUMN search;
ALTER TABLE programmes ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(title || ' ' || scheme || ' ' || description)) STORED;
CREATE INDEX programmes_search ON programmes USING gin (search);
ALTER TABLE institutions DROP COLUMN search;
ALTER TABLE institutions ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(name)) STORED;
CREATE INDEX institutions_search ON institutions USING gin (search);
ALTER TABLE occupations ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(name_id || ' ' || name_en)) STORED;
CREATE INDEX occupations_search ON occupations USING gin (search);
CREATE INDEX users_name_folded ON users USING gin (f_fold(name) gin_trgm_ops);
CREATE INDEX institutions_name_folded ON institutions USING gin (f_fold(name) gin_trgm_ops);

-- Without statistics a search is planned as if the tables were empty. The running portal owns no table, so it asks for
-- them by this function, after many rows were added.
-- +goose StatementBegin
CREATE FUNCTION analyze_catalogue() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE institutions, programmes, programme_costs, intakes, occupations, regencies, education_levels, sectors;
END
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION analyze_catalogue;
DROP INDEX institutions_name_folded, users_name_folded;
ALTER TABLE occupations DROP COLUMN search;
ALTER TABLE institutions DROP COLUMN search;
ALTER TABLE programmes DROP COLUMN search;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION f_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT to_tsvector('simple'::regconfig, regexp_replace(lower(public.f_unaccent($1)), '[^a-z0-9]+', ' ', 'g')) $$;
-- +goose StatementEnd
ALTER TABLE programmes ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(title || ' ' || scheme || ' ' || description)) STORED;
CREATE INDEX programmes_search ON programmes USING gin (search);
ALTER TABLE institutions ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(name)) STORED;
CREATE INDEX institutions_search ON institutions USING gin (search);
DROP FUNCTION f_fold;
