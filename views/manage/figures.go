package manage

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family manage.figures.step.* manage.figures.wait.*

// FiguresPage are the figures of an institution in a year.
type FiguresPage struct{ models.InstitutionFigures }

// share is how many of those who applied reached a step, in hundredths.
func share(f models.ProgrammeFigures, count int) float64 {
	if f.Applied == 0 {
		return 0
	}
	return 100 * float64(count) / float64(f.Applied)
}

func percent(of float64) string { return strconv.FormatFloat(of, 'f', 0, 64) + "%" }

// middleShare is the middle of all institutions at a step, as text; a dash where there is none.
func (p FiguresPage) middleShare(step string) string {
	if p.Shares == nil {
		return "–"
	}
	return percent(100 * p.Shares[step])
}

func (p FiguresPage) middleDays(ctx context.Context, wait string) string {
	days, known := p.Days[wait]
	if !known {
		return "–"
	}
	return daysText(ctx, &days)
}

// daysText are days of a step as people say them: less than half a day is not shown as none.
func daysText(ctx context.Context, days *float64) string {
	switch {
	case days == nil:
		return "–"
	case *days < 0.5:
		return i18n.T(ctx, "manage.figures.same_day")
	}
	return i18n.Days(ctx, int(*days+0.5))
}

// bar is the width of a bar among a thousand.
func bar(hundredths float64) string { return strconv.FormatFloat(10*hundredths, 'f', 0, 64) }

func (p FiguresPage) pager(ctx context.Context) components.PagerProps {
	if p.After == "" {
		return components.PagerProps{}
	}
	next := urls.WithQuery(urls.ManageFigures(), "tahun", strconv.Itoa(p.Year), "setelah", p.After)
	return components.PagerProps{Next: ambient.Href(ctx, next)}
}

func (p FiguresPage) yearHref(ctx context.Context, year int) string {
	return ambient.Href(ctx, urls.WithQuery(urls.ManageFigures(), "tahun", strconv.Itoa(year)))
}

func programmeColumns(ctx context.Context) []components.Column {
	list := []components.Column{{Label: i18n.T(ctx, "manage.col.programme")}}
	for _, s := range (models.ProgrammeFigures{}).Steps() {
		list = append(list, components.Column{Label: i18n.T(ctx, "manage.figures.step."+s.Code), Number: true})
	}
	return list
}
