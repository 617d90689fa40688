package models

import (
	"errors"
	"testing"
)

// Each reason that names a requirement is held against what was found about it: met, not met, not known, not asked.
func TestF009ReasonKnowsItsRequirement(t *testing.T) {
	age := func(age, least, most int, m Met) []Requirement {
		return []Requirement{{Code: "age", Met: m, Age: age, AgeMin: least, AgeMax: most}}
	}
	for name, tt := range map[string]struct {
		requirement string
		found       []Requirement
		want        bool
	}{
		"32 is not too young":             {"age_min", age(32, 18, 35, MetYes), true},
		"36 is too old, not too young":    {"age_min", age(36, 18, 35, MetNo), true},
		"36 is too old":                   {"age_max", age(36, 18, 35, MetNo), false},
		"17 is too young":                 {"age_min", age(17, 18, 35, MetNo), false},
		"17 is not too old":               {"age_max", age(17, 18, 0, MetNo), true},
		"no birth date":                   {"age_min", age(0, 18, 35, MetUnknown), false},
		"no age asked for":                {"age_max", nil, true},
		"a KTP of Jakarta Timur":          {"residence", []Requirement{{Code: "residence", Met: MetYes}}, true},
		"a KTP of Bekasi":                 {"residence", []Requirement{{Code: "residence", Met: MetNo}}, false},
		"schooling that suffices":         {"education", []Requirement{{Code: "education", Met: MetYes}}, true},
		"a certificate that is there":     {"certificate", []Requirement{{Code: "certificate", Met: MetYes}}, true},
		"a certificate that is not there": {"certificate", []Requirement{{Code: "certificate", Met: MetNo}}, false},
		"another requirement is not met":  {"residence", append(age(17, 18, 0, MetNo), Requirement{Code: "residence", Met: MetYes}), true},
		"schooling that nobody filled in": {"education", []Requirement{{Code: "education", Met: MetUnknown}}, false},
		"residence that is not asked for": {"residence", age(20, 18, 0, MetYes), true},
		"schooling that does not suffice": {"education", []Requirement{{Code: "education", Met: MetNo}}, false},
	} {
		if got := contradicts(tt.requirement, tt.found); got != tt.want {
			t.Errorf("%s: contradicts is %t", name, got)
		}
	}
}

// A refusal against the findings asks again, and needs a second officer who is not the one who has the file; one that
// the findings bear out goes through as before.
func TestF009RefusalAgainstTheFindingsNeedsASecondOfficer(t *testing.T) {
	s, rina, a := reviewing(t, func(p *Programme) { p.RequiresDKI = true }, nil)
	err := s.sql.Exec("INSERT INTO reason_requirements (code, requirement) VALUES ('not_eligible_x', 'residence')").Error
	if err != nil {
		t.Fatal(err)
	}
	joko := s.addUser(t, Officer, "joko")
	d := Decision{Outcome: NotEligible, Reason: "not_eligible_x", Text: "Bukan KTP DKI."}
	decide := func(want error) {
		t.Helper()
		if _, err := s.PreviewDecision(t.Context(), rina, a.Ref, d); !errors.Is(err, want) {
			t.Errorf("preview: %v, want %v", err, want)
		}
		if err := s.Decide(t.Context(), rina, a.Ref, d); !errors.Is(err, want) {
			t.Errorf("decide: %v, want %v", err, want)
		}
	}
	decide(ErrContradicts)
	d.Despite = true
	decide(ErrSecondOfficer)
	for _, tt := range []struct {
		who         User
		reason, why string
		want        error
	}{
		{rina, "not_eligible_x", "x", ErrOwnAgreement}, {joko, "", "x", ErrAgreeReason}, {joko, "not_eligible_x", " ", ErrAgreementEmpty},
		{s.addUser(t, Admin, "admin"), "not_eligible_x", "x", ErrForbidden},
	} {
		if err := s.Agree(t.Context(), tt.who, a.Ref, tt.reason, tt.why); !errors.Is(err, tt.want) {
			t.Errorf("%s agrees: %v, want %v", tt.who.Name, err, tt.want)
		}
	}
	decide(ErrSecondOfficer)
	if err := s.Agree(t.Context(), joko, a.Ref, "not_eligible_x", "KTP sudah dicabut Dukcapil."); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), rina, a.Ref, d); err != nil {
		t.Errorf("with a second officer: %v", err)
	}
	if got := s.reload(t, a); got.State != NotEligible {
		t.Errorf("the file is %s", got.State)
	}
}

// What waits for a second officer stands in a list of the queue and is counted, from the refused decision until a
// colleague agrees, the file is decided in another way, or another has it.
func TestF009RefusalThatNeedsASecondOfficerIsFound(t *testing.T) {
	s, rina, a := reviewing(t, func(p *Programme) { p.RequiresDKI = true }, nil)
	s.announceAfter(t, 10)
	if err := s.sql.Exec("INSERT INTO reason_requirements (code, requirement) VALUES ('not_eligible_x', 'residence')").Error; err != nil {
		t.Fatal(err)
	}
	joko := s.addUser(t, Officer, "joko")
	listed := func(when string, want int) {
		t.Helper()
		page, err := s.Queue(t.Context(), joko, QueueFilter{Second: true}, "")
		if err != nil || len(page.Items) != want || page.Second != int64(want) {
			t.Errorf("%s: %d listed, %d counted, %v; want %d", when, len(page.Items), page.Second, err, want)
		}
	}
	d := Decision{Outcome: NotEligible, Reason: "not_eligible_x", Text: "Bukan KTP DKI."}
	try := func(want error) {
		t.Helper()
		_, preview := s.PreviewDecision(t.Context(), rina, a.Ref, d)
		if err := s.Decide(t.Context(), rina, a.Ref, d); !errors.Is(err, want) || !errors.Is(preview, want) {
			t.Errorf("previewed: %v, decided: %v, want %v", preview, err, want)
		}
	}
	try(ErrContradicts)
	listed("only asked again", 0)
	d.Despite = true
	try(ErrSecondOfficer)
	listed("refused", 1)
	if n := s.rows(t, "desk_events WHERE what = 'asked' AND note = 'not_eligible_x'"); n != 1 {
		t.Errorf("two tries are written down %d times", n)
	}
	if err := s.Release(t.Context(), rina, a.Ref); err != nil {
		t.Fatal(err)
	}
	listed("given back", 0)
	s.take(t, joko, a)
	listed("another has it", 0)
	if err := s.Release(t.Context(), joko, a.Ref); err != nil {
		t.Fatal(err)
	}
	s.take(t, rina, a)
	listed("taken again", 1)
	if err := s.Agree(t.Context(), joko, a.Ref, "not_eligible_x", "KTP sudah dicabut."); err != nil {
		t.Fatal(err)
	}
	listed("agreed", 0)
	fix := Decision{Outcome: NeedsFix, FixBy: s.db.Now().AddDate(0, 0, 7), Fixes: []FixInput{{Target: "identity", Reason: "needs_fix_x"}}}
	s.sql.Exec("DELETE FROM desk_events WHERE what = 'agreed'")
	listed("without the agreement", 1)
	if err := s.Decide(t.Context(), rina, a.Ref, fix); err != nil {
		t.Fatal(err)
	}
	listed("decided in another way, not announced", 0)
}
