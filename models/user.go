package models

import (
	"context"

	"naikkelas/models/record"
)

// User is an account, see record.User.
type User = record.User

// Role is what an account is, see record.Role.
type Role = record.Role

// The roles.
const (
	Seeker  = record.Seeker
	Staff   = record.Staff
	Owner   = record.Owner
	Officer = record.Officer
	Partner = record.Partner
	Admin   = record.Admin
	System  = record.System
)

// SystemUser acts in jobs, where nobody is signed in.
var SystemUser = record.SystemUser

// User finds an open account by its id.
func (s *Store) User(ctx context.Context, id int64) (User, error) {
	var u User
	err := s.db.With(ctx).Where("id = ? AND closed_at IS NULL", id).Take(&u).Error
	return u, err
}
