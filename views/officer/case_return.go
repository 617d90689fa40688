package officer

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// HomeForm is what the forms of a plan to come home ask beside who acts next, which stands in CaseForm.
type HomeForm struct {
	Kind     string    `form:"kind"`
	State    string    `form:"state"`
	Whose    string    `form:"whose"`
	Who      string    `form:"who"`
	SaidOn   form.Date `form:"said_on"`
	Source   string    `form:"source"`
	Choice   string    `form:"choice"`
	At       string    `form:"at"`
	Place    string    `form:"place"`
	Number   string    `form:"number"`
	To       string    `form:"to"`
	Receiver string    `form:"receiver"`
	Relation string    `form:"relation"`
	Witness  string    `form:"witness"`
	Of       string    `form:"of"`
	How      string    `form:"how"`
	Until    form.Date `form:"until"`
	Back     string    `form:"back"`
	Act      string    `form:"tindakan"`
}

// Whose a step is.
const (
	stepOurs     = "ours"
	stepExternal = "external"
)

// The pages of a plan that are no step of it, as addresses spell them.
const (
	HomeWordPlan    = "rencana"
	HomeWordHand    = "serah-terima"
	HomeWordReaders = "pembaca"
)

// homeWords are the steps as addresses spell them.
var homeWords = map[string]string{
	"dokumen": protection.HomePapers, "surat": protection.HomeLast, "izin-keluar": protection.HomePermit, "layak-terbang": protection.HomeFit,
	"penampungan": protection.HomeShelter, "pendamping": protection.HomeEscort, "penerbangan": protection.HomeFlight,
	"tiba": protection.HomeArrival, "antar": protection.HomeTransport, "rehabilitasi": protection.HomeCare,
}

// homeWord is how addresses spell a step.
func homeWord(step string) string {
	for word, s := range homeWords {
		if s == step {
			return word
		}
	}
	return ""
}

// CheckHome looks at what the Store does not of one page of a plan.
func (f HomeForm) CheckHome(word string) form.Errors {
	var errs form.Errors
	switch word {
	case HomeWordPlan, HomeWordHand:
	case HomeWordReaders:
		errs.Add("until", f.Until.CheckRequired())
	default:
		errs.Add("said_on", f.SaidOn.Check())
		if f.Whose != stepOurs && f.Whose != stepExternal {
			errs.Add("whose", "case.choice")
		}
		if f.At != "" && inJakarta(f.At).IsZero() {
			errs.Add("at", "case.home.at_missing")
		}
	}
	return errs
}

