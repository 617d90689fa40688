package record

import (
	"strings"
	"time"
)

// Role is what an account is; one account has one role.
type Role string

// The roles. System is no account: it stands for the portal's own jobs.
const (
	Seeker  Role = "seeker"
	Staff   Role = "staff"
	Owner   Role = "owner"
	Officer Role = "officer"
	Admin   Role = "admin"
	System  Role = "system"
)

// User is an account. E-mail, phone (E.164) and user name are sign-in names, each nil when
// the account has none; NIK never is one.
type User struct {
	ID              int64
	Ref             string
	Role            Role
	Name            string
	Email           *string
	Phone           *string
	Username        *string
	PasswordHash    string
	MustSetPassword bool
	InstitutionID   *int64
	RegencyCode     *string
	Language        string
	TOTPSecret      []byte     `gorm:"column:totp_secret"`
	TOTPConfirmedAt *time.Time `gorm:"column:totp_confirmed_at"`
	TOTPLastStep    int64      `gorm:"column:totp_last_step"`
	RegisteredBy    *int64     // the officer who made the account at the counter
	FormToken       *string    // of the counter's form
	Demo            bool
	ClosedAt        *time.Time
	CreatedAt       time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt       time.Time `gorm:"autoUpdateTime:false"`
}

// SystemUser acts in jobs, where nobody is signed in.
var SystemUser = User{Role: System, Name: "Naik Kelas"}

// NeedsSecondFactor says whether the role must sign in with a code from an app: officers,
// institution owners and administrators (design.md section 4, Accounts).
func (u User) NeedsSecondFactor() bool {
	return u.Role == Officer || u.Role == Owner || u.Role == Admin
}

// HasSecondFactor says whether the person has set up the app.
func (u User) HasSecondFactor() bool { return u.TOTPConfirmedAt != nil }

// Channel is the way that reaches the account, and the address there; both are empty when
// the account was made at a counter and has neither e-mail nor phone.
func (u User) Channel() (channel, address string) {
	switch {
	case u.Email != nil:
		return "email", *u.Email
	case u.Phone != nil:
		return "phone", *u.Phone
	}
	return "", ""
}

// FoldEmail is the form under which an e-mail address is stored and looked up: sign-up and
// sign-in fold alike (bug report P059).
func FoldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Manages says whether the person keeps an institution's programmes.
func (u User) Manages() bool {
	return (u.Role == Staff || u.Role == Owner) && u.InstitutionID != nil
}
