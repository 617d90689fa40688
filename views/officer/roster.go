package officer

import (
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ShiftForm puts an officer on duty. A shift that ends before it begins ends on the day after.
type ShiftForm struct {
	Officer string    `form:"officer"`
	Phone   string    `form:"phone"`
	Day     form.Date `form:"day"`
	From    string    `form:"from"`
	To      string    `form:"to"`
	Token   string    `form:"token"`
}

// Check looks at day and hours alone; the Store knows the rest.
func (f ShiftForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("day", f.Day.CheckRequired())
	for name, text := range map[string]string{"from": f.From, "to": f.To} {
		if _, ok := clockTime(text); !ok {
			errs.Add(name, "roster.hour_wrong")
		}
	}
	return errs
}

// clockTime reads an hour of the day such as 08:00 or 8.00.
func clockTime(text string) (time.Duration, bool) {
	t, err := time.Parse("15:04", strings.ReplaceAll(strings.TrimSpace(text), ".", ":"))
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, err == nil
}

// Shift is the form as the Store takes it.
func (f ShiftForm) Shift() protection.NewShift {
	day, _ := f.Day.Time()
	from, _ := clockTime(f.From)
	to, _ := clockTime(f.To)
	if to <= from {
		to += 24 * time.Hour
	}
	start := record.DateDay(day).Start()
	return protection.NewShift{Officer: f.Officer, Phone: f.Phone, StartsAt: start.Add(from), EndsAt: start.Add(to), Token: f.Token}
}

// RosterPage is a week of the roster, with the form for another shift for the head.
type RosterPage struct {
	protection.Roster
	Today  record.Day
	Form   ShiftForm
	Errors form.Errors
}

func (p RosterPage) week(weeks int) string {
	return urls.RosterWeek(p.Monday.Plus(7 * weeks).Date().Format(time.DateOnly))
}

// days are the days of the week.
func (p RosterPage) days() (list []record.Day) {
	for i := range 7 {
		list = append(list, p.Monday.Plus(i))
	}
	return list
}

// on are the shifts that begin on a day; what began before the week stands on its first.
func (p RosterPage) on(day record.Day) (list []protection.Shift) {
	for _, s := range p.Shifts {
		began := record.DayOf(s.StartsAt)
		if began == day || day == p.Monday && p.Monday.After(began) {
			list = append(list, s)
		}
	}
	return list
}

// A gap is a time of the week, from now on, in which nobody is on duty.
type gap struct{ from, to time.Time }

// gaps are the times at which nobody is on duty.
func (p RosterPage) gaps(now time.Time) (list []gap) {
	at, end := p.Monday.Start(), p.Monday.Plus(7).Start()
	if at.Before(now) {
		at = now
	}
	for _, s := range p.Shifts {
		if s.StartsAt.After(at) {
			list = append(list, gap{at, s.StartsAt})
		}
		if s.EndsAt.After(at) {
			at = s.EndsAt
		}
	}
	if at.Before(end) {
		list = append(list, gap{at, end})
	}
	return list
}

func (p RosterPage) officers() (list []components.Option) {
	for _, u := range p.Officers {
		list = append(list, components.Option{Value: u.Ref, Label: u.Name})
	}
	return list
}

// now says who is on duty, and until when.
func (p RosterPage) now(ctx context.Context) string {
	names := make([]string, len(p.Now))
	for i, s := range p.Now {
		names[i] = i18n.T(ctx, "roster.until", "Name", s.Officer.Name, "When", i18n.Near(ctx, ambient.From(ctx).Now, s.EndsAt))
	}
	return strings.Join(names, "; ")
}

// hours are from when to when a shift is.
func hours(ctx context.Context, s protection.Shift) string {
	if record.DayOf(s.EndsAt) == record.DayOf(s.StartsAt) {
		return i18n.Clock(ctx, s.StartsAt) + "–" + i18n.Clock(ctx, s.EndsAt)
	}
	return i18n.Clock(ctx, s.StartsAt) + "–" + i18n.Clock(ctx, s.EndsAt) + " " + i18n.DayShort(ctx, s.EndsAt)
}

// EndShiftForm ends a shift; Seen is the end that the head saw, as seconds since 1970 and what is below them.
type EndShiftForm struct {
	Why  string `form:"why"`
	Seen string `form:"seen"`
}

// SeenEnd is the end that the head saw.
func (f EndShiftForm) SeenEnd() time.Time {
	micro, err := strconv.ParseInt(f.Seen, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(micro)
}

// ShiftPage asks before a shift is taken off the roster, or ends.
type ShiftPage struct {
	Shift  protection.Shift
	Form   EndShiftForm
	Errors form.Errors
}

// seen is the end that is shown.
func (p ShiftPage) seen() string { return strconv.FormatInt(p.Shift.EndsAt.UnixMicro(), 10) }

// title is the act as a question.
func (p ShiftPage) title(ctx context.Context) string {
	if p.Shift.Begun(ambient.From(ctx).Now) {
		return i18n.T(ctx, "roster.shorten_title")
	}
	return i18n.T(ctx, "roster.remove_title")
}

// what the act does.
func (p ShiftPage) what(ctx context.Context) string {
	if p.Shift.Begun(ambient.From(ctx).Now) {
		return i18n.T(ctx, "roster.shorten_text")
	}
	return i18n.T(ctx, "roster.remove_text")
}

// open says whether there is anything to end.
func (p ShiftPage) open(ctx context.Context) bool {
	return p.Shift.RemovedAt == nil && !p.Shift.Over(ambient.From(ctx).Now)
}
