package officer

import (
	"context"
	"strings"
	"time"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family officer.certificate.* officer.papers.*

// CompareParam is the query parameter that puts the papers of identity beside the certificates
// (CompareOn), or into one pane again (CompareOff).
const (
	CompareParam = "banding"
	CompareOn    = "ya"
	CompareOff   = "tidak"
)

func comparePath(page, how string) string { return urls.WithQuery(page, CompareParam, how) }

// CertificateForm is what an officer decides about a certificate. Confirmed and Recheck are days as a
// browser's date field sends them, 2026-11-27.
type CertificateForm struct {
	Outcome   string `form:"outcome"`
	Version   int    `form:"version"`
	Method    string `form:"method"`
	Confirmed string `form:"confirmed"`
	Recheck   string `form:"recheck"`
	Reason    string `form:"reason"`
	Note      string `form:"note"`
}

// Check says which day is none.
func (f CertificateForm) Check() form.Errors {
	var errs form.Errors
	for name, text := range map[string]string{"confirmed": f.Confirmed, "recheck": f.Recheck} {
		if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
			errs.Add(name, "form.date.unknown")
		}
	}
	return errs
}

// Decision is the form as the Store takes it.
func (f CertificateForm) Decision() models.CertificateDecision {
	return models.CertificateDecision{Outcome: models.CertificateState(f.Outcome), Version: f.Version, Method: f.Method, Confirmed: isoDay(f.Confirmed), Recheck: isoDay(f.Recheck), Reason: f.Reason, Note: f.Note}
}

func isoDay(text string) *time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return nil
	}
	return &day
}

// CertificateErrors gives errors of a decision the names of the fields of that certificate's form.
func CertificateErrors(errs form.Errors, f CertificateForm, ref string) form.Errors {
	var named form.Errors
	for _, e := range errs {
		field := e.Field
		if field == "reason" || field == "note" {
			field += "-" + f.Outcome
		}
		if field != "" {
			field += "-" + ref
		}
		named.Add(field, e.Key, e.Args...)
	}
	return named
}

// turnedDown are the decisions that need a reason, the mildest first.
var turnedDown = []models.CertificateState{models.CertificateNeedsFix, models.CertificateSuspended, models.CertificateRejected}

// DecisionsProps are the forms with which one certificate is decided. Form is what was typed for the
// certificate of the reference Of.
type DecisionsProps struct {
	Certificate models.CertificateView
	Action      string
	Reasons     map[models.CertificateState][]models.ReasonCode
	Form        CertificateForm
	Of          string
	Errors      form.Errors
}

// typed is the form as it was sent for this outcome, else empty.
func (p DecisionsProps) typed(outcome models.CertificateState) CertificateForm {
	if p.Of == p.Certificate.Ref && p.Form.Outcome == string(outcome) {
		return p.Form
	}
	return CertificateForm{}
}

// recheck is the day to check again as it was typed, or as it stands while it lies ahead: verifying again
// must not forget it unseen.
func (p DecisionsProps) recheck(now time.Time) string {
	if typed := p.typed(models.CertificateVerified); typed.Outcome != "" {
		return typed.Recheck
	}
	if day := p.Certificate.RecheckOn; day != nil && day.After(models.Today(now)) {
		return day.Format(time.DateOnly)
	}
	return ""
}

func (p DecisionsProps) id(name string) string { return "f-" + name + "-" + p.Certificate.Ref }

func (p DecisionsProps) problem(ctx context.Context, name string) string {
	return p.Errors.Text(ctx, name+"-"+p.Certificate.Ref)
}

func (p DecisionsProps) wrong(name string) bool {
	return p.Errors.Of(name+"-"+p.Certificate.Ref) != ""
}

// attrs ties a field of a decision to its label and its error.
func (p DecisionsProps) attrs(name string, required bool) templ.Attributes {
	attrs := templ.Attributes{"id": p.id(name), "required": required}
	if p.wrong(name) {
		attrs["aria-invalid"], attrs["aria-describedby"] = "true", p.id(name)+"-error"
	}
	return attrs
}

