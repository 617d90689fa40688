-- +goose Up
-- A passed course becomes a paper of this portal. What is printed on it is what held when it was issued and never changes:
-- a correction is another paper, which the old one names. The link of its QR code is sealed, so that it can be printed again,
-- and known by its hash. When the account of its person goes, name and link go, and the link leads nowhere.
CREATE TABLE course_certificates (
    id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ref                 text NOT NULL CONSTRAINT course_certificates_ref_unique UNIQUE,
    application_id      bigint NOT NULL REFERENCES applications,
    institution_id      bigint NOT NULL REFERENCES institutions,
    replaces_id         bigint CONSTRAINT course_certificates_replaced_once UNIQUE REFERENCES course_certificates,
    holder_name         text NOT NULL,
    programme_title     text NOT NULL,
    units               text NOT NULL,
    hours_jp            int NOT NULL,
    minutes_per_jp      int NOT NULL,
    starts_on           date NOT NULL,
    ends_on             date NOT NULL,
    institution_name    text NOT NULL,
    institution_licence text NOT NULL,
    state               text NOT NULL,
    issued_at           timestamptz NOT NULL,
    issued_by           bigint NOT NULL REFERENCES users,
    ended_at            timestamptz,
    ended_by            bigint REFERENCES users,
    end_reason          text NOT NULL,
    code_hash           bytea,
    code_sealed         bytea,
    version             int NOT NULL,
    CONSTRAINT course_certificates_state_known CHECK (state IN ('issued', 'corrected', 'withdrawn')),
    CONSTRAINT course_certificates_end_whole CHECK (
        (state = 'issued') = (ended_at IS NULL) AND (ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason = '')),
    CONSTRAINT course_certificates_name_known CHECK (holder_name <> ''),
    CONSTRAINT course_certificates_code_whole CHECK ((code_hash IS NULL) = (code_sealed IS NULL)),
    CONSTRAINT course_certificates_dates_ordered CHECK (starts_on <= ends_on)
);
CREATE UNIQUE INDEX course_certificates_one_valid ON course_certificates (application_id) WHERE state = 'issued';
CREATE UNIQUE INDEX course_certificates_code_unique ON course_certificates (code_hash);
CREATE INDEX course_certificates_by_application ON course_certificates (application_id, id);

-- +goose StatementBegin
CREATE FUNCTION course_certificate_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.ref, NEW.application_id, NEW.institution_id, NEW.replaces_id, NEW.programme_title, NEW.units, NEW.hours_jp,
            NEW.minutes_per_jp, NEW.starts_on, NEW.ends_on, NEW.institution_name, NEW.institution_licence, NEW.issued_at)
        IS DISTINCT FROM (OLD.ref, OLD.application_id, OLD.institution_id, OLD.replaces_id, OLD.programme_title, OLD.units,
            OLD.hours_jp, OLD.minutes_per_jp, OLD.starts_on, OLD.ends_on, OLD.institution_name, OLD.institution_licence, OLD.issued_at)
        OR NEW.holder_name NOT IN (OLD.holder_name, '-')
        OR OLD.state <> 'issued' AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'what is printed on a course certificate does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'course_certificates_kept', TABLE = 'course_certificates';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER course_certificate_kept BEFORE UPDATE ON course_certificates
    FOR EACH ROW EXECUTE FUNCTION course_certificate_kept();

-- +goose Down
DROP TABLE course_certificates;
DROP FUNCTION course_certificate_kept;
