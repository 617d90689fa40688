package models

import (
	"testing"
	"time"
)

// Owners are told 90, 30 and 7 days before a certificate ends, once each, whenever the job runs.
func TestExpiryIsToldThreeTimes(t *testing.T) {
	s := newStore(t, noon)
	s.addCertificateType(t)
	u := s.addUser(t, Seeker, "suparmi")
	last := Today(noon).AddDate(0, 0, 100)
	c, err := s.CreateCertificate(t.Context(), u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: day(2024, 1, 31), ValidUntil: &last})
	if err != nil {
		t.Fatal(err)
	}
	told := func() (n int64) {
		if err := s.RemindExpiring(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.db.Model(&Notice{}).Where("template = 'certificate_expiring' AND user_id = ?", u.ID).Count(&n)
		return n
	}
	s.pass(70 * 24 * time.Hour)
	if n := told(); n != 0 {
		t.Errorf("%d letters about a draft", n)
	}
	s.pass(-70 * 24 * time.Hour)
	if err := s.db.Model(&Certificate{}).Where("id = ?", c.ID).Update("state", CertificateSubmitted).Error; err != nil {
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
