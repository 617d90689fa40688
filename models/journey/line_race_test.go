package journey

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// begin opens a transaction and does one thing in it, up to where its triggers have run.
func (s *lineStore) begin(t *testing.T, query string, args ...any) *gorm.DB {
	t.Helper()
	tx := s.sql.Begin()
	t.Cleanup(func() { tx.Rollback() })
	if err := tx.Exec(query, args...).Error; err != nil {
		t.Fatal(err)
	}
	return tx
}

const runTriggers = "SET CONSTRAINTS ALL IMMEDIATE"

// overlap lets one transaction come to its end while another one, that began before, is just ending, and says what the
// second one met.
func (s *lineStore) overlap(t *testing.T, first, second *gorm.DB) error {
	t.Helper()
	if err := first.Exec(runTriggers).Error; err != nil {
		t.Fatal(err)
	}
	met := make(chan error, 1)
	go func() {
		err := second.Exec(runTriggers).Error
		if err == nil {
			err = second.Commit().Error
		}
		met <- err
	}()
	end := time.Now().Add(10 * time.Second)
	for waits := int64(0); waits == 0; {
		err := s.sql.Raw("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").
			Scan(&waits).Error
		if err != nil || time.Now().After(end) {
			t.Fatalf("nobody waits: %v", err)
		}
	}
	if err := first.Commit().Error; err != nil {
		t.Fatal(err)
	}
	return <-met
}

const (
	verifies = `INSERT INTO certificates (seeker_id, ref, type_code, state, method, officer_id, decided_at, created_at, updated_at)
		VALUES (?, ?, 'uji', 'verified', 'qr', ?, ?, ?, ?)`
	checks = "INSERT INTO identity_checks (user_id, field, outcome, typed, officer_id, at) VALUES (?, 'nik', 'checked', '', ?, ?)"
)

func (s *lineStore) verifying(t *testing.T, u record.User) *gorm.DB {
	t.Helper()
	now := s.clock()
	return s.begin(t, verifies, u.ID, s.name(), s.officers[0].ID, now, now, now)
}

// Two officers decide about one person at the same moment: both decisions stand on the line.
func TestLineKeepsBothOfTwoAtOnce(t *testing.T) {
	s := newLines(t)
	u := s.person(t, record.Seeker)
	second := s.begin(t, checks, u.ID, s.officers[1].ID, s.clock())
	if err := s.overlap(t, s.verifying(t, u), second); err != nil {
		t.Fatal(err)
	}
	if l := s.line(t, u); l.IdentityOn == nil || l.SkillOn == nil || l.Station != StationReady {
		t.Errorf("the line is %s", inWords(l.Line))
	}
	s.agree(t)
}

// An account is joined into another one while a certificate of it is verified: the person's line has it.
func TestLineOfAJoinKeepsWhatComesAtOnce(t *testing.T) {
	s := newLines(t)
	into, joined := s.person(t, record.Seeker), s.person(t, record.Seeker)
	late := s.verifying(t, joined)
	joining := s.begin(t, `INSERT INTO account_joins
			(ref, joined_id, into_id, why, undone_why, asked_by, asked_at, agreed, answered_by, answered_at)
		VALUES (?, ?, ?, 'Uji', '', ?, now(), true, ?, now())`, s.name(), joined.ID, into.ID, s.officers[0].ID, s.officers[1].ID)
	if err := s.overlap(t, joining, late); err != nil {
		t.Fatal(err)
	}
	if l := s.line(t, into); l.SkillOn == nil {
		t.Errorf("the line is %s", inWords(l.Line))
	}
	if l := s.line(t, joined); l.UserID != into.ID {
		t.Errorf("the joined account has the line of %d", l.UserID)
	}
	s.agree(t)
}
