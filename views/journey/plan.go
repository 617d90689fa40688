package journey

import (
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// PlanPage is what somebody needs before they leave, and how far they are. Files and Certificates are what proves items, by the
// number of the item; Paid is the sum of what they wrote down. Desk says that an officer reads it.
type PlanPage struct {
	Desk         bool
	List         journey.PlanList
	Files        map[int64]journey.ItemFile
	Certificates map[int64]string
	Paid         int64
	Ceiling      *int // rupiah, nil where no rule with a source says one
}

func planText(ctx context.Context, t models.Text) string { return t.In(i18n.Of(ctx)) }

// planCrumbs lead from the reader's first page to a page of the plan.
func planCrumbs(ctx context.Context, last string) []components.Crumb {
	crumbs := []components.Crumb{
		{Label: i18n.T(ctx, "plan.home"), Href: ambient.Href(ctx, urls.Me())},
		{Label: i18n.T(ctx, "plan.title"), Href: ambient.Href(ctx, urls.Readiness())},
	}
	if last == "" {
		crumbs[1].Href = ""
		return crumbs
	}
	return append(crumbs, components.Crumb{Label: last})
}

// wayOf says in a line how somebody means to leave.
func wayOf(ctx context.Context, n journey.PlanNames) string {
	var parts []string
	for _, t := range []models.Text{n.Occupation, n.Country, n.Route, n.Scheme} {
		if text := planText(ctx, t); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " · ")
}

// counted says in words how many stand where.
func (p PlanPage) counted(ctx context.Context) string {
	var parts []string
	add := func(key string, n int) {
		if n > 0 {
			parts = append(parts, i18n.T(ctx, key, "Count", n))
		}
	}
	c := p.List.Counts()
	add("plan.count.under_way", p.List.UnderWay())
	add("plan.count.startable", c.Startable)
	add("plan.count.waiting", c.Waiting)
	add("plan.count.recommended", c.Recommended)
	add("plan.count.ask", c.ToAsk)
	return strings.Join(parts, " · ")
}

// needName is how a need is called, with its variant.
func needName(ctx context.Context, l journey.PlanLine) string {
	if v := planText(ctx, l.VariantName); v != "" {
		return planText(ctx, l.Name) + ", " + v
	}
	return planText(ctx, l.Name)
}

// needNames are how needs are called, in a row.
func needNames(ctx context.Context, list []journey.NeedName) string {
	var parts []string
	for _, n := range list {
		parts = append(parts, planText(ctx, n.Name))
	}
	return strings.Join(parts, ", ")
}

// stateTag is how far somebody is with a need, in a word.
func stateTag(ctx context.Context, l journey.PlanLine) components.TagProps {
	//i18n:family item.state.*
	tag := components.TagProps{Label: i18n.T(ctx, "item.state."+string(l.Item.State))}
	switch {
	case l.Item.State == journey.Done:
		tag.Kind = components.TagOpen
	case l.Item.State == journey.Expired, l.Late:
		tag.Kind = components.TagFix
	}
	switch {
	case l.Late && l.Item.State == journey.NotYet:
		tag.Label = i18n.T(ctx, "item.state.late")
	case l.Ends != "":
		tag.Kind, tag.Label = components.TagFix, i18n.T(ctx, "item.state.ends")
	}
	return tag
}

// needDue is the line above the largest words of a card, and those words.
func needDue(ctx context.Context, l journey.PlanLine) (label, day, more string) {
	switch {
	case l.Item.State == journey.UnderWay && l.Item.OnDate != nil:
		return i18n.T(ctx, "item.due.going"), i18n.DateLong(ctx, *l.Item.OnDate), ""
	case l.Item.State == journey.UnderWay:
		return i18n.T(ctx, "item.due.state"), i18n.T(ctx, "item.state.under_way"), ""
	case l.Item.State == journey.Expired && l.Item.ExpiresOn != nil:
		return i18n.T(ctx, "item.due.expired"), i18n.DateLong(ctx, *l.Item.ExpiresOn), i18n.T(ctx, "item.due.expired_text")
	case l.Item.State == journey.Expired:
		return i18n.T(ctx, "item.due.state"), i18n.T(ctx, "item.state.expired"), i18n.T(ctx, "item.due.lapsed_text")
	case l.Grade == journey.ToAsk:
		return i18n.T(ctx, "item.due.state"), i18n.T(ctx, "item.grade.ask"), ""
	case l.Start == nil && l.HasLength():
		return i18n.T(ctx, "item.due.when"), i18n.T(ctx, "item.due.soon"), i18n.T(ctx, "item.due.no_departure")
	case l.Start == nil:
		return i18n.T(ctx, "item.due.when"), i18n.T(ctx, "item.due.soon"), i18n.T(ctx, "item.due.unknown")
	case l.Late:
		return i18n.T(ctx, "item.due.passed"), i18n.DateLong(ctx, l.Start.Date()), i18n.T(ctx, "item.due.passed_text")
	}
	return i18n.T(ctx, "item.due.latest"), i18n.DateLong(ctx, l.Start.Date()), uncounted(ctx, l)
}

// uncounted says which needs after it could not be counted.
func uncounted(ctx context.Context, l journey.PlanLine) string {
	if len(l.Uncounted) == 0 {
		return ""
	}
	var parts []string
	for _, t := range l.Uncounted {
		parts = append(parts, planText(ctx, t))
	}
	return i18n.T(ctx, "item.due.uncounted", "Names", strings.Join(parts, ", "))
}

// needFacts are what is known of a need: who issues it, what it costs, how long it takes and for how long it holds.
func needFacts(ctx context.Context, n journey.Need) []components.Fact {
	list := []components.Fact{}
	if issuer := planText(ctx, n.Issuer); issuer != "" {
		list = append(list, components.Fact{Label: i18n.T(ctx, "item.fact.issuer"), Text: issuer})
	}
	list = append(list, components.Fact{Label: i18n.T(ctx, "item.fact.cost"), Text: needCost(ctx, n.Lead)})
	if n.HasLength() { // where nobody knows it, the line above says so
		list = append(list, components.Fact{Label: i18n.T(ctx, "item.fact.days"), Text: needDays(ctx, n.Lead)})
	}
	if n.Lead != nil && planText(ctx, n.Lead.ValidFor) != "" {
		list = append(list, components.Fact{Label: i18n.T(ctx, "item.fact.valid"), Text: planText(ctx, n.Lead.ValidFor)})
	}
	return list
}

// needCost says what a need costs, as far as anybody knows.
func needCost(ctx context.Context, l *journey.Lead) string {
	if l == nil {
		return i18n.T(ctx, "item.cost.unknown")
	}
	return costOf(ctx, l.CostMin, l.CostMax)
}

func costOf(ctx context.Context, least, most *int) string {
	switch {
	case least == nil && most == nil:
		return i18n.T(ctx, "item.cost.unknown")
	case least == nil && *most == 0:
		return Price(ctx, 0)
	case least == nil:
		return i18n.T(ctx, "item.cost.most", "Most", i18n.Rupiah(ctx, *most))
	case most == nil:
		return i18n.T(ctx, "item.cost.least", "Least", Price(ctx, *least))
	case *least == *most:
		return Price(ctx, *least)
	}
	return i18n.T(ctx, "item.cost.range", "Least", Price(ctx, *least), "Most", i18n.Rupiah(ctx, *most))
}

// Price is what something costs: nothing is free.
func Price[N i18n.Integer](ctx context.Context, n N) string {
	if n == 0 {
		return i18n.T(ctx, "item.cost.free")
	}
	return i18n.Rupiah(ctx, n)
}

// needDays says how long a need takes, as far as anybody knows; never 0 for not known.
func needDays(ctx context.Context, l *journey.Lead) string {
	if l == nil {
		return i18n.T(ctx, "item.days.unknown")
	}
	return daysOf(ctx, l.DaysMin, l.DaysMax, l.Working)
}

func daysOf(ctx context.Context, least, most *int, working bool) string {
	one := i18n.Days[int]
	if working {
		one = i18n.WorkingDays[int]
	}
	switch {
	case least == nil && most == nil:
		return i18n.T(ctx, "item.days.unknown")
	case least == nil || most != nil && *least == *most:
		return one(ctx, *most)
	case most == nil:
		return i18n.T(ctx, "item.days.least", "Days", one(ctx, *least))
	}
	return i18n.T(ctx, "item.days.range", "Least", *least, "Most", one(ctx, *most))
}

// ruleSource says on what a rule stands, and in which source somebody looked when: the day is that of the source, not of the law.
func ruleSource(ctx context.Context, n journey.Need) string {
	var parts []string
	if basis := planText(ctx, n.LegalBasis); basis != "" {
		parts = append(parts, i18n.T(ctx, "item.source.basis", "Basis", basis))
	}
	switch {
	case n.Source != "" && n.CheckedOn != nil:
		parts = append(parts, i18n.T(ctx, "item.source.checked", "Source", n.Source, "Day", i18n.Date(ctx, n.CheckedOn.Date())))
	case n.Source != "":
		parts = append(parts, i18n.T(ctx, "item.source.from", "Source", n.Source))
	case len(parts) == 0:
		return i18n.T(ctx, "item.source.none")
	}
	return strings.Join(parts, " ")
}

// proof says what shows that a need is done, and since when.
func (p PlanPage) proof(ctx context.Context, l journey.PlanLine) string {
	i := l.Item
	day := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return i18n.Date(ctx, *t)
	}
	switch {
	case i.State == journey.NotNeeded:
		return i18n.T(ctx, "item.proof.not_needed", "Reason", i.Reason)
	case i.State == journey.UnderWay || i.State == journey.Expired:
		return stateTag(ctx, l).Label
	case i.Proof == journey.ProofOthers:
		return i18n.T(ctx, "item.proof.others", "Source", i.Source, "Day", day(i.SourceOn))
	case i.Proof == journey.ProofCertificate:
		return i18n.T(ctx, "item.proof.certificate", "Ref", p.Certificates[i.ID])
	case i.Proof == journey.ProofFile && p.Files[i.ID].DeletedAt == nil:
		return i18n.T(ctx, p.words("item.proof.file"), "Name", p.Files[i.ID].Name)
	case i.OnDate != nil:
		return i18n.T(ctx, p.words("item.proof.own_on"), "Day", day(i.OnDate))
	}
	return i18n.T(ctx, p.words("item.proof.own"))
}

