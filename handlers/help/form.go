package help

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/help"
)

// form answers GET /bantuan/tulis/:door.
func (d *desk) form(c web.Context) error {
	p, err := d.formPage(c)
	if err != nil {
		return err
	}
	p.Form.Token = uuid.NewString()
	if p.Chosen != nil {
		p.Form.Country = p.Chosen.Country.Name.In(i18n.Of(c.Request().Context()))
	}
	return d.Render(c, http.StatusOK, help.Form(p))
}

// formPage is the form's page without what is typed; behind no door of ours there is none.
func (d *desk) formPage(c web.Context) (p help.FormPage, err error) {
	ctx := c.Request().Context()
	if p.Door = c.Param("door"); !slices.Contains(help.Doors(), p.Door) {
		return p, models.ErrNotFound
	}
	if p.Chosen, err = d.chosen(c); err != nil {
		return p, err
	}
	if p.Countries, err = d.missionCountries(ctx); err != nil {
		return p, err
	}
	p.Hotlines, err = d.knownHotlines(ctx)
	return p, err
}
