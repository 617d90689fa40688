package models

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"naikkelas/internal/phone"
	"naikkelas/models/record"
)

// Login is a sign-in name as typed, recognised: exactly one of the three is set.
type Login struct {
	Email    string
	Phone    string // E.164
	Username string
}

// ParseLogin recognises what somebody typed as a sign-in name. Anything with an @ is an
// e-mail address, anything that reads as a phone number is one, the rest a user name from a
// counter slip.
func ParseLogin(s string) Login {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "@") {
		return Login{Email: record.FoldEmail(s)}
	}
	if e164, err := phone.Parse(s); err == nil {
		return Login{Phone: e164}
	}
	return Login{Username: strings.ToLower(s)}
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
