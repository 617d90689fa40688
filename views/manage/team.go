package manage

import (
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

//i18n:family manage.team.right.* manage.team.can.*

// The rights of staff, as the form names them.
const (
	rightEdit   = "edit"
	rightSelect = "select"
)

// TeamPage is who works at an institution, and for its owners who is invited.
type TeamPage struct {
	Self        models.User
	People      []models.Colleague
	Invitations []models.Invitation
}

// ColleagueForm is what somebody of an institution may do, and of who is invited the name and address.
type ColleagueForm struct {
	Name   string   `form:"name"`
	Email  string   `form:"email"`
	Role   string   `form:"role"`
	Rights []string `form:"rights"`
	Seen   string   `form:"seen"` // what they might do when the form was shown
}

// ColleagueFormOf shows what somebody may do now.
func ColleagueFormOf(c models.Colleague) ColleagueForm {
	return ColleagueForm{Role: string(c.Role), Rights: rightsOf(c.MayEdit, c.MaySelect)}
}

func rightsOf(edit, choose bool) (list []string) {
	if edit {
		list = append(list, rightEdit)
	}
	if choose {
		list = append(list, rightSelect)
	}
	return list
}

// Given are the rights that the form gives.
func (f ColleagueForm) Given() models.Rights {
	return models.Rights{
		Role: models.Role(f.Role), Edit: slices.Contains(f.Rights, rightEdit), Select: slices.Contains(f.Rights, rightSelect),
	}
}

// Check looks at the rights alone.
func (f ColleagueForm) Check() form.Errors {
	var errs form.Errors
	given := f.Given()
	if given.Role != models.Staff && given.Role != models.Owner {
		errs.Add("role", models.ErrTeamRole.Key)
		return errs
	}
	_, err := given.Settled()
	errs.Refuse("rights", err)
	return errs
}

// CheckInvitation looks at who is invited, too.
func (f ColleagueForm) CheckInvitation() form.Errors {
	var errs form.Errors
	account.CheckName(&errs, "name", f.Name)
	errs.Add("email", form.Required(f.Email))
	_, err := models.ParseEmail(f.Email)
	errs.Refuse("email", err)
	return append(errs, f.Check()...)
}

// ColleaguePage is somebody of an institution, or who is invited to it.
type ColleaguePage struct {
	Colleague models.Colleague
	Self      bool
	Form      ColleagueForm
	Errors    form.Errors
}

// may says in words what somebody may do.
func may(ctx context.Context, role models.Role, edit, choose bool) string {
	if role == models.Owner {
		return account.RoleName(ctx, role)
	}
	var words []string
	for _, right := range rightsOf(edit, choose) {
		words = append(words, i18n.T(ctx, "manage.team.right."+right))
	}
	if len(words) == 0 {
		return i18n.T(ctx, "manage.team.right.none")
	}
	return strings.Join(words, ", ")
}

// seen says when somebody signed in last.
func seen(ctx context.Context, c models.Colleague) string {
	if c.LockedAt != nil {
		return i18n.T(ctx, "manage.team.locked", "When", i18n.Near(ctx, ambient.From(ctx).Now, *c.LockedAt))
	}
	if c.LastSeenAt == nil {
		return i18n.T(ctx, "manage.team.never_seen")
	}
	return i18n.Near(ctx, ambient.From(ctx).Now, *c.LastSeenAt)
}

func (p ColleaguePage) rows(ctx context.Context) []components.SummaryRow {
	c := p.Colleague
	rows := []components.SummaryRow{{Label: i18n.T(ctx, "manage.team.col.may"), Text: may(ctx, c.Role, c.MayEdit, c.MaySelect)}}
	for _, w := range c.Ways() {
		rows = append(rows, components.SummaryRow{Label: i18n.T(ctx, "manage.team.col.address"), Text: w.Address})
	}
	return append(rows,
		components.SummaryRow{Label: i18n.T(ctx, "manage.team.col.seen"), Text: seen(ctx, c)},
		components.SummaryRow{Label: i18n.T(ctx, "admin.worker.factor"), Text: account.FactorState(ctx, c.User)},
	)
}

func teamRoles(ctx context.Context) []components.Option {
	var options []components.Option
	for _, r := range []models.Role{models.Staff, models.Owner} {
		options = append(options, components.Option{
			Value: string(r), Label: account.RoleName(ctx, r), Hint: i18n.T(ctx, "manage.team.can."+string(r)),
		})
	}
	return options
}

func teamRights(ctx context.Context) []components.Option {
	var options []components.Option
	for _, r := range []string{rightEdit, rightSelect} {
		options = append(options, components.Option{
			Value: r, Label: i18n.T(ctx, "manage.team.right."+r), Hint: i18n.T(ctx, "manage.team.can."+r),
		})
	}
	return options
}

// end is the page before an access ends.
func (p ColleaguePage) end(ctx context.Context) components.CheckActProps {
	subject, letter := mail.Preview(ctx, "access_ended")
	text := i18n.T(ctx, "manage.team.end_text")
	if p.Self {
		text += " " + i18n.T(ctx, "manage.team.end_self")
	}
	return components.CheckActProps{
		Title: i18n.T(ctx, "manage.team.end_title", "Name", p.Colleague.Name), Text: text, Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.ColleagueEnd(p.Colleague.Ref)), Do: i18n.T(ctx, "manage.team.end"),
		Back: ambient.Href(ctx, urls.Colleague(p.Colleague.Ref)),
	}
}
