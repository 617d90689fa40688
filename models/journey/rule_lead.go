package journey

import (
	"slices"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// leads are how long a rule's paper takes somebody on a day: the rows that fit most closely, one for each case.
func (b *Rulebook) leads(day record.Day, f Facts, r rule) (list []Lead) {
	most := 0
	for _, v := range b.allOn(leadRows, day) {
		fits := leadFit(v.Says, f, r)
		if fits == 0 || fits < most {
			continue
		}
		if fits > most {
			most, list = fits, nil
		}
		list = append(list, leadOf(v))
	}
	return list
}

// leadFit says how closely a row fits: scheme before country before route before variant; 0 for not at all.
func leadFit(says dated.Values, f Facts, r rule) int {
	fits := 1
	for _, part := range []struct{ of, is string }{
		{says["variant"], r.variant}, {says["country_code"], f.Country}, {says["scheme"], f.Scheme},
	} {
		if part.of != "" && part.of != part.is {
			return 0
		}
	}
	routes := codesIn(says["routes"])
	if says["document_code"] != r.document || len(routes) > 0 && !slices.Contains(routes, f.Route) {
		return 0
	}
	for i, given := range []bool{says["variant"] != "", len(routes) > 0, says["country_code"] != "", says["scheme"] != ""} {
		if given {
			fits += 1 << i
		}
	}
	return fits
}

func leadOf(v dated.Version) Lead {
	says := v.Says
	return Lead{
		Label: textOf(says, "label"), DaysMin: numberOf(says["days_min"]), DaysMax: numberOf(says["days_max"]),
		Working: says["working"] == "true", CostMin: numberOf(says["cost_min"]), CostMax: numberOf(says["cost_max"]),
		Where: textOf(says, "where"), ValidFor: textOf(says, "valid_for"), LegalBasis: textOf(says, "basis"), Note: textOf(says, "note"),
		Source: says["source"], CheckedOn: dayOf(v.CheckedOn), Confidence: says["confidence"],
	}
}

// joined is one Lead over all cases: a number that is not known of one of them is not known. nil where there is none.
func joined(list []Lead) *Lead {
	if len(list) == 0 {
		return nil
	}
	one := list[0]
	for _, l := range list[1:] {
		one.DaysMin, one.CostMin = outer(one.DaysMin, l.DaysMin, -1), outer(one.CostMin, l.CostMin, -1)
		one.DaysMax, one.CostMax = outer(one.DaysMax, l.DaysMax, 1), outer(one.CostMax, l.CostMax, 1)
		one.Working = one.Working || l.Working
		one.Label, one.Note = models.Text{}, models.Text{}
		for _, both := range []struct{ mine, other *models.Text }{
			{&one.Where, &l.Where}, {&one.ValidFor, &l.ValidFor}, {&one.LegalBasis, &l.LegalBasis},
		} {
			if *both.mine != *both.other {
				*both.mine = models.Text{}
			}
		}
		if one.Source != l.Source {
			one.Source, one.CheckedOn, one.Confidence = "", nil, ""
		}
	}
	return &one
}

// outer is the outer one of two numbers, towards which a sign points; nil where one of them is not known.
func outer(a, b *int, sign int) *int {
	switch {
	case a == nil || b == nil:
		return nil
	case (*b-*a)*sign > 0:
		return b
	}
	return a
}
