package i18n

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// counted finds a number and the word for several that follows it.
var counted = regexp.MustCompile(`\{\{\.(?:Count|N|Rows|Good|Refused|Known|Aside|New|Off|Quota)\}\}` +
	`(?: (?:new|held|unread|right))? [a-z]+[^s\W]s\b`)

// English has a form for one of everything that it counts, and nothing is counted that no form can be chosen by.
func TestF178EveryCountHasAFormForOne(t *testing.T) {
	found := 0
	for _, f := range parseFiles(t, locales) {
		if f.lang != EN {
			continue
		}
		for key, forms := range f.messages {
			if !counted.MatchString(forms["other"]) || strings.HasPrefix(forms["other"], "At most") { // a limit is never one
				continue
			}
			found++
			switch one := forms["one"]; {
			case one == "":
				t.Errorf("%s: no form for one of %q", key, forms["other"])
			case counted.MatchString(one):
				t.Errorf("%s: the form for one says several: %q", key, one)
			}
		}
	}
	if found < 20 {
		t.Errorf("%d counts were looked at", found)
	}
}

func TestF178PluralsOfNoneOneAndTwo(t *testing.T) {
	ctx := With(t.Context(), EN)
	for key, want := range map[string][3]string{
		"unit.days":                       {"0 days", "1 day", "2 days"},
		"unit.seats_left":                 {"0 seats left", "1 seat left", "2 seats left"},
		"profile.home.certificates_count": {"0 certificates", "1 certificate", "2 certificates"},
		"public.institutions.count":       {"0 institutions", "1 institution", "2 institutions"},
		"admin.held.dropped":              {"0 held messages were dropped.", "1 held message was dropped.", "2 held messages were dropped."},
		"imports.save_all":                {"Save 0 courses as drafts", "Save 1 course as a draft", "Save 2 courses as drafts"},
	} {
		for n, sentence := range want {
			var kept []any // as a message waits in a session for the next page
			text, err := json.Marshal([]any{"Count", n})
			if err != nil || json.Unmarshal(text, &kept) != nil {
				t.Fatal(err)
			}
			for _, args := range [][]any{{"Count", n}, {"Count", int64(n)}, kept} {
				if got := T(ctx, key, args...); got != sentence {
					t.Errorf("%s of %v: %q, want %q", key, args, got, sentence)
				}
			}
			if got := T(With(ctx, ID), key, "Count", n); !strings.Contains(got, string(rune('0'+n))) {
				t.Errorf("%s of %d in Indonesian: %q", key, n, got)
			}
		}
	}
}
