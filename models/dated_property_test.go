package models

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"naikkelas/models/record/dated"
)

// horizon is how many days the calendar of a row is looked at.
const horizon = 30

// calendar is what a row says on each day from today on, empty where it does not hold.
type calendar [horizon + 1]string

func (c *calendar) fill(from, to int, number string) {
	for d := from; d <= min(to, horizon); d++ {
		c[d] = number
	}
}

// publishes lays a change over the calendar of a row with those versions: it gives way to what begins later, and what
// held before holds again after it.
func (c *calendar) publishes(first time.Time, versions []dated.Version, from, to int, number string) {
	dayOf := func(t time.Time) int { return int(t.Sub(first).Hours() / 24) }
	last := horizon
	for _, v := range versions {
		if begins := dayOf(v.ValidFrom); begins > from {
			last = min(last, begins-1)
		}
	}
	c.fill(from, min(to, last), number)
}

// Whatever is published in whatever order, each day has the value of the change that was published last for it, and no
// two versions hold on one day.
func TestDatedVersionsNeverOverlap(t *testing.T) {
	s := newDatedStore(t)
	first := s.Today()
	rapid.Check(t, func(r *rapid.T) {
		var want calendar
		code := ""
		for i := range rapid.IntRange(1, 8).Draw(r, "changes") {
			from, length := rapid.IntRange(0, 12).Draw(r, "from"), rapid.IntRange(-1, 6).Draw(r, "length")
			number := "11" + string(rune('0'+i))
			w := dated.Wish{Says: police(number), From: first.Plus(from).Date(), Why: "x", Token: uuid.NewString()}
			to := horizon
			if length >= 0 {
				to = from + length
				w.To = new(first.Plus(to).Date())
			}
			h := s.history(r, code)
			w.Seen = h.Seen()
			var err error
			if code, err = s.Save(t.Context(), s.rina, s.hotlines, code, w); err != nil {
				r.Fatal(err)
			}
			drafted := s.history(r, code)
			preview := s.numberOnDays(r, code)
			if err := s.Publish(t.Context(), s.joko, s.hotlines, code, drafted.Seen()); err != nil {
				r.Fatal(err)
			}
			if after := s.numberOnDays(r, code); after != preview {
				r.Fatalf("published are %q, shown before %q", after, preview)
			}
			want.publishes(first.Date(), h.Versions, from, to, number)
		}
		h := s.history(r, code)
		for d, number := range want {
			v, _ := h.On(first.Plus(d))
			if v.Says["number"] != number {
				r.Fatalf("on day %d %q holds, want %q", d, v.Says["number"], number)
			}
		}
	})
}

// history reads a row; one without a code is not there yet.
func (s *datedStore) history(r *rapid.T, code string) dated.History {
	if code == "" {
		return dated.History{}
	}
	h, err := s.Row(r.Context(), s.rina, s.hotlines, code)
	if err != nil {
		r.Fatal(err)
	}
	return h
}

// numberOnDays is the number of a row on every third day, with open drafts.
func (s *datedStore) numberOnDays(r *rapid.T, code string) (list calendar) {
	for d := 0; d <= horizon; d += 3 {
		rows, err := s.AsOf(r.Context(), s.rina, s.hotlines, s.Today().Plus(d), true)
		if err != nil {
			r.Fatal(err)
		}
		for _, row := range rows {
			if row.Code == code {
				list[d] = row.Says["number"]
			}
		}
	}
	return list
}
