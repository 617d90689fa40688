package journey

import (
	"maps"
	"slices"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// with is the rulebook as it is or was with a row of a table saying something from a day on; nil for a row that is not there.
func (b *Rulebook) with(table, code string, says dated.Values, from record.Day) (*Rulebook, error) {
	other := *b
	other.rows = maps.Clone(b.rows)
	v, rest := dated.Version{Code: code, Says: says, ValidFrom: from.Date()}, []dated.Version{}
	for _, old := range b.rows[table] {
		if old.Code == code {
			v.Position = old.Position
		} else {
			rest = append(rest, old)
		}
	}
	if says != nil {
		rest = append(rest, v)
	}
	other.rows[table] = rest
	if table != ruleRows {
		return &other, nil
	}
	other.rules = slices.DeleteFunc(slices.Clone(b.rules), func(r rule) bool { return r.Code == code })
	if says == nil {
		return &other, nil
	}
	r, err := ruleOf(v)
	other.rules = append(other.rules, r)
	return &other, err
}

// A ruleChange is a change of one row with the rules around it as they are before and after.
type ruleChange struct {
	table, code string
	day         record.Day
	was, is     dated.Values
	papers      []string // that it is about; none of a charge
	before, now *Rulebook
}

// change lays what becomes of a row of a table beside what it was.
func (b *Rulebook) change(table string, p dated.Publication) (c ruleChange, err error) {
	c = ruleChange{table: table, code: p.Code, day: p.From, was: p.Was, is: p.Is}
	for _, says := range []dated.Values{p.Was, p.Is} {
		paper := says["document_code"]
		if table == documentRows {
			paper = p.Code
		}
		if paper != "" && !slices.Contains(c.papers, paper) {
			c.papers = append(c.papers, paper)
		}
	}
	if c.before, err = b.with(table, p.Code, p.Was, p.From); err != nil {
		return c, err
	}
	c.now, err = b.with(table, p.Code, p.Is, p.From)
	return c, err
}

// routes are the routes whose people it may concern; people who have not said theirs are among them.
func (c ruleChange) routes() []string {
	list := []string{""}
	add := func(codes ...string) {
		for _, code := range codes {
			if !slices.Contains(list, code) {
				list = append(list, code)
			}
		}
	}
	for _, b := range []*Rulebook{c.before, c.now} {
		for _, r := range b.rules {
			if c.table == ruleRows && r.Code == c.code || c.table != ruleRows && slices.Contains(c.papers, r.document) {
				add(r.route)
			}
		}
		if c.table == chargeRows {
			for _, v := range b.rows[routeRows] {
				add(v.Code)
			}
		}
	}
	return list
}

// concerns says whether somebody reads something else by the change than without it: of its papers in their list, or of what may
// be charged to them.
func (c ruleChange) concerns(f Facts) bool {
	if c.table == chargeRows {
		return !sameCharges(c.before.Charges(c.day, f), c.now.Charges(c.day, f))
	}
	of := func(b *Rulebook) (list []Need) {
		for _, n := range b.Checklist(c.day, f) {
			if slices.Contains(c.papers, n.Document) {
				list = append(list, n)
			}
		}
		return list
	}
	return len(Compare(of(c.before), of(c.now))) > 0
}

// facts are the codes of the facts on which the papers of the change hang.
func (c ruleChange) facts() (list []string) {
	for _, b := range []*Rulebook{c.before, c.now} {
		for _, r := range b.rules {
			if slices.Contains(c.papers, r.document) {
				list = append(list, r.condition.facts()...)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// named is what the change is about: its paper, or what is charged for.
func (c ruleChange) named() models.Text {
	if c.table == chargeRows {
		if c.is != nil {
			return textOf(c.is, "name")
		}
		return textOf(c.was, "name")
	}
	paper := c.papers[len(c.papers)-1]
	if _, ok := c.now.on(documentRows, paper, c.day); ok {
		return c.now.name(documentRows, paper, c.day)
	}
	return c.before.name(documentRows, paper, c.day)
}

// letter is what people are told with, and where they read more.
func (c ruleChange) letter() (template, path string) {
	template, path = "rule_changed", urls.Readiness()
	if c.table == chargeRows {
		template, path = "charge_changed", urls.ReadinessCosts()
	}
	return template, path
}

// sameCharges compares what people read of what may be charged. That a source was looked at again is no change.
func sameCharges(a, b ChargeRules) bool {
	same := func(x, y Charge) bool {
		return x.Code == y.Code && x.Kind == y.Kind && x.Name == y.Name && x.Note == y.Note && sameNumber(x.Ceiling, y.Ceiling) &&
			x.LegalBasis == y.LegalBasis
	}
	ceiling := a.Ceiling == b.Ceiling || a.Ceiling != nil && b.Ceiling != nil && sameNumber(a.Ceiling.Ceiling, b.Ceiling.Ceiling)
	return ceiling && slices.EqualFunc(a.List, b.List, same)
}
