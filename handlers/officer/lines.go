package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/journey"
	"naikkelas/views/officer"
)

// lineRoutes are people by the station at which they are.
func (d *desk) lineRoutes() []web.Route {
	return []web.Route{web.Get(urls.OfficerLinesPattern, d.listLines, web.Officers)}
}

// listLines answers GET /petugas/perjalanan.
func (d *desk) listLines(c web.Context) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page := officer.LinesPage{Form: officer.ReadLinesForm(c.QueryParams())}
	if page.Counts, err = d.Journey.StationCounts(ctx, u); err != nil {
		return err
	}
	if page.Countries, err = d.Store.Countries(ctx); err != nil {
		return err
	}
	f := page.Form
	page.Page, err = d.Journey.LinesForOfficer(ctx, u, journey.LineFilter{Station: f.Station, Country: f.Country}, f.After)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Lines(page))
}

// lineOf is the line of a person whose page the acting officer opened.
func (d *desk) lineOf(c web.Context, ref string) (journey.LineNow, error) {
	ctx := c.Request().Context()
	return d.Journey.LineForOfficer(ctx, d.CurrentUser(c), ref, string(i18n.Of(ctx)))
}
