package journey

import (
	"strings"
	"testing"
)

func TestConditionsDecideWithWhatIsKnown(t *testing.T) {
	yes := func(codes ...string) map[string]Answer {
		says := map[string]Answer{}
		for _, code := range codes {
			if bare, is := strings.CutPrefix(code, "-"); is {
				says[bare] = No
			} else {
				says[code] = Yes
			}
		}
		return says
	}
	for _, c := range []struct {
		text string
		f    Facts
		want Answer
		ask  string
	}{
		{"", Facts{}, Yes, ""},
		{"A", Facts{}, Unknown, "A"},
		{"A", Facts{Says: map[string]Answer{"A": Unknown}}, Unknown, "A"},
		{"A", Facts{Says: yes("-A")}, No, ""},
		{"bukan(A)", Facts{Says: yes("-A")}, Yes, ""},
		{"bukan(A)", Facts{}, Unknown, "A"},
		{"semua(A, B)", Facts{Says: yes("A")}, Unknown, "B"},
		{"semua(A, B)", Facts{Says: yes("-B")}, No, ""}, // one no is enough, A need not be asked
		{"salah_satu(A, B)", Facts{Says: yes("B")}, Yes, ""},
		{"salah_satu(A, B)", Facts{Says: yes("-A", "-B")}, No, ""},
		{"salah_satu(A, semua(A, B))", Facts{}, Unknown, "A B"},
		{"negara(DE, TR)", Facts{}, Unknown, "negara"},
		{"negara(DE, TR)", Facts{Country: "TR"}, Yes, ""},
		{"semua(skema(EPS), pekerjaan(ENG01))", Facts{Scheme: "EPS", Occupation: "HOS02"}, No, ""},
	} {
		parsed, err := ParseCondition(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got, ask := parsed.Holds(c.f)
		if got != c.want || strings.Join(ask, " ") != c.ask {
			t.Errorf("%q is %s and asks for %v, want %s and %q", c.text, got, ask, c.want, c.ask)
		}
	}
}

func TestWhatIsNoConditionIsRefused(t *testing.T) {
	for _, text := range []string{
		"a", "semua", "semua()", "semua(A", "semua(A,)", "bukan(A, B)", "bukan()", "A B", "negara(jp)", "negara(semua(A))", "ATAU(A)",
		"(A)", "semua(A) B", strings.Repeat("bukan(", 12) + "A" + strings.Repeat(")", 12), strings.Repeat("A", conditionLength+1),
	} {
		if c, err := ParseCondition(text); err == nil {
			t.Errorf("%q was read as %s", text, c)
		}
	}
}

// Whatever is read is written so that it is read the same again, and is decided without end or panic.
func FuzzConditionsAreWrittenAsTheyAreRead(f *testing.F) {
	for _, seed := range []string{
		"", "A", "semua(A, bukan(B))", "salah_satu(negara(DE,TR), skema(EPS))", " bukan ( A_1 ) ", "semua(", "é(A)",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCondition(text)
		if err != nil {
			return
		}
		again, err := ParseCondition(c.String())
		if err != nil || again.String() != c.String() {
			t.Fatalf("%q is written %q and read as %q: %v", text, c, again, err)
		}
		answer, ask := c.Holds(Facts{})
		if (answer == Unknown) != (len(ask) > 0) {
			t.Errorf("%q is %s and asks for %v", text, answer, ask)
		}
		says := map[string]Answer{}
		for _, code := range c.facts() {
			says[code] = Yes
		}
		known := Facts{Country: "DE", Scheme: "EPS", Occupation: "ENG01", Says: says}
		if answer, _ := c.Holds(known); answer == Unknown {
			t.Errorf("%q is not decided though all is known", text)
		}
	})
}
