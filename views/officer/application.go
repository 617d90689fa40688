package officer

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/layouts"
	"naikkelas/views/message"
)

//i18n:family officer.requirement.* officer.warning.* officer.check.* officer.method.* application.fix.* application.state.*

// A FixRow is one thing to be mended, as it is chosen. Target is a part of the file, or
// certificate: and the certificate's reference.
type FixRow struct {
	Target string `form:"target"`
	Reason string `form:"reason"`
	Note   string `form:"note"`
}

func (r FixRow) empty() bool { return r == FixRow{} }

// DecisionForm is what an officer decides.
type DecisionForm struct {
	Outcome string    `form:"outcome"`
	Version int       `form:"version"`
	Reason  string    `form:"reason"`
	Text    string    `form:"text"`
	FixBy   form.Date `form:"fix_by"`
	Fixes   []FixRow  `form:"fixes"`
	Without string    `form:"without"` // of Verified: yes when certificates that do not count are known
	Despite string    `form:"despite"` // of NotEligible: yes when the findings contradict the reason
	Next    string    `form:"next"`    // yes when the next file is to be shown after it
	Change  string    `form:"change"`  // yes when what was typed is to be changed before it is decided
}

// Check says what is missing or impossible in a list of what to mend; the other outcomes the Store checks.
func (f DecisionForm) Check() form.Errors {
	var errs form.Errors
	if f.Outcome != string(models.NeedsFix) {
		return nil
	}
	for i, row := range f.Fixes {
		if row.Target == "" && (row.Reason != "" || strings.TrimSpace(row.Note) != "") {
			errs.Add(fixName(i, "target"), models.ErrFixTarget.Key)
		}
		if row.Target != "" && row.Reason == "" {
			errs.Add(fixName(i, "reason"), models.ErrDecisionReason.Key)
		}
	}
	if !errs.Any() && len(f.Decision().Fixes) == 0 {
		errs.Add(fixName(0, "target"), models.ErrFixesMissing.Key)
	}
	if _, ok := f.FixBy.Time(); !ok && !f.FixBy.Empty() {
		errs.Add("fix_by", "form.date.unknown")
	}
	return errs
}

// fixRows is how many things can be named at once.
const fixRows = 3

// Decision is the form as the Store takes it.
func (f DecisionForm) Decision() models.Decision {
	d := models.Decision{
		Outcome: models.ApplicationState(f.Outcome), Version: f.Version, Reason: f.Reason, Text: f.Text,
		Without: f.Without != "", Despite: f.Despite != "",
	}
	if day, ok := f.FixBy.Time(); ok {
		d.FixBy = record.DateDay(day).End()
	}
	for _, row := range f.Fixes {
		if row.Target == "" {
			continue
		}
		target, certificate, _ := strings.Cut(row.Target, ":")
		d.Fixes = append(d.Fixes, models.FixInput{Target: target, Certificate: certificate, Reason: row.Reason, Note: row.Note})
	}
	return d
}

// Reasons are the lists that an officer chooses from.
type Reasons struct {
	NeedsFix, NotEligible []models.ReasonCode
}

// ApplicationPage is one application with all that is needed to decide.
type ApplicationPage struct {
	Application models.OfficerApplication
	Line        journey.LineNow
	Me          int64 // id of the acting officer
	Reasons     Reasons
	Regencies   []models.Regency
	Countries   []models.Country
	Levels      []models.EducationLevel
	NIK         string                   // when it was just revealed
	Contact     *models.ApplicantContact // when it was just opened
	Family      *models.ApplicantFamily  // when it was just opened
	Compare     bool
	Form        DecisionForm
	Look        LookForm
	Over        TakeOverForm
	Agreement   AgreeForm
	Alike       AlikeForm
	Message     message.Form
	Errors      form.Errors
	Stale       bool // somebody else was faster

	Texts              map[string]models.ReasonCode // of every reason
	CertificateReasons map[models.CertificateState][]models.ReasonCode
	CertificateForm    CertificateForm // as it was sent for the certificate of the reference CertificateOf
	CertificateOf      string
}

