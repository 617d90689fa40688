package models

import (
	"context"
	"net/mail"
	"regexp"
	"strings"

	"gorm.io/gorm"

	"naikkelas/internal/phone"
	"naikkelas/models/record"
)

// ErrUnreadable refuses what is neither an e-mail address, nor a phone number, nor a user name of a slip.
var ErrUnreadable = &Refusal{Key: "account.login.wrong"}

// Login is a sign-in name as typed, recognised: exactly one of the three is set.
type Login struct {
	Email    string
	Phone    string // E.164
	Username string
}

// userName is what a user name of a counter slip may be: the portal makes them, and they begin with letters.
var userName = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,39}$`)

// ParseLogin recognises what somebody typed as a sign-in name: an address, or a user name from a counter
// slip. What can be none of them is a *Refusal that says why, so that it never counts as a try of anybody.
func ParseLogin(text string) (Login, error) {
	if name := strings.ToLower(strings.TrimSpace(text)); userName.MatchString(name) {
		return Login{Username: name}, nil
	}
	return ParseAddress(text)
}

// ParseAddress recognises an e-mail address or a phone number, to which a code can be sent; anything else is
// a *Refusal that says why.
func ParseAddress(text string) (Login, error) {
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, "@＠") {
		email, err := ParseEmail(text)
		return Login{Email: email}, err
	}
	if !strings.ContainsAny(text, "0123456789") {
		return Login{}, ErrUnreadable
	}
	number, err := ParsePhone(text)
	return Login{Phone: number}, err
}

// maxEmail is the longest address that mail servers must accept (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

// ParseEmail reads an e-mail address that can be written to, a name, an @ and a domain with a dot, and gives
// it as it is stored, or a *Refusal.
func ParseEmail(text string) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case strings.Count(text, "@") > 1:
		return "", &Refusal{Key: "form.email_at"}
	case len(text) > maxEmail:
		return "", &Refusal{Key: "form.too_long", Args: []any{"Max", maxEmail}}
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || strings.ContainsAny(text, "\"[ ") {
		return "", &Refusal{Key: "form.email"}
	}
	domain := text[strings.LastIndex(text, "@")+1:]
	if dot := strings.LastIndex(domain, "."); dot < 1 || len(domain)-dot < 3 {
		return "", &Refusal{Key: "form.email"}
	}
	return record.FoldEmail(text), nil
}

// Channel gives the way a code travels to this name; both are empty for a user name.
func (l Login) Channel() (channel, address string) {
	switch {
	case l.Email != "":
		return "email", l.Email
	case l.Phone != "":
		return "phone", l.Phone
	}
	return "", ""
}

// ShownAddress is an address or sign-in name as people read it: a phone number with spaces.
func ShownAddress(address string) string {
	if strings.HasPrefix(address, "+") {
		return phone.Format(address)
	}
	return address
}

func (l Login) key() string { return l.Email + "|" + l.Phone + "|" + l.Username }

// scope narrows a query on users to the open account with this name.
func (l Login) scope(db *gorm.DB) *gorm.DB {
	db = db.Where("closed_at IS NULL")
	switch {
	case l.Email != "":
		return db.Where("email = ?", l.Email)
	case l.Phone != "":
		return db.Where("phone = ?", l.Phone)
	}
	return db.Where("username = ?", l.Username)
}

func (s *Store) userByLogin(ctx context.Context, l Login) (User, error) {
	var u User
	err := s.db.With(ctx).Scopes(l.scope).Take(&u).Error
	return u, err
}
