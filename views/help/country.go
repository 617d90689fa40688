package help

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
)

func hotlineCalls(ctx context.Context, list []models.Hotline) []call {
	var calls []call
	for _, h := range list {
		calls = append(calls, hotlineCall(ctx, h))
	}
	return calls
}

// furtherNumbers are the numbers of a mission that are no button, one a line.
func furtherNumbers(m models.Mission) string {
	var further []string
	if emergency := models.MissionNumbers(m.Emergency); len(emergency) > 1 {
		further = append(further, emergency[1:]...)
	}
	office := models.MissionNumbers(m.Phone)
	if m.Emergency == "" && m.WhatsApp == "" && len(office) > 0 {
		office = office[1:]
	}
	return strings.Join(append(further, office...), "\n")
}

// CardNumber is one number of a card: who answers, the number, and a word about it.
type CardNumber struct{ Who, Number, Note string }

// Title is what the card of a country is called.
func (p CountryPage) Title(ctx context.Context) string {
	return i18n.T(ctx, "door.country.title", "Country", p.Contacts.Country.Name.In(i18n.Of(ctx)))
}

// Numbers are the numbers of the card, as they stand on it: the missions' first, then those that can be called from anywhere.
func (p CountryPage) Numbers(ctx context.Context) (list []CardNumber) {
	var calls []call
	for _, m := range p.Contacts.Missions {
		calls = append(calls, callsOf(ctx, m)...)
	}
	for _, c := range append(calls, hotlineCalls(ctx, fromAbroad(p.Hotlines))...) {
		name := c.who
		if c.icon == byWhatsApp {
			name += ", WhatsApp"
		}
		list = append(list, CardNumber{Who: name, Number: c.number, Note: strings.Join(compact(c.note, c.checked), " ")})
	}
	return list
}

//i18n:family door.safely.exit.*
//i18n:family door.safely.stays.*
//i18n:family door.safely.better.*

// numbered are the sentences whose keys end in 1 to count.
func numbered(ctx context.Context, key string, count int) []string {
	var list []string
	for n := 1; n <= count; n++ {
		list = append(list, i18n.T(ctx, key+"."+strconv.Itoa(n)))
	}
	return list
}
