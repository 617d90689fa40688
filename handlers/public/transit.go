package public

import (
	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/models/journey"
	viewjourney "naikkelas/views/journey"
)

// transit answers GET /singgah.
func (d *desk) transit(c web.Context) (templ.Component, error) {
	var page viewjourney.TransitPage
	var err error
	ctx := c.Request().Context()
	if page.Shelters, err = d.Journey.Shelters(ctx); err != nil {
		return nil, err
	}
	page.Support, err = d.Journey.Support(ctx, "", journey.SupportTransit)
	return viewjourney.Transit(page), err
}
