package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// ErrNotAppointable refuses an account that cannot be made by appointment: an unknown role, a
// seeker, an institution where none belongs, or a bad e-mail address.
var ErrNotAppointable = &Refusal{Key: "account.appoint.wrong", Field: "role"}

// Appointment is an account that the operator makes for somebody who works here: the first
// administrator, or anyone when no mail can be sent. The password is a slip that must be
// replaced at the first sign-in.
type Appointment struct {
	Role         Role
	Name         string
	Email        string
	Institution  string // reference; of staff and owners only
	PasswordHash string
}

// Appoint makes the account. Only the system (the operator at the server's console) and
// administrators may.
func (s *Store) Appoint(ctx context.Context, actor User, a Appointment) (User, error) {
	if actor.Role != System && actor.Role != Admin {
		return User{}, ErrForbidden
	}
	email, err := ParseEmail(a.Email)
	if err != nil || strings.TrimSpace(a.Name) == "" {
		return User{}, ErrNotAppointable
	}
	u := User{
		Role: a.Role, Name: strings.TrimSpace(a.Name), Email: &email,
		PasswordHash: a.PasswordHash, MustSetPassword: true, SlipUntil: slipUntil(s.db.Now()),
		MayEdit: a.Role == Staff, MaySelect: a.Role == Staff, // an owner narrows it
	}
	err = s.transact(ctx, "appoint", func(tx *Store) error {
		switch a.Role {
		case Officer, Admin:
			if a.Institution != "" {
				return ErrNotAppointable
			}
		case Staff, Owner:
			var in Institution
			err := tx.db.With(ctx).Select("id").Take(&in, "ref = ?", a.Institution).Error
			if errors.Is(err, gorm.ErrRecordNotFound) {
				return fmt.Errorf("institution %s: %w", a.Institution, ErrNotFound)
			}
			if err != nil {
				return err
			}
			u.InstitutionID = &in.ID
		default:
			return ErrNotAppointable
		}
		return tx.createUser(ctx, &u, actor)
	})
	return u, err
}
