package journey

import (
	"cmp"
	"context"
	"slices"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Checklist is what somebody needs by the rules of a day: what has to be there first stands first. Without a route it is
// empty.
func (s *Store) Checklist(ctx context.Context, day record.Day, f Facts) ([]Need, error) {
	b, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	return b.Checklist(day, f), nil
}

// Checklist is Store.Checklist over rules that were read before.
func (b *Rulebook) Checklist(day record.Day, f Facts) []Need {
	needs := []Need{}
	for _, p := range b.picked(day, f) {
		answer, ask := p.condition.Holds(f)
		if !p.gap && (p.grade == notNeeded || answer == No) {
			continue
		}
		n := b.need(day, f, p)
		if answer == Unknown && !n.Gap {
			n.Grade, n.Ask = ToAsk, ask
		}
		needs = append(needs, n)
	}
	return ordered(needs)
}

// A pick is the rule of a need that comes before all others for somebody, whatever its condition says of them. gap says
// that no version of it holds on the day; it is the one before then.
type pick struct {
	rule
	gap bool
}

// level says how closely a rule fits: for a scheme, for a country, for everybody. A rule for others has none.
func (r rule) level(f Facts) int {
	switch {
	case r.route != f.Route || r.route == "", r.country != "" && r.country != f.Country, r.scheme != "" && r.scheme != f.Scheme:
		return 0
	case r.scheme != "":
		return 3
	case r.country != "":
		return 2
	}
	return 1
}

// key is the key of the rule's need.
func (r rule) key() string {
	if r.variant == "" {
		return r.document
	}
	return r.document + "." + r.variant
}

// picked are the rules that count for somebody on a day, one for each need. Of a paper those that fit most closely hold, with
// all that they say; a closer one that has a gap is one all the same, never the general one behind it.
func (b *Rulebook) picked(day record.Day, f Facts) (list []pick) {
	var documents []string
	slots := map[string][3][]rule{} // by paper and level
	for _, r := range b.rules {
		level := r.level(f)
		if level == 0 {
			continue
		}
		if _, known := slots[r.document]; !known {
			documents = append(documents, r.document)
		}
		levels := slots[r.document]
		levels[level-1] = append(levels[level-1], r)
		slots[r.document] = levels
	}
	for _, document := range documents {
		for level := 2; level >= 0; level-- {
			if found := holding(slots[document][level], day); len(found) > 0 {
				list = append(list, found...)
				break
			}
		}
	}
	return list
}

// holding are of rules for one paper on one level those that count on a day, one for each variant.
func holding(rules []rule, day record.Day) (list []pick) {
	var variants []string
	for _, r := range rules {
		if !slices.Contains(variants, r.variant) {
			variants = append(variants, r.variant)
		}
	}
	for _, variant := range variants {
		var before *rule // the last one that held
		var now *rule
		for _, r := range rules {
			switch {
			case r.variant != variant:
			case r.HoldsOn(day):
				now = &r
			case day.After(record.DateDay(r.ValidFrom)) && (before == nil || r.ValidFrom.After(before.ValidFrom)):
				before = &r
			}
		}
		switch {
		case now != nil:
			list = append(list, pick{rule: *now})
		case before != nil && !before.Ended:
			list = append(list, pick{rule: *before, gap: true})
		}
	}
	return list
}

// need makes a line of the list from its rule and its paper.
func (b *Rulebook) need(day record.Day, f Facts, p pick) Need {
	n := Need{
		Key: p.key(), Document: p.document, Variant: p.variant, VariantName: textOf(p.Says, "variant"), Grade: p.grade,
		Note: textOf(p.Says, "note"), Because: b.because(day, p.rule), LegalBasis: textOf(p.Says, "basis"), Source: p.Says["source"],
		CheckedOn: dayOf(p.CheckedOn), Confidence: p.Says["confidence"], Core: p.Says["core"] == "true", Blocks: p.blocks, Step: p.step,
		RuleCode: p.Code, RuleID: p.ID, RuleSince: record.DateDay(p.ValidFrom), Gap: p.gap,
	}
	if n.Gap && n.Grade == notNeeded {
		n.Grade = Required
	}
	d, ok := b.on(documentRows, p.document, day)
	if !ok {
		n.Name, n.Gap = models.Text{ID: p.document, EN: p.document}, true
		return n
	}
	n.Name, n.Issuer, n.Validity = textOf(d.Says, "name"), textOf(d.Says, "issuer"), textOf(d.Says, "validity")
	if n.Note.ID == "" {
		n.Note = textOf(d.Says, "note")
	}
	n.Health, n.Numbered, n.AllCertificates = d.Says["health"] == "true", d.Says["numbered"] == "true", d.Says["all_certificates"] == "true"
	n.CertificateTypes, n.LanguageLevels = codesIn(d.Says["certificate_types"]), codesIn(d.Says["language_levels"])
	n.Leads = b.leads(day, f, p.rule)
	n.Lead = joined(n.Leads)
	return n
}

// because says why a need is there: the rule's own words, else who goes that way.
func (b *Rulebook) because(day record.Day, r rule) models.Text {
	if why := textOf(r.Says, "why"); why.ID != "" {
		return why
	}
	text := b.name(routeRows, r.route, day)
	add := func(t models.Text) { text = models.Text{ID: text.ID + " · " + t.ID, EN: text.EN + " · " + t.EN} }
	switch {
	case r.scheme != "":
		add(b.name(schemeRows, r.scheme, day))
	case r.country != "":
		add(b.countries[r.country])
	}
	return text
}

// ordered puts needs that hold others up before those, and lets Blocks name only what is in the list.
func ordered(needs []Need) []Need {
	waits := map[string]int{}
	for i, n := range needs {
		needs[i].Blocks = blocked(needs, n)
		for _, key := range needs[i].Blocks {
			waits[key]++
		}
	}
	rank := map[string]int{Required: 0, ToAsk: 1, Recommended: 2}
	left := slices.Clone(needs)
	slices.SortStableFunc(left, func(x, y Need) int {
		return cmp.Or(cmp.Compare(x.Step, y.Step), cmp.Compare(rank[x.Grade], rank[y.Grade]), cmp.Compare(len(y.Blocks), len(x.Blocks)),
			cmp.Compare(x.Key, y.Key))
	})
	done := make([]Need, 0, len(left))
	for len(left) > 0 {
		i := max(0, slices.IndexFunc(left, func(n Need) bool { return waits[n.Key] == 0 })) // a circle is broken at its first step
		n := left[i]
		left = slices.Delete(left, i, i+1)
		for _, key := range n.Blocks {
			waits[key]--
		}
		done = append(done, n)
	}
	return done
}

// blocked are the keys of the needs in a list that one of them holds up: a rule names papers, whatever their variant.
func blocked(needs []Need, n Need) (keys []string) {
	for _, other := range needs {
		if other.Key != n.Key && slices.Contains(n.Blocks, other.Document) {
			keys = append(keys, other.Key)
		}
	}
	return keys
}

// Questions are what decides somebody's list on a day: about the papers whose rules hang on facts, whether answered or not.
func (b *Rulebook) Questions(day record.Day, f Facts) (list []Question) {
	var codes []string
	for _, p := range b.picked(day, f) {
		if !p.gap && p.grade != notNeeded {
			codes = append(codes, p.condition.facts()...)
		}
	}
	for _, v := range b.allOn(factRows, day) {
		if slices.Contains(codes, v.Code) {
			list = append(list, Question{Code: v.Code, Text: textOf(v.Says, "question")})
		}
	}
	return list
}
