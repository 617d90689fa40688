package officer

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/join"
	"naikkelas/views/mail"
)

//i18n:family join.item.* join.finding.* join.do.* join.ask.* join.list.*

// maxFinding is how many characters an officer writes about an item.
const maxFinding = 300

// RequestsPage lists institutions that ask to join.
type RequestsPage struct {
	State models.RequestState
	List  models.RequestList
}

func (p RequestsPage) label(ctx context.Context, s models.RequestState) string {
	return i18n.T(ctx, "join.list."+string(s)) + " (" + i18n.Number(ctx, p.List.Counts[s]) + ")"
}

func (p RequestsPage) next() string {
	return urls.WithQuery(urls.JoinList(), "keadaan", string(p.State), "sesudah", p.List.Next)
}

// joinLabel leads from the institutions to what they ask of officers, with how many wait.
func joinLabel(ctx context.Context) string {
	return i18n.T(ctx, "join.list.title") + " (" + i18n.Number(ctx, ambient.From(ctx).Joining) + ")"
}

func sentOn(ctx context.Context, at *time.Time) string {
	if at == nil {
		return ""
	}
	return i18n.Near(ctx, ambient.From(ctx).Now, *at)
}

// ItemRow is what an officer finds about one item, as it is typed.
type ItemRow struct {
	Item    string `form:"item"`
	Finding string `form:"finding"`
	Note    string `form:"note"`
}

// ItemsForm is the check list.
type ItemsForm struct {
	Rows []ItemRow `form:"rows"`
}

// ItemsFormOf shows what was found until now, an item without a finding too.
func ItemsFormOf(f models.RequestFile) ItemsForm {
	var list ItemsForm
	for _, item := range models.RequestItems() {
		c := f.Checks[item]
		list.Rows = append(list.Rows, ItemRow{Item: item, Finding: c.Finding, Note: c.Note})
	}
	return list
}

func itemField(i int, field string) string { return "rows[" + strconv.Itoa(i) + "]." + field }

// Check says what is wrong with the findings, each at its row.
func (f ItemsForm) Check() form.Errors {
	var errs form.Errors
	for i, r := range f.Rows {
		if !slices.Contains(models.RequestItems(), r.Item) || r.Finding == "" {
			continue
		}
		errs.Add(itemField(i, "finding"), form.OneOf(r.Finding, models.FindingOK, models.FindingWrong, models.FindingNone))
		if r.Finding == models.FindingWrong && strings.TrimSpace(r.Note) == "" {
			errs.Add(itemField(i, "note"), "join.check.note_missing")
		}
		errs.Add(itemField(i, "note"), form.MaxRunes(r.Note, maxFinding), "Max", maxFinding)
	}
	return errs
}

// Findings is the form as the Store takes it.
func (f ItemsForm) Findings() []models.RequestFinding {
	var list []models.RequestFinding
	for _, r := range f.Rows {
		list = append(list, models.RequestFinding{Item: r.Item, Finding: r.Finding, Note: r.Note})
	}
	return list
}

// RequestStepForm is what an officer makes of a request.
type RequestStepForm struct {
	Version int    `form:"version"`
	To      string `form:"to"`
	Note    string `form:"note"`
}

// Check says what is too long.
func (f RequestStepForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("note", form.MaxRunes(f.Note, maxDecision), "Max", maxDecision)
	return errs
}

// maxDecision is how many characters an applicant reads.
const maxDecision = 1000

// Decision is the form as the Store takes it.
func (f RequestStepForm) Decision() models.RequestDecision {
	return models.RequestDecision{To: models.RequestState(f.To), Version: f.Version, Note: f.Note}
}

// RequestPage is one request with what an officer looks at.
type RequestPage struct {
	File   models.RequestFile
	Items  ItemsForm
	Form   RequestStepForm
	Errors form.Errors
	Stale  bool // somebody else was faster
}