// inJakarta reads a day and an hour by the clock of Jakarta; what is no time is none.
func inJakarta(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02T15:04", strings.Replace(strings.TrimSpace(text), " ", "T", 1), i18n.WIB)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Step is the form of one step as the Store takes it.
func (f HomeForm) Step(word string, due protection.Due) protection.HomeStepInput {
	said, _ := f.SaidOn.Time()
	return protection.HomeStepInput{Kind: homeWords[word], State: f.State, Ours: f.Whose == stepOurs, Who: f.Who, SaidOn: said,
		Source: f.Source, Choice: f.Choice, At: inJakarta(f.At), Place: f.Place, Number: f.Number, Due: due}
}

// Handover is the form of a hand-over as the Store takes it.
func (f HomeForm) Handover(why string, due protection.Due) protection.Handover {
	return protection.Handover{To: f.To, Receiver: f.Receiver, Relation: f.Relation, At: inJakarta(f.At), Place: f.Place, Witness: f.Witness,
		Why: why, Due: due}
}

// Share is the form that lets somebody read the plan, as the Store takes it.
func (f HomeForm) Share(person, why string) protection.HomeShare {
	var until time.Time
	if day, ok := f.Until.Time(); ok {
		until = record.DateDay(day).End()
	}
	return protection.HomeShare{Person: person, Of: f.Of, How: f.How, Until: until, Why: why}
}

// HomePage is the plan to come home of a case, or the form of one part of it. Word names the part; Open is the reader whose
// form was refused or is asked about.
type HomePage struct {
	CasePage
	Home HomeForm
	Word string
	Open string
}

// IsHomePart says whether an address names a part of a plan that is there: before there is one, only its beginning.
func (p HomePage) IsHomePart() bool {
	if p.Word == HomeWordPlan {
		return true
	}
	if p.Case.Home == nil {
		return false
	}
	if p.Word == HomeWordHand || p.Word == HomeWordReaders {
		return true
	}
	_, ok := p.Case.Home.Step(homeWords[p.Word])
	return ok
}

// Fill puts into the form what the plan says now, and whose turn it is.
func (p *HomePage) Fill(now time.Time) {
	p.Form.Version = p.Case.Version
	if p.Case.NextActor != protection.ActorNobody && p.Case.DueAt != nil && p.Case.DueAt.After(now) {
		p.Form.Next, p.Form.Due = string(p.Case.NextActor), localTime(p.Case.DueAt)
	}
	plan := p.Case.Home
	if plan == nil {
		return
	}
	switch p.Word {
	case HomeWordPlan:
		p.Home.Kind = plan.Kind
	case HomeWordHand:
		p.Home.To, p.Home.Receiver, p.Home.Relation, p.Home.At = plan.HandedTo, plan.Receiver, plan.Relation, localTime(plan.HandedAt)
		p.Home.Place, p.Home.Witness, p.Form.Why = plan.Place, plan.Witness, plan.Why
	default:
		p.fillStep(*plan)
	}
}

func (p *HomePage) fillStep(plan protection.HomePlan) {
	step, _ := plan.Step(homeWords[p.Word])
	if step.ID == 0 {
		return // nothing is chosen beforehand
	}
	f := &p.Home
	f.State, f.Who, f.Source, f.Choice, f.Place, f.Number = step.State, step.Who, step.Source, step.Choice, step.Place, step.Number
	f.At = localTime(step.At)
	if step.SaidOn != nil {
		f.SaidOn = form.DateOf(*step.SaidOn)
	}
	f.Whose = stepExternal
	if step.Ours {
		f.Whose = stepOurs
	}
}

// localTime is an instant as a field of the browser writes it, by the clock of Jakarta.
func localTime(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.In(i18n.WIB).Format("2006-01-02T15:04")
}

func (p HomePage) action() string { return urls.CaseHomeStep(p.Case.Ref, p.Word) }

// step is the step whose form it is; empty for another part.
func (p HomePage) step() string { return homeWords[p.Word] }

// death says whether somebody died.
func (p HomePage) death() bool {
	return p.Case.Home != nil && p.Case.Home.Kind == protection.ReturnDeath
}

//i18n:family case.home.kind.* case.home.step.* case.home.state.* case.home.choice.* case.home.place_of.* case.home.how.* case.home.word.*

func (p HomePage) title(ctx context.Context) string {
	if step := p.step(); step != "" {
		return i18n.T(ctx, "case.home.step."+step)
	}
	return i18n.T(ctx, "case.home.word."+strings.ReplaceAll(p.Word, "-", "_"))
}

func homeKinds(ctx context.Context) (list []components.Option) {
	for _, kind := range protection.ReturnKinds() {
		list = append(list, components.Option{Value: kind, Label: i18n.T(ctx, "case.home.kind."+kind)})
	}
	return list
}

// homeState says how far a step is: of a flight and of an examination in words of their own.
func homeState(ctx context.Context, step protection.HomeStep) string {
	return i18n.T(ctx, "case.home.state."+step.State)
}

func (p HomePage) states(ctx context.Context) (list []components.Option) {
	for _, state := range protection.StepStates(p.step()) {
		list = append(list, components.Option{Value: state, Label: i18n.T(ctx, "case.home.state."+state)})
	}
	return list
}

func whoseOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: stepOurs, Label: i18n.T(ctx, "case.home.ours")}, {Value: stepExternal, Label: i18n.T(ctx, "case.home.external")},
	}
}

func (p HomePage) choices(ctx context.Context) (list []components.Option) {
	for _, choice := range protection.StepChoices(p.step()) {
		list = append(list, components.Option{Value: choice, Label: i18n.T(ctx, "case.home.choice."+choice)})
	}
	return list
}

