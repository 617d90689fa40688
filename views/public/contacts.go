package public

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record/dated"
)

// HelpCountryPage is whom to call from a country.
type HelpCountryPage struct {
	Contacts models.CountryContacts
	Hotlines []models.Hotline
}

// name is the country's name.
func (p HelpCountryPage) name(ctx context.Context) string {
	return p.Contacts.Country.Name.In(i18n.Of(ctx))
}

// The ways to reach a number.
const (
	byPhone    = "phone"
	byWhatsApp = "whatsapp"
)

// reach is what a press on a number with its country does: call, or write.
func reach(way, number string) string {
	plain := dated.PlainNumber(number)
	if way == byWhatsApp {
		return "https://wa.me/" + strings.TrimPrefix(plain, "+")
	}
	return "tel:" + plain
}

// placeText is the address of an office with its city, where one is known.
func placeText(o models.Office) string {
	if o.City == "" {
		return o.Address
	}
	return o.Address + ", " + o.City
}

// reachIcon is the sign beside such a number.
func reachIcon(way string) string {
	if way == byWhatsApp {
		return "message-circle"
	}
	return "phone"
}
