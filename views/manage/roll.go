package manage

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/form"
	"naikkelas/views/programme"
)

//i18n:family manage.intake.*

// RollForm is the table of next batches as it is sent: by how much they are later, and a row for each intake.
type RollForm struct {
	Token string    `form:"token"`
	Weeks string    `form:"minggu"`
	First form.Date `form:"mulai"`
	Refs  []string  `form:"pilih"`
	Rows  []RollRow `form:"rows"`
}

// A RollRow is one intake to make. Days are as a browser's own field for them writes them.
type RollRow struct {
	From     string `form:"from"`
	Number   int    `form:"number"`
	Take     string `form:"take"`
	Opens    string `form:"opens"`
	Closes   string `form:"closes"`
	Test     string `form:"test"`
	Announce string `form:"announce"`
	Starts   string `form:"starts"`
	Ends     string `form:"ends"`
}

// A rollDay is one day of a row with the name of its field.
type rollDay struct {
	name string
	text string
}

func (r RollRow) days() []rollDay {
	return []rollDay{
		{"opens", r.Opens}, {"closes", r.Closes}, {"test", r.Test}, {"announce", r.Announce}, {"starts", r.Starts}, {"ends", r.Ends},
	}
}

func rollName(i int, field string) string { return "rows[" + strconv.Itoa(i) + "]." + field }

// rollDate reads a day: 2027-03-01 as browsers send it, or 1-3-2027 and 1 Maret 2027 where somebody types it.
func rollDate(text string) (day time.Time, ok bool) {
	text = strings.TrimSpace(text)
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, true
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" -/.", r) })
	if len(parts) != 3 {
		return day, false
	}
	return form.Date{Day: parts[0], Month: parts[1], Year: parts[2]}.Time()
}

// weeks are the weeks, the usual ones where none are written.
func (f RollForm) weeks() (int64, bool) {
	n, ok := form.Int(cmp.Or(strings.TrimSpace(f.Weeks), strconv.Itoa(models.RollWeeks)))
	return n, ok && n >= 1 && n <= models.RollWeeksMost
}

// By is how much later the next batches are.
func (f RollForm) By() models.RollBy {
	by := models.RollBy{Weeks: models.RollWeeks, First: dayOf(f.First)}
	if n, ok := f.weeks(); ok {
		by.Weeks = int(n)
	}
	return by
}

// Check says what is wrong in itself, of the rows that are ticked.
func (f RollForm) Check() form.Errors {
	errs := f.checkBy()
	for i, row := range f.Rows {
		if row.Take == "" {
			continue
		}
		for _, day := range row.days() {
			if _, ok := rollDate(day.text); !ok && strings.TrimSpace(day.text) != "" {
				errs.Add(rollName(i, day.name), "manage.roll.day")
			}
		}
	}
	return errs
}

func (f RollForm) checkBy() form.Errors {
	var errs form.Errors
	if _, ok := f.weeks(); !ok {
		errs.Add("minggu", "manage.roll.weeks_range", "Most", models.RollWeeksMost)
	}
	errs.Add("mulai", f.First.Check())
	return errs
}

// Input is the form as the Store takes it; Check has passed.
func (f RollForm) Input() models.RollInput {
	in := models.RollInput{Token: f.Token}
	for i, row := range f.Rows {
		if row.Take == "" {
			continue
		}
		day := func(text string) *time.Time {
			if day, ok := rollDate(text); ok {
				return &day
			}
			return nil
		}
		next := models.RollIntake{
			Row: "rows[" + strconv.Itoa(i) + "]", From: row.From, Number: row.Number,
			TestOn: day(row.Test), AnnounceOn: day(row.Announce), StartsOn: day(row.Starts), EndsOn: day(row.Ends),
		}
		next.OpensAt, next.ClosesAt = opensOn(day(row.Opens)), closesOn(day(row.Closes))
		in.Intakes = append(in.Intakes, next)
	}
	return in
}

// opensOn is the instant at which registration opens on a day: 08.00 WIB.
func opensOn(day *time.Time) *time.Time {
	if day == nil {
		return nil
	}
	at := record.DateDay(*day).Start().Add(8 * time.Hour)
	return &at
}

// closesOn is the last instant of registration on a day.
func closesOn(day *time.Time) *time.Time {
	if day == nil {
		return nil
	}
	at := record.DateDay(*day).End()
	return &at
}

// RollPage shows the next batches before they are made.
type RollPage struct {
	Form   RollForm
	All    bool // all within the filter, instead of those that were ticked
	Filter models.OwnFilter
	Plan   models.RollPlan
	Errors form.Errors
}

