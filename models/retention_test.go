package models

import (
	"testing"
	"time"
)

// lapsing are, for each term that is carried out by deleting rows, a row of the person @u that has been standing
// since @since.
var lapsing = map[string]struct{ table, insert string }{
	"session": {"sessions", `INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at, idle_minutes, expires_at, ends_at)
		VALUES (uuid_send(gen_random_uuid()), @u, @since, @since, 30, @since, @since)`},
	"code": {"codes", `INSERT INTO codes (token_hash, purpose, channel, address, code_hash, sent_at, expires_at, created_at)
		VALUES (uuid_send(gen_random_uuid()), 'register', 'email', 'a@contoh.example', '', @since, @since, @since)`},
	"attempt": {"attempts", `INSERT INTO attempts (key, window_at, count) VALUES ('x', @since, 1)`},
	"partial_upload": {"partial_uploads", `INSERT INTO partial_uploads (ref, owner_id, purpose, name, size, created_at)
		VALUES (gen_random_uuid(), @u, 'ktp', 'ktp.jpg', 1, @since)`},
	"import": {"imports", `INSERT INTO imports (ref, kind, owner_id, file_name, blob_key, state, created_at, updated_at)
		VALUES (gen_random_uuid(), 'institutions', @u, 'a.csv', 'k', 'uploaded', @since, @since)`},
	"invitation": {"invitations", `INSERT INTO invitations (ref, token_hash, role, name, email, expires_at, created_at)
		VALUES (gen_random_uuid(), uuid_send(gen_random_uuid()), 'officer', 'Rina', 'rina@contoh.example', @since, @since)`},
	"device": {"devices", `INSERT INTO devices (user_id, token_hash, created_at, last_seen_at)
		VALUES (@u, uuid_send(gen_random_uuid()), @since, @since)`},
	"contact_change": {"contact_changes", `INSERT INTO contact_changes (user_id, channel, token_hash, created_at, expires_at)
		VALUES (@u, 'phone', uuid_send(gen_random_uuid()), @since, @since)`},
	"notice_sent": {"notices", `INSERT INTO notices (dedupe, channel, template, language, state, sent_at, created_at)
		VALUES (gen_random_uuid(), 'email', 'x', 'id', 'handed_over', @since, @since)`},
	"notice_unsent": {"notices", `INSERT INTO notices (dedupe, channel, template, language, sealed, state, created_at)
		VALUES (gen_random_uuid(), 'email', 'x', 'id', 'x', 'failed', @since)`},
	"data_request": {"conversations", `INSERT INTO conversations (ref, subject, person_id, data_right, created_at, answered_at)
		VALUES (gen_random_uuid(), 'right', @u, 'access', @since, @since)`},
	"application_note": {"application_notes", anIntake + `,
		a AS (INSERT INTO applications (ref, intake_id, seeker_id, state, created_at, updated_at)
			SELECT gen_random_uuid(), id, @u, 'draft', @since, @since FROM n RETURNING id)
		INSERT INTO application_notes (application_id, author_id, at, body, form_token) SELECT id, @u, @since, 'x', gen_random_uuid() FROM a`},
	"class_attendance": {"class_attendance", anIntake + `,
		a AS (INSERT INTO applications (ref, intake_id, seeker_id, state, created_at, updated_at)
			SELECT gen_random_uuid(), id, @u, 'draft', @since, @since FROM n RETURNING id),
		d AS (INSERT INTO class_days (intake_id, day, held, recorded, changed_at, changed_by)
			SELECT id, @since, true, true, @since, @u FROM n RETURNING id)
		INSERT INTO class_attendance (application_id, class_day_id, status, recorded_at, recorded_by)
		SELECT a.id, d.id, 'late', @since, @u FROM a CROSS JOIN d`},
	"selection_run": {"selection_runs", anIntake + `
		INSERT INTO selection_runs (ref, intake_id, actor_id, at, act, arguments, targets, form_token)
		SELECT gen_random_uuid(), id, @u, @since, 'attended', '{}', '[]', gen_random_uuid() FROM n`},
	"intake_roll": {"intake_rolls", anIntake + `
		INSERT INTO intake_rolls (ref, institution_id, actor_id, at, intakes, form_token)
		SELECT gen_random_uuid(), id, @u, @since, '[]', gen_random_uuid() FROM l`},
	"licence_change": {"licence_changes", anIntake + `
		INSERT INTO licence_changes (ref, institution_id, state, proposed_by, created_at, updated_at, sent_at, decided_by, decided_at)
		SELECT gen_random_uuid(), id, 'confirmed', @u, @since, @since, @since, @u, @since FROM l`},
	"institution_request_unsent":   {"institution_requests", aRequest + `'begun', NULL, NULL, NULL FROM l`},
	"institution_request_refused":  {"institution_requests", aRequest + `'refused', NULL, @since, @since FROM l`},
	"institution_request_verified": {"institution_requests", aRequest + `'verified', id, @since, @since FROM l`},
	"deleted_certificate": {"certificates", `INSERT INTO certificates (ref, seeker_id, type_code, state, created_at, updated_at, deleted_at)
		VALUES (gen_random_uuid(), @u, 'BNSP', 'draft', @since, @since, @since)`},
}

