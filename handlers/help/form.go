package help

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/help"
)

// form answers GET /bantuan/tulis/:door.
func (d *desk) form(c web.Context) error {
	p, err := d.formPage(c)
	if err != nil {
		return err
	}
	if c.QueryParam("kosong") == "" { // the form that a phone keeps gets its name when it is filled in
		p.Form.Token = uuid.NewString()
	}
	if p.Chosen != nil {
		p.Form.Country = p.Chosen.Country.Name.In(i18n.Of(c.Request().Context()))
	}
	return d.Render(c, http.StatusOK, help.Form(p))
}

// tell answers POST /bantuan/tulis/:door: what was said becomes a case, and the browser gets a help session to it. A form
// without a name of its own, which an old phone kept, goes without one: then the same said twice is one case.
func (d *desk) tell(c web.Context) error {
	p, err := d.formPage(c)
	if err != nil {
		return err
	}
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	countries, err := d.countries.Of(d.Portal, func() ([]models.Country, error) { return d.Store.Countries(ctx) })
	if err != nil {
		return err
	}
	p.Errors = p.Form.Check()
	if country, ok := help.FindCountry(countries, p.Form.Country); ok {
		if p.Chosen, err = d.contactsIn(ctx, country.Code); err != nil {
			return err
		}
	}
	again := func(status int) error {
		p.Form.Token, p.HadFile = web.ValidToken(p.Form.Token), hasFile(c)
		return d.Render(c, status, help.Form(p))
	}
	return d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		filing := p.Form.Filing(countries)
		filing.Door, _ = help.DoorOf(p.Door) // formPage knows it
		filing.Language, filing.From = string(i18n.Of(ctx)), c.RealIP()
		files, lost := d.takeFiles(c)
		filing.Files = files
		token, err := d.Protection.File(ctx, filing, d.token(c))
		d.files.DropUnusedAttachments(ctx, files, err)
		if err != nil {
			return web.Next{}, err
		}
		d.keepToken(c, token)
		if lost.Any() {
			return web.To(urls.HelpReceiptWithout()), nil
		}
		return web.To(urls.HelpReceipt()), nil
	})
}

// formPage is the form's page without what is typed; behind no door of ours there is none.
func (d *desk) formPage(c web.Context) (p help.FormPage, err error) {
	ctx := c.Request().Context()
	p.Door = c.Param("door")
	if _, ok := help.DoorOf(p.Door); !ok {
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
