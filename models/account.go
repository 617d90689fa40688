package models

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// The refusals around accounts.
var (
	ErrSignInWrong  = &Refusal{Key: "account.sign_in.wrong", Field: "login"}
	ErrAddressTaken = &Refusal{Key: "account.address_taken", Field: "address"}
)

// Registration is what somebody typed to get an account. The account is made only when the
// address is confirmed, so an unconfirmed one holds no name and keeps nobody else out.
type Registration struct {
	Name          string
	Login         Login // e-mail or phone
	PasswordHash  string
	Language      string
	PhoneMessages bool // consent to messages about applications by phone
}

// Register sends a code to the address and returns the token of the page that asks for it.
// An address that has an account already gets a letter saying so; the page is the same.
func (s *Store) Register(ctx context.Context, r Registration) (token string, err error) {
	channel, address := r.Login.Channel()
	if ok, err := s.db.Attempt(ctx, codeLimit, address); err != nil || !ok {
		return "", orTooOften(err)
	}
	err = s.transact(ctx, "register", func(tx *Store) error {
		_, err := tx.userByLogin(ctx, r.Login)
		known := err == nil
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		template := "register_code"
		if known {
			template = "register_known"
		}
		token, err = tx.sendCode(ctx, Code{Purpose: forRegister, Channel: channel, Address: address}, template, r.Language, r, !known)
		return err
	})
	return token, err
}

// ConfirmRegistration makes the account once the digits are right.
func (s *Store) ConfirmRegistration(ctx context.Context, token, digits string) (User, error) {
	var u User
	err := s.withCode(ctx, token, forRegister, digits, func(tx *Store, c Code) error {
		var r Registration
		if err := tx.codePayload(c, &r); err != nil {
			return err
		}
		u = User{Role: Seeker, Name: r.Name, PasswordHash: r.PasswordHash, Language: r.Language}
		if r.Login.Email != "" {
			u.Email = &r.Login.Email
		} else {
			u.Phone = &r.Login.Phone
		}
		if err := tx.createUser(ctx, &u, u); err != nil {
			return err
		}
		if err := tx.recordConsent(ctx, u.ID, "privacy_notice"); err != nil {
			return err
		}
		if !r.PhoneMessages {
			return nil
		}
		return tx.recordConsent(ctx, u.ID, "phone_messages")
	})
	return u, err
}

// createUser inserts the account, with its audit row. actor is the person themselves (then
// the id is filled in) or the officer at the counter.
func (s *Store) createUser(ctx context.Context, u *User, actor User) error {
	now := s.db.Now()
	u.Ref, u.CreatedAt, u.UpdatedAt = record.NewRef("AK"), now, now
	if u.Language == "" {
		u.Language = "id"
	}
	err := s.db.With(ctx).Create(u).Error
	if record.Violates(err, "users_email_open") || record.Violates(err, "users_phone_open") || record.Violates(err, "users_username_open") {
		return ErrAddressTaken
	}
	if err != nil {
		return fmt.Errorf("create user: %w", err)
	}
	if actor.ID == 0 && actor.Role == u.Role {
		actor.ID = u.ID
	}
	return s.db.Audit(ctx, actor, record.Act{
		Action: "account_created", SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID,
		Detail: map[string]any{"role": u.Role},
	})
}

// SignIn finds the account of a name and lets matches compare the password. Unknown names,
// closed accounts and wrong passwords get the same answer in the same time (matches is
// called with an empty hash then), and ten wrong tries rest the name for a while.
func (s *Store) SignIn(ctx context.Context, login Login, matches func(hash string) (bool, error)) (User, error) {
	if ok, err := s.db.Attempt(ctx, signInLimit, login.key()); err != nil || !ok {
		return User{}, orTooOften(err)
	}
	u, err := s.userByLogin(ctx, login)
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return User{}, err
	}
	right, err := matches(u.PasswordHash)
	if err != nil {
		return User{}, err
	}
	if !right || u.ID == 0 {
		return User{}, ErrSignInWrong
	}
	return u, s.db.Forgive(ctx, signInLimit, login.key())
}

// StartRecovery sends a code to the account of the name, if there is one; the page that
// follows is the same for all.
func (s *Store) StartRecovery(ctx context.Context, login Login, language string) (token string, err error) {
	if ok, err := s.db.Attempt(ctx, codeLimit, login.key()); err != nil || !ok {
		return "", orTooOften(err)
	}
	err = s.transact(ctx, "start recovery", func(tx *Store) error {
		u, err := tx.userByLogin(ctx, login)
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		channel, address := login.Channel()
		if channel == "" { // a user name: the code goes to the account's own address
			channel, address = u.Channel()
		}
		if channel == "" || err != nil && login.Phone != "" {
			token, err = tx.silentCode(ctx, login)
			return err
		}
		template := "recover_code"
		if err != nil {
			template = "recover_known"
		}
		c := Code{Purpose: forRecover, Channel: channel, Address: address}
		if u.ID != 0 {
			c.UserID = &u.ID
		}
		token, err = tx.sendCode(ctx, c, template, language, nil, u.ID != 0)
		return err
	})
	return token, err
}

