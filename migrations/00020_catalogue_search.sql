-- +goose Up
-- Words as they are written; the forms of a word (las, mengelas, pengelasan) are spelled out on the side of the
-- query (models/word.go), because PostgreSQL's Indonesian stemmer does not know the changes that prefixes make.
-- All but letters and digits becomes a space first: the parser takes UI/UX for the name of a file.
-- +goose StatementBegin
CREATE FUNCTION f_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT to_tsvector('simple'::regconfig, regexp_replace(lower(public.f_unaccent($1)), '[^a-z0-9]+', ' ', 'g')) $$;
-- +goose StatementEnd
ALTER TABLE programmes DROP COLUMN search;
ALTER TABLE programmes ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(title || ' ' || scheme || ' ' || description)) STORED;
CREATE INDEX programmes_search ON programmes USING gin (search);
ALTER TABLE institutions ADD COLUMN search tsvector GENERATED ALWAYS AS (f_words(name)) STORED;
CREATE INDEX institutions_search ON institutions USING gin (search);

-- One for each order of the catalogue.
CREATE INDEX programmes_newest ON programmes (published_at DESC, id DESC) WHERE state = 'published';
CREATE INDEX programmes_cheapest ON programmes (cost_total, id) WHERE state = 'published';
CREATE INDEX programmes_shortest ON programmes (days, id) WHERE state = 'published';
CREATE INDEX intakes_next ON intakes (programme_id, closes_at) WHERE state = 'published';

-- Whoever keeps finished pages listens, and drops them when something on them has changed.
-- +goose StatementBegin
CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('catalogue', '');
    RETURN NULL;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON programmes FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON programme_costs FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON intakes FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON institutions FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON hotlines FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON countries FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON sectors FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON occupations FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed();
-- Of applications only the seats show, and submitting takes none.
CREATE TRIGGER catalogue_seat_changed AFTER UPDATE OF state ON applications FOR EACH ROW
    WHEN ((old.state IN ('accepted', 'enrolled')) IS DISTINCT FROM (new.state IN ('accepted', 'enrolled'))) EXECUTE FUNCTION catalogue_changed();

-- +goose Down
DROP TRIGGER catalogue_seat_changed ON applications;
DROP TRIGGER catalogue_changed ON occupations;
DROP TRIGGER catalogue_changed ON sectors;
DROP TRIGGER catalogue_changed ON countries;
DROP TRIGGER catalogue_changed ON hotlines;
DROP TRIGGER catalogue_changed ON institutions;
DROP TRIGGER catalogue_changed ON intakes;
DROP TRIGGER catalogue_changed ON programme_costs;
DROP TRIGGER catalogue_changed ON programmes;
DROP FUNCTION catalogue_changed;
DROP INDEX intakes_next, programmes_shortest, programmes_cheapest, programmes_newest;
ALTER TABLE institutions DROP COLUMN search;
ALTER TABLE programmes DROP COLUMN search;
ALTER TABLE programmes ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('indonesian', title), 'A') || setweight(to_tsvector('indonesian', scheme), 'B') || setweight(to_tsvector('indonesian', description), 'C')) STORED;
CREATE INDEX programmes_search ON programmes USING gin (search);
DROP FUNCTION f_words;
