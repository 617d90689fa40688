package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/refdata"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record/dated"
)

// datedTables describes the rows of all areas that officers keep.
func datedTables() []dated.Table {
	return slices.Concat(models.DatedTables(), protection.DatedTables(), journey.DatedTables())
}

// followRelease brings the rows that officers keep up to what this release says.
func (p *portal) followRelease(ctx context.Context) error {
	for _, t := range []struct {
		table string
		seeds func() ([]dated.Seed, error)
	}{
		{"hotlines", hotlineSeeds}, {"missions", missionSeeds}, {"offices", officeSeeds},
		{"case_types", caseTypeSeeds}, {"case_terms", termSeeds}, {"exit_pages", exitSeeds}, {"duty_hours", dutyHourSeeds},
		{"offer_signs", offerSignSeeds}, {"support_offers", supportSeeds},
	} {
		seeds, err := t.seeds()
		if err != nil {
			return err
		}
		if err := p.dated.Follow(ctx, t.table, seeds); err != nil {
			return err
		}
	}
	return p.followRules(ctx)
}

// followRules brings the rules of getting ready up to what this release says.
func (p *portal) followRules(ctx context.Context) error {
	for _, table := range refdata.RuleTables() {
		rows, err := refdata.RuleRows(table)
		if err != nil {
			return err
		}
		seeds := make([]dated.Seed, len(rows))
		for i, r := range rows {
			seeds[i] = dated.Seed{Code: r.Code, Says: r.Says, From: r.From, Checked: day(r.Checked)}
		}
		if err := p.dated.Follow(ctx, table, seeds); err != nil {
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

func caseTypeSeeds() (list []dated.Seed, err error) {
	types, err := refdata.CaseTypes()
	for _, c := range types {
		list = append(list, seedOf(c.Code, refdata.Checked{}, dated.Values{
			"name_id": c.Name.ID, "name_en": c.Name.EN, "urgency": c.Urgency, "sensitive": strconv.FormatBool(c.Sensitive),
			"first_steps": oneALine(c.FirstSteps),
		}))
	}
	return list, err
}

// termSeeds are the terms until first contact. They wait for two officers: until then no hour is named anywhere.
func termSeeds() ([]dated.Seed, error) {
	return []dated.Seed{
		seedOf(protection.TermLife, refdata.Checked{}, dated.Values{
			"name_id": "Nyawa terancam", "name_en": "Life in danger", "hours": "2", "public": "false",
		}),
		seedOf(protection.TermOther, refdata.Checked{}, dated.Values{
			"name_id": "Selain itu", "name_en": "Everything else", "hours": "24", "public": "false",
		}),
	}, nil
}

// exitSeeds is what quick exit opens: a page that everybody in the country looks at and that knows nobody.
func exitSeeds() ([]dated.Seed, error) {
	return []dated.Seed{
		seedOf("exit", refdata.Checked{}, dated.Values{"name": "BMKG, prakiraan cuaca", "url": "https://www.bmkg.go.id/"}),
	}, nil
}

func dutyHourSeeds() ([]dated.Seed, error) {
	return []dated.Seed{
		seedOf("desk", refdata.Checked{}, dated.Values{
			"name": "Petugas pelindungan", "hours_id": "Senin–Jumat 08.00–16.00 WIB", "hours_en": "Monday to Friday 08:00–16:00 WIB",
			"public": "false",
		}),
	}, nil
}

// sourceOf is where something is known from. What is general knowledge names no source.
func sourceOf(c refdata.Checked) string {
	if c.Status == "general" {
		return ""
	}
	return c.Source
}

// offerSignSeeds are the questions about an offer.
func offerSignSeeds() (list []dated.Seed, err error) {
	signs, err := refdata.OfferSigns()
	for _, o := range signs {
		list = append(list, seedOf(o.Code, o.Checked, dated.Values{
			"topic": o.Topic, "question_id": o.Question.ID, "question_en": o.Question.EN, "warns": o.Warns, "says_id": o.Says.ID,
			"says_en": o.Says.EN, "rank": o.Rank, "answered_by": o.AnsweredBy, "check_at": o.CheckAt,
			"countries": strings.Join(o.Countries, ";"), "source": sourceOf(o.Checked),
		}))
	}
	return list, err
}

// supportSeeds are what there is for people who pass through or came back.
func supportSeeds() (list []dated.Seed, err error) {
	offers, err := refdata.Supports()
	for _, o := range offers {
		list = append(list, seedOf(o.Code, o.Checked, dated.Values{
			"kind": o.Kind, "name_id": o.Name.ID, "name_en": o.Name.EN, "says_id": o.Says.ID, "says_en": o.Says.EN,
			"where_id": o.Where.ID, "where_en": o.Where.EN, "doubt_id": o.Doubt.ID, "doubt_en": o.Doubt.EN,
			"province": o.Province, "source": sourceOf(o.Checked), "public": "true",
		}))
	}
	return list, err
}
