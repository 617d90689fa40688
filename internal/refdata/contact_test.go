package refdata

import (
	"regexp"
	"testing"
	"time"
)

// Numbers of missions and offices carry their country, and only rows with a source from 2024 on are shown before
// somebody has called.
func TestContactsAreFitToBeCalled(t *testing.T) {
	abroad := regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	young := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	fit := func(code string, public bool, checked time.Time, lists ...[]string) {
		if public && checked.Before(young) {
			t.Errorf("%s is shown with a source of %s", code, checked.Format(time.DateOnly))
		}
		for _, list := range lists {
			for _, number := range list {
				if !abroad.MatchString(number) {
					t.Errorf("%s has the number %q", code, number)
				}
			}
		}
	}
	hidden := 0
	for code, m := range all(t, Missions, 63, func(m Mission) string { return m.Code }) {
		fit(code, m.Public, m.Checked.On, m.Emergency, m.WhatsApp, m.Phone)
		if len(m.Emergency)+len(m.WhatsApp) == 0 && m.Note.Empty() {
			t.Errorf("%s has no number for emergencies and does not say so", code)
		}
		if !m.Public {
			hidden++
		}
	}
	if hidden != 10 {
		t.Errorf("%d missions wait for a call, want 10", hidden)
	}
	for code, o := range all(t, Offices, 25, func(o Office) string { return o.Code }) {
		fit(code, o.Public, o.Checked.On, o.Phone, o.WhatsApp)
	}
}
