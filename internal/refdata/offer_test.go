package refdata

import (
	"slices"
	"strings"
	"testing"
)

// A sign says nothing about itself that its reader could not follow, and names no country twice.
func TestOfferSignsSayWhyAndWhere(t *testing.T) {
	countries := all(t, Countries, 249, func(c Country) string { return c.Code })
	for code, s := range all(t, OfferSigns, 35, func(s OfferSign) string { return s.Code }) {
		if !strings.HasSuffix(s.Question.ID, "?") || !strings.HasSuffix(s.Question.EN, "?") {
			t.Errorf("%s asks nothing: %q", code, s.Question)
		}
		if !slices.Contains([]string{"stop", "ask", "note"}, s.Rank) || s.CheckAt == "" {
			t.Errorf("%s has the rank %q and is checked at %q", code, s.Rank, s.CheckAt)
		}
		for _, country := range s.Countries {
			if _, ok := countries[country]; !ok {
				t.Errorf("%s is about %q", code, country)
			}
		}
		for _, word := range []string{"ilegal", "domain.md", "korban"} {
			if strings.Contains(strings.ToLower(s.Says.ID+s.Question.ID+s.Checked.Source), word) {
				t.Errorf("%s says %q", code, word)
			}
		}
	}
}
