-- +goose Up
-- A class is on the working days between its start and its end. Rows are for days that staff added (held) or took out, and
-- for days on which presence was recorded; changed_at and changed_by say who did the last of these.
CREATE TABLE class_days (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    intake_id  bigint NOT NULL REFERENCES intakes ON DELETE CASCADE,
    day        date NOT NULL,
    held       boolean NOT NULL,
    recorded   boolean NOT NULL,
    version    int NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL,
    changed_by bigint NOT NULL REFERENCES users,
    CONSTRAINT class_days_once UNIQUE (intake_id, day),
    CONSTRAINT class_days_recorded_where_held CHECK (held OR NOT recorded)
);
CREATE INDEX class_days_by_changer ON class_days (changed_by);

-- How each participant was there on a day. Of whom nothing was recorded there is no row.
CREATE TABLE class_attendance (
    application_id bigint NOT NULL REFERENCES applications ON DELETE CASCADE,
    class_day_id   bigint NOT NULL REFERENCES class_days ON DELETE CASCADE,
    status         text NOT NULL
        CONSTRAINT class_attendance_status_known CHECK (status IN ('present', 'late', 'excused', 'absent')),
    recorded_at    timestamptz NOT NULL,
    recorded_by    bigint NOT NULL REFERENCES users,
    PRIMARY KEY (application_id, class_day_id)
);
CREATE INDEX class_attendance_by_day ON class_attendance (class_day_id);
CREATE INDEX class_attendance_by_recorder ON class_attendance (recorded_by);

INSERT INTO retention_terms (what, days, valid_from, why) VALUES
    ('class_attendance', 1095, '2026-01-01', 'Kehadiran adalah dasar hasil pelatihan; tiga tahun kemudian tidak ditanyakan lagi.');

-- +goose Down
DELETE FROM retention_terms WHERE what = 'class_attendance';
DROP TABLE class_attendance, class_days;
