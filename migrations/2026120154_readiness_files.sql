-- +goose Up
-- A file that its person takes out of their library proves nothing any more: what it proved is done by their own word from then
-- on, and the history says so. It holds whichever way the file went.
ALTER TABLE readiness_changes
    DROP CONSTRAINT readiness_changes_what_known,
    ADD CONSTRAINT readiness_changes_what_known
        CHECK (what IN ('recorded', 'not_needed', 'reopened', 'proven', 'lapsed', 'expired', 'others', 'health', 'file_gone'));

-- +goose StatementBegin
CREATE FUNCTION proof_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH unproven AS (
        UPDATE readiness_items
        SET upload_id = NULL,
            proof = CASE proof WHEN 'file' THEN 'own' ELSE proof END,
            version = version + 1
        WHERE upload_id = NEW.id
        RETURNING id, state, on_date, expires_on)
    INSERT INTO readiness_changes (item_id, at, actor_id, what, was, becomes, on_date, expires_on)
    SELECT id, NEW.deleted_at, NEW.owner_id, 'file_gone', state, state, on_date, expires_on
    FROM unproven;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER proof_gone AFTER UPDATE OF deleted_at ON uploads
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION proof_gone();

-- +goose Down
DROP TRIGGER proof_gone ON uploads;
DROP FUNCTION proof_gone;
UPDATE readiness_changes SET what = 'recorded' WHERE what = 'file_gone';
ALTER TABLE readiness_changes
    DROP CONSTRAINT readiness_changes_what_known,
    ADD CONSTRAINT readiness_changes_what_known
        CHECK (what IN ('recorded', 'not_needed', 'reopened', 'proven', 'lapsed', 'expired', 'others', 'health'));
