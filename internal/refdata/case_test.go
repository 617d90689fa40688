package refdata

import (
	"strings"
	"testing"
)

// Where life may be in danger only few may read, and nobody is called by what was done to them.
func TestCaseTypesAreHeldBack(t *testing.T) {
	for code, c := range all(t, CaseTypes, 19, func(c CaseType) string { return c.Code }) {
		if c.Urgency == "life" && !c.Sensitive {
			t.Errorf("%s is about life and may be read by everybody at the desk", code)
		}
		if len(c.FirstSteps) < 2 {
			t.Errorf("%s has the first steps %q", code, c.FirstSteps)
		}
		for _, word := range []string{"ilegal", "korban", "pelaku"} {
			if strings.Contains(strings.ToLower(c.Name.ID+strings.Join(c.FirstSteps, " ")), word) {
				t.Errorf("%s says %q", code, word)
			}
		}
	}
}
