package models

import (
	"fmt"
	"slices"
	"testing"
)

// A count that stands before its list must count what the list shows; each state has another number here, so that no
// count can stand for another.
func TestF207CountsOfStaffAreTheirLists(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	in := s.addInstitution(t, "LPK Kerja")
	staff := User{Role: Staff, MayEdit: true, MaySelect: true, InstitutionID: &in.ID}
	s.addOneOfEach(t, in)
	verified := s.addSubmitted(t, s.addReadySeeker(t, "Siti"), s.addIntake(t, s.addProgramme(t, in, nil), nil))
	exec := func(query string, id int64) {
		if err := s.sql.Exec(query, id).Error; err != nil {
			t.Fatal(err)
		}
	}
	exec("UPDATE applications SET state = 'verified' WHERE id = ?", verified.ID)
	exec(`UPDATE intakes
		SET opens_at = '2026-09-01', closes_at = '2026-09-20', starts_on = '2026-10-01', ends_on = '2026-11-01'
		WHERE id = ?`, verified.IntakeID)

	if w, err := s.Work(t.Context(), staff, Verified); err != nil || w.Verified != 1 || len(w.Intakes) != 1 ||
		w.Intakes[0].ID != verified.IntakeID || w.Intakes[0].Applicants != 1 {
		t.Fatalf("%+v, %v", w, err)
	}
	w, err := s.Work(t.Context(), staff, "")
	if err != nil || len(w.Intakes) != 1 {
		t.Fatalf("%d intakes, %v", len(w.Intakes), err)
	}
	counts := map[string]int64{OwnDraft: w.Drafts, OwnReturned: w.Returned, OwnSubmitted: w.Submitted, OwnPublished: w.Published}
	for list, want := range map[string]int64{OwnDraft: 33, OwnReturned: 2, OwnSubmitted: 3, OwnPublished: 8} {
		got := s.ownAll(t, staff, OwnFilter{List: list})
		if counts[list] != want || int64(len(got)) != want {
			t.Errorf("%s: counted %d, listed %d, want %d", list, counts[list], len(got), want)
		}
	}
	all := s.ownAll(t, staff, OwnFilter{})
	if len(all) != 49 || !all[0].Returned() || !all[1].Returned() || all[2].Returned() {
		t.Errorf("%d listed, or what came back does not stand first", len(all))
	}
	for _, text := range []string{"GAUN menjahít", all[1].Ref} {
		if got := s.ownAll(t, staff, OwnFilter{Text: text}); len(got) != 1 || got[0].State != ProgrammeDrafted {
			t.Errorf("%q finds %d", text, len(got))
		}
	}
}

// addOneOfEach adds programmes in every state, and one that runs with an intake.
func (s *testStore) addOneOfEach(t *testing.T, in Institution) {
	t.Helper()
	add := func(n int, change func(*Programme)) {
		for i := range n {
			s.addProgramme(t, in, func(p *Programme) {
				p.Title = fmt.Sprintf("Pelatihan %d", i)
				change(p)
			})
		}
	}
	add(33, func(p *Programme) { p.State, p.PublishedAt = ProgrammeDrafted, nil })
	add(2, func(p *Programme) { p.State = ProgrammeSubmitted })
	add(1, func(p *Programme) {
		p.State, p.RefusalCode, p.Title = ProgrammeDrafted, "programme_refused_x", "Menjahit gaun"
	})
	change := []byte(`{"title":"Diubah"}`)
	add(1, func(p *Programme) {
		p.PendingState, p.Pending, p.RefusalCode = ptr("draft"), change, "programme_refused_x"
	})
	add(1, func(p *Programme) { p.PendingState, p.Pending = ptr("submitted"), change })
	add(4, func(*Programme) {})
	add(5, func(p *Programme) { p.State = ProgrammeClosed })
	s.addIntake(t, s.addProgramme(t, in, nil), nil)
}

// ownAll is an institution's list through all its pages, each programme once.
func (s *testStore) ownAll(t *testing.T, staff User, f OwnFilter) (all []Programme) {
	t.Helper()
	for {
		var after *Programme
		if len(all) > 0 {
			after = &all[len(all)-1]
		}
		page, err := s.OwnProgrammes(t.Context(), staff, f, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page {
			if slices.ContainsFunc(all, func(o Programme) bool { return o.ID == p.ID }) {
				t.Fatalf("%s twice", p.Ref)
			}
		}
		if all = append(all, page...); len(page) < OwnProgrammesPage {
			return all
		}
	}
}
