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
	Partner Role = "partner"
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
	SlipUntil       *time.Time // until when the one-time password of a slip can be used
	InstitutionID   *int64
	PartnerOfficeID *int64 // of partners alone
	MayEdit         bool   // of staff: programmes, intakes and spreadsheets; see Edits
	MaySelect       bool   // of staff: applicants and participants; see Selects
	RegencyCode     *string
	Language        string
	TOTPSecret      []byte     `gorm:"column:totp_secret"`
	TOTPConfirmedAt *time.Time `gorm:"column:totp_confirmed_at"`
	TOTPLastStep    int64      `gorm:"column:totp_last_step"`
	TOTPOffset      int64      `gorm:"column:totp_offset"` // steps that the app's clock is ahead
	RegisteredBy    *int64     // the officer who made the account at the counter
	FormToken       *string    // of the counter's form
	Demo            bool
	ClosedAt        *time.Time
	IdleWarnedAt    *time.Time // of institutions, like the next two: see Store.LockIdle
	LockedAt        *time.Time // not used for long
	UnlockedAt      *time.Time
	CreatedAt       time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt       time.Time `gorm:"autoUpdateTime:false"`
}

// SystemUser acts in jobs, where nobody is signed in.
var SystemUser = User{Role: System, Name: "Naik Kelas"}

// NeedsSecondFactor says whether the person must sign in with a code from an app: whoever sees other people's data,
// and everybody who has chosen it (design.md section 4, Accounts). Staff who see no applicants need none.
func (u User) NeedsSecondFactor() bool {
	if u.Role == Staff && !u.MaySelect {
		return u.HasSecondFactor()
	}
	return u.Role != Seeker && u.Role != System && u.Role != "" || u.HasSecondFactor()
}

// HasSecondFactor says whether the person has set up the app.
func (u User) HasSecondFactor() bool { return u.TOTPConfirmedAt != nil }

// A Way is an address of somebody and the channel that leads there, email or phone.
type Way struct {
	Channel string
	Address string
}

// Ways are the addresses of the account, the usual one first; none when it was made at a counter
// and has neither e-mail nor phone.
func (u User) Ways() []Way {
	var ways []Way
	if u.Email != nil {
		ways = append(ways, Way{"email", *u.Email})
	}
	if u.Phone != nil {
		ways = append(ways, Way{"phone", *u.Phone})
	}
	return ways
}

// Channel is the usual way to the account, and the address there; both are empty when it has none.
func (u User) Channel() (channel, address string) {
	for _, w := range u.Ways() {
		return w.Channel, w.Address
	}
	return "", ""
}

// FoldEmail is the form under which an e-mail address is stored and looked up: sign-up and
// sign-in fold alike (bug report P059).
func FoldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// Manages says whether the person belongs to an institution's desk. What they may do there, Edits and Selects say.
func (u User) Manages() bool {
	return (u.Role == Staff || u.Role == Owner) && u.InstitutionID != nil
}

// Edits says whether the person writes the institution's programmes, intakes and spreadsheets: its owners, and staff to
// whom an owner gave that right.
func (u User) Edits() bool { return u.Manages() && (u.Role == Owner || u.MayEdit) }

// Selects says whether the person sees and chooses the institution's applicants and participants: its owners, and staff
// to whom an owner gave that right.
func (u User) Selects() bool { return u.Manages() && (u.Role == Owner || u.MaySelect) }

// Owns says whether the person answers for an institution, its licences and its people.
func (u User) Owns() bool { return u.Manages() && u.Role == Owner }
