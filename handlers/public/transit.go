package public

import (
	"slices"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/models/journey"
	viewjourney "naikkelas/views/journey"
)

// transit answers GET /singgah. The province from which a reader is stands in the address and nowhere else.
func (d *desk) transit(c web.Context) (templ.Component, error) {
	var page viewjourney.TransitPage
	var err error
	ctx := c.Request().Context()
	if page.Shelters, err = d.Journey.Shelters(ctx); err != nil {
		return nil, err
	}
	if page.Provinces, err = d.Store.Provinces(ctx); err != nil {
		return nil, err
	}
	asked := c.QueryParam(viewjourney.ProvinceParam)
	if slices.ContainsFunc(page.Provinces, func(p models.Province) bool { return p.Code == asked }) {
		page.Province = asked
	}
	support, err := d.Journey.Support(ctx, page.Province, journey.SupportTransit)
	if err != nil {
		return nil, err
	}
	for _, s := range support {
		if s.Province == "" {
			page.Support = append(page.Support, s)
		} else {
			page.Own = append(page.Own, s)
		}
	}
	hotlines, err := d.knownHotlines(ctx)
	for _, h := range hotlines {
		if h.Code == "KP2MI_HOME" {
			page.Calls = append(page.Calls, h)
		}
	}
	return viewjourney.Transit(page), err
}
