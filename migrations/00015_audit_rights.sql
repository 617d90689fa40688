-- +goose Up
-- The application may add to the audit trail and read it, never change it (design.md section 4, Records).
-- +goose StatementBegin
CREATE FUNCTION audit_rows_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are append only';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_rows_append_only BEFORE UPDATE OR DELETE ON audit_rows FOR EACH ROW EXECUTE FUNCTION audit_rows_append_only();
CREATE TRIGGER audit_chain_append_only BEFORE UPDATE OR DELETE ON audit_chain FOR EACH ROW EXECUTE FUNCTION audit_rows_append_only();

-- +goose Down
DROP TRIGGER audit_chain_append_only ON audit_chain;
DROP TRIGGER audit_rows_append_only ON audit_rows;
DROP FUNCTION audit_rows_append_only;
