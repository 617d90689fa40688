package manage

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// HistoryPage lists the versions of a programme, and compares two of them.
type HistoryPage struct {
	models.ProgrammeHistory
	Lists Lists
}

func versionName(ctx context.Context, v models.ProgrammeVersion) string {
	return i18n.T(ctx, "manage.history.version", "N", v.Number, "When", i18n.Instant(ctx, v.At))
}

func (p HistoryPage) versionOptions(ctx context.Context) []components.Option {
	return options(p.Versions, func(v models.ProgrammeVersion) (string, string) { return strconv.Itoa(v.Number), versionName(ctx, v) })
}

// changes are what differs between the two.
func (p HistoryPage) changes(ctx context.Context) components.ChangesProps {
	says := func(c models.ProgrammeContent) ProgrammeForm { return FormOf(ctx, models.ProgrammeDraft{Content: c}) }
	kept := FormOf(ctx, p.Draft)
	return components.ChangesProps{
		Was: versionName(ctx, *p.Older), Now: versionName(ctx, *p.Newer),
		Fields: form.Differences(says(p.Older.Content), says(p.Newer.Content)),
		Of:     Edit(EditPage{Draft: p.Draft, Form: kept, Lists: p.Lists}),
	}
}