func (p ApplicationPage) screen(ctx context.Context) layouts.OfficerPage {
	screen := Screen(ctx, p.Application.Profile.User.Name+" "+p.Application.Ref, NavQueue, p.Errors)
	if p.mine() {
		return toDecision(ctx, screen)
	}
	return screen
}

// mine says whether the acting officer has taken the file and can work on it: nothing was decided that waits.
func (p ApplicationPage) mine() bool {
	return p.Application.Pending == nil && p.Application.State == models.InReview &&
		p.Application.AssigneeID != nil && *p.Application.AssigneeID == p.Me
}

// elsewhere says whether a colleague is checking the certificate by itself.
func (p ApplicationPage) elsewhere(c models.CertificateView) bool {
	return c.State == models.CertificateChecking && c.OfficerID != nil && *c.OfficerID != p.Me
}

// unfolded says whether a certificate stands open: it is to be decided, or was just tried to.
func (p ApplicationPage) unfolded(c models.CertificateView) bool {
	return c.State == models.CertificateSubmitted || c.State == models.CertificateChecking || p.CertificateOf == c.Ref
}

// CertificateAnchor is the id of a certificate on the page of a file.
func CertificateAnchor(ref string) string { return "sertifikat-" + ref }

// doNotCount names the certificates that are decided and prove nothing today, with their state.
func (p ApplicationPage) doNotCount(ctx context.Context) string {
	var names []string
	for _, c := range p.Application.Views {
		decided := c.State == models.CertificateVerified || c.State == models.CertificateRejected || c.State == models.CertificateSuspended
		if decided && !c.Counts(ambient.From(ctx).Now) {
			names = append(names, certificateName(ctx, c)+" ("+certificate.StateTag(ctx, c.Certificate).Label+")")
		}
	}
	return strings.Join(names, ", ")
}