func turnDownKind(outcome models.CertificateState) components.ButtonKind {
	if outcome == models.CertificateRejected {
		return components.Danger
	}
	return components.Line
}

func (p DecisionsProps) verifyLabel(ctx context.Context) string {
	if p.Certificate.State == models.CertificateVerified || p.Certificate.State == models.CertificateSuspended {
		return i18n.T(ctx, "officer.certificate.verify_again")
	}
	return i18n.T(ctx, "officer.certificate.verify")
}

// CertificatesPage is one list of the certificate desk.
type CertificatesPage struct {
	List  models.CertificateList
	Page  models.CertificateDeskPage
	Types map[string]models.CertificateType
}

func (p CertificatesPage) path(l models.CertificateList, cursor string) string {
	if l == models.CertificatesWaiting {
		l = ""
	}
	return urls.WithQuery(urls.OfficerPapers(), "daftar", string(l), "sesudah", cursor)
}

func (p CertificatesPage) listLabel(ctx context.Context, l models.CertificateList) string {
	label := i18n.T(ctx, "officer.papers.list."+string(l))
	if n, counted := p.Page.Counts[l]; counted {
		label += " (" + i18n.Number(ctx, n) + ")"
	}
	return label
}

func (p CertificatesPage) table(ctx context.Context) certificateTableProps {
	return certificateTableProps{Items: p.Page.Items, Types: p.Types, Caption: p.listLabel(ctx, p.List), Since: i18n.T(ctx, "officer.papers.since."+string(p.List)), Days: p.List == models.CertificatesDue}
}

// certificateTableProps are rows of certificates. Since names what they are ordered by, a day or an instant.
type certificateTableProps struct {
	Items   []models.CertificateItem
	Types   map[string]models.CertificateType
	Caption string
	Since   string
	Days    bool
}

func (p certificateTableProps) since(ctx context.Context, item models.CertificateItem) string {
	if p.Days {
		return i18n.Date(ctx, item.Since.UTC())
	}
	return i18n.Near(ctx, ambient.From(ctx).Now, item.Since)
}

// CertificatePage is one certificate with all that is needed to decide.
type CertificatePage struct {
	Paper   models.OfficerCertificate
	Me      int64 // id of the acting officer
	Compare bool
	Reasons map[models.CertificateState][]models.ReasonCode
	Texts   map[string]models.ReasonCode
	Form    CertificateForm
	Errors  form.Errors
	Stale   bool // somebody else was faster
	Onward  bool // the next one comes by itself after a decision
}

func (p CertificatePage) name(ctx context.Context) string {
	return paperName(ctx, p.Paper.CertificateView)
}

// held says whether a colleague has taken the certificate.
func (p CertificatePage) held() bool {
	return p.Paper.State == models.CertificateChecking && p.Paper.OfficerID != nil && *p.Paper.OfficerID != p.Me
}

// mine says whether the acting officer has taken the certificate.
func (p CertificatePage) mine() bool {
	return p.Paper.State == models.CertificateChecking && !p.held()
}

// staleText says who changed the certificate meanwhile, and to what.
func (p CertificatePage) staleText(ctx context.Context) string {
	key := "officer.file.stale"
	if p.Form.Outcome == "" { // it was to be taken, not decided
		key = "officer.papers.stale_take"
	}
	return i18n.T(ctx, key, "Name", p.Paper.Officer, "State", certificate.StateTag(ctx, p.Paper.Certificate).Label, "When", i18n.Near(ctx, ambient.From(ctx).Now, p.Paper.UpdatedAt))
}

// decidedText says whose turn it is after a decision that can be changed.
func (p CertificatePage) decidedText(ctx context.Context) string {
	switch p.Paper.State {
	case models.CertificateNeedsFix:
		return i18n.T(ctx, "officer.papers.owner_turn")
	case models.CertificateRejected:
		return i18n.T(ctx, "officer.papers.rejected_turn")
	}
	return ""
}

// OnwardParam is the query parameter by which an officer chooses whether the next certificate comes by itself
// after a decision: CompareOn or CompareOff.
const OnwardParam = "lanjut"

