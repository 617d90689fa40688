package refdata

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestHotlinesCanBeReached(t *testing.T) {
	dial := regexp.MustCompile(`^(\+62\d{8,12}|0800\d{4,}|1\d{2}|1500\d{3})$`)
	digits := regexp.MustCompile(`\D`)
	hotlines := all(t, Hotlines, 12, func(h Hotline) string { return h.Code })
	for code, h := range hotlines {
		if h.Kind == Web {
			if u, err := url.Parse(h.URL); err != nil || u.Scheme != "https" || !strings.HasSuffix(u.Host, ".go.id") {
				t.Errorf("%s: address %q", code, h.URL)
			}
			continue
		}
		if !dial.MatchString(h.Dial) {
			t.Errorf("%s: %q cannot be dialled", code, h.Dial)
		}
		shown, dialled := digits.ReplaceAllString(h.Number, ""), digits.ReplaceAllString(h.Dial, "")
		if strings.TrimPrefix(strings.TrimPrefix(shown, "62"), "0") != strings.TrimPrefix(strings.TrimPrefix(dialled, "62"), "0") {
			t.Errorf("%s shows %s and dials %s", code, h.Number, h.Dial)
		}
	}
	if got := hotlines["KP2MI_HOME"].Checked.On; !got.Equal(time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("KP2MI's number is of %v", got)
	}
	for _, code := range []string{"SAPA", "SAPA_WA", "POLRI", "LPSK", "JAKARTA_SIAGA"} {
		if hotlines[code].Checked.Status != "general" {
			t.Errorf("%s claims to have been checked", code)
		}
	}
}

func TestEveryKindOfReasonHasAWayOut(t *testing.T) {
	rows, err := ReasonCodes()
	if err != nil {
		t.Fatal(err)
	}
	kinds, notes := map[ReasonKind]int{}, map[ReasonKind]int{}
	last := ReasonKind("")
	for _, r := range rows {
		if r.Kind != last && kinds[r.Kind] > 0 {
			t.Errorf("%s: kind %s is in two places", r.Code, r.Kind)
		}
		last = r.Kind
		kinds[r.Kind]++
		if r.NeedsNote {
			notes[r.Kind]++
		}
		if strings.Contains(strings.ToLower(r.Text.ID), "gagal") {
			t.Errorf("%s calls somebody a failure", r.Code)
		}
	}
	for _, kind := range []ReasonKind{
		NeedsFix, NotEligible, CertificateNeedsFix, CertificateRejected, CertificateSuspended, NotSelected, ProgrammeRefused, Dropped,
	} {
		if kinds[kind] < 5 || notes[kind] != 1 {
			t.Errorf("%s has %d reasons, %d of them with a note", kind, kinds[kind], notes[kind])
		}
	}
	if kinds[Withdraw] < 5 || notes[Withdraw] != 0 {
		t.Errorf("a seeker who withdraws finds %d reasons and owes %d notes", kinds[Withdraw], notes[Withdraw])
	}
}
