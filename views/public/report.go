package public

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ReportForm is what somebody tells the officers.
type ReportForm struct {
	Token   string `form:"token"`
	About   string `form:"tentang"` // reference of a programme or institution, may be empty
	Kind    string `form:"jenis"`
	Body    string `form:"cerita"`
	Contact string `form:"kontak"`
}

// The longest texts of a report, in letters.
const (
	maxReport  = 3000
	maxContact = 200
)

// Check says what is missing or too long.
func (f ReportForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("jenis", form.OneOf(f.Kind, models.ReportKinds()...))
	errs.Add("cerita", form.Required(f.Body))
	errs.Add("cerita", form.MaxRunes(f.Body, maxReport), "Max", maxReport)
	errs.Add("kontak", form.MaxRunes(f.Contact, maxContact), "Max", maxContact)
	return errs
}

// ReportPage is the form; About is what it is about in words, empty for nothing in particular.
type ReportPage struct {
	Form   ReportForm
	Errors form.Errors
	About  string
}

//i18n:family public.report.kind.*

func reportKinds(ctx context.Context) []components.Option {
	var list []components.Option
	for _, kind := range models.ReportKinds() {
		list = append(list, components.Option{Value: kind, Label: i18n.T(ctx, "public.report.kind."+kind)})
	}
	return list
}

// ReportReceiptPage says that a report has arrived.
type ReportReceiptPage struct {
	Ref string
	At  time.Time
}
