package officer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
	"naikkelas/views/components"
	plan "naikkelas/views/journey"
)

// RuleAnswer begins the name of an answer in the address of the preview; the code of its fact follows.
const RuleAnswer = "jawab."

// RulesFilter is the made-up person of the preview, as the address says.
type RulesFilter struct {
	Route, Scheme, Country, Occupation string
	Day                                string // written 2026-11-30
	Drafts                             bool   // as if every open draft were published
	Says                               map[string]journey.Answer
}

// Facts is the person as rules look at them.
func (f RulesFilter) Facts() journey.Facts {
	return journey.Facts{Route: f.Route, Scheme: f.Scheme, Country: f.Country, Occupation: f.Occupation, Says: f.Says}
}

// RulesPage is what the rules make of somebody made up.
type RulesPage struct {
	Today       record.Day
	Filter      RulesFilter
	Preview     journey.Preview
	Countries   []models.Country
	Occupations []models.Occupation
}

// On is the day of the preview: the one that the address names, else today.
func (p RulesPage) On() record.Day {
	return DatedListPage{Today: p.Today, Filter: DatedFilter{Day: p.Filter.Day}}.On()
}

// A RuleAudience is how many people a draft of a rule concerns, and what they will read.
type RuleAudience struct {
	People        int
	Subject, Text string
}

// RuleDay is a day in words.
func RuleDay(ctx context.Context, day record.Day) string { return i18n.Date(ctx, day.Date()) }

// Before is what a row says on the first day of its draft, nil where nothing.
func (r DatedRow) Before() dated.Values {
	if r.Draft == nil {
		return nil
	}
	if r.Draft.Ends {
		v, _ := r.Newest()
		return v.Says
	}
	v, _ := r.On(record.DateDay(r.Draft.ValidFrom))
	return v.Says
}

func entryOptions(ctx context.Context, list []journey.Entry) (options []components.Option) {
	for _, e := range list {
		options = append(options, components.Option{Value: e.Code, Label: e.Name.In(i18n.Of(ctx))})
	}
	return options
}

func (p RulesPage) countryOptions(ctx context.Context) (options []components.Option) {
	for _, c := range p.Countries {
		options = append(options, components.Option{Value: c.Code, Label: c.Name.In(i18n.Of(ctx))})
	}
	return options
}

func (p RulesPage) occupationOptions(ctx context.Context) (options []components.Option) {
	for _, o := range p.Occupations {
		options = append(options, components.Option{Value: o.Code, Label: o.Name.In(i18n.Of(ctx))})
	}
	return options
}

func answerOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: string(journey.Yes), Label: i18n.T(ctx, "rule.answer.yes")},
		{Value: string(journey.No), Label: i18n.T(ctx, "rule.answer.no")},
	}
}

// needName is what a need is called, with its variant.
func needName(ctx context.Context, n journey.Need) string {
	name := n.Name.In(i18n.Of(ctx))
	if v := n.VariantName.In(i18n.Of(ctx)); v != "" {
		name += ", " + v
	}
	return name
}

// gradeText is how strongly something is needed, in words.
func (p RulesPage) gradeText(ctx context.Context, n journey.Need) string {
	switch {
	case n.Gap:
		return i18n.T(ctx, "rule.gap")
	case n.Grade == journey.Required:
		return i18n.T(ctx, "rule.grade.required")
	case n.Grade == journey.Recommended:
		return i18n.T(ctx, "rule.grade.recommended")
	}
	asked := make([]string, len(n.Ask))
	for i, code := range n.Ask {
		asked[i] = p.asked(ctx, code)
	}
	return i18n.T(ctx, "rule.grade.ask", "Facts", strings.Join(asked, " "))
}

// asked is what decides about a need in words: the question behind a fact, or how somebody leaves.
func (p RulesPage) asked(ctx context.Context, code string) string {
	for _, q := range slices.Concat(p.Preview.Questions, p.Preview.Asked) {
		if q.Code == code {
			return q.Text.In(i18n.Of(ctx))
		}
	}
	switch code {
	case journey.AskCountry:
		return i18n.T(ctx, "rule.country") + "?"
	case journey.AskScheme:
		return i18n.T(ctx, "rule.scheme") + "?"
	case journey.AskOccupation:
		return i18n.T(ctx, "rule.occupation") + "?"
	}
	return code
}

// sentences are texts behind each other, each with one full stop.
func sentences(texts ...string) string {
	var list []string
	for _, text := range texts {
		if text = strings.TrimRight(strings.TrimSpace(text), "."); text != "" {
			list = append(list, text+".")
		}
	}
	return strings.Join(list, " ")
}

