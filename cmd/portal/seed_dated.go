package main

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/refdata"
	"naikkelas/models/record/dated"
)

// followRelease brings the rows that officers keep up to what this release says.
func (p *portal) followRelease(ctx context.Context) error {
	for _, t := range []struct {
		table string
		seeds func() ([]dated.Seed, error)
	}{{"hotlines", hotlineSeeds}, {"missions", missionSeeds}, {"offices", officeSeeds}} {
		seeds, err := t.seeds()
		if err != nil {
			return err
		}
		if err := p.dated.Follow(ctx, t.table, seeds); err != nil {
			return err
		}
	}
	return nil
}

// seedOf begins a seed with what all of them have. What is general knowledge has no day of a source.
func seedOf(code string, checked refdata.Checked, says dated.Values) dated.Seed {
	return dated.Seed{Code: code, Says: says, From: referenceStart, Checked: day(checked.On)}
}

func hotlineSeeds() (list []dated.Seed, err error) {
	hotlines, err := refdata.Hotlines()
	for _, h := range hotlines {
		list = append(list, seedOf(h.Code, h.Checked, dated.Values{
			"name_id": h.Name.ID, "name_en": h.Name.EN, "kind": string(h.Kind), "number": h.Number, "url": h.URL,
			"note_id": h.Note.ID, "note_en": h.Note.EN, "public": "true",
		}))
	}
	return list, err
}

func missionSeeds() (list []dated.Seed, err error) {
	missions, err := refdata.Missions()
	for _, m := range missions {
		list = append(list, seedOf(m.Code, m.Checked, dated.Values{
			"name": m.Name, "country_code": m.Country, "emergency": oneALine(m.Emergency), "whatsapp": oneALine(m.WhatsApp),
			"phone": oneALine(m.Phone), "email": m.Email, "url": m.URL, "address": m.Address, "note_id": m.Note.ID,
			"note_en": m.Note.EN, "source": m.Checked.Source, "public": strconv.FormatBool(m.Public),
		}))
	}
	return list, err
}

func officeSeeds() (list []dated.Seed, err error) {
	offices, err := refdata.Offices()
	for _, o := range offices {
		list = append(list, seedOf(o.Code, o.Checked, dated.Values{
			"name": o.Name, "kind": o.Kind, "address": o.Address, "city": o.City, "phone": oneALine(o.Phone),
			"whatsapp": oneALine(o.WhatsApp), "email": o.Email, "url": o.URL, "hours_id": o.Hours.ID, "hours_en": o.Hours.EN,
			"services_id": o.Services.ID, "services_en": o.Services.EN, "source": o.Checked.Source,
			"public": strconv.FormatBool(o.Public),
		}))
	}
	return list, err
}

func oneALine(list []string) string { return strings.Join(list, "\n") }
