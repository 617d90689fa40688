package journey

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// wholeRules finds what is wrong among all rules as they are published, today and on every later day on which any of them
// changes.
func wholeRules(ctx context.Context, db *record.DB) ([]*record.Refusal, error) {
	b, err := (&Store{db: db}).Rules(ctx)
	if err != nil {
		return nil, err
	}
	return b.faults(record.DayOf(db.Now())), nil
}

// faults are what is wrong among the rules from a day on, each once.
func (b *Rulebook) faults(today record.Day) (list []*record.Refusal) {
	seen := map[string]bool{}
	add := func(key string, args ...any) {
		named := key
		for _, a := range args {
			named += "|" + a.(string)
		}
		if !seen[named] {
			seen[named] = true
			list = append(list, &record.Refusal{Key: key, Args: args})
		}
	}
	for _, day := range b.turns(today) {
		b.unknown(day, add)
		b.twice(day, add)
		b.circles(day, add)
	}
	return list
}

// A finder takes what is wrong: the key of its sentence and what the sentence names.
type finder func(key string, args ...any)

// turns are the days from one on which what holds may be otherwise than the day before.
func (b *Rulebook) turns(today record.Day) []record.Day {
	days := []record.Day{today}
	for _, list := range b.rows {
		for _, v := range list {
			turns := []record.Day{record.DateDay(v.ValidFrom)}
			if v.ValidTo != nil {
				turns = append(turns, record.DateDay(*v.ValidTo).Plus(1))
			}
			for _, day := range turns {
				if day.After(today) && !slices.Contains(days, day) {
					days = append(days, day)
				}
			}
		}
	}
	slices.SortFunc(days, func(x, y record.Day) int { return x.Date().Compare(y.Date()) })
	return days
}

