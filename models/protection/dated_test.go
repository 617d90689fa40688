package protection

import (
	"errors"
	"testing"
	"time"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// follow puts rows in, as a release does.
func (s *deskStore) follow(t testing.TB, table, code string, says dated.Values) {
	t.Helper()
	seed := dated.Seed{Code: code, Says: says, From: s.dated.Today().Plus(-100).Date()}
	if err := s.dated.Follow(t.Context(), table, []dated.Seed{seed}); err != nil {
		t.Fatal(err)
	}
}

// Until two officers confirm a term nobody is promised an hour.
func TestTermIsConfirmedByTwo(t *testing.T) {
	s := newDesk(t)
	s.follow(t, "case_terms", TermLife, dated.Values{"name_id": "Nyawa", "name_en": "Life", "hours": "2", "public": "false"})
	table, err := s.dated.Table("batas-waktu-kasus")
	if err != nil {
		t.Fatal(err)
	}
	if term, confirmed, err := s.Term(t.Context(), TermLife); err != nil || confirmed || term != 2*time.Hour {
		t.Fatalf("a new release promises %v, %v, %v", term, confirmed, err)
	}
	wish := func(hours string) dated.Wish {
		return dated.Wish{Says: dated.Values{"name_id": "Nyawa", "name_en": "Life", "hours": hours, "public": "true"},
			From: s.dated.Today().Date(), Why: "Kepala dinas setuju"}
	}
	for _, wrong := range []string{"", "0", "241", "dua", "02", "1.5", "-3"} {
		if _, err := s.dated.Save(t.Context(), s.rina, table, TermLife, wish(wrong)); !record.IsRefusal(err) {
			t.Errorf("%q hours are taken: %v", wrong, err)
		}
	}
	if _, err := s.dated.Save(t.Context(), s.rina, table, TermLife, wish("3")); err != nil {
		t.Fatal(err)
	}
	h, err := s.dated.Row(t.Context(), s.rina, table, TermLife)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.dated.Publish(t.Context(), s.rina, table, TermLife, h.Seen()); !errors.Is(err, dated.ErrSecond) {
		t.Errorf("whoever wrote it confirms it: %v", err)
	}
	if _, confirmed, _ := s.Term(t.Context(), TermLife); confirmed {
		t.Error("one officer alone confirmed a term")
	}
	if err := s.dated.Publish(t.Context(), s.joko, table, TermLife, h.Seen()); err != nil {
		t.Fatal(err)
	}
	if term, confirmed, err := s.Term(t.Context(), TermLife); err != nil || !confirmed || term != 3*time.Hour {
		t.Errorf("the term is %v, %v, %v", term, confirmed, err)
	}
	if _, _, err := s.Term(t.Context(), TermOther); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a term that is not there: %v", err)
	}
}

// Rows that the program asks for by name are neither added nor ended: quick exit always leads somewhere.
func TestFixedRowsStay(t *testing.T) {
	s := newDesk(t)
	s.follow(t, "exit_pages", "exit", dated.Values{"name": "Cuaca", "url": "https://www.bmkg.go.id/"})
	table, err := s.dated.Table("exit_pages")
	if err != nil {
		t.Fatal(err)
	}
	w := dated.Wish{Says: dated.Values{"name": "Lain", "url": "https://contoh.example.org/"}, From: s.dated.Today().Date(), Why: "x"}
	if _, err := s.dated.Save(t.Context(), s.rina, table, "", w); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("another exit page: %v", err)
	}
	w.Ends, w.To = true, new(s.dated.Today().Date())
	if _, err := s.dated.Save(t.Context(), s.rina, table, "exit", w); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("the exit page ends: %v", err)
	}
	for _, wrong := range []string{"http://127.0.0.1:1/", "javascript:alert(1)", "/beranda"} {
		w := dated.Wish{Says: dated.Values{"name": "Cuaca", "url": wrong}, From: s.dated.Today().Date(), Why: "x"}
		if _, err := s.dated.Save(t.Context(), s.rina, table, "exit", w); !record.IsRefusal(err) {
			t.Errorf("quick exit leads to %s: %v", wrong, err)
		}
	}
	if page, err := s.ExitPage(t.Context()); err != nil || page != "https://www.bmkg.go.id/" {
		t.Errorf("quick exit leads to %q, %v", page, err)
	}
	tasks, err := s.dated.Overdue(t.Context(), s.rina)
	if err != nil || len(tasks) != 1 || tasks[0].Code != "exit" {
		t.Errorf("nobody looks again at where quick exit leads: %+v, %v", tasks, err)
	}
}

// Hours of the desk are said once they are confirmed, and kinds of case are read as they hold today.
func TestDutyHoursAndKindsAreRead(t *testing.T) {
	s := newDesk(t)
	says := dated.Values{"name": "Petugas", "hours_id": "Senin 08.00–16.00", "hours_en": "Monday 08:00–16:00", "public": "false"}
	if text, err := s.DutyHours(t.Context()); err != nil || text.ID != "" {
		t.Errorf("hours that nobody wrote: %+v, %v", text, err)
	}
	s.follow(t, "duty_hours", "desk", says)
	if text, err := s.DutyHours(t.Context()); err != nil || text.ID != "" {
		t.Errorf("hours that nobody confirmed: %+v, %v", text, err)
	}
	says["public"] = "true"
	s.follow(t, "duty_hours", "desk", says)
	if text, err := s.DutyHours(t.Context()); err != nil || text.EN != "Monday 08:00–16:00" {
		t.Errorf("hours of the desk: %+v, %v", text, err)
	}
	s.follow(t, "case_types", "TPPO", dated.Values{"name_id": "Dugaan TPPO", "name_en": "Possible trafficking", "urgency": "life",
		"sensitive": "true", "first_steps": "Pastikan aman.\nCatat lokasi."})
	kinds, err := s.CaseTypes(t.Context())
	if err != nil || len(kinds) != 1 || !kinds[0].Sensitive || kinds[0].Urgency != "life" || kinds[0].Name.EN != "Possible trafficking" {
		t.Errorf("kinds are %+v, %v", kinds, err)
	}
}
