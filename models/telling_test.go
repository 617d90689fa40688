package models

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// addCrowd adds seekers with a live application each. Every fiftieth and the last have an e-mail address,
// the others only a user name, so that a crowd is told in a moment.
func (s *testStore) addCrowd(t *testing.T, in Intake, people int, prefix string) (reachable int64) {
	t.Helper()
	err := s.sql.Exec(`WITH crowd AS (
			INSERT INTO users (ref, role, name, username, email, password_hash, language, created_at, updated_at)
			SELECT @prefix || n, 'seeker', 'Orang ' || n, lower(@prefix || n),
				CASE WHEN n % 50 = 0 OR n = @people THEN lower(@prefix || n) || '@contoh.example' END, '-', 'id', @at, @at
			FROM generate_series(1, @people) n
			RETURNING id)
		INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
		SELECT @prefix || id, @intake, id, 'submitted', @at, @at, @at, @at
		FROM crowd`,
		map[string]any{"prefix": prefix, "people": people, "at": noon, "intake": in.ID}).Error
	if err != nil {
		t.Fatal(err)
	}
	err = s.sql.Raw(`SELECT count(*)
		FROM users
		WHERE email IS NOT NULL
			AND id IN (SELECT seeker_id FROM applications WHERE intake_id = ?)`, in.ID).Scan(&reachable).Error
	if err != nil || reachable == 0 {
		t.Fatalf("%d reachable, %v", reachable, err)
	}
	return reachable
}

// told counts the letters of a template and the people who got one.
func (s *testStore) told(t *testing.T, template string) (letters, people int64) {
	t.Helper()
	err := s.sql.Raw(`SELECT count(*), count(DISTINCT user_id)
		FROM notices
		WHERE template = ?`, template).Row().Scan(&letters, &people)
	if err != nil {
		t.Fatal(err)
	}
	return letters, people
}

// telling is the id of the one telling, from the job that was asked for.
func (s *testStore) telling(t *testing.T) (id int64) {
	t.Helper()
	err := s.sql.Raw(`SELECT (args->>'telling_id')::bigint
		FROM river_job
		WHERE kind = 'tell_applicants'`).Scan(&id).Error
	if err != nil || id == 0 {
		t.Fatalf("no job that tells: %v", err)
	}
	return id
}

// F252: the request ends at once; all are told by steps, the 5,001st too, and whatever breaks off in the
// middle everybody once.
func TestF252EverybodyIsToldOnce(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	in := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Contoh"), nil), nil)
	reachable := s.addCrowd(t, in, 5001, "SATU-")
	err := s.transact(t.Context(), "test", func(tx *Store) error {
		return tx.tellAll(t.Context(), telling{Template: "intake_cancelled", IntakeID: &in.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := s.told(t, "intake_cancelled"); n != 0 {
		t.Errorf("%d were told within the request", n)
	}
	s.pass(time.Minute)
	gone := s.addCrowd(t, in, 1, "TARIK-")
	s.sql.Exec("UPDATE applications SET state = 'withdrawn' WHERE ref LIKE 'TARIK-%'")
	late := s.addCrowd(t, in, 1, "BARU-")
	s.sql.Exec("UPDATE applications SET created_at = ? WHERE ref LIKE 'BARU-%'", s.db.Now())
	if gone == 0 || late == 0 {
		t.Fatal("nobody withdrew or came late")
	}
	ctx, crash := context.WithCancel(t.Context())
	written := 0
	err = s.sql.Callback().Create().After("gorm:create").Register("test:crash", func(tx *gorm.DB) {
		if tx.Statement.Table != "notices" {
			return
		}
		if written++; written == 10 { // in the middle of what a step writes
			crash()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	id := s.telling(t)
	for crashed := false; !crashed; {
		more, err := s.TellNext(ctx, id)
		if crashed = err != nil; !crashed && !more {
			t.Fatal("it was over before the crash")
		}
	}
	if letters, _ := s.told(t, "intake_cancelled"); letters == 0 || letters >= 10 {
		t.Fatalf("%d letters at the crash, want those of the steps before it", letters)
	}
	all(t, func(ctx context.Context) (bool, error) { return s.TellNext(ctx, id) })
	if letters, people := s.told(t, "intake_cancelled"); letters != reachable || people != reachable {
		t.Errorf("%d letters to %d people, want one for each of %d", letters, people, reachable)
	}
	if more, err := s.TellNext(t.Context(), id); more || err != nil {
		t.Errorf("after the end: %v, %v", more, err)
	}
}

// F252: each approved change of a programme is told to the people of all its intakes, once for each change.
func TestF252EveryChangeOfAProgrammeIsTold(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	p := s.addProgramme(t, s.addInstitution(t, "LPK Contoh"), nil)
	reachable := s.addCrowd(t, s.addIntake(t, p, nil), 120, "SATU-") + s.addCrowd(t, s.addIntake(t, p, nil), 250, "DUA-")
	s.addCrowd(t, s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil), 1, "LAIN-")
	for change := int64(1); change <= 2; change++ {
		s.sql.Exec("DELETE FROM river_job")
		err := s.transact(t.Context(), "test", func(tx *Store) error {
			return tx.tellAll(t.Context(), telling{Template: "programme_changed", ProgrammeID: &p.ID})
		})
		if err != nil {
			t.Fatal(err)
		}
		id := s.telling(t)
		all(t, func(ctx context.Context) (bool, error) { return s.TellNext(ctx, id) })
		if letters, people := s.told(t, "programme_changed"); letters != change*reachable || people != reachable {
			t.Errorf("change %d: %d letters to %d people, want %d", change, letters, people, reachable)
		}
		s.pass(time.Hour)
	}
	var n record.Notice
	if err := s.sql.Order("id DESC").Take(&n).Error; err != nil {
		t.Fatal(err)
	}
	l, err := s.NoticeLetter(t.Context(), n.ID)
	if err != nil || l.Data["Programme"] != p.Title || l.Data["Name"] != "Orang 250" || l.Data["Ref"] == "" {
		t.Errorf("the last letter says %v, %v", l.Data, fmt.Sprint(err))
	}
}

// What changed is put into words once for each language, not for each person; each reads it in their own.
func TestChangeIsWordedOncePerLanguage(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	p := s.addProgramme(t, s.addInstitution(t, "LPK Contoh"), nil)
	s.addCrowd(t, s.addIntake(t, p, nil), 100, "SATU-")
	s.sql.Exec("UPDATE users SET language = 'en' WHERE username LIKE '%50'")
	err := s.transact(t.Context(), "test", func(tx *Store) error {
		return tx.tellAll(t.Context(), telling{
			Template: "programme_changed", ProgrammeID: &p.ID,
			Was: map[string]string{"education": "SMP", "method": "onsite"}, Becomes: map[string]string{"education": "SMA", "method": "online"},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	lookups := 0
	err = s.sql.Callback().Query().After("gorm:query").Register("test:lookups", func(tx *gorm.DB) {
		if tx.Statement.Table == "education_levels" {
			lookups++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	id := s.telling(t)
	all(t, func(ctx context.Context) (bool, error) { return s.TellNext(ctx, id) })
	if lookups != 4 {
		t.Errorf("%d lookups, want two for each of two languages", lookups)
	}
	var list []record.Notice
	s.sql.Order("id").Find(&list)
	said := map[string]bool{}
	for _, n := range list {
		l, err := s.NoticeLetter(t.Context(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		said[l.Data["Change"]] = true
	}
	if len(list) != 2 || len(said) != 2 || said[""] {
		t.Errorf("%d letters say %v", len(list), said)
	}
}
