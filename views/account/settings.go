package account

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// HomePage is a person's own account.
type HomePage struct{ User models.User }

// homeRows are what the account is reached by and signed in with.
func homeRows(ctx context.Context, u models.User) []components.SummaryRow {
	rows := []components.SummaryRow{{Label: i18n.T(ctx, "account.name.label"), Text: u.Name}}
	contact := ambient.Href(ctx, urls.ChangeAddress())
	for _, c := range []struct {
		key   string
		value *string
	}{{"account.home.email", u.Email}, {"account.home.phone", u.Phone}} {
		row := components.SummaryRow{Label: i18n.T(ctx, c.key), Text: i18n.T(ctx, "account.home.none"), Change: contact}
		if c.value != nil {
			row.Text = models.ShownAddress(*c.value)
		}
		rows = append(rows, row)
	}
	if u.Username != nil {
		rows = append(rows, components.SummaryRow{Label: i18n.T(ctx, "account.home.username"), Text: *u.Username})
	}
	rows = append(rows, components.SummaryRow{Label: i18n.T(ctx, "account.home.language"), Text: languageName(ctx, u.Language)})
	return append(rows, components.SummaryRow{
		Label: i18n.T(ctx, "account.password.label"), Text: "••••••••••", Change: ambient.Href(ctx, urls.ChangePassword()),
	})
}

// LanguageForm is the language in which somebody wants letters and messages.
type LanguageForm struct {
	Language string `form:"language"`
}

// otherLanguage is the one in which somebody does not get letters yet.
func otherLanguage(u models.User) string {
	if u.Language == string(i18n.EN) {
		return string(i18n.ID)
	}
	return string(i18n.EN)
}

//i18n:family account.language.*
func languageName(ctx context.Context, code string) string {
	return i18n.T(ctx, "account.language."+code)
}

// crumbs lead back from a page of the account.
func crumbs(ctx context.Context, title string) []components.Crumb {
	return []components.Crumb{{Label: i18n.T(ctx, "account.home.title"), Href: ambient.Href(ctx, urls.Account())}, {Label: title}}
}

// device is what kind of device a browser named itself, in words.
func device(ctx context.Context, agent string) string {
	kind := "account.sessions.computer"
	switch {
	case strings.Contains(agent, "Android"):
		kind = "account.sessions.android"
	case strings.Contains(agent, "iPhone"), strings.Contains(agent, "iPad"):
		kind = "account.sessions.apple"
	case agent == "":
		kind = "account.sessions.unknown"
	}
	return i18n.T(ctx, kind)
}

//i18n:family account.consents.*
func consentTitle(ctx context.Context, kind string) string {
	return i18n.T(ctx, "account.consents."+kind)
}

func consentHint(ctx context.Context, kind string) string {
	return i18n.T(ctx, "account.consents."+kind+"_hint")
}

// sharingFollows says what withdrawing does, or what it has done.
func sharingFollows(ctx context.Context, s models.Sharing) string {
	key := "account.sharing.follows"
	switch {
	case s.WithdrawnAt != nil && s.Waiting > 0:
		key = "account.sharing.hidden_waits"
	case s.WithdrawnAt != nil:
		key = "account.sharing.hidden"
	case s.Waiting > 0:
		key = "account.sharing.follows_waits"
	}
	return i18n.T(ctx, key, "Count", s.Waiting)
}

// ChangePasswordForm is the old and the new password.
type ChangePasswordForm struct {
	Old      string `form:"old"`
	Password string `form:"password"`
}

// Check looks at the form alone.
func (f ChangePasswordForm) Check() form.Errors {
	var errs form.Errors
	if f.Old == "" {
		errs.Add("old", "account.password.old_missing")
	}
	if f.Password == "" {
		errs.Add("password", "account.password.new_missing")
	}
	return errs
}

// ChangePasswordPage changes the password. Forced says that the old one was a slip from a counter.
type ChangePasswordPage struct {
	User   models.User
	Form   ChangePasswordForm
	Errors form.Errors
	Forced bool
}

// ChangeAddressForm is a new e-mail address or phone number.
type ChangeAddressForm struct {
	Address string `form:"address"`
}

// Check looks at the form alone.
func (f ChangeAddressForm) Check(phoneCodes bool) form.Errors {
	var errs form.Errors
	checkAddress(&errs, "address", f.Address, phoneCodes)
	return errs
}

// ChangeAddressPage changes how the account is reached.
type ChangeAddressPage struct {
	User       models.User
	Form       ChangeAddressForm
	Errors     form.Errors
	PhoneCodes bool
}

// EndSessionForm names the device to sign out; empty means all others.
type EndSessionForm struct {
	Session string `form:"session"`
}

// Number is the session's id, 0 for all others.
func (f EndSessionForm) Number() int64 {
	n, _ := strconv.ParseInt(f.Session, 10, 64)
	return n
}

// SessionsPage lists the devices that are signed in.
type SessionsPage struct {
	Sessions []models.Session
	Current  int64
}

// The consents that a person can give and withdraw one by one.
var consentKinds = []string{"phone_messages", "special_needs"}

// ConsentForm gives or withdraws one consent.
type ConsentForm struct {
	Kind  string `form:"kind"`
	Given string `form:"given"`
}

// Known says whether the kind is one of those that can be changed here.
func (f ConsentForm) Known() bool { return slices.Contains(consentKinds, f.Kind) }

// ConsentsPage shows what the person agreed to, newest first.
type ConsentsPage struct {
	Consents []record.Consent
	Sharings []models.Sharing
}

// SharingForm says whether an institution may see the person.
type SharingForm struct {
	Given string `form:"given"`
}

// given says whether the newest consent of the kind holds.
func (p ConsentsPage) given(kind string) (record.Consent, bool) {
	for _, c := range p.Consents {
		if c.Kind == kind {
			return c, c.WithdrawnAt == nil
		}
	}
	return record.Consent{}, false
}

// AgreedPage shows the words of one consent as they were agreed to.
type AgreedPage struct {
	Consent record.Consent
	Words   []string
}

// CloseForm confirms the deletion with the password.
type CloseForm struct {
	Password string `form:"password"`
	Sure     string `form:"sure"`
}

// Check looks at the form alone.
func (f CloseForm) Check() form.Errors {
	var errs form.Errors
	if f.Password == "" {
		errs.Add("password", "account.password.missing")
	}
	if f.Sure == "" {
		errs.Add("sure", "account.close.sure_missing")
	}
	return errs
}

// ClosePage deletes the account.
type ClosePage struct {
	User   models.User
	Form   CloseForm
	Errors form.Errors
}

// SetupPage shows the key for the authenticator app and asks for its first code.
type SetupPage struct {
	Secret string // in groups of four, for typing
	QR     string // address of the picture
	Form   CodeForm
	Errors form.Errors
}

// FactorPage asks for the app's code or a recovery code.
type FactorPage struct {
	Form   CodeForm
	Errors form.Errors
}

// RecoveryCodesPage shows the recovery codes, once.
type RecoveryCodesPage struct {
	Codes []string
	Next  string
}

// OutboxMessage is a mail or message that the development shows instead of sending.
type OutboxMessage struct {
	To      string
	Subject string
	Text    string
	At      time.Time
}

// OutboxCode is a demo account's current sign-in code.
type OutboxCode struct {
	Name string
	Role string
	Code string
}

// OutboxPage shows everything that a development portal would have sent, newest first.
type OutboxPage struct {
	Mails    []OutboxMessage
	Messages []OutboxMessage
	Codes    []OutboxCode
}
