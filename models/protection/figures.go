package protection

import (
	"context"
	"fmt"
	"slices"
	"time"

	"naikkelas/internal/disclosure"
	"naikkelas/models"
	"naikkelas/models/record"
)

// A Figure is how many there were of something, by its code. Where it would give somebody away it is hidden, and its count
// is not here.
type Figure struct {
	Code   string
	Count  int
	Hidden bool
}

// A FigureList are figures with their sum.
type FigureList struct {
	Name  string
	Rows  []Figure
	Total Figure
}

// A FigureLine is a row of the grid, of one country.
type FigureLine struct {
	Name  models.Text // empty where nobody knows the country
	Cells []Figure    // by urgency
	Total Figure
}

// CaseFigures are the figures of one month. Months are those that can be chosen, the last one first.
type CaseFigures struct {
	Month   record.Day // its first day
	Months  []record.Day
	Grid    []FigureLine
	Columns []Figure // totals by urgency
	Total   Figure
	Lists   []FigureList
}

// The lists of figures.
const (
	FiguresDoor    = "door"
	FiguresContact = "contact"
	FiguresKind    = "kind"
	FiguresOutcome = "outcome"
	FiguresAfter   = "after"
	FiguresOpen    = "open"
)

// figureViews is the view behind a list of figures, with its code and its count.
var figureViews = map[string][3]string{
	FiguresDoor: {"figures_case_filed", "door", "cases"}, FiguresContact: {"figures_case_contact", "wait", "cases"},
	FiguresKind: {"figures_case_kinds", "kind", "cases"}, FiguresOutcome: {"figures_case_outcomes", "outcome", "cases"},
	FiguresAfter: {"figures_case_after", "answer", "people"}, FiguresOpen: {"figures_case_open", "age", "cases"},
}

// mostMonths is how many months can be chosen.
const mostMonths = 36

// CaseFigures reads the figures of a month that has ended, for the head and officers with the duty: of the last one where
// the month has none, or has not ended. They are read as they were published. Nothing under five can be seen in them, nor be
// found out from them.
func (s *Store) CaseFigures(ctx context.Context, officer record.User, month record.Day) (f CaseFigures, err error) {
	if _, err := s.viewer(ctx, officer); err != nil {
		return f, err
	}
	if f.Months, err = s.figureMonths(ctx); err != nil || len(f.Months) == 0 {
		return f, err
	}
	f.Month = f.Months[0]
	if slices.Contains(f.Months, month) {
		f.Month = month
	}
	if err := s.publishFigures(ctx, f.Months); err != nil {
		return f, err
	}
	m, err := s.publishedFigures(ctx, f.Month)
	f.Grid, f.Columns, f.Total, f.Lists = m.Grid, m.Columns, m.Total, m.Lists
	return f, err
}

// figureMonths are the months that have ended since the first case, the last one first.
func (s *Store) figureMonths(ctx context.Context) (list []record.Day, err error) {
	var first []time.Time
	err = s.db.With(ctx).Raw("SELECT min(month) FROM figures_case_filed HAVING min(month) IS NOT NULL").Scan(&first).Error
	if err != nil || len(first) == 0 {
		return nil, err
	}
	from := record.DateDay(first[0])
	today := record.DayOf(s.db.Now())
	month := today.Plus(1 - today.Date().Day()).PlusMonths(-1)
	for !from.After(month) && len(list) < mostMonths {
		list = append(list, month)
		month = month.PlusMonths(-1)
	}
	return list, nil
}