// requestSteps are what officers may make of a request.
var requestSteps = []models.RequestState{models.RequestVerified, models.RequestAsked, models.RequestRefused}

// Asks says whether the step in the form is one that can be taken now.
func (p RequestPage) Asks() bool {
	to := models.RequestState(p.Form.To)
	if p.File.State != models.RequestSubmitted || !slices.Contains(requestSteps, to) {
		return false
	}
	return to != models.RequestVerified || p.checked()
}

func (p RequestPage) checked() bool { return len(p.File.Unchecked())+len(p.File.Wrong()) == 0 }

func (p RequestPage) act(ctx context.Context) components.CheckActProps {
	to, ref := p.Form.To, p.File.Ref
	letterOf := models.RequestLetter(models.RequestState(to))
	subject, letter := mail.Preview(ctx, letterOf, "Name", p.File.ApplicantName, "Institution", p.File.Name, "Link", i18n.T(ctx, "join.link"))
	return components.CheckActProps{
		Title: i18n.T(ctx, "join.do."+to) + ": " + p.File.Name, Text: i18n.T(ctx, "join.ask."+to),
		Whom: i18n.T(ctx, "join.whom", "Name", p.File.ApplicantName, "Email", p.File.ApplicantEmail), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.JoinStep(ref)), Version: p.File.Version, Do: i18n.T(ctx, "join.do."+to),
		Back: ambient.Href(ctx, urls.JoinFile(ref)), Harmless: to == string(models.RequestVerified),
	}
}

func (p RequestPage) applicant(ctx context.Context) []components.Fact {
	facts := []components.Fact{
		{Label: i18n.T(ctx, "join.desk.name"), Text: p.File.ApplicantName},
		{Label: i18n.T(ctx, "join.desk.email"), Text: p.File.ApplicantEmail},
	}
	if p.File.ApplicantPhone != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "join.desk.phone"), Text: p.File.ApplicantPhone})
	}
	return facts
}

func findings(ctx context.Context) []components.Option {
	var list []components.Option
	for _, f := range []string{models.FindingOK, models.FindingWrong, models.FindingNone} {
		list = append(list, components.Option{Value: f, Label: i18n.T(ctx, "join.finding."+f)})
	}
	return list
}

// found says who found it and when; empty where nobody did.
func (p RequestPage) found(ctx context.Context, item string) string {
	c, ok := p.File.Checks[item]
	if !ok {
		return ""
	}
	return i18n.T(ctx, "join.check.by", "Name", c.ActorName, "When", i18n.Instant(ctx, c.At))
}

// why says what keeps the request from being verified.
func (p RequestPage) why(ctx context.Context) string {
	names := func(items []string) string {
		words := make([]string, len(items))
		for i, item := range items {
			words[i] = i18n.T(ctx, "join.item."+item)
		}
		return strings.Join(words, ", ")
	}
	if open := p.File.Unchecked(); len(open) > 0 {
		return i18n.T(ctx, "join.check.open", "Items", names(open))
	}
	if wrong := p.File.Wrong(); len(wrong) > 0 {
		return i18n.T(ctx, "join.check.wrong", "Items", names(wrong))
	}
	return ""
}

func (p RequestPage) history(ctx context.Context) []components.Event {
	var list []components.Event
	for _, e := range p.File.Events {
		who := e.ActorName
		if who == "" {
			who = i18n.T(ctx, "join.applicant.word")
		}
		list = append(list, components.Event{
			Title: join.StateTag(ctx, e.ToState).Label, When: i18n.Instant(ctx, e.At) + " · " + who, ISO: e.At.Format(time.RFC3339), Text: e.Note,
		})
	}
	return list
}

// PaperPage is a paper of an institution with its pages.
type PaperPage struct{ Paper models.OfficersPaper }

// back is what the paper came with.
func (p PaperPage) back() string {
	if p.Paper.Change != "" {
		return urls.LicenceChange(p.Paper.Change)
	}
	return urls.JoinFile(p.Paper.Request)
}
