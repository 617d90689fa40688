package protection

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

// openUntil makes n cases that came in long before a month and were open until an instant in it, if any.
func (s *deskStore) openUntil(t testing.TB, n int, since, until time.Time) {
	t.Helper()
	var more map[string]any
	if !until.IsZero() {
		more = map[string]any{"state": "closed", "closed_at": until, "outcome": "helped", "next_actor": "", "waiting_since": nil}
	}
	s.crowd(t, n, since, "HK", "normal", "abroad", more)
}

// What is published of a month stays, whatever happens to its cases later, and whoever counts it when.
func TestPublishedFiguresStay(t *testing.T) {
	s := newDoor(t)
	at := time.Date(2026, 9, 12, 9, 0, 0, 0, noon.Location())
	s.openUntil(t, 30, at, at.Add(24*time.Hour))
	s.openUntil(t, 12, at, time.Time{})
	september := record.DateDay(time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC))
	months := []record.Day{september.PlusMonths(1), september}
	var all sync.WaitGroup
	for range 3 { // the chore, and two who look
		all.Go(func() {
			if _, err := s.PublishFigures(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	published := func() (text string) {
		t.Helper()
		for _, m := range months {
			f, _ := s.figures(t, m)
			bytes, err := json.Marshal(f)
			if err != nil {
				t.Fatal(err)
			}
			text += string(bytes)
		}
		return text
	}
	before := published()
	err := s.sql.Exec(`UPDATE cases
		SET state = 'open', closed_at = NULL, outcome = '', next_actor = 'lead', waiting_since = now(), lead_id = ?
		WHERE id = (SELECT min(id) FROM cases)`, s.rina.ID).Error
	if err == nil {
		err = s.sql.Exec("UPDATE cases SET contacted_at = created_at + interval '1 hour' WHERE contacted_at IS NULL").Error
	}
	if err != nil {
		t.Fatal(err)
	}
	s.openUntil(t, 1, at, time.Time{})
	if _, err := s.PublishFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := published(); after != before || s.rows(t, "case_figures") != 2 {
		t.Errorf("what was published changed from\n%s to\n%s", before, after)
	}
}

// Of what is open no figure that can be seen differs by few from what could be seen of it last: against what was published,
// not what would be hidden today.
func TestOpenFiguresAreHiddenAgainstThePublished(t *testing.T) {
	list := func(counts ...int) FigureList {
		l := FigureList{Name: FiguresOpen}
		for i, code := range figureCodes(FiguresOpen) {
			l.Rows = append(l.Rows, Figure{Code: code, Count: counts[i]})
			l.Total.Count += counts[i]
		}
		return l
	}
	for _, months := range [][][]int{
		{{18, 10, 19, 9}, {17, 10, 18, 3}, {11, 11, 26, 0}},
		{{20, 10, 30, 40}, {20, 11, 30, 40}, {20, 12, 30, 40}, {20, 11, 30, 40}},
		{{9, 9, 9, 9}, {8, 9, 9, 10}, {9, 9, 9, 9}, {0, 9, 9, 9}, {6, 9, 9, 9}},
	} {
		t.Run(fmt.Sprint(months), func(t *testing.T) {
			var seen []Figure
			last := map[int]int{}
			for _, counts := range months {
				l := list(counts...)
				l.hide(seen)
				seen = l.seenAfter(seen)
				for i, f := range append([]Figure{l.Total}, l.Rows...) {
					if f.Hidden {
						continue
					}
					before, known := last[i]
					step := max(f.Count-before, before-f.Count)
					if known && f.Count > 0 && step > 0 && step < 5 {
						t.Errorf("month %v: figure %d went from %d to %d before everybody's eyes", counts, i, before, f.Count)
					}
					last[i] = f.Count
				}
			}
		})
	}
}
