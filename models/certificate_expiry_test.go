package models

import (
	"fmt"
	"testing"
	"time"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// Owners are told 90, 30 and 7 days before a certificate ends, once each, whenever the job runs.
func TestExpiryIsToldThreeTimes(t *testing.T) {
	s := newStore(t, noon)
	s.addCertificateType(t)
	u := s.addUser(t, Seeker, "suparmi")
	last := record.DayOf(noon).Plus(100).Date()
	c, err := s.draft(t.Context(), u, formToken, CertificateInput{
		TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: day(2024, 1, 31), ValidUntil: &last,
	})
	if err != nil {
		t.Fatal(err)
	}
	told := func() (n int64) {
		all(t, s.RemindExpiring)
		s.sql.Model(&record.Notice{}).Where("template = 'certificate_expiring' AND user_id = ?", u.ID).Count(&n)
		return n
	}
	s.pass(70 * 24 * time.Hour)
	if n := told(); n != 0 {
		t.Errorf("%d letters about a draft", n)
	}
	s.pass(-70 * 24 * time.Hour)
	err = s.sql.Model(&Certificate{}).Where("id = ?", c.ID).
		Updates(map[string]any{"state": CertificateSubmitted, "submitted_at": noon}).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		days int // from noon
		want int64
	}{{9, 0}, {10, 1}, {11, 1}, {69, 1}, {70, 2}, {92, 2}, {93, 3}, {100, 3}, {101, 3}} {
		s.pass(time.Duration(step.days) * 24 * time.Hour)
		if n := told(); n != step.want {
			t.Errorf("after %d days: %d letters, want %d", step.days, n, step.want)
		}
		s.pass(-time.Duration(step.days) * 24 * time.Hour)
	}
}

// Owners of certificates that must be signed are told 30 and 7 days before, once each.
func TestSignatureIsAskedForInTime(t *testing.T) {
	s, u, officer, c := welding(t)
	seen := record.DayOf(noon).Date()
	decision := CertificateDecision{Outcome: CertificateVerified, Method: "original_seen", Confirmed: &seen}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, decision); err != nil {
		t.Fatal(err)
	}
	told := func() (n int64) {
		for range 2 { // the second run says nothing new
			all(t, s.RemindUnsigned)
		}
		s.sql.Model(&record.Notice{}).Where("template = 'certificate_unsigned' AND user_id = ?", u.ID).Count(&n)
		return n
	}
	due := *date(2027, 5, 25) // half a year from noon's day
	for _, step := range []struct {
		before int
		want   int64
	}{{31, 0}, {30, 1}, {8, 1}, {7, 2}, {0, 2}} {
		s.pass(due.AddDate(0, 0, -step.before).Sub(record.DayOf(s.db.Now()).Date()))
		if got := told(); got != step.want {
			t.Errorf("%d days before: %d letters, want %d", step.before, got, step.want)
		}
	}
}

// Whom was told of a certificate is left out until the next of its days is near.
func TestCertificateRemindersWorkNobodyTwice(t *testing.T) {
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	counted, counter := testdb.Counting(db)
	s := newStoreOn(t, counted, noon)
	s.addCertificateType(t)
	u := s.addUser(t, Seeker, "suparmi")
	rounds := map[string]func() int{
		"expiring": func() int { return counter.Count(func() { all(t, s.RemindExpiring) }) },
		"unsigned": func() int { return counter.Count(func() { all(t, s.RemindUnsigned) }) },
	}
	nobody := rounds["expiring"]()
	paper := CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: day(2024, 1, 31)}
	c, err := s.draft(t.Context(), u, formToken, paper)
	if err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{20, 5} {
		on := record.DayOf(noon).Plus(days).Date()
		err := s.sql.Model(&Certificate{}).Where("id = ?", c.ID).Updates(map[string]any{
			"state": CertificateSubmitted, "submitted_at": noon, "valid_until": on, "next_confirmation_due": on,
		}).Error
		if err != nil {
			t.Fatal(err)
		}
		for what, round := range rounds {
			if first, again := round(), round(); first <= nobody || again != nobody {
				t.Errorf("%s in %d days: %d queries, then %d, and %d for nobody", what, days, first, again, nobody)
			}
		}
	}
	var keys []string
	s.sql.Raw("SELECT dedupe FROM notices WHERE template = 'certificate_expiring' ORDER BY id").Scan(&keys)
	want := fmt.Sprintf("certificate_expiring:%d:%s:30", c.ID, record.DayOf(noon).Plus(20).Date().Format(time.DateOnly))
	if len(keys) != 2 || keys[0] != want {
		t.Errorf("the keys are %v, want %s as of those who were told before", keys, want)
	}
}