// anIntake begins a statement with an institution l that has an intake n, and aRequest ends it with a request to join; its state,
// institution and days follow.
const (
	anIntake = `WITH l AS (INSERT INTO institutions (ref, kind, name, state, created_at, updated_at)
			VALUES (gen_random_uuid(), 'lpk', 'LPK', 'submitted', @since, @since) RETURNING id),
		p AS (INSERT INTO programmes (ref, institution_id, title, state, created_at, updated_at)
			SELECT gen_random_uuid(), id, 'Las', 'draft', @since, @since FROM l RETURNING id),
		n AS (INSERT INTO intakes (ref, programme_id, number, state, selection, quota, created_at, updated_at)
			SELECT gen_random_uuid(), id, 1, 'draft', 'test', 16, @since, @since FROM p RETURNING id)`
	aRequest = anIntake + `
		INSERT INTO institution_requests (ref, form_token, language, applicant_name, applicant_email, created_at, updated_at,
			state, institution_id, submitted_at, decided_at)
		SELECT gen_random_uuid(), gen_random_uuid(), 'id', 'Rina', 'rina@contoh.example', @since, @since, `
)

// What has stood for its term goes, what is a minute younger stays; each kind that is declared is tried.
func TestF066EachTermIsKept(t *testing.T) {
	for _, p := range Personal() {
		for _, term := range p.Terms {
			if term.Step {
				continue
			}
			t.Run(term.What, func(t *testing.T) {
				row, known := lapsing[term.What]
				if !known {
					t.Fatal("no row is tried")
				}
				s := newStore(t, noon)
				s.addCertificateType(t)
				u := s.addUser(t, Seeker, "ani")
				before, err := s.db.KeptSince(t.Context(), term.What)
				if err != nil {
					t.Fatal(err)
				}
				for _, since := range []time.Time{before.Add(-time.Minute), before.Add(time.Minute)} {
					if err := s.sql.Exec(row.insert, map[string]any{"u": u.ID, "since": since}).Error; err != nil {
						t.Fatal(err)
					}
				}
				for _, want := range []int64{1, 0} {
					if more, err := s.ApplyRetention(t.Context()); err != nil || more {
						t.Fatalf("more %v, %v", more, err)
					}
					var left int64
					if s.sql.Table(row.table).Count(&left); left != want {
						t.Errorf("%d rows are left, want %d", left, want)
					}
					s.pass(2 * time.Minute)
				}
			})
		}
	}
}

// Many rows go in steps, so that no statement takes long.
func TestRetentionTakesSmallSteps(t *testing.T) {
	s := newStore(t, noon)
	many := `INSERT INTO attempts (key, window_at, count)
		SELECT int8send(n), ?, 1
		FROM generate_series(1, 1001) n`
	err := s.sql.Exec(many, noon.AddDate(0, 0, -2)).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		more bool
		left int64
	}{{true, 1}, {false, 0}} {
		more, err := s.ApplyRetention(t.Context())
		var left int64
		s.sql.Table("attempts").Count(&left)
		if err != nil || more != want.more || left != want.left {
			t.Errorf("more %v, %d left, %v, want %+v", more, left, err, want)
		}
	}
}

// A term is dated: a new row holds from its day on, and a kind without a row of today is a failure that keeps no other kind.
func TestTermsAreDated(t *testing.T) {
	s := newStore(t, noon)
	err := s.sql.Exec(`INSERT INTO retention_terms (what, days, valid_from, why)
		VALUES ('attempt', 30, '2026-12-01', 'uji')`).Error
	if err != nil {
		t.Fatal(err)
	}
	kept := func() time.Duration {
		before, err := s.db.KeptSince(t.Context(), "attempt")
		if err != nil {
			t.Fatal(err)
		}
		return s.db.Now().Sub(before)
	}
	if d := kept(); d != 24*time.Hour {
		t.Errorf("before the new term: %s", d)
	}
	s.pass(6 * 24 * time.Hour)
	if d := kept(); d != 30*24*time.Hour {
		t.Errorf("with the new term: %s", d)
	}
	if err := s.sql.Exec("DELETE FROM retention_terms WHERE what = 'session'").Error; err != nil {
		t.Fatal(err)
	}
	old := s.db.Now().AddDate(0, -2, 0)
	err = s.sql.Exec("INSERT INTO attempts (key, window_at, count) VALUES ('x', ?, 1)", old).Error
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.ApplyRetention(t.Context())
	var left int64
	s.sql.Table("attempts").Count(&left)
	if err == nil || left != 0 {
		t.Errorf("without a term of sessions: %v, %d attempts left", err, left)
	}
}

// What was deleted stays at least for as long as its owner may take that back.
func TestDeletedThingsOutliveTheirUndoing(t *testing.T) {
	s := newStore(t, noon)
	for _, what := range []string{"deleted_upload", "deleted_certificate"} {
		before, err := s.db.KeptSince(t.Context(), what)
		if err != nil || s.db.Now().Sub(before) < UndoTime {
			t.Errorf("%s: kept since %s, %v", what, before, err)
		}
	}
}