// filedFigures reads the grid of countries and urgencies with the lists that add up to the same cases, and hides in all of
// them together.
func (s *Store) filedFigures(ctx context.Context, month record.Day, f *monthFigures) error {
	var cells []struct {
		Country string
		NameID  string
		NameEN  string
		Urgency Urgency
		Cases   int
	}
	err := s.db.With(ctx).Raw(`SELECT v.country, coalesce(n.name_id, '') AS name_id, coalesce(n.name_en, '') AS name_en, v.urgency,
			sum(v.cases) AS cases
		FROM figures_case_filed v
		LEFT JOIN countries n ON n.code = v.country
		WHERE v.month = ?
		GROUP BY 1, 2, 3, 4
		ORDER BY v.country = '', 2, 1`, month.Date()).Scan(&cells).Error
	if err != nil {
		return err
	}
	var open disclosure.Figures
	urgencies, last := Urgencies(), ""
	open.Columns = make([]disclosure.Figure, len(urgencies))
	for i, c := range cells {
		if i == 0 || c.Country != last {
			last = c.Country
			f.Grid = append(f.Grid, FigureLine{Name: models.Text{ID: c.NameID, EN: c.NameEN}})
			open.Rows, open.Grid = append(open.Rows, disclosure.Figure{}), append(open.Grid, make([]disclosure.Figure, len(urgencies)))
		}
		at, row := slices.Index(urgencies, c.Urgency), len(open.Rows)-1
		open.Grid[row][at].Value += c.Cases
		open.Rows[row].Value += c.Cases
		open.Columns[at].Value += c.Cases
		open.Total.Value += c.Cases
	}
	var lists []FigureList
	for _, name := range []string{FiguresDoor, FiguresContact} {
		list, err := s.figureList(ctx, name, month)
		if err != nil {
			return err
		}
		lists, open.Lists = append(lists, list), append(open.Lists, openFigureList(list.Rows))
	}
	open.Hide(nil)
	f.takeFiled(open, lists)
	return nil
}

// takeFiled keeps what may be seen of a month's cases.
func (f *monthFigures) takeFiled(open disclosure.Figures, lists []FigureList) {
	f.Total = shown("", open.Total)
	for j, u := range Urgencies() {
		f.Columns = append(f.Columns, shown(string(u), open.Columns[j]))
		for i := range f.Grid {
			f.Grid[i].Cells = append(f.Grid[i].Cells, shown(string(u), open.Grid[i][j]))
		}
	}
	for i := range f.Grid {
		f.Grid[i].Total = shown("", open.Rows[i])
	}
	for k := range lists {
		lists[k].take(open.Lists[k], open.Total)
	}
	f.Lists = append(f.Lists, lists...)
}

// figureList reads a list of a month as it is, in the order of its codes.
func (s *Store) figureList(ctx context.Context, name string, month record.Day) (list FigureList, err error) {
	view := figureViews[name]
	var rows []Figure
	err = s.db.With(ctx).Raw(fmt.Sprintf(`SELECT %[2]s AS code, sum(%[3]s) AS count
		FROM %[1]s
		WHERE month = ?
		GROUP BY 1
		ORDER BY 1`, view[0], view[1], view[2]), month.Date()).Scan(&rows).Error
	list.Name = name
	for _, code := range figureCodes(name) {
		list.Rows = append(list.Rows, Figure{Code: code})
	}
	for _, r := range rows {
		at := slices.IndexFunc(list.Rows, func(f Figure) bool { return f.Code == r.Code })
		if at < 0 {
			at, list.Rows = len(list.Rows), append(list.Rows, Figure{Code: r.Code})
		}
		list.Rows[at].Count = r.Count
		list.Total.Count += r.Count
	}
	return list, err
}

// figureCodes are the codes of a list that stand there in any case; kinds are those that there were.
func figureCodes(name string) []string {
	switch name {
	case FiguresDoor:
		return []string{string(DoorAbroad), string(DoorFamily), string(DoorReturning), string(DoorNearby), string(DoorDesk),
			string(DoorCheckin)}
	case FiguresContact:
		return []string{"two_hours", "day", "three_days", "later", "none"}
	case FiguresOutcome:
		return Outcomes()
	case FiguresAfter:
		return append(AfterAnswers(), AfterNone, "open")
	case FiguresOpen:
		return []string{"week", "month", "quarter", "older"}
	}
	return nil
}

// openFigureList are figures as the rule of what must be hidden takes them.
func openFigureList(list []Figure) []disclosure.Figure {
	out := make([]disclosure.Figure, len(list))
	for i, f := range list {
		out[i] = disclosure.Figure{Value: f.Count, Hidden: f.Hidden}
	}
	return out
}

// shown is a figure as it may leave: without its count where it is hidden.
func shown(code string, f disclosure.Figure) Figure {
	if f.Hidden {
		return Figure{Code: code, Hidden: true}
	}
	return Figure{Code: code, Count: f.Value}
}

// take keeps of a list what may be seen.
func (l *FigureList) take(list []disclosure.Figure, total disclosure.Figure) {
	for i, f := range list {
		l.Rows[i] = shown(l.Rows[i].Code, f)
	}
	l.Total = shown("", total)
}
