package officer

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family officer.certificate.*

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
	Next      string `form:"next"` // yes where the certificate is one of those that the officer works through
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
	return models.CertificateDecision{
		Outcome: models.CertificateState(f.Outcome), Version: f.Version, Method: f.Method,
		Confirmed: isoDay(f.Confirmed), Recheck: isoDay(f.Recheck), Reason: f.Reason, Note: f.Note,
	}
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
	Next        bool // it is one of those that the officer works through
}

func (p DecisionsProps) next() string {
	if p.Next {
		return "yes"
	}
	return ""
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
	if day := p.Certificate.RecheckOn; day != nil && day.After(record.DayOf(now).Date()) {
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

func methodOptions(ctx context.Context) []components.Option {
	options := make([]components.Option, len(models.CertificateMethods))
	for i, m := range models.CertificateMethods {
		options[i] = components.Option{Value: m, Label: i18n.T(ctx, "officer.method."+m)}
	}
	return options
}
