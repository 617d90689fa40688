-- +goose Up
-- A file that its person takes back into their library proves again what it proved, unless they recorded something else
-- meanwhile: the change that took the proof away remembers the file.
ALTER TABLE uploads ADD COLUMN restored_at timestamptz;
ALTER TABLE readiness_changes
    ADD COLUMN upload_id bigint REFERENCES uploads ON DELETE SET NULL,
    DROP CONSTRAINT readiness_changes_what_known,
    ADD CONSTRAINT readiness_changes_what_known CHECK (what IN
        ('recorded', 'not_needed', 'reopened', 'proven', 'lapsed', 'expired', 'others', 'health', 'file_gone', 'file_back'));
CREATE INDEX readiness_changes_by_upload ON readiness_changes (upload_id) WHERE upload_id IS NOT NULL;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION proof_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH unproven AS (
        UPDATE readiness_items
        SET upload_id = NULL,
            proof = CASE proof WHEN 'file' THEN 'own' ELSE proof END,
            version = version + 1
        WHERE upload_id = NEW.id
        RETURNING id, state, on_date, expires_on)
    INSERT INTO readiness_changes (item_id, at, actor_id, what, was, becomes, on_date, expires_on, upload_id)
    SELECT id, NEW.deleted_at, NEW.owner_id, 'file_gone', state, state, on_date, expires_on, NEW.id
    FROM unproven;
    RETURN NULL;
END $$;

CREATE FUNCTION proof_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH gone AS (
        SELECT c.item_id, c.at
        FROM readiness_changes c
        WHERE c.upload_id = NEW.id
            AND c.what = 'file_gone'
            AND NOT EXISTS (SELECT 1 FROM readiness_changes later WHERE later.item_id = c.item_id AND later.id > c.id)),
    proven AS (
        UPDATE readiness_items i
        SET upload_id = NEW.id,
            proof = CASE i.proof WHEN 'own' THEN 'file' ELSE i.proof END,
            version = i.version + 1
        FROM gone
        WHERE i.id = gone.item_id
            AND i.upload_id IS NULL
            AND NOT i.health
        RETURNING i.id, i.state, i.on_date, i.expires_on)
    INSERT INTO readiness_changes (item_id, at, actor_id, what, was, becomes, on_date, expires_on, upload_id)
    SELECT id, NEW.restored_at, NEW.owner_id, 'file_back', state, state, on_date, expires_on, NEW.id
    FROM proven;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER proof_back AFTER UPDATE OF deleted_at ON uploads
    FOR EACH ROW WHEN (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION proof_back();

-- +goose Down
DROP TRIGGER proof_back ON uploads;
DROP FUNCTION proof_back;
ALTER TABLE uploads DROP COLUMN restored_at;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION proof_gone() RETURNS trigger LANGUAGE plpgsql AS $$
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
UPDATE readiness_changes SET what = 'recorded' WHERE what = 'file_back';
ALTER TABLE readiness_changes
    DROP COLUMN upload_id,
    DROP CONSTRAINT readiness_changes_what_known,
    ADD CONSTRAINT readiness_changes_what_known
        CHECK (what IN ('recorded', 'not_needed', 'reopened', 'proven', 'lapsed', 'expired', 'others', 'health', 'file_gone'));