// ReadRoll reads whose next batches an address means, and how much later they are.
func ReadRoll(q url.Values) RollPage {
	p := RollPage{
		All: q.Get("semua") != "", Filter: models.OwnFilter{List: q.Get("daftar"), Text: q.Get("q")},
		Form: RollForm{Weeks: q.Get("minggu"), Refs: q["pilih"], First: form.Date{
			Day: q.Get("mulai.day"), Month: q.Get("mulai.month"), Year: q.Get("mulai.year"),
		}},
	}
	p.Errors = p.Form.checkBy()
	return p
}

// row is a row of the plan as its fields show it: what was sent of it, else what is planned.
func (p RollPage) row(r models.RollRow) RollRow {
	for _, sent := range p.Form.Rows {
		if sent.From == r.From.Ref {
			sent.Number = r.Next.Number
			return sent
		}
	}
	day := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	instant := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.In(i18n.WIB).Format(time.DateOnly)
	}
	row := RollRow{
		From: r.From.Ref, Number: r.Next.Number, Opens: instant(r.Next.OpensAt), Closes: instant(r.Next.ClosesAt),
		Test: day(r.Next.TestOn), Announce: day(r.Next.AnnounceOn), Starts: day(r.Next.StartsOn), Ends: day(r.Next.EndsOn),
	}
	if len(p.Form.Rows) == 0 {
		row.Take = "yes"
	}
	return row
}

// problem is what is wrong with a field of a row: as it was sent, or as it is planned.
func (p RollPage) problem(ctx context.Context, i int, r models.RollRow, field string) string {
	if len(p.Form.Rows) > 0 {
		return p.Errors.Text(ctx, rollName(i, field))
	}
	var errs form.Errors
	for _, refusal := range record.RefusalsIn(r.Clash) {
		errs.Add(cmp.Or(refusal.Field, "take"), refusal.Key, refusal.Args...)
	}
	return errs.Text(ctx, field)
}

// moved says which day off a planned date was moved away from, empty for none.
func (p RollPage) moved(ctx context.Context, r models.RollRow, field string) string {
	i := slices.IndexFunc(r.Moved, func(m models.RollMove) bool { return m.Field == field })
	if i < 0 || len(p.Form.Rows) > 0 {
		return ""
	}
	off := r.Moved[i]
	if off.Holiday == (models.Text{}) {
		return i18n.T(ctx, "manage.roll.weekend", "Date", i18n.Date(ctx, off.Off))
	}
	return i18n.T(ctx, "manage.roll.holiday", "Date", i18n.Date(ctx, off.Off), "Holiday", off.Holiday.In(i18n.Of(ctx)))
}

// years are the years of whose holidays nobody has told the portal.
func (p RollPage) years() string {
	words := make([]string, len(p.Plan.Unknown))
	for i, year := range p.Plan.Unknown {
		words[i] = strconv.Itoa(year)
	}
	return strings.Join(words, ", ")
}

// next is the next intake of a row as it is called.
func next(ctx context.Context, r models.RollRow) string {
	return programme.IntakeName(ctx, models.Intake{Number: r.Next.Number, Session: r.From.Session})
}

// after says after which intake a row comes.
func after(ctx context.Context, r models.RollRow) string {
	name := programme.IntakeName(ctx, r.From)
	if r.From.StartsOn == nil {
		return i18n.T(ctx, "manage.roll.after", "Intake", name)
	}
	return i18n.T(ctx, "manage.roll.after_on", "Intake", name, "Date", i18n.Date(ctx, *r.From.StartsOn))
}

// cannot says why a programme has no next batch here.
func cannot(ctx context.Context, p models.Programme) string {
	if p.State != models.ProgrammeDrafted && p.State != models.ProgrammePublished {
		return i18n.T(ctx, "manage.programme_state."+string(p.State))
	}
	return i18n.T(ctx, "manage.roll.nothing")
}

// rollAllPath leads to the next batches of all programmes of a list.
func rollAllPath(f models.OwnFilter) string {
	return urls.WithQuery(urls.ManageRoll(), "semua", "ya", "daftar", f.List, "q", f.Text)
}

// rollOnePath leads to the next batch of one programme.
func rollOnePath(ref string) string { return urls.WithQuery(urls.ManageRoll(), "pilih", ref) }

// rolledItem is one intake of a roll with what became of it, nil while it waits.
type rolledItem struct {
	models.RollItem
	Result *models.RollResult
}

func rolledItems(r models.IntakeRoll) []rolledItem {
	list := make([]rolledItem, len(r.Intakes))
	for i, item := range r.Intakes {
		list[i].RollItem = item
		if i < len(r.Results) {
			list[i].Result = &r.Results[i]
		}
	}
	return list
}

// name is what the intake is called.
func (i rolledItem) name(ctx context.Context) string {
	return programme.IntakeName(ctx, models.Intake{Number: i.Input.Number, Session: i.Input.Session})
}