func (p CertificatePage) afterwardsKey() string {
	if p.Onward {
		return "officer.papers.afterwards.next"
	}
	return "officer.papers.afterwards.list"
}

func (p CertificatePage) afterwardsPath() string {
	how := CompareOn
	if p.Onward {
		how = CompareOff
	}
	return urls.WithQuery(urls.OfficerPaper(p.Paper.Ref), OnwardParam, how)
}

// events are the certificate's history for an officer: who did what, how and why.
func (p CertificatePage) events(ctx context.Context) []components.Event {
	now := ambient.From(ctx).Now
	list := make([]components.Event, len(p.Paper.Events))
	for i, e := range p.Paper.Events {
		when := i18n.Near(ctx, now, e.At)
		if e.ActorID != nil {
			when += " · " + p.Paper.Actors[*e.ActorID]
		}
		if e.Method != "" {
			when += " · " + i18n.T(ctx, "officer.method."+e.Method)
		}
		var lines []string
		if r, ok := p.Texts[e.ReasonCode]; ok {
			lines = append(lines, r.Text.In(i18n.Of(ctx)))
		}
		if e.ConfirmedOn != nil {
			lines = append(lines, i18n.T(ctx, "officer.certificate.confirmed")+": "+i18n.Date(ctx, *e.ConfirmedOn))
		}
		if e.RecheckOn != nil {
			lines = append(lines, i18n.T(ctx, "officer.certificate.recheck")+": "+i18n.Date(ctx, *e.RecheckOn))
		}
		text := strings.Join(append(lines, e.Note), "\n")
		list[len(list)-1-i] = components.Event{Title: certificate.EventTitle(ctx, e, p.Paper.SeekerID), When: when, ISO: e.At.Format(time.RFC3339), Text: text, Kind: certificate.EventKind(e.ToState)}
	}
	return list
}

func paperName(ctx context.Context, c models.CertificateView) string {
	return certificate.Name(ctx, c.Certificate, map[string]models.CertificateType{c.TypeCode: c.Type})
}

func methodOptions(ctx context.Context) []components.Option {
	options := make([]components.Option, len(models.CertificateMethods))
	for i, m := range models.CertificateMethods {
		options[i] = components.Option{Value: m, Label: i18n.T(ctx, "officer.method."+m)}
	}
	return options
}

// certificateFacts are what the owner typed, beside the names that it is compared with.
func certificateFacts(ctx context.Context, c models.CertificateView, owner models.WholeProfile) []components.Fact {
	facts := []components.Fact{
		{Label: i18n.T(ctx, "certificate.field.type"), Text: c.Type.Name.In(i18n.Of(ctx))},
		{Label: i18n.T(ctx, "certificate.field.holder"), Text: c.HolderName},
		{Label: i18n.T(ctx, "officer.papers.ktp_name"), Text: owner.User.Name},
	}
	if owner.Profile.NIKMasked == "" { // nothing of a KTP was given yet
		facts[2].Label = i18n.T(ctx, "officer.papers.account_name")
	}
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: text})
		}
	}
	day := func(key string, t *time.Time) {
		if t != nil {
			add(key, i18n.Date(ctx, *t))
		}
	}
	add("officer.papers.passport_name", owner.Profile.PassportName)
	add("certificate.field.issuer", c.Issuer)
	add("certificate.field.number", c.Number)
	add("certificate.field.level", certificate.LevelText(ctx, c))
	if c.Only != nil {
		add("certificate.field.destination", c.Only.Name.In(i18n.Of(ctx)))
	}
	if c.Link != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "certificate.field.link"), Content: certificate.Work(c.Link)})
	}
	if c.IssuedOn != nil {
		facts = append(facts, components.Fact{Label: certificate.IssuedLabel(ctx, c.Type), Text: i18n.Date(ctx, *c.IssuedOn)})
	}
	day("certificate.field.until", c.ValidUntil)
	day("certificate.field.confirmed", c.ConfirmedOn)
	day("certificate.field.confirm", c.NextConfirmationDue)
	day("officer.certificate.recheck", c.RecheckOn)
	add("officer.certificate.verify_how", c.Type.Verify.In(i18n.Of(ctx)))
	return facts
}
