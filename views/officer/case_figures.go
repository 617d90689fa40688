package officer

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/components"
)

// CaseFiguresPage is the figures of a month.
type CaseFiguresPage struct {
	Figures protection.CaseFigures
	Types   []protection.CaseType
}

func monthCode(m record.Day) string { return m.Date().Format("2006-01") }

func (p CaseFiguresPage) months(ctx context.Context) (list []components.Option) {
	for _, m := range p.Figures.Months {
		list = append(list, components.Option{Value: monthCode(m), Label: i18n.Month(ctx, m.Date())})
	}
	return list
}

// columns are the heads of the grid.
func (p CaseFiguresPage) columns(ctx context.Context) []components.Column {
	list := []components.Column{{Label: i18n.T(ctx, "case.country")}}
	for _, u := range protection.Urgencies() {
		list = append(list, components.Column{Label: urgencyWord(ctx, u), Number: true})
	}
	return append(list, components.Column{Label: i18n.T(ctx, "case.safe.total"), Number: true})
}

func figureColumns(ctx context.Context, l protection.FigureList) []components.Column {
	return []components.Column{{Label: listTitle(ctx, l)}, {Label: i18n.T(ctx, "case.safe.count"), Number: true}}
}

//i18n:family case.safe.list.* case.safe.list_text.* case.safe.wait.* case.safe.age.*

func listTitle(ctx context.Context, l protection.FigureList) string {
	return i18n.T(ctx, "case.safe.list."+l.Name)
}

// word is what a code of a list means.
func (p CaseFiguresPage) word(ctx context.Context, l protection.FigureList, code string) string {
	switch l.Name {
	case protection.FiguresDoor:
		return doorWord(ctx, protection.Door(code))
	case protection.FiguresOutcome:
		return i18n.T(ctx, "case.outcome."+code)
	case protection.FiguresContact:
		return i18n.T(ctx, "case.safe.wait."+code)
	case protection.FiguresOpen:
		return i18n.T(ctx, "case.safe.age."+code)
	case protection.FiguresAfter:
		return afterWord(ctx, code)
	}
	if code == "" {
		return i18n.T(ctx, "case.safe.unjudged")
	}
	return kindNames(ctx, p.Types, []string{code})
}

// figureText is a figure as it is shown; one that is hidden says so to who listens.
func figureText(ctx context.Context, f protection.Figure) string {
	if f.Hidden {
		return i18n.T(ctx, "case.safe.hidden")
	}
	return strconv.Itoa(f.Count)
}
