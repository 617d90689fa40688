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
	u, err := s.askForCode(ctx, r.Login)
	if err != nil {
		return "", err
	}
	channel, address := r.Login.Channel()
	err = s.transact(ctx, "register", func(tx *Store) error {
		l := codeLetter{template: "register_code", language: r.Language, right: u.ID == 0}
		if u.ID != 0 {
			l.template = "register_known"
		}
		token, err = tx.sendCode(ctx, Code{Purpose: forRegister, Channel: channel, Address: address}, l, r)
		return err
	})
	return token, err
}

// askForCode counts that somebody asks for a code, and finds the account of the name, zero when there is none. It
// does the same work for both.
func (s *Store) askForCode(ctx context.Context, login Login) (User, error) {
	u, err := s.userByLogin(ctx, login)
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return u, err
	}
	known, err := s.knownDevice(ctx, u.ID)
	if err != nil {
		return u, err
	}
	if _, err := s.attempt(ctx, codeGuard, login.key(), login.key(), known); err != nil {
		return u, err
	}
	channel, _ := login.Channel()
	return u, s.countSMS(ctx, channel)
}

// WaitingRegistration is what waits for its code, to be changed and asked for anew.
func (s *Store) WaitingRegistration(ctx context.Context, token string) (Registration, error) {
	var r Registration
	c, err := s.CodeByToken(ctx, token)
	if err != nil {
		return r, err
	}
	return r, s.codePayload(c, &r)
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

// recovery is what waits with a code for a new password: the name as it was typed.
type recovery struct{ Login Login }

// StartRecovery sends a code to the account of the name, if there is one. Words, limits and work are the same for
// all names; where nobody can be reached, or telling a stranger's phone would cost money and reveal nothing
// useful, a letter is made that nobody gets.
func (s *Store) StartRecovery(ctx context.Context, login Login, language string) (token string, err error) {
	u, err := s.askForCode(ctx, login)
	if err != nil {
		return "", err
	}
	err = s.transact(ctx, "start recovery", func(tx *Store) error {
		l := codeLetter{template: "recover_code", language: language, right: u.ID != 0}
		channel, address := login.Channel()
		if channel == "" { // a user name: the code goes to the account's own address
			channel, address = u.Channel()
		}
		switch {
		case channel == "" || u.ID == 0 && login.Phone != "":
			channel, address, l.nobody, l.right = "phone", login.key(), true, false
		case u.ID == 0:
			l.template = "recover_known"
		}
		c := Code{Purpose: forRecover, Channel: channel, Address: address}
		if u.ID != 0 {
			c.UserID = &u.ID
		}
		token, err = tx.sendCode(ctx, c, l, recovery{login})
		return err
	})
	return token, err
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
		Updates(map[string]any{"password_hash": hash, "must_set_password": false, "slip_until": nil, "updated_at": s.db.Now()}).Error
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