//i18n:family item.desk.*

// words are those for the person, or those about them for an officer.
func (p PlanPage) words(key string) string {
	if !p.Desk {
		return key
	}
	return "item.desk." + strings.TrimPrefix(key, "item.")
}

// startWord is what the button of a need says.
func startWord(ctx context.Context, l journey.PlanLine) string {
	switch {
	case l.Grade == journey.ToAsk:
		return i18n.T(ctx, "item.do.ask")
	case l.Item.State == journey.UnderWay:
		return i18n.T(ctx, "item.do.result")
	case l.Item.State == journey.Expired:
		return i18n.T(ctx, "item.do.renew")
	}
	return i18n.T(ctx, "item.do.record")
}

// rowSays is the line under a need that stands as a row.
func (p PlanPage) rowSays(ctx context.Context, l journey.PlanLine) string {
	var parts []string
	switch {
	case l.Gap:
		parts = append(parts, i18n.T(ctx, "item.gap"))
	case l.Grade == journey.ToAsk:
		parts = append(parts, i18n.T(ctx, "item.ask"))
	case l.Start != nil && l.Late && l.Item.State == journey.NotYet:
		parts = append(parts, i18n.T(ctx, "item.start_late", "Day", i18n.DateLong(ctx, l.Start.Date())))
	case l.Start != nil && l.Item.State == journey.NotYet:
		parts = append(parts, i18n.T(ctx, "item.start", "Day", i18n.DateLong(ctx, l.Start.Date())))
	}
	if len(l.WaitsFor) > 0 {
		parts = append(parts, i18n.T(ctx, "item.waits", "Names", needNames(ctx, l.WaitsFor)))
	}
	if l.Grade == journey.Recommended {
		parts = append(parts, i18n.T(ctx, "item.grade.recommended")+".")
	}
	var facts []string
	if issuer := planText(ctx, l.Issuer); issuer != "" {
		facts = append(facts, issuer)
	}
	if l.Lead != nil && (l.Lead.CostMin != nil || l.Lead.CostMax != nil) {
		facts = append(facts, needCost(ctx, l.Lead))
	}
	if len(facts) > 0 {
		parts = append(parts, strings.Join(facts, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// rowIcon is the sign of a need that stands as a row.
func rowIcon(l journey.PlanLine) string {
	switch {
	case l.Ends != "":
		return "triangle-alert"
	case l.Item.State == journey.Done:
		return "circle-check"
	case l.Item.State == journey.NotNeeded:
		return "circle-minus"
	case l.Grade == journey.ToAsk:
		return "circle-help"
	case len(l.WaitsFor) > 0 || l.Item.State == journey.UnderWay:
		return "clock"
	}
	return "circle-dashed"
}

// finishedCount is how many are done, and how many are not needed.
func finishedCount(p PlanPage) string {
	if n := p.List.NotNeeded(); n > 0 {
		return strconv.Itoa(len(p.List.Finished)-n) + " + " + strconv.Itoa(n)
	}
	return strconv.Itoa(len(p.List.Finished))
}

// finishedSays is what shows that a need is over.
func finishedSays(ctx context.Context, p PlanPage, l journey.PlanLine) string {
	says := p.proof(ctx, l)
	if l.Kept {
		says += " " + i18n.T(ctx, p.words("item.kept"))
	}
	if l.Item.State == journey.Done && l.Item.ExpiresOn != nil {
		says += " " + i18n.T(ctx, "item.until", "Day", i18n.Date(ctx, *l.Item.ExpiresOn))
	}
	if l.Ends != "" {
		//i18n:family item.ends.*
		says += " " + i18n.T(ctx, p.words("item.ends."+string(l.Ends)))
	}
	return says
}

// ceilingSays is the most that all may cost, where a rule with a source says it.
func ceilingSays(ctx context.Context, ceiling *int) string {
	if ceiling == nil {
		return i18n.T(ctx, "plan.ceiling.none")
	}
	return i18n.T(ctx, "plan.ceiling", "Most", i18n.Rupiah(ctx, *ceiling))
}

// LineName is how a need is called.
func LineName(ctx context.Context, l journey.PlanLine) string { return needName(ctx, l) }

// LineTag is how far somebody is with a need, in a word.
func LineTag(ctx context.Context, l journey.PlanLine) components.TagProps { return stateTag(ctx, l) }

// LineSays is what shows how far somebody is with a need.
func (p PlanPage) LineSays(ctx context.Context, l journey.PlanLine) string {
	if l.Item.State == journey.Done || l.Item.State == journey.NotNeeded {
		return finishedSays(ctx, p, l)
	}
	return p.rowSays(ctx, l)
}

// Way says in a line how the person means to leave.
func (p PlanPage) Way(ctx context.Context) string { return wayOf(ctx, p.List.Names) }
