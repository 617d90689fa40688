package officer

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// dropAct asks whether the draft is to be thrown away.
func (p DatedRowPage) dropAct(ctx context.Context) components.CheckActProps {
	text := i18n.T(ctx, "dated.drop_text")
	if p.alone() != "" {
		text = i18n.T(ctx, "dated.drop_alone")
	}
	return components.CheckActProps{
		Title: i18n.T(ctx, "dated.drop_title", "Name", p.title(ctx)), Text: text, Action: ambient.Href(ctx, urls.DatedDrop(p.Table.Slug, p.Code)),
		Do: i18n.T(ctx, "dated.drop"), Back: ambient.Href(ctx, urls.DatedRow(p.Table.Slug, p.Code)),
	}
}