// typed is what the officer wrote into the decision that was not saved.
func (p ApplicationPage) typed() string {
	lines := []string{p.Form.Text, p.CertificateForm.Note}
	for _, row := range p.Form.Fixes {
		lines = append(lines, row.Note)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func reasonOptions(ctx context.Context, list []models.ReasonCode) []components.Option {
	options := make([]components.Option, len(list))
	for i, r := range list {
		options[i] = components.Option{Value: r.Code, Label: r.Text.In(i18n.Of(ctx))}
	}
	return options
}

func (p ApplicationPage) targetOptions(ctx context.Context) []components.Option {
	var options []components.Option
	for _, target := range models.FixTargets {
		if target != "certificate" {
			options = append(options, components.Option{Value: target, Label: i18n.T(ctx, "application.fix."+target)})
		}
	}
	for _, c := range p.Application.Views {
		label := i18n.T(ctx, "application.fix.certificate") + ": " + certificateName(ctx, c)
		options = append(options, components.Option{Value: "certificate:" + c.Ref, Label: label})
	}
	return options
}

func (p ApplicationPage) regencyOptions() []components.Option {
	options := make([]components.Option, len(p.Regencies))
	for i, r := range p.Regencies {
		options[i] = components.Option{Value: r.Code, Label: r.Name}
	}
	return options
}

func (p ApplicationPage) regencyName(code string) string {
	for _, r := range p.Regencies {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}

// facts are what stands at the top of the file.
func (p ApplicationPage) facts(ctx context.Context) []components.Fact {
	profile := p.Application.Profile.Profile
	facts := []components.Fact{{Label: i18n.T(ctx, "application.check.nik"), Text: profile.NIKMasked}}
	if p.NIK != "" {
		facts[0].Text = p.NIK
	}
	add := func(key, text string) {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: text})
	}
	if b := profile.BirthDate; b != nil {
		age := profile.AgeOn(record.DayOf(ambient.From(ctx).Now).Date())
		add("officer.fact.born", profile.BirthPlace+", "+i18n.Date(ctx, *b)+" ("+strconv.Itoa(age)+")")
	}
	if profile.Sex != nil {
		add("officer.fact.sex", i18n.T(ctx, "profile.sex."+strings.ToLower(*profile.Sex)))
	}
	if a := p.Application.Profile.KTP; a != nil {
		add("officer.fact.ktp", p.addressText(*a))
	}
	if a := p.Application.Profile.Domicile; a != nil && !profile.DomicileSame {
		add("officer.fact.home", p.addressText(*a))
	}
	if profile.EducationCode != nil {
		add("officer.fact.education", p.schooling(ctx, *profile.EducationCode, profile.EducationSchool))
	}
	return append(facts, p.told(ctx)...)
}

//i18n:family profile.sex.*

func (p ApplicationPage) addressText(a models.Address) string {
	return a.Street + ", RT " + a.RT + "/RW " + a.RW + ", " + a.Village + ", " + a.District + ", " + p.regencyName(a.RegencyCode)
}

// mended is the application with what was asked for before, and the kinds of its certificates.
func (p ApplicationPage) mended() (models.ApplicationView, map[string]models.CertificateType) {
	view, types := p.Application.ApplicationView, map[string]models.CertificateType{}
	view.Fixes = p.Application.Mended
	for _, c := range p.Application.Views {
		types[c.TypeCode] = c.Type
	}
	return view, types
}

func requirementRows(ctx context.Context, p ApplicationPage) []components.Row {
	rows := make([]components.Row, len(p.Application.Requirements))
	for i, r := range p.Application.Requirements {
		text, state := application.Requirement(ctx, r, application.NamesOf(ctx, p.Application.Offer))
		if r.Met != models.MetUnknown && (r.Code == "age" || r.Code == "guardian") { // the seeker's words address them
			text = i18n.T(ctx, "officer.requirement."+r.Code, "AgeMin", r.AgeMin, "AgeMax", r.AgeMax, "Age", r.Age)
			if r.AgeMax == 0 && r.Code == "age" {
				text = i18n.T(ctx, "officer.requirement.age_from", "AgeMin", r.AgeMin, "Age", r.Age)
			}
		}
		kind := components.TagPlain
		if r.Met != models.MetYes {
			kind = components.TagRefused
		}
		rows[i] = components.Row{Label: text, Tag: components.TagProps{Kind: kind, Label: state}}
	}
	return rows
}

// staleText says who changed the file meanwhile, and to what.
func (p ApplicationPage) staleText(ctx context.Context) string {
	key := "officer.application.stale"
	if p.Form.Outcome == "" && p.CertificateForm.Outcome == "" { // it was to be taken, not decided
		key = "officer.certificates.stale_take"
	}
	return i18n.T(ctx, key, "Name", p.lastActor(ctx), "State", application.StateTag(ctx, p.Application.Application).Label,
		"When", i18n.Near(ctx, ambient.From(ctx).Now, p.Application.UpdatedAt))
}

// lastActor is who has the file, or brought it to where it stands.
func (p ApplicationPage) lastActor(ctx context.Context) string {
	if p.Application.Assignee != "" {
		return p.Application.Assignee
	}
	if len(p.Application.Events) == 0 {
		return i18n.T(ctx, "application.role.system")
	}
	switch e := p.Application.Events[0]; { // the newest
	case e.ActorRole == models.Seeker:
		return i18n.T(ctx, "application.role.them")
	case e.ActorName != "":
		return e.ActorName
	default:
		return i18n.T(ctx, "application.role."+string(e.ActorRole))
	}
}

// retyped are the fields of a decision that was not saved, for the form that takes the file again.
func (p ApplicationPage) retyped() [][2]string {
	if p.Form.Outcome == "" {
		return nil
	}
	return p.Form.hidden()
}

// fixes are the rows of the form, always as many. A new form begins with what differs from the card.
func (p ApplicationPage) fixes(ctx context.Context) []FixRow {
	rows, typed := make([]FixRow, fixRows), p.Form.Fixes
	if p.Form.Outcome != string(models.NeedsFix) {
		typed = p.differing(ctx)
	}
	copy(rows, typed)
	return rows
}

func fixName(i int, part string) string { return "fixes[" + strconv.Itoa(i) + "]." + part }

// fixBy is what was typed, or the proposed day.
func (p ApplicationPage) fixBy() form.Date {
	if !p.Form.FixBy.Empty() {
		return p.Form.FixBy
	}
	return form.DateOf(p.Application.FixBy.In(i18n.WIB))
}

// lastMessage is the newest message on the page, which an answer names as what was read.
func (p ApplicationPage) lastMessage() int64 {
	return models.Thread{Messages: p.Application.Messages}.Last()
}
