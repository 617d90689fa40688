package application

import (
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// The steps of the form, in order.
const (
	stepCertificates = 1 + iota
	stepMotivation
	stepCheck
)

// stepForm names the form of a step, which Kembali sends too.
const stepForm = "isian"

func stepNames(ctx context.Context) []string {
	return []string{
		i18n.T(ctx, "application.step.certificates"),
		i18n.T(ctx, "application.step.motivation"),
		i18n.T(ctx, "application.step.check"),
	}
}

// CertificatesForm are the references of the chosen certificates.
type CertificatesForm struct {
	Certificates []string `form:"certificates"`
	None         string   `form:"none"` // "I have none"
}

// CertificatesPage chooses the certificates that go with an application.
type CertificatesPage struct {
	Application models.ApplicationView
	Own         []models.Certificate
	Lacks       map[int64]string // what those lack that are not sent, as keys
	Types       map[string]models.CertificateType
	Form        CertificatesForm
	Errors      form.Errors
}

// Chosen fills the form with what is chosen already.
func (p *CertificatesPage) Chosen() {
	for _, c := range p.Application.Certificates {
		p.Form.Certificates = append(p.Form.Certificates, c.Ref)
	}
	if p.Application.NoCertificate {
		p.Form.None = "1"
	}
}

// AnswerField is the field to which a missing answer belongs: the certificates, or the one answer of
// somebody without any.
func (p CertificatesPage) AnswerField() string {
	if len(p.Own) == 0 {
		return "none"
	}
	return "certificates"
}

func (p CertificatesPage) options(ctx context.Context) []components.Option {
	var list []components.Option
	for _, c := range p.Own {
		o := components.Option{Value: c.Ref, Label: certificate.Name(ctx, c, p.Types), Hint: certificateHint(ctx, c)}
		if word := lapsedWord(ctx, c); word != "" {
			o.Label += " (" + word + ")"
		}
		if unsent(c) {
			o.Label += " (" + i18n.T(ctx, "application.certificates.unsent_word") + ")"
			if lack := p.Lacks[c.ID]; lack != "" {
				o.Hint += " " + i18n.T(ctx, lack)
			}
		}
		list = append(list, o)
	}
	return list
}

// unsent says whether a certificate waits for its owner to send it, the first time or again.
func unsent(c models.Certificate) bool { return c.Editable() }

// lapsedWord says in a few words why a certificate holds no more, empty when it does.
func lapsedWord(ctx context.Context, c models.Certificate) string {
	switch now := ambient.From(ctx).Now; {
	case c.Expired(now):
		return i18n.T(ctx, "application.certificates.ended", "Date", i18n.Date(ctx, *c.ValidUntil))
	case c.Unconfirmed(now):
		return i18n.T(ctx, "application.certificates.unsigned", "Date", i18n.Date(ctx, *c.NextConfirmationDue))
	}
	return ""
}

// back leads from a step to the page before it, or to the last one for who came from there.
func back(ctx context.Context, v models.ApplicationView, path string) string {
	if a := ambient.From(ctx).Applying; a != nil && a.Checks {
		path = urls.ApplicationCheck(v.Ref)
	}
	return ambient.Href(ctx, path)
}

// alongside is a page of the profile or of certificates that leads back to the application.
func alongside(v models.ApplicationView, path string) string {
	return urls.WithQuery(path, ambient.ApplyingParam, v.Ref)
}

// MotivationForm is why the person wants the course.
type MotivationForm struct {
	Motivation string `form:"motivation"`
}

// Check says what is missing or too long.
func (f MotivationForm) Check() form.Errors {
	var errs form.Errors
	if form.Required(f.Motivation) != "" {
		errs.Add("motivation", models.ErrMotivationMissing.Key)
	}
	if form.MaxRunes(f.Motivation, models.MotivationLength) != "" {
		errs.Add("motivation", models.ErrMotivationLong.Key)
	}
	return errs
}

// MotivationPage asks why the person wants the course.
type MotivationPage struct {
	Application models.ApplicationView
	Form        MotivationForm
	Errors      form.Errors
}

// CheckForm are the statements that the person makes when sending.
type CheckForm struct {
	Statements []string `form:"statements"`
	Unchanged  string   `form:"unchanged"` // "send it all the same"
}

// Said are all that the person says when sending.
func (f CheckForm) Said() []string {
	if f.Unchanged == "" {
		return f.Statements
	}
	return append(slices.Clone(f.Statements), models.StatementUnchanged)
}

// CheckPage shows all answers before they are sent.
type CheckPage struct {
	Application models.ApplicationView
	Fit         models.Fit
	Sent        Sent
	Reasons     map[string]models.ReasonCode
	Lacks       map[int64]string // what certificates lack that are not sent, as keys
	Types       map[string]models.CertificateType
	Form        CheckForm
	Errors      form.Errors
}

// answered says whether the question of the certificates has an answer.
func (p CheckPage) answered() bool {
	return p.Application.NoCertificate || len(p.Application.Certificates) > 0
}

// lapsed are the chosen certificates that hold no more, in a line each.
func (p CheckPage) lapsed(ctx context.Context) []string {
	var lines []string
	for _, c := range p.Application.Certificates {
		if word := lapsedWord(ctx, c); word != "" {
			lines = append(lines, certificate.Name(ctx, c, p.Types)+": "+word)
		}
	}
	return lines
}

// unsent are the chosen certificates that are sent with the application.
func (p CheckPage) unsent() []models.Certificate {
	return slices.DeleteFunc(slices.Clone(p.Application.Certificates), func(c models.Certificate) bool {
		return !unsent(c) || p.Lacks[c.ID] != ""
	})
}

// lacking are those of certificates that cannot be sent yet.
func lacking(list []models.Certificate, lacks map[int64]string) []models.Certificate {
	return slices.DeleteFunc(slices.Clone(list), func(c models.Certificate) bool { return lacks[c.ID] == "" })
}

// NameUnsent says in the refusal because of certificates that are not sent which they are.
func (p *CheckPage) NameUnsent(ctx context.Context) {
	i := slices.IndexFunc(p.Errors, func(e form.FieldError) bool { return e.Key == models.ErrCertificateUnsent.Key })
	if i < 0 {
		return
	}
	var names []string
	for _, c := range lacking(p.Application.Certificates, p.Lacks) {
		names = append(names, certificate.Name(ctx, c, p.Types))
	}
	p.Errors[i].Key, p.Errors[i].Args = "application.check.unsent_refused", []any{"Certificates", strings.Join(names, ", ")}
}

func (p CheckPage) statementOptions(ctx context.Context) []components.Option {
	institution := p.Application.Offer.Institution.Name
	var list []components.Option
	for _, code := range models.Statements {
		label := i18n.T(ctx, "application.statement."+code, "Institution", institution)
		list = append(list, components.Option{Value: code, Label: label})
	}
	return list
}

// noCertificates says whether somebody has none, or has not answered yet.
func noCertificates(ctx context.Context, v models.ApplicationView) string {
	if v.NoCertificate {
		return i18n.T(ctx, "application.certificates.none_answer")
	}
	return i18n.T(ctx, "application.certificates.none_chosen")
}

// ReceiptPage says that an application has arrived.
type ReceiptPage struct {
	Application models.ApplicationView
}
