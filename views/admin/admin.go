// Package admin shows administrators who works here and what could not be sent.
package admin

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/layouts"
)

// The entries of an administrator's bar.
const (
	navWorkers = "workers"
	navNotices = "notices"
)

func screen(ctx context.Context, title, active string, errs form.Errors) layouts.OfficerPage {
	return layouts.OfficerPage{
		Page: layouts.Page{Title: title, Errors: errs}, Section: i18n.T(ctx, "admin.section"),
		Nav: []layouts.NavItem{
			{Label: i18n.T(ctx, "admin.nav.workers"), Href: urls.Admin(), Active: active == navWorkers},
			{Label: i18n.T(ctx, "admin.nav.notices"), Href: urls.AdminNotices(), Active: active == navNotices},
		},
	}
}

// The values of "tindakan" for held letters.
const (
	ReleaseHeld = "lepas"
	DropHeld    = "buang"
)

// NoticesPage is letters that could not be sent, and how many a restore has held.
type NoticesPage struct {
	Failed []models.FailedNotice
	Held   int
}

// HomePage is who works here, who is invited, and what needs an eye.
type HomePage struct {
	Self            models.User
	Workers         models.WorkersPage
	Invitations     []models.Invitation
	Failed          int
	HolidaysMissing bool
}

// place is where somebody works: an institution, or with the operator.
func place(ctx context.Context, w models.Worker) string {
	if w.InstitutionName == "" {
		return i18n.T(ctx, "admin.worker.operator")
	}
	return w.InstitutionName
}

func email(w models.Worker) string {
	if w.Email == nil {
		return ""
	}
	return *w.Email
}

// InviteForm is whom an administrator invites.
type InviteForm struct {
	Role        string `form:"role"`
	Name        string `form:"name"`
	Email       string `form:"email"`
	Institution string `form:"institution"`
	OfficeKind  string `form:"office_kind"`
}

// Check looks at the form alone.
func (f InviteForm) Check() form.Errors {
	var errs form.Errors
	if f.Role == "" {
		errs.Add("role", "admin.invite.role_wrong")
	}
	account.CheckName(&errs, "name", f.Name)
	errs.Add("email", form.Required(f.Email))
	_, err := models.ParseEmail(f.Email)
	errs.Refuse("email", err)
	return errs
}

// Input is the form as the Store takes it.
func (f InviteForm) Input() models.InvitationInput {
	return models.InvitationInput{
		Role: models.Role(f.Role), Name: f.Name, Email: f.Email, Institution: f.Institution, OfficeKind: f.OfficeKind,
	}
}

// InvitePage is the form; Institutions are names to choose from.
type InvitePage struct {
	Form         InviteForm
	Errors       form.Errors
	Institutions []string
}

func roles(ctx context.Context) []components.Option {
	var options []components.Option
	for _, r := range []models.Role{models.Officer, models.Owner, models.Staff, models.Partner, models.Admin} {
		options = append(options, components.Option{
			Value: string(r), Label: account.RoleName(ctx, r), Hint: i18n.T(ctx, "admin.invite.can."+string(r)),
		})
	}
	return options
}

//i18n:family admin.invite.can.*

func officeKinds(ctx context.Context) []components.Option {
	var options []components.Option
	for _, k := range models.PartnerKinds() {
		options = append(options, components.Option{Value: k, Label: i18n.T(ctx, "partner.kind."+k)})
	}
	return options
}

//i18n:family partner.kind.*

// ApproveReset is the value of "tindakan" with which the second administrator approves a reset.
const ApproveReset = "setuju"

// ResetForm asks for the reset of a lost second factor, or approves it.
type ResetForm struct {
	Act     string `form:"tindakan"`
	Reason  string `form:"reason"`
	Present string `form:"present"`
}

// WorkerPage is one account; Self is the administrator's own. Reset waits for another administrator than the one
// who Asked.
type WorkerPage struct {
	Worker models.Worker
	Self   bool
	Reset  models.FactorReset
	Asked  bool
	Duties []models.HeldDuty
	Form   ResetForm
	Errors form.Errors
}

func (p WorkerPage) rows(ctx context.Context) []components.SummaryRow {
	w := p.Worker
	return []components.SummaryRow{
		{Label: i18n.T(ctx, "account.home.email"), Text: email(w)},
		{Label: i18n.T(ctx, "account.invitation.role"), Text: account.RoleName(ctx, w.Role)},
		{Label: i18n.T(ctx, "admin.worker.place"), Text: place(ctx, w)},
		{Label: i18n.T(ctx, "admin.worker.factor"), Text: account.FactorState(ctx, w.User)},
		{Label: i18n.T(ctx, "admin.worker.since"), Text: i18n.Instant(ctx, w.CreatedAt)},
	}
}