// timed says whether a step takes place at an hour.
func (p HomePage) timed() bool {
	return slices.Contains([]string{protection.HomeFlight, protection.HomeArrival, protection.HomeTransport}, p.step())
}

// placed says whether a step has a place.
func (p HomePage) placed() bool {
	return p.timed() || p.step() == protection.HomeFit || p.step() == protection.HomeShelter
}

func (p HomePage) hands(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: protection.HandedToFamily, Label: i18n.T(ctx, "case.home.to.family")},
		{Value: protection.HandedToSocial, Label: i18n.T(ctx, "case.home.to.social")},
	}
}

//i18n:family case.home.to.*

// hows are how somebody else may read the plan: on the word of the person concerned, or as next of kin after a death.
func (p HomePage) hows(ctx context.Context) (list []components.Option) {
	ways := protection.ConsentWays()
	if p.death() {
		ways = []string{protection.ConsentOfKin}
	}
	for _, way := range ways {
		list = append(list, components.Option{Value: way, Label: i18n.T(ctx, "case.home.how."+way)})
	}
	return list
}

// canRead are those on the case who have a page of their own to read the plan on.
func (p HomePage) canRead(ctx context.Context) (list []components.Option) {
	for _, o := range p.Case.People {
		if o.Reads() && o.Part != protection.PartSubject {
			list = append(list, components.Option{Value: o.Ref, Label: personName(ctx, o) + " (" + partWord(ctx, o) + ")"})
		}
	}
	return list
}

// ofWhom asks whose word it is that somebody reads the plan, or after a death whose kin they are.
func (p HomePage) ofWhom() string {
	if p.death() {
		return "case.home.kin_of"
	}
	return "case.refer.person"
}

// concerned are those to whom the case happens, where whose word it is has to be asked; none where it can only be one's.
func (p HomePage) concerned(ctx context.Context) (list []components.Option) {
	for _, o := range p.Case.People {
		if o.Part == protection.PartSubject {
			list = append(list, components.Option{Value: o.Ref, Label: personName(ctx, o)})
		}
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// homeFacts are what is known of a step, beside how far it is.
func homeFacts(ctx context.Context, step protection.HomeStep) (list []string) {
	if step.Choice != "" {
		list = append(list, i18n.T(ctx, "case.home.choice."+step.Choice))
	}
	if step.Number != "" {
		list = append(list, step.Number)
	}
	if step.At != nil {
		list = append(list, i18n.Instant(ctx, *step.At))
	}
	if step.Place != "" {
		list = append(list, step.Place)
	}
	if step.Who != "" {
		list = append(list, step.Who)
	}
	return list
}

// homeSource says whose a step is, of which day, and who said so; empty while nothing was said.
func homeSource(ctx context.Context, step protection.HomeStep) string {
	if step.ID == 0 {
		return ""
	}
	words := []string{i18n.T(ctx, "case.home.external")}
	if step.Ours {
		words[0] = i18n.T(ctx, "case.home.ours")
	}
	if step.SaidOn != nil {
		words = append(words, i18n.Date(ctx, record.DateDay(*step.SaidOn).Start()))
	}
	if step.Source != "" {
		words = append(words, i18n.T(ctx, "case.home.source_is", "Source", step.Source))
	}
	return strings.Join(words, " · ")
}

// reader is somebody who reads the plan, in words.
func (p HomePage) reader(ctx context.Context, r protection.HomeReader) string {
	word := i18n.T(ctx, "case.part."+string(r.Part))
	if r.Relation != "" {
		word += ", " + r.Relation
	}
	return word
}

// readerState says whether somebody reads the plan now.
func readerState(ctx context.Context, r protection.HomeReader) string {
	switch {
	case r.Waits:
		return i18n.T(ctx, "case.home.reader.waits")
	case r.Lives:
		return i18n.T(ctx, "case.home.reader.lives", "Until", i18n.Date(ctx, r.Until))
	}
	return i18n.T(ctx, "case.home.reader.over")
}

// of gives the faults of the form of one reader.
func (p HomePage) of(consent string) form.Errors {
	if p.Open == consent {
		return p.Errors
	}
	return nil
}