// leadText is how long it takes and what it costs, in words.
func leadText(ctx context.Context, n journey.Need) string {
	var parts []string
	for _, l := range n.Leads {
		parts = append(parts, strings.TrimSpace(l.Label.In(i18n.Of(ctx))+" "+daysText(ctx, l)+", "+costText(ctx, l)))
	}
	if len(parts) == 0 {
		return i18n.T(ctx, "rule.days.unknown")
	}
	return strings.Join(parts, "; ")
}

func daysText(ctx context.Context, l journey.Lead) string {
	days := i18n.Days[int]
	if l.Working {
		days = i18n.WorkingDays[int]
	}
	switch {
	case l.DaysMin == nil && l.DaysMax == nil:
		return i18n.T(ctx, "rule.days.unknown")
	case l.DaysMax == nil:
		return i18n.T(ctx, "rule.days.from", "Days", days(ctx, *l.DaysMin))
	case l.DaysMin == nil || *l.DaysMin == *l.DaysMax:
		return i18n.T(ctx, "rule.days.to", "Days", days(ctx, *l.DaysMax))
	}
	return i18n.T(ctx, "rule.days.between", "Least", *l.DaysMin, "Days", days(ctx, *l.DaysMax))
}

func costText(ctx context.Context, l journey.Lead) string {
	switch {
	case l.CostMin == nil && l.CostMax == nil:
		return i18n.T(ctx, "rule.cost.unknown")
	case l.CostMin == nil:
		return plan.Price(ctx, *l.CostMax)
	case l.CostMax == nil || *l.CostMin == *l.CostMax:
		return plan.Price(ctx, *l.CostMin)
	}
	return plan.Price(ctx, *l.CostMin) + "–" + plan.Price(ctx, *l.CostMax)
}

// partText is one part of a need in words, for a comparison.
func (p RulesPage) partText(ctx context.Context, n journey.Need, part string) string {
	lang := i18n.Of(ctx)
	switch part {
	case journey.PartReason:
		return n.Because.In(lang)
	case journey.PartBlocks:
		return strings.Join(p.papers(ctx, n.Blocks), ", ")
	case journey.PartNote:
		return n.Note.In(lang)
	case journey.PartBasis:
		return n.LegalBasis.In(lang)
	case journey.PartLead:
		return leadText(ctx, n)
	case journey.PartHealth:
		return i18n.T(ctx, "dated.choice."+strconv.FormatBool(n.Health))
	case journey.PartWords:
		words := []string{needName(ctx, n), n.Issuer.In(lang), n.Validity.In(lang)}
		return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), "; ")
	}
	return p.gradeText(ctx, n)
}

// papers are how needs of the list, or of that of today, are called, by their keys.
func (p RulesPage) papers(ctx context.Context, keys []string) []string {
	names, needs := slices.Clone(keys), slices.Concat(p.Preview.Needs, p.Preview.Was)
	for i, key := range keys {
		if at := slices.IndexFunc(needs, func(n journey.Need) bool { return n.Key == key }); at >= 0 {
			names[i] = needName(ctx, needs[at])
		}
	}
	return names
}

// A ruleDifference is one line of the comparison.
type ruleDifference struct{ Name, Part, Was, Is string }

// differences are what the list says otherwise than that of today, one line for each part of a need.
func (p RulesPage) differences(ctx context.Context) (list []ruleDifference) {
	for _, d := range p.Preview.Differences {
		name := needName(ctx, d.Need())
		switch {
		case d.Was == nil:
			list = append(list, ruleDifference{Name: name, Part: i18n.T(ctx, "rule.added"), Is: p.gradeText(ctx, *d.Is)})
		case d.Is == nil:
			list = append(list, ruleDifference{Name: name, Part: i18n.T(ctx, "rule.removed"), Was: p.gradeText(ctx, *d.Was)})
		default:
			for _, part := range d.Parts {
				//i18n:family rule.part.*
				line := ruleDifference{Name: name, Part: i18n.T(ctx, "rule.part."+part)}
				line.Was, line.Is = p.partText(ctx, *d.Was, part), p.partText(ctx, *d.Is, part)
				list = append(list, line)
			}
		}
	}
	return list
}

// ruleColumns are the heads of the list.
func ruleColumns(ctx context.Context) []components.Column {
	return []components.Column{
		{Label: i18n.T(ctx, "rule.paper")}, {Label: i18n.T(ctx, "rule.part.grade")}, {Label: i18n.T(ctx, "rule.why")},
		{Label: i18n.T(ctx, "rule.part.lead")}, {Label: i18n.T(ctx, "rule.since")},
	}
}

// compareColumns are the heads of the comparison.
func compareColumns(ctx context.Context) []components.Column {
	return []components.Column{
		{Label: i18n.T(ctx, "rule.paper")}, {Label: i18n.T(ctx, "rule.change")}, {Label: i18n.T(ctx, "dated.now")},
		{Label: i18n.T(ctx, "dated.then")},
	}
}
