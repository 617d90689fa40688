package account

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family account.role.*

// InvitationForm is the password that an invited person chooses.
type InvitationForm struct {
	Password string `form:"password"`
}

// Check looks at the form alone.
func (f InvitationForm) Check() form.Errors {
	var errs form.Errors
	if f.Password == "" {
		errs.Add("password", "account.password.missing")
	}
	return errs
}

// InvitationPage is an invitation to work here.
type InvitationPage struct {
	Invitation models.Invitation
	Token      string
	Over       string // why it can be accepted no more; empty while it can
	Form       InvitationForm
	Errors     form.Errors
}

// over says what became of the invitation and whom to ask.
//
//i18n:family account.invitation.ended.*
func (p InvitationPage) over(ctx context.Context) string {
	return i18n.T(ctx, "account.invitation.ended."+p.Over)
}

// RoleName is what a role is called.
func RoleName(ctx context.Context, role models.Role) string {
	return i18n.T(ctx, "account.role."+string(role))
}

// FactorState says whether somebody at work signs in with a code of an app.
func FactorState(ctx context.Context, u models.User) string {
	switch {
	case u.HasSecondFactor():
		return i18n.T(ctx, "admin.worker.factor_yes")
	case u.NeedsSecondFactor():
		return i18n.T(ctx, "admin.worker.factor_no")
	}
	return i18n.T(ctx, "admin.worker.factor_none")
}

func (p InvitationPage) rows(ctx context.Context) []components.SummaryRow {
	return []components.SummaryRow{
		{Label: i18n.T(ctx, "account.name.label"), Text: p.Invitation.Name},
		{Label: i18n.T(ctx, "account.home.email"), Text: p.Invitation.Email},
		{Label: i18n.T(ctx, "account.invitation.role"), Text: RoleName(ctx, p.Invitation.Role)},
		{Label: i18n.T(ctx, "account.invitation.for"), Text: p.Invitation.Task(ctx)},
	}
}