// label says in codes which rule it is.
func (r rule) label() string {
	parts := []string{r.key(), r.route, r.country, r.scheme}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// unknown finds rows that name what does not hold on a day: routes, schemes, papers, facts.
func (b *Rulebook) unknown(day record.Day, add finder) {
	missing := func(row, table string, codes ...string) {
		for _, code := range codes {
			if _, ok := b.on(table, code, day); !ok && code != "" {
				add("rule.fault.unknown", "Row", row, "Name", code)
			}
		}
	}
	for _, r := range b.rules {
		if !r.HoldsOn(day) {
			continue
		}
		missing(r.label(), routeRows, r.route)
		missing(r.label(), schemeRows, r.scheme)
		missing(r.label(), schemeRows, r.condition.named(AskScheme)...)
		missing(r.label(), documentRows, append(r.blocks, r.document)...)
		missing(r.label(), factRows, r.condition.facts()...)
		for _, country := range append(r.condition.named(AskCountry), r.country) {
			if _, ok := b.countries[country]; !ok && country != "" {
				add("rule.fault.unknown", "Row", r.label(), "Name", country)
			}
		}
		if v, ok := b.on(schemeRows, r.scheme, day); ok &&
			(v.Says["country_code"] != r.country || !slices.Contains(codesIn(v.Says["routes"]), r.route)) {
			add("rule.fault.scheme", "Row", r.label(), "Name", r.scheme)
		}
	}
	for _, table := range []string{schemeRows, routeRows, leadRows, chargeRows} {
		for _, v := range b.allOn(table, day) {
			missing(v.Code, routeRows, codesIn(v.Says["routes"])...)
			missing(v.Code, documentRows, v.Says["document_code"])
			missing(v.Code, schemeRows, v.Says["scheme"])
			if c, err := ParseCondition(v.Says["proposed_when"]); err == nil {
				missing(v.Code, factRows, c.facts()...)
			}
		}
	}
}

// twice finds two rules for one need of the same people on a day.
func (b *Rulebook) twice(day record.Day, add finder) {
	seen := map[string]bool{}
	for _, r := range b.rules {
		if !r.HoldsOn(day) {
			continue
		}
		if seen[r.label()] {
			add("rule.fault.twice", "Row", r.label())
		}
		seen[r.label()] = true
	}
}

// circles finds papers that wait for each other, whoever it is and whatever they answer.
func (b *Rulebook) circles(day record.Day, add finder) {
	var done []Facts
	for _, r := range b.rules {
		f := Facts{Route: r.route, Country: r.country, Scheme: r.scheme}
		if slices.ContainsFunc(done, func(old Facts) bool {
			return old.Route == f.Route && old.Country == f.Country && old.Scheme == f.Scheme
		}) {
			continue
		}
		done = append(done, f)
		blocks := map[string][]string{}
		for _, p := range b.picked(day, f) {
			if p.gap || p.grade != notNeeded {
				blocks[p.document] = append(blocks[p.document], p.blocks...)
			}
		}
		if names := circle(blocks); names != nil {
			where := slices.DeleteFunc([]string{f.Route, f.Country, f.Scheme}, func(code string) bool { return code == "" })
			add("rule.fault.circle", "Names", strings.Join(names, " → "), "Way", strings.Join(where, " · "))
		}
	}
}

// circle finds papers that lead back to the first of them, nil where there are none.
func circle(blocks map[string][]string) []string {
	state := map[string]int{} // 1 while on the path, 2 when nothing behind it leads back
	var path []string
	var walk func(paper string) []string
	walk = func(paper string) []string {
		switch state[paper] {
		case 1:
			return append(path[slices.Index(path, paper):], paper)
		case 2:
			return nil
		}
		state[paper] = 1
		path = append(path, paper)
		for _, next := range blocks[paper] {
			if _, needed := blocks[next]; !needed {
				continue
			}
			if found := walk(next); found != nil {
				return found
			}
		}
		path = path[:len(path)-1]
		state[paper] = 2
		return nil
	}
	papers := make([]string, 0, len(blocks))
	for paper := range blocks {
		papers = append(papers, paper)
	}
	slices.Sort(papers)
	for _, paper := range papers {
		if found := walk(paper); found != nil {
			return found
		}
	}
	return nil
}

// A Hole is a time in which no version of a rule holds though one did before: everybody whom it concerns reads that it is
// being looked at, until officers say what holds.
type Hole struct {
	Code  string // of the rule that held last
	Label string // paper, route, country and scheme in codes
	Name  models.Text
	From  record.Day
}

// Holes are the gaps in the rules on a day or later, the soonest first.
func (b *Rulebook) Holes(today record.Day) (list []Hole) {
	seen := map[string]bool{}
	for _, day := range b.turns(today) {
		for _, p := range b.gapsOn(day) {
			if !seen[p.label()] {
				seen[p.label()] = true
				list = append(list, Hole{Code: p.Code, Label: p.label(), Name: b.called(p.rule, day), From: p.since(day)})
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Hole) int {
		return cmp.Or(x.From.Date().Compare(y.From.Date()), cmp.Compare(x.Label, y.Label))
	})
	return list
}

// since is when a gap begins that there is on a day.
func (p pick) since(day record.Day) record.Day {
	if p.ValidTo == nil {
		return day
	}
	return record.DateDay(*p.ValidTo).Plus(1)
}

// gapsOn are the rules, for whomever, of which no version holds on a day.
func (b *Rulebook) gapsOn(day record.Day) (list []pick) {
	groups := map[string][]rule{}
	for _, r := range b.rules {
		groups[r.label()] = append(groups[r.label()], r)
	}
	for _, rules := range groups {
		for _, p := range holding(rules, day) {
			if p.gap {
				list = append(list, p)
			}
		}
	}
	return list
}

// called is how a rule is called: its paper, and for whom it is.
func (b *Rulebook) called(r rule, day record.Day) models.Text {
	name := b.name(documentRows, r.document, day)
	if v := textOf(r.Says, "variant"); v.ID != "" {
		name = models.Text{ID: name.ID + ", " + v.ID, EN: name.EN + ", " + v.EN}
	}
	add := func(t models.Text) { name = models.Text{ID: name.ID + " · " + t.ID, EN: name.EN + " · " + t.EN} }
	add(b.name(routeRows, r.route, day))
	if r.country != "" {
		add(b.countries[r.country])
	}
	if r.scheme != "" {
		add(b.name(schemeRows, r.scheme, day))
	}
	return name
}

// holesOf names the gaps in the rules as they are published.
func holesOf(ctx context.Context, db *record.DB) (names []string, err error) {
	b, err := (&Store{db: db}).Rules(ctx)
	if err != nil {
		return nil, err
	}
	for _, h := range b.Holes(record.DayOf(db.Now())) {
		names = append(names, h.key())
	}
	return names, nil
}

// key tells gaps apart.
func (h Hole) key() string { return h.Label + " " + h.From.Date().Format(time.DateOnly) }

// DraftHoles lists the gaps that publishing a draft of a rule would make, beside those that there are.
func (s *Store) DraftHoles(ctx context.Context, officer record.User, draft dated.Change) (list []Hole, err error) {
	was, err := s.Holes(ctx, officer)
	if err != nil || draft.OfTable != ruleRows {
		return nil, err
	}
	b, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	if b.rows[ruleRows], err = dated.NewStore(s.db, ruleDescriptions()...).AllWith(ctx, draft); err != nil {
		return nil, err
	}
	if err := b.read(); err != nil {
		return nil, err
	}
	for _, h := range b.Holes(record.DayOf(s.db.Now())) {
		if !slices.ContainsFunc(was, func(old Hole) bool { return old.key() == h.key() }) {
			list = append(list, h)
		}
	}
	return list, nil
}

// Holes lists the gaps in the rules that officers have to fill.
func (s *Store) Holes(ctx context.Context, officer record.User) ([]Hole, error) {
	if officer.Role != record.Officer {
		return nil, record.ErrForbidden
	}
	b, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	return b.Holes(record.DayOf(s.db.Now())), nil
}

// Propose names the routes that answers to the three questions lead to: those whose condition holds, else those that may
// still hold, in their order.
func (b *Rulebook) Propose(day record.Day, says map[string]Answer) (routes []Entry, sure bool) {
	var maybe []Entry
	entries := b.Routes(day)
	for i, v := range b.allOn(routeRows, day) {
		c, err := ParseCondition(v.Says["proposed_when"])
		if err != nil || c.Word == "" {
			continue
		}
		switch answer, _ := c.Holds(Facts{Says: says}); answer {
		case Yes:
			routes = append(routes, entries[i])
		case Unknown:
			maybe = append(maybe, entries[i])
		}
	}
	if len(routes) > 0 {
		return routes, true
	}
	return maybe, false
}

// RouteQuestions are the answers that the three questions offer, by PartPlace, PartWho and PartBefore.
func (b *Rulebook) RouteQuestions(day record.Day) map[string][]Question {
	parts := map[string][]Question{}
	for _, v := range b.allOn(factRows, day) {
		if part := v.Says["part"]; part != PartPaper {
			parts[part] = append(parts[part], Question{Code: v.Code, Text: textOf(v.Says, "question")})
		}
	}
	return parts
}
