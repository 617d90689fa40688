package models

import (
	"testing"
	"time"

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