// silentCode makes a code that nobody receives: there is no way to reach the name, or
// telling a stranger's phone would cost money and reveal nothing useful.
func (s *Store) silentCode(ctx context.Context, login Login) (string, error) {
	token, hash := record.NewToken()
	now := s.db.Now()
	c := Code{
		TokenHash: hash, Purpose: forRecover, Channel: "phone", Address: login.key(), CodeHash: []byte{},
		SentAt: now, ExpiresAt: now.Add(codeLife), CreatedAt: now,
	}
	return token, s.db.With(ctx).Create(&c).Error
}

// ErrRecover refuses a recovery without saying which of the two was wrong.
var ErrRecover = &Refusal{Key: "account.recover.mismatch", Field: "code"}

// RecoverPassword sets a new password with the digits; by phone the birth date must match
// too where it is known, because numbers change hands. All sessions end.
func (s *Store) RecoverPassword(ctx context.Context, token, digits string, birth *time.Time, passwordHash string) (User, error) {
	var u User
	err := s.withCode(ctx, token, forRecover, digits, func(tx *Store, c Code) error {
		if c.UserID == nil {
			return ErrCodeSpent
		}
		var err error
		if u, err = tx.User(ctx, *c.UserID); err != nil {
			return err
		}
		if c.Channel == "phone" {
			known, err := tx.birthDate(ctx, u.ID)
			if err != nil {
				return err
			}
			if known != nil && (birth == nil || !sameDate(*known, *birth)) {
				return ErrRecover
			}
		}
		return tx.setPassword(ctx, u, u, passwordHash)
	})
	if errors.Is(err, ErrCodeWrong) {
		err = ErrRecover
	}
	return u, err
}

// setPassword stores the hash, ends all sessions and records it.
func (s *Store) setPassword(ctx context.Context, actor, u User, hash string) error {
	err := s.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).
		Updates(map[string]any{"password_hash": hash, "must_set_password": false, "updated_at": s.db.Now()}).Error
	if err != nil {
		return err
	}
	if err := s.EndOtherSessions(ctx, u.ID, nil); err != nil {
		return err
	}
	if err := s.db.Audit(ctx, actor, record.Act{Action: "password_set", SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID}); err != nil {
		return err
	}
	return s.db.Tell(ctx, u, "password:"+strconv.FormatInt(s.db.Now().UnixNano(), 10)+":"+u.Ref, "password_changed", nil)
}

// ChangePassword sets a new password for somebody who knows the old one (matches says so).
// Every session ends; the caller starts a new one.
func (s *Store) ChangePassword(ctx context.Context, actor User, matches func(hash string) (bool, error), newHash string) error {
	if ok, err := s.db.Attempt(ctx, signInLimit, actor.Ref); err != nil || !ok {
		return orTooOften(err)
	}
	right, err := matches(actor.PasswordHash)
	if err != nil {
		return err
	}
	if !right {
		return &Refusal{Key: "account.password.old_wrong", Field: "old"}
	}
	return s.transact(ctx, "change password", func(tx *Store) error { return tx.setPassword(ctx, actor, actor, newHash) })
}

// StartChangeAddress sends a code to a new e-mail address or phone number.
func (s *Store) StartChangeAddress(ctx context.Context, actor User, to Login) (token string, err error) {
	channel, address := to.Channel()
	if ok, err := s.db.Attempt(ctx, codeLimit, address); err != nil || !ok {
		return "", orTooOften(err)
	}
	err = s.transact(ctx, "start change address", func(tx *Store) error {
		_, err := tx.userByLogin(ctx, to)
		taken := err == nil
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		template := "change_address_code"
		if taken {
			template = "change_address_known"
		}
		c := Code{Purpose: forChange, Channel: channel, Address: address, UserID: &actor.ID}
		token, err = tx.sendCode(ctx, c, template, actor.Language, nil, !taken)
		return err
	})
	return token, err
}

// ConfirmChangeAddress makes the confirmed address the account's, and tells the old one.
func (s *Store) ConfirmChangeAddress(ctx context.Context, actor User, token, digits string) error {
	return s.withCode(ctx, token, forChange, digits, func(tx *Store, c Code) error {
		if c.UserID == nil || *c.UserID != actor.ID {
			return ErrNotFound
		}
		return tx.replaceAddress(ctx, actor, actor, c.Channel, c.Address)
	})
}

// replaceAddress puts a new e-mail or phone on the account and tells the old contact.
func (s *Store) replaceAddress(ctx context.Context, actor, u User, channel, address string) error {
	err := s.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).Updates(map[string]any{channel: address, "updated_at": s.db.Now()}).Error
	if record.Violates(err, "users_email_open") || record.Violates(err, "users_phone_open") {
		return ErrAddressTaken
	}
	if err != nil {
		return err
	}
	err = s.db.Audit(ctx, actor, record.Act{
		Action: "address_changed", SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID,
		Detail: map[string]any{"channel": channel},
	})
	if err != nil {
		return err
	}
	return s.db.TellOldAddress(ctx, u, fmt.Sprintf("address:%d:%d", u.ID, s.db.Now().UnixNano()), "address_changed", nil)
}

// birthDate is the birth date in the person's profile, nil when there is none.
func (s *Store) birthDate(ctx context.Context, userID int64) (*time.Time, error) {
	var rows []*time.Time
	err := s.db.With(ctx).Raw(`SELECT birth_date
		FROM profiles
		WHERE user_id = ?`, userID).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

func sameDate(a, b time.Time) bool {
	return a.Year() == b.Year() && a.Month() == b.Month() && a.Day() == b.Day()
}
