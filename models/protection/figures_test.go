package protection

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// crowd makes cases of a country and a door that came in at an instant, with their kinds, and closes some.
func (s *deskStore) crowd(t testing.TB, n int, at time.Time, country, urgency, door string, more map[string]any) {
	t.Helper()
	for range n {
		row := map[string]any{"ref": "NK-" + record.NewWord(), "form_token": uuid.NewString(), "state": "new", "door": door, "danger": "",
			"urgency": urgency, "sensitive": false, "language": "id", "from_many": false, "trafficking": "no", "involves_child": false,
			"life_once": false, "version": 1, "next_actor": "duty", "waiting_since": at, "created_at": at, "outcome": ""}
		if country != "" {
			row["country_code"] = country
		}
		for name, value := range more {
			row[name] = value
		}
		if err := s.sql.Table("cases").Create(row).Error; err != nil {
			t.Fatal(err)
		}
	}
}

// says are the figures of a list, hidden ones as a dot.
func (l FigureList) says() (text string) {
	for _, f := range append(l.Rows, Figure{Code: "total", Count: l.Total.Count, Hidden: l.Total.Hidden}) {
		switch {
		case f.Hidden:
			text += f.Code + ":· "
		case f.Count > 0:
			text += fmt.Sprintf("%s:%d ", f.Code, f.Count)
		}
	}
	return text
}

// figures reads a month as Hana, the head, with its lists by name.
func (s *deskStore) figures(t testing.TB, month record.Day) (CaseFigures, map[string]FigureList) {
	t.Helper()
	f, err := s.CaseFigures(t.Context(), s.hana, month)
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string]FigureList{}
	for _, l := range f.Lists {
		lists[l.Name] = l
	}
	return f, lists
}

// Figures count the cases of a month that has ended, by the clock of Jakarta; where all are large nothing is hidden.
func TestFiguresCountTheCasesOfAMonth(t *testing.T) {
	s := newDoor(t)
	october := time.Date(2026, 10, 1, 0, 30, 0, 0, noon.Location()) // still September in UTC
	soon := map[string]any{"contacted_at": october.Add(time.Hour)}
	closed := map[string]any{"state": "closed", "closed_at": october.Add(48 * time.Hour), "outcome": "helped", "next_actor": "",
		"waiting_since": nil, "contacted_at": october.Add(20 * time.Hour)}
	s.crowd(t, 6, october, "HK", "life", "abroad", soon)
	s.crowd(t, 7, october, "MY", "normal", "family", closed)
	s.crowd(t, 5, october, "", "normal", "abroad", nil)
	s.crowd(t, 9, noon, "HK", "life", "abroad", nil) // this month has not ended
	f, lists := s.figures(t, record.Day{})
	if got := monthsOf(f); got != "2026-10" {
		t.Errorf("months %s", got)
	}
	var grid string
	for _, line := range f.Grid {
		grid += fmt.Sprintf("%s %v %v; ", line.Name.ID, line.Cells, line.Total)
	}
	want := "Contoh HK [{life 6 false} {urgent 0 false} {normal 0 false}] { 6 false}; " +
		"Contoh MY [{life 0 false} {urgent 0 false} {normal 7 false}] { 7 false}; " +
		" [{life 0 false} {urgent 0 false} {normal 5 false}] { 5 false}; "
	if grid != want || f.Total.Count != 18 {
		t.Errorf("%s, total %v", grid, f.Total)
	}
	for name, want := range map[string]string{
		FiguresDoor: "abroad:11 family:7 total:18 ", FiguresContact: "two_hours:6 day:7 none:5 total:18 ", FiguresKind: ":18 total:18 ",
		FiguresOutcome: "helped:7 total:7 ", FiguresAfter: "", FiguresOpen: "quarter:11 total:11 ",
	} {
		if got := lists[name].says(); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func monthsOf(f CaseFigures) (text string) {
	for _, m := range f.Months {
		text += m.Date().Format("2006-01")
	}
	return text
}

// Three people in trouble in one country cannot be made out, neither by the totals nor by the list beside the grid.
func TestFiguresHideFewPeople(t *testing.T) {
	s := newDoor(t)
	october := time.Date(2026, 10, 12, 9, 0, 0, 0, noon.Location())
	s.crowd(t, 3, october, "KH", "life", "abroad", nil)
	s.crowd(t, 20, october, "HK", "life", "abroad", nil)
	s.crowd(t, 30, october, "HK", "normal", "family", nil)
	s.crowd(t, 25, october, "MY", "normal", "family", nil)
	f, lists := s.figures(t, record.Day{})
	seen := map[string]int{}
	for _, line := range f.Grid {
		for _, c := range append(line.Cells, line.Total) {
			if c.Hidden && c.Count != 0 {
				t.Errorf("a hidden figure leaves with its count: %+v", c)
			}
			if !c.Hidden && c.Count > 0 && c.Count < 5 {
				t.Errorf("%s: %d can be seen", line.Name.ID, c.Count)
			}
			if !c.Hidden {
				seen[line.Name.ID]++
			}
		}
	}
	if seen["Contoh KH"] != 2 || lists[FiguresDoor].says() != "abroad:23 family:55 total:78 " { // its zeros
		t.Errorf("%v, %s", seen, lists[FiguresDoor].says())
	}
}

// Figures are for the head and officers with the duty alone.
func TestFiguresAreForTheDesk(t *testing.T) {
	s := newDoor(t)
	for _, u := range []record.User{s.hana, s.rina} {
		if _, err := s.CaseFigures(t.Context(), u, record.Day{}); err != nil {
			t.Errorf("%s: %v", u.Name, err)
		}
	}
	for _, u := range []record.User{s.lain, s.admin, {}} {
		if _, err := s.CaseFigures(t.Context(), u, record.Day{}); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: %v", u.Name, err)
		}
	}
}

// What was open when a month ended is hidden where it differs by few from the month before.
func TestOpenFiguresHideTheStepOfFew(t *testing.T) {
	s := newDoor(t)
	long := time.Date(2026, 3, 2, 9, 0, 0, 0, noon.Location())
	ended := map[string]any{"state": "closed", "closed_at": time.Date(2026, 10, 20, 9, 0, 0, 0, noon.Location()), "outcome": "helped",
		"next_actor": "", "waiting_since": nil}
	s.crowd(t, 20, long, "HK", "normal", "abroad", nil)
	s.crowd(t, 2, long, "HK", "normal", "abroad", ended)
	s.crowd(t, 8, time.Date(2026, 9, 30, 9, 0, 0, 0, noon.Location()), "HK", "normal", "abroad", nil)
	_, lists := s.figures(t, record.Day{})
	if got := lists[FiguresOpen].says(); got != "quarter:8 older:· total:· " {
		t.Errorf("October: %s", got)
	}
	_, lists = s.figures(t, record.DateDay(time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)))
	if got := lists[FiguresOpen].says(); got != "week:8 older:22 total:30 " {
		t.Errorf("September: %s", got)
	}
}
