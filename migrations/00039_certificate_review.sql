-- +goose Up
-- The day by which officers look at a verified certificate again: when it must be signed again, or the day that an officer chose.
ALTER TABLE certificates ADD COLUMN recheck_on date;
ALTER TABLE certificates ADD COLUMN due_on date GENERATED ALWAYS AS (least(next_confirmation_due, recheck_on)) STORED;
CREATE INDEX certificates_due ON certificates (due_on, id) WHERE state = 'verified' AND deleted_at IS NULL;
CREATE INDEX certificates_suspended ON certificates (decided_at, id) WHERE state = 'suspended' AND deleted_at IS NULL;
ALTER TABLE certificates ADD CONSTRAINT certificates_turned_down_reasoned CHECK (state NOT IN ('rejected', 'suspended') OR reason_code <> '');
ALTER TABLE certificates ADD CONSTRAINT certificates_checking_named CHECK (state <> 'checking' OR officer_id IS NOT NULL);

-- A decided application keeps its certificates as they were then, whatever becomes of them: the row, and its files.
ALTER TABLE application_certificates ADD COLUMN decided jsonb;
CREATE TABLE application_certificate_files (
    application_id bigint NOT NULL,
    certificate_id bigint NOT NULL,
    upload_id      bigint NOT NULL REFERENCES uploads ON DELETE CASCADE,
    position       int NOT NULL,
    PRIMARY KEY (application_id, certificate_id, upload_id),
    CONSTRAINT application_certificate_files_belong FOREIGN KEY (application_id, certificate_id) REFERENCES application_certificates ON DELETE CASCADE
);
CREATE INDEX application_certificate_files_by_upload ON application_certificate_files (upload_id);
-- What was decided before this keeps what it has today.
UPDATE application_certificates ac SET decided = to_jsonb(c) FROM certificates c, applications a
    WHERE c.id = ac.certificate_id AND a.id = ac.application_id AND a.decided_at IS NOT NULL;
INSERT INTO application_certificate_files (application_id, certificate_id, upload_id, position)
    SELECT ac.application_id, f.certificate_id, f.upload_id, f.position
    FROM application_certificates ac JOIN certificate_files f ON f.certificate_id = ac.certificate_id WHERE ac.decided IS NOT NULL;

-- +goose Down
DROP TABLE application_certificate_files;
ALTER TABLE application_certificates DROP COLUMN decided;
ALTER TABLE certificates DROP CONSTRAINT certificates_checking_named, DROP CONSTRAINT certificates_turned_down_reasoned;
DROP INDEX certificates_suspended, certificates_due;
ALTER TABLE certificates DROP COLUMN due_on;
ALTER TABLE certificates DROP COLUMN recheck_on;
