package models

import (
	"context"
	"encoding/json"
	"fmt"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// DataPart is one part of everything that the portal holds about a person, as JSON rows.
type DataPart struct {
	Name string
	Rows json.RawMessage
}

// dataParts are the questions behind "Data saya" (UU 27/2022 art. 7): one for each table
// that holds something about the person. Sealed numbers are added opened; keys of the
// storage, hashes and other people's ids stay out.
var dataParts = []struct{ name, query string }{
	{"account", "SELECT ref, name, email, phone, username, language, created_at, role FROM users WHERE id = ?"},
	{"consents", "SELECT kind, version, given_at, withdrawn_at FROM consents WHERE user_id = ? ORDER BY id"},
	{"contact_rules", `SELECT channel, allowed, from_hour, to_hour, may_name_us, may_leave_message, others_answer, note, set_at, ended_at
		FROM contact_rules WHERE user_id = ? ORDER BY id`},
	{"profile", `SELECT title, passport_name, birth_place, birth_date, sex, domicile_same, education_code, education_school, education_major, education_year,
		education_name, special_needs, guardian_name, guardian_relation, guardian_phone, nik_verified, updated_at FROM profiles WHERE user_id = ?`},
	{"addresses", "SELECT kind, street, rt, rw, village, district, regency_code, postal_code FROM addresses WHERE user_id = ? ORDER BY kind"},
	{"languages", "SELECT language, ability FROM known_languages WHERE user_id = ? ORDER BY id"},
	{"experiences", "SELECT position, employer, country, start_year, end_year, description FROM experiences WHERE user_id = ? ORDER BY id"},
	{"emergency_contacts", "SELECT position, name, relation, phone, address, topics FROM emergency_contacts WHERE user_id = ? ORDER BY position"},
	{"identity_checks", "SELECT field, outcome, seen_date, seen_regency, seen_name, note, at, superseded_at FROM identity_checks WHERE user_id = ? ORDER BY id"},
	{"files", "SELECT ref, purpose, name, media_type, size, state, created_at, deleted_at FROM uploads WHERE owner_id = ? ORDER BY id"},
	{"certificates", `SELECT ref, type_code, title, number, holder_name, issuer, level, level_code, test, score, link, destination, issued_on, valid_until, state, method, decided_at, taken_away_at, reason_code, note, created_at
		FROM certificates WHERE seeker_id = ? ORDER BY id`},
	{"decided_certificates", `SELECT a.ref, ac.decided - ARRAY['id', 'seeker_id', 'officer_id', 'form_token', 'version'] AS certificate
		FROM application_certificates ac JOIN applications a ON a.id = ac.application_id WHERE a.seeker_id = ? AND ac.decided IS NOT NULL ORDER BY a.id, ac.certificate_id`},
	{"applications", `SELECT a.ref, p.title AS programme, i.number AS intake, a.state, a.motivation, a.statements, a.submitted_at, a.reason_code, a.reason_text, a.contest_text,
		a.test_at, a.test_place, a.reserve_rank, a.enrol_by, a.course_result, a.assessment, a.created_at
		FROM applications a JOIN intakes i ON i.id = a.intake_id JOIN programmes p ON p.id = i.programme_id WHERE a.seeker_id = ? ORDER BY a.id`},
	{"application_events", `SELECT a.ref, e.at, e.from_state, e.to_state, e.actor_role, e.reason_code, e.note, e.until
		FROM application_events e JOIN applications a ON a.id = e.application_id WHERE a.seeker_id = ? ORDER BY e.id`},
	{"messages", `SELECT a.ref, m.author_role, m.body, m.created_at, m.read_at FROM messages m JOIN applications a ON a.id = m.application_id WHERE a.seeker_id = ? ORDER BY m.id`},
	{"sessions", "SELECT user_agent, address, created_at, last_seen_at, expires_at FROM sessions WHERE user_id = ? ORDER BY id"},
	{"notices", "SELECT channel, template, state, created_at, sent_at FROM notices WHERE user_id = ? ORDER BY id"},
	{"looks", "SELECT at, actor_role, action, subject_kind FROM audit_rows WHERE person_id = ? ORDER BY id DESC LIMIT 1000"},
}

// MyData gives the person a copy of everything the portal holds about them, recorded.
func (s *Store) MyData(ctx context.Context, actor User) ([]DataPart, error) {
	var parts []DataPart
	for _, p := range dataParts {
		var rows string
		err := s.db.With(ctx).Raw("SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text FROM ("+p.query+") t", actor.ID).Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("my data, %s: %w", p.name, err)
		}
		parts = append(parts, DataPart{Name: p.name, Rows: json.RawMessage(rows)})
	}
	numbers, err := s.myNumbers(ctx, actor)
	if err != nil {
		return nil, err
	}
	parts = append(parts, DataPart{Name: "numbers", Rows: numbers})
	return parts, s.db.Audit(ctx, actor, record.Act{Action: "data_copied", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
}

// myNumbers opens the person's own sealed numbers.
func (s *Store) myNumbers(ctx context.Context, actor User) (json.RawMessage, error) {
	var list []Profile
	err := s.db.With(ctx).Select("nik_sealed", "kk_sealed", "passport_sealed").Where("user_id = ?", actor.ID).Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return json.RawMessage("[]"), err
	}
	row := map[string]string{}
	for column, sealed := range map[string][]byte{"nik_sealed": list[0].NIKSealed, "kk_sealed": list[0].KKSealed, "passport_sealed": list[0].PassportSealed} {
		if len(sealed) == 0 {
			continue
		}
		plain, err := s.db.Box().Unseal(sealed, seal.At("profiles", actor.ID, column))
		if err != nil {
			return nil, fmt.Errorf("my numbers: %w", err)
		}
		row[column[:len(column)-len("_sealed")]] = string(plain)
	}
	return json.Marshal([]map[string]string{row})
}
