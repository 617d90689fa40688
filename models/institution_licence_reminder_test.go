package models

import (
	"testing"
	"time"
)

// Owners are told 90, 30 and 7 days before each permit ends, once each however often the chore comes; one that has no end, or
// ended, is no news.
func TestOwnersAreToldBeforePermitsEnd(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	owner := s.addUser(t, Owner, "pemilik")
	day := noon.Truncate(24 * time.Hour)
	set := func(column string, days int) {
		t.Helper()
		err := s.sql.Exec("UPDATE institutions SET "+column+" = ? WHERE id = ?", day.AddDate(0, 0, days), *owner.InstitutionID).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	told := func() (n int64) {
		t.Helper()
		for range 3 {
			if _, err := s.RemindLicences(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.sql.Table("notices").Where("template = 'licence_ending' AND user_id = ?", owner.ID).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, step := range []struct {
		column string
		days   int
		want   int64
	}{
		{"license_expires_on", 91, 0}, {"license_expires_on", 90, 1}, {"so_permit_expires_on", -1, 1}, {"accreditation_expires_on", 5, 2},
		{"license_expires_on", 30, 3}, {"license_expires_on", 7, 4}, {"license_expires_on", 0, 5},
	} {
		set(step.column, step.days)
		if n := told(); n != step.want {
			t.Errorf("%s in %d days: %d letters, want %d", step.column, step.days, n, step.want)
		}
	}
}
