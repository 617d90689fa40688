package models

import (
	"context"
	"errors"
	"time"

	"naikkelas/models/record"
)

// ErrPasswordWrong refuses a password that the signed-in person typed again.
var ErrPasswordWrong = &Refusal{Key: "account.password.old_wrong", Field: "password"}

// ErrSlipLapsed refuses a one-time password that was not used in time.
var ErrSlipLapsed = &Refusal{Key: "account.sign_in.slip_lapsed", Field: "login"}

// Matcher compares a typed password with a hash; with an empty hash it takes as long and says no. again is the hash
// to keep instead, when the one at hand was made with weaker parameters than today's.
type Matcher func(hash string) (right bool, again string, err error)

// SignIn finds the account of a name and lets matches compare the password. Unknown names, closed accounts and
// wrong passwords get the same answer after the same work.
func (s *Store) SignIn(ctx context.Context, login Login, matches Matcher) (User, error) {
	u, err := s.userByLogin(ctx, login)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return User{}, err
	}
	owner := u.Ref
	if u.ID == 0 {
		owner = login.key()
	}
	if err := s.comparePassword(ctx, owner, u, matches, ErrSignInWrong); err != nil {
		return User{}, err
	}
	if u.SlipUntil != nil && !s.db.Now().Before(*u.SlipUntil) {
		return User{}, ErrSlipLapsed
	}
	return u, s.securityEventOf(ctx, u, "signed_in", u, nil)
}

// comparePassword is the one place where a password is compared. However an account is named, and wherever its
// password is asked, the tries count together.
func (s *Store) comparePassword(ctx context.Context, owner string, u User, matches Matcher, wrong *Refusal) error {
	known, err := s.knownDevice(ctx, u.ID)
	if err != nil {
		return err
	}
	t, err := s.attempt(ctx, passwordGuard, owner, owner, known)
	if err != nil {
		return err
	}
	right, again, err := matches(u.PasswordHash)
	if err != nil {
		return err
	}
	if !right || u.ID == 0 {
		return orElse(s.securityEventOf(ctx, SystemUser, "password_wrong", u, nil), wrong)
	}
	if again != "" {
		err := s.db.With(ctx).Model(&User{}).Where("id = ? AND password_hash = ?", u.ID, u.PasswordHash).Update("password_hash", again).Error
		if err != nil {
			return err
		}
	}
	return s.forgive(ctx, t)
}

// ConfirmedFor is how long a password that was just typed stands for the person: before their contact, password or
// second factor changes or the account goes, it is asked again.
const ConfirmedFor = 10 * time.Minute

// Confirmed says whether the person of the session showed a short while ago that they are who they are.
func (sess Session) Confirmed(now time.Time) bool {
	return sess.ConfirmedAt != nil && now.Before(sess.ConfirmedAt.Add(ConfirmedFor))
}

// Confirm takes the password, and the app's code of those who have one, of somebody who is signed in.
func (s *Store) Confirm(ctx context.Context, actor User, sess Session, matches Matcher, code string, check CodeCheck) error {
	if err := s.comparePassword(ctx, actor.Ref, actor, matches, ErrPasswordWrong); err != nil {
		return err
	}
	set := map[string]any{"confirmed_at": s.db.Now()}
	if actor.HasSecondFactor() {
		if err := s.PassFactor(ctx, actor, code, check); err != nil {
			return err
		}
		set["second_factor_at"] = s.db.Now()
	}
	r := s.db.With(ctx).Model(&Session{}).Where("token_hash = ? AND ended_at IS NULL", sess.TokenHash).Updates(set)
	return record.Changed(r, ErrSessionGone)
}

// ChangePassword sets a new password for somebody who knows the old one (matches says so).
// Every session ends; the caller starts a new one.
func (s *Store) ChangePassword(ctx context.Context, actor User, matches Matcher, newHash string) error {
	err := s.comparePassword(ctx, actor.Ref, actor, matches, &Refusal{Key: ErrPasswordWrong.Key, Field: "old"})
	if err != nil {
		return err
	}
	return s.transact(ctx, "change password", func(tx *Store) error { return tx.setPassword(ctx, actor, actor, newHash) })
}
