package models

import (
	"errors"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

// finishedClass is an intake whose people have passed, with who they are by their cards, and staff of its institution.
func finishedClass(t testing.TB, n int) (*testStore, Intake, User, []Application) {
	t.Helper()
	s, in, _ := selecting(t, 20)
	staff := s.addUser(t, Staff, "staf")
	err := s.sql.Exec(`UPDATE users SET may_select = true, institution_id = (SELECT p.institution_id FROM programmes p WHERE p.id = ?)
		WHERE id = ?`, in.ProgrammeID, staff.ID).Error
	if err == nil {
		err = s.sql.Exec("UPDATE programmes SET hours_jp = 240, minutes_per_jp = 45").Error
	}
	if err == nil {
		err = s.sql.Take(&staff, "id = ?", staff.ID).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	list := s.attended(t, in, n)
	for i, a := range list {
		list[i] = s.put(t, a, Completed, map[string]any{"course_result": "passed"})
		who := CheckedIdentity{ApplicationID: a.ID, Name: "Contoh", At: noon}
		if err := s.sql.Omit("OfficerName").Create(&who).Error; err != nil {
			t.Fatal(err)
		}
	}
	return s, in, staff, list
}

func lacksNothing(string) []string { return nil }

// Two colleagues who press at once issue one paper.
func TestPaperIsIssuedOnce(t *testing.T) {
	s, in, staff, list := finishedClass(t, 1)
	refs := []string{list[0].Ref}
	_, _, drafts, err := s.ChosenPapers(t.Context(), staff, in.Ref, refs, lacksNothing)
	if err != nil {
		t.Fatal(err)
	}
	seen := PapersSeen(drafts)
	var all sync.WaitGroup
	results := make([]PapersIssued, 6)
	for i := range results {
		all.Go(func() {
			var err error
			if results[i], err = s.IssuePapers(t.Context(), staff, in.Ref, refs, seen, lacksNothing); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	sum := PapersIssued{}
	for _, r := range results {
		sum.Issued, sum.Already = sum.Issued+r.Issued, sum.Already+r.Already
	}
	if sum.Issued != 1 || sum.Already != 5 {
		t.Errorf("%+v", sum)
	}
}

// What was printed does not change, whoever writes to the database; only a name and a link go.
func TestPrintedPaperDoesNotChange(t *testing.T) {
	s, in, staff, list := finishedClass(t, 1)
	_, _, drafts, err := s.ChosenPapers(t.Context(), staff, in.Ref, []string{list[0].Ref}, lacksNothing)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.IssuePapers(t.Context(), staff, in.Ref, []string{list[0].Ref}, PapersSeen(drafts), lacksNothing); err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{
		"holder_name = 'Lain'", "programme_title = 'Lain'", "hours_jp = 1", "units = 'x'", "institution_licence = 'x'",
		"ends_on = ends_on + 1", "issued_at = now()", "ref = 'TP-LAIN'",
	} {
		if err := s.sql.Exec("UPDATE course_certificates SET " + set).Error; !record.Violates(err, "course_certificates_kept") {
			t.Errorf("%s: %v", set, err)
		}
	}
	for _, set := range []string{
		"state = 'withdrawn'", "state = 'withdrawn', ended_at = now(), ended_by = issued_by",
		"state = 'held', ended_at = now(), ended_by = issued_by, end_reason = 'x'", "code_hash = NULL",
	} {
		if err := s.sql.Exec("UPDATE course_certificates SET " + set).Error; err == nil {
			t.Errorf("%s is taken", set)
		}
	}
	ended := "UPDATE course_certificates SET state = 'withdrawn', ended_at = now(), ended_by = issued_by, end_reason = 'x'"
	if err := s.sql.Exec(ended).Error; err != nil {
		t.Fatal(err)
	}
	again := "UPDATE course_certificates SET state = 'issued', ended_at = NULL, ended_by = NULL, end_reason = ''"
	if err := s.sql.Exec(again).Error; !record.Violates(err, "course_certificates_kept") {
		t.Errorf("a withdrawn paper holds again: %v", err)
	}
	if err := s.sql.Exec("UPDATE course_certificates SET holder_name = '-', code_hash = NULL, code_sealed = NULL").Error; err != nil {
		t.Error(err)
	}
}

// What stands against a paper is named: no checked name, no dates, letters that are missing.
func TestWhatStopsAPaper(t *testing.T) {
	on := time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC)
	whole := CoursePaper{HolderName: "Suparmi", ProgrammeTitle: "Las", HoursJP: 240, StartsOn: &on, EndsOn: &on, InstitutionName: "LPK"}
	for name, tt := range map[string]struct {
		change func(*CoursePaper)
		lacks  []string
		key    string
	}{
		"nothing":        {func(*CoursePaper) {}, nil, ""},
		"no name":        {func(p *CoursePaper) { p.HolderName = "" }, nil, "class.paper.no_name"},
		"an erased name": {func(p *CoursePaper) { p.HolderName = "-" }, nil, "class.paper.no_name"},
		"no end":         {func(p *CoursePaper) { p.EndsOn = nil }, nil, "class.paper.no_dates"},
		"no hours":       {func(p *CoursePaper) { p.HoursJP = 0 }, nil, "class.paper.no_dates"},
		"a letter":       {func(*CoursePaper) {}, []string{"陳"}, "class.paper.letters"},
	} {
		p := whole
		tt.change(&p)
		stop := p.stop(func(string) []string { return tt.lacks })
		if stop == nil && tt.key != "" || stop != nil && stop.Key != tt.key {
			t.Errorf("%s: %v, want %q", name, stop, tt.key)
		}
	}
}

// Only who chooses applicants issues and ends papers.
func TestPapersAreForThoseWhoSelect(t *testing.T) {
	s, in, staff, list := finishedClass(t, 1)
	staff.MaySelect = false
	for _, u := range []User{staff, {Role: Seeker}, {Role: Officer}, {Role: Admin}, {}} {
		_, issue := s.IssuePapers(t.Context(), u, in.Ref, []string{list[0].Ref}, "", lacksNothing)
		_, _, _, read := s.ChosenPapers(t.Context(), u, in.Ref, []string{list[0].Ref}, lacksNothing)
		_, correct := s.CorrectPaper(t.Context(), u, "TP-X", 1, "x", lacksNothing)
		for act, err := range map[string]error{"issue": issue, "read": read, "correct": correct,
			"withdraw": s.WithdrawPaper(t.Context(), u, "TP-X", 1, "x")} {
			if !errors.Is(err, ErrForbidden) {
				t.Errorf("%s as %q: %v", act, u.Role, err)
			}
		}
	}
}
