package journey

import (
	"context"
	"strconv"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/journey"
	"naikkelas/views/components"
)

//i18n:family line.station.* line.hint.*

// How a station stands to its person: behind them, here, ahead, or passed over.
const (
	stationDone    = "done"
	stationNow     = "now"
	stationAhead   = "ahead"
	stationSkipped = "skipped"
)

// stationState is how a station stands to the person of a line. Nothing is now for somebody who was not asked yet where to
// begin; what is done and has nothing after it stays done. Who is at work is there until they come back.
func stationState(l journey.LineNow, s journey.Station, first bool) string {
	switch {
	case s == l.Station && !first && (l.On(s) == nil || s == journey.StationWorking):
		return stationNow
	case l.On(s) != nil:
		return stationDone
	case s.Place() < l.Station.Place() && !first:
		return stationSkipped
	}
	return stationAhead
}

// StationName is what a station is called on screen.
func StationName(ctx context.Context, s journey.Station) string {
	return i18n.T(ctx, "line.station."+string(s))
}

// stationWord says how a station stands: done on which day, now, not yet, or passed over.
func stationWord(ctx context.Context, l journey.LineNow, s journey.Station, first bool) string {
	switch stationState(l, s, first) {
	case stationDone:
		return i18n.T(ctx, "line.done", "Day", i18n.Date(ctx, *l.On(s)))
	case stationNow:
		if s == journey.StationReady && l.Plan.Needed > 0 {
			return i18n.T(ctx, "line.now_counted", "Done", l.Plan.Done, "Needed", l.Plan.Needed)
		}
		if on := l.On(s); on != nil {
			return i18n.T(ctx, "line.now_since", "Day", i18n.Date(ctx, *on))
		}
		return i18n.T(ctx, "line.now")
	case stationSkipped:
		if s == journey.StationAway && l.Abroad {
			return i18n.T(ctx, "line.day_unknown")
		}
		return i18n.T(ctx, "line.skipped")
	}
	if s == journey.StationAway && l.LeavesOn != nil {
		return i18n.T(ctx, "line.planned", "Day", i18n.Date(ctx, *l.LeavesOn))
	}
	return i18n.T(ctx, "line.not_yet")
}

// Where says in one line where a person is.
func Where(ctx context.Context, l journey.LineNow) string {
	return i18n.T(ctx, "line.where", "N", l.Station.Place(), "Station", StationName(ctx, l.Station), "Day", i18n.Date(ctx, l.Since))
}

// A Link leads on with a word.
type Link struct{ Label, Href string }

// Next is what comes next for a person: one thing to do, who decides about it, how long it takes and what it costs, as far
// as that is known.
type Next struct {
	Tag         components.TagProps
	Title       string
	Text        string
	Before      string // leads over to the deadline
	Deadline    string
	Main        Link // empty where there is nothing to do
	Other       Link
	Decides     string
	DecidesNote string
	Usual       string
	UsualNote   string
	Cost        string
	CostNote    string
	Source      string
}

//i18n:family line.by.* line.by_note.*

// By says who decides: you, officer, institution, or others, of whom we only record what they decided.
func (n Next) By(ctx context.Context, who string) Next {
	n.Decides, n.DecidesNote = i18n.T(ctx, "line.by."+who), i18n.T(ctx, "line.by_note."+who)
	return n
}

// Free says that the portal and its officers cost nothing.
func (n Next) Free(ctx context.Context) Next {
	n.Cost, n.CostNote = i18n.T(ctx, "line.free_cost"), i18n.T(ctx, "line.free_cost_note")
	return n
}

// facts are what is known beside the thing to do.
func (n Next) facts(ctx context.Context) []components.Fact {
	var facts []components.Fact
	add := func(key, text, note string) {
		if text != "" {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Content: nextFact(text, note)})
		}
	}
	add("line.decides", n.Decides, n.DecidesNote)
	add("line.usual", n.Usual, n.UsualNote)
	add("line.cost", n.Cost, n.CostNote)
	add("line.source", n.Source, "")
	return facts
}

// UsualTime is how long the station now takes, and from where that is known.
func UsualTime(ctx context.Context, u journey.Usual) (text, note string) {
	day := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return i18n.Date(ctx, *t)
	}
	switch {
	case u.People > 0 && u.Days == 0:
		return i18n.T(ctx, "line.usual_same_day"), i18n.T(ctx, "line.usual_ours", "People", u.People, "Day", day(u.CountedOn))
	case u.People > 0:
		return i18n.T(ctx, "line.usual_days", "Count", u.Days), i18n.T(ctx, "line.usual_ours", "People", u.People, "Day", day(u.CountedOn))
	case u.Unit == "working_days":
		return i18n.T(ctx, "line.usual_working_days", "Count", u.Amount), i18n.T(ctx, "line.usual_desk", "Day", day(u.ValidFrom))
	}
	return i18n.T(ctx, "line.usual_unknown"), ""
}

// place is a station's number as it stands in its circle.
func place(s journey.Station) string { return strconv.Itoa(s.Place()) }
