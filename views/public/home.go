package public

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// HomePage is the first page: what this is, where to start, what closes next, whom to call.
type HomePage struct {
	Sectors  []models.SectorCount
	Soon     []models.ProgrammeRow
	Hotlines []models.Hotline
}

func sectorCategory(ctx context.Context, s models.SectorCount) components.CategoryProps {
	return components.CategoryProps{
		Icon: s.Icon, Title: s.Name.In(i18n.Of(ctx)), Text: s.About.In(i18n.Of(ctx)),
		Href: ambient.Href(ctx, urls.WithQuery(urls.Programmes(), "sektor", s.Code)),
		Note: i18n.T(ctx, "public.programmes", "Count", s.Programmes),
	}
}

func homeSteps(ctx context.Context) []components.NumberedStep {
	return []components.NumberedStep{
		{Title: i18n.T(ctx, "public.home.step.choose"), Text: i18n.T(ctx, "public.home.step.choose_text")},
		{Title: i18n.T(ctx, "public.home.step.send"), Text: i18n.T(ctx, "public.home.step.send_text")},
		{Title: i18n.T(ctx, "public.home.step.check"), Text: i18n.T(ctx, "public.home.step.check_text")},
		{Title: i18n.T(ctx, "public.home.step.go"), Text: i18n.T(ctx, "public.home.step.go_text")},
	}
}

// firstCalls are the numbers for the first page: those that can be dialled, most needed first.
func firstCalls(list []models.Hotline) []models.Hotline {
	var calls []models.Hotline
	for _, h := range list {
		if h.Kind != "web" && len(calls) < 3 {
			calls = append(calls, h)
		}
	}
	return calls
}
