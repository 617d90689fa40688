package help

import (
	"mime"

	"naikkelas/handlers/web"
	"naikkelas/internal/card"
	"naikkelas/views/help"
)

// card answers GET /bantuan/negara/:country/kartu.png: whom to call from a country, for the gallery of a phone. Its name says
// nothing of what it is for.
func (d *desk) card() web.Handler {
	picture := d.Document("image/png", func(c web.Context) ([]byte, error) {
		ctx := c.Request().Context()
		contacts, err := d.Store.ContactsIn(ctx, c.Param("country"))
		if err != nil {
			return nil, err
		}
		hotlines, err := d.knownHotlines(ctx)
		if err != nil {
			return nil, err
		}
		page := help.CountryPage{Contacts: contacts, Hotlines: hotlines}
		var numbers []card.Number
		for _, n := range page.Numbers(ctx) {
			numbers = append(numbers, card.Number(n))
		}
		return card.PNG(page.Title(ctx), numbers)
	})
	return func(c web.Context) error {
		name := mime.FormatMediaType("attachment", map[string]string{"filename": "informasi-" + c.Param("country") + ".png"})
		c.Response().Header().Set("Content-Disposition", name)
		return picture(c)
	}
}
