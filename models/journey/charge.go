package journey

import (
	"context"
	"slices"

	"naikkelas/models"
	"naikkelas/models/record"
)

// What is said of a charge: that it may be asked for, may not, or that this is disputed.
const (
	ChargeMay      = "may"
	ChargeMayNot   = "may_not"
	ChargeDisputed = "disputed"
	chargeCeiling  = "ceiling"
)

// A Charge is something that people are asked to pay for, and what the rules say of it.
type Charge struct {
	Code       string
	Kind       string
	Name, Note models.Text
	Ceiling    *int // rupiah; nil where no row with a source says one
	LegalBasis models.Text
	Source     string
	CheckedOn  *record.Day
	Confidence string
	Since      record.Day
}

// ChargeRules are what may and may not be charged to somebody. Ceiling is the most that all of it may come to, nil where no
// dated row with a source says it.
type ChargeRules struct {
	List    []Charge // what may not first, then what is disputed, then what may
	Ceiling *Charge
}

// Charges are what may and may not be charged on a day to somebody who goes this way.
func (s *Store) Charges(ctx context.Context, day record.Day, f Facts) (ChargeRules, error) {
	b, err := s.Rules(ctx)
	if err != nil {
		return ChargeRules{}, err
	}
	return b.Charges(day, f), nil
}

// Charges is Store.Charges over rules that were read before. Of several ceilings that fit the lowest holds.
func (b *Rulebook) Charges(day record.Day, f Facts) (rules ChargeRules) {
	for _, v := range b.allOn(chargeRows, day) {
		says := v.Says
		if !listedOrAny(says["routes"], f.Route) || !listedOrAny(says["country_code"], f.Country) ||
			!listedOrAny(says["occupations"], f.Occupation) {
			continue
		}
		c := Charge{
			Code: v.Code, Kind: says["kind"], Name: textOf(says, "name"), Note: textOf(says, "note"), Ceiling: numberOf(says["ceiling"]),
			LegalBasis: textOf(says, "basis"), Source: says["source"], CheckedOn: dayOf(v.CheckedOn), Confidence: says["confidence"],
			Since: record.DateDay(v.ValidFrom),
		}
		switch {
		case c.Kind != chargeCeiling:
			rules.List = append(rules.List, c)
		case c.Ceiling != nil && (rules.Ceiling == nil || *c.Ceiling < *rules.Ceiling.Ceiling):
			rules.Ceiling = &c
		}
	}
	rank := map[string]int{ChargeMayNot: 0, ChargeDisputed: 1, ChargeMay: 2}
	slices.SortStableFunc(rules.List, func(x, y Charge) int { return rank[x.Kind] - rank[y.Kind] })
	return rules
}

// listedOrAny says whether a value names a code, or none at all.
func listedOrAny(value, code string) bool {
	return value == "" || slices.Contains(codesIn(value), code)
}
