package testportal

import (
	"context"

	"naikkelas/internal/refdata"
	"naikkelas/models"
	"naikkelas/models/record/dated"
)

// FollowRules puts in the countries and the rules of getting ready that the release brings.
func (p *Portal) FollowRules() {
	p.T.Helper()
	countries, err := refdata.Countries()
	if err != nil {
		p.T.Fatal(err)
	}
	var d models.ReferenceData
	for _, c := range countries {
		d.Countries = append(d.Countries, models.Country{
			Code: c.Code, Name: models.Text{ID: c.Name.ID, EN: c.Name.EN}, Note: models.Text{ID: c.Note.ID, EN: c.Note.EN},
			CallingCode: c.CallingCode, Destination: c.Destination, Caution: c.Caution,
		})
	}
	if err := p.Store.SeedReference(context.Background(), d); err != nil {
		p.T.Fatal(err)
	}
	for _, table := range refdata.RuleTables() {
		rows, err := refdata.RuleRows(table)
		if err != nil {
			p.T.Fatal(err)
		}
		seeds := make([]dated.Seed, len(rows))
		for i, r := range rows {
			seeds[i] = dated.Seed{Code: r.Code, Says: r.Says, From: r.From}
		}
		if err := p.Dated.Follow(context.Background(), table, seeds); err != nil {
			p.T.Fatal(err)
		}
	}
}
