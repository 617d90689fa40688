package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"naikkelas/internal/nik"
	"naikkelas/models/record"
)

// The refusals of the counter.
var (
	ErrCounterLogin = &Refusal{Key: "officer.counter.login_missing", Field: "login"}
	ErrCounterTaken = &Refusal{Key: "account.address_taken", Field: "login"}
	ErrKTPNotSeen   = &Refusal{Key: "officer.counter.ktp_missing", Field: "ktp"}
	ErrNotAsked     = &Refusal{Key: "officer.counter.asked_missing", Field: "asked"}
	// ErrRegistered says that the same form made an account already.
	ErrRegistered = &Refusal{Key: "officer.counter.registered"}
)

// CounterRegistration is somebody whom an officer registers at the counter. Without an address of
// their own (Login is zero) they get a user name. Token is the form's; PasswordHash is of the slip,
// which must be replaced at the first sign-in.
type CounterRegistration struct {
	Token        string
	Name         string
	Login        Login
	PasswordHash string
}

// RegisterAtCounter makes a seeker's account for somebody who stands there, marked so, with the
// privacy notice that they were shown. ErrRegistered says that the form was sent before.
func (s *Store) RegisterAtCounter(ctx context.Context, officer User, r CounterRegistration) (User, error) {
	if officer.Role != Officer {
		return User{}, ErrForbidden
	}
	u := User{
		Role: Seeker, Name: strings.Join(strings.Fields(r.Name), " "),
		PasswordHash: r.PasswordHash, MustSetPassword: true, SlipUntil: slipUntil(s.db.Now()),
		RegisteredBy: &officer.ID, FormToken: &r.Token,
	}
	switch {
	case r.Login.Email != "":
		u.Email = &r.Login.Email
	case r.Login.Phone != "":
		u.Phone = &r.Login.Phone
	default:
		name := strings.ToLower(record.NewRef("loket"))
		u.Username = &name
	}
	err := s.transact(ctx, "register at counter", func(tx *Store) error {
		if err := tx.createUser(ctx, &u, officer); err != nil {
			return err
		}
		return tx.recordConsent(ctx, u.ID, "privacy_notice")
	})
	switch {
	case record.Violates(err, "users_form_token_unique"):
		return User{}, ErrRegistered
	case errors.Is(err, ErrAddressTaken):
		return User{}, ErrCounterTaken
	}
	return u, err
}

// mostFound is how many accounts one search at the counter shows.
const mostFound = 20

// FindPeople finds the seekers of an exact e-mail, phone, user name or NIK, checked or not, or of a name with the
// birth date, so that nobody is registered a second time. The search is written down, without what was typed.
func (s *Store) FindPeople(ctx context.Context, officer User, text string, birth *time.Time) ([]User, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	if err := s.db.Audit(ctx, officer, record.Act{Action: "person_searched", SubjectKind: "user", SubjectID: officer.ID}); err != nil {
		return nil, err
	}
	q := s.db.With(ctx).Where("users.role = ? AND users.closed_at IS NULL", Seeker)
	number, notNIK := nik.Parse(text)
	switch {
	case notNIK == nil:
		indexes, err := s.nikIndexes(ctx, number)
		if err != nil {
			return nil, err
		}
		q = q.Joins("JOIN profiles p ON p.user_id = users.id AND "+ofNIK("p"), indexes, indexes).Order("p.nik_verified DESC")
	case birth != nil:
		q = q.Joins("JOIN profiles p ON p.user_id = users.id AND p.birth_date = ?", *birth)
		for _, pattern := range namePatterns(text) {
			q = q.Where("f_fold(users.name) LIKE ?", pattern)
		}
	default:
		login, err := ParseLogin(text)
		if err != nil {
			return nil, err
		}
		q = q.Scopes(login.scope)
	}
	var list []User
	return list, q.Order("users.id DESC").Limit(mostFound).Find(&list).Error
}

// CounterPerson is what an officer compares with the KTP of somebody at the counter.
type CounterPerson struct {
	User    User
	Profile Profile // zero when the person has filled in nothing
}

// PersonForOfficer finds a seeker by the account's reference. The look is written down.
func (s *Store) PersonForOfficer(ctx context.Context, officer User, ref string) (CounterPerson, error) {
	var p CounterPerson
	if officer.Role != Officer {
		return p, ErrForbidden
	}
	if err := s.db.With(ctx).Take(&p.User, "ref = ? AND role = ? AND closed_at IS NULL", ref, Seeker).Error; err != nil {
		return p, err
	}
	if err := s.db.With(ctx).Where("user_id = ?", p.User.ID).Limit(1).Find(&p.Profile).Error; err != nil {
		return p, err
	}
	return p, s.db.Audit(ctx, officer, record.Act{Action: "person_seen", SubjectKind: "user", SubjectID: p.User.ID, PersonID: p.User.ID})
}

// ContactReplacement is a new phone or e-mail for somebody who lost theirs. SeenKTP says that the officer has
// compared the KTP with the person, and Asked that they answered from memory what the account holds; PasswordHash is
// of a slip.
type ContactReplacement struct {
	Login        Login
	SeenKTP      bool
	Asked        bool
	PasswordHash string
}

// ReplaceContact gives a seeker another phone or e-mail after two checks of the officer. The old contacts are told,
// codes that wait there end, all sessions end, and the slip's password must be replaced in time. A second factor
// that was on the lost phone goes too.
func (s *Store) ReplaceContact(ctx context.Context, officer User, ref string, r ContactReplacement) (User, error) {
	if officer.Role != Officer {
		return User{}, ErrForbidden
	}
	channel, address := r.Login.Channel()
	if channel == "" {
		return User{}, ErrCounterLogin
	}
	if !r.SeenKTP {
		return User{}, ErrKTPNotSeen
	}
	if !r.Asked {
		return User{}, ErrNotAsked
	}
	var u User
	err := s.transact(ctx, "replace contact", func(tx *Store) error {
		p, err := tx.PersonForOfficer(ctx, officer, ref)
		if err != nil {
			return err
		}
		u = p.User
		if err := tx.tellReplaced(ctx, u); err != nil {
			return err
		}
		// The channel is the column's name.
		err = tx.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).Updates(map[string]any{
			"totp_secret": nil, "totp_confirmed_at": nil, "totp_last_step": 0, "totp_offset": 0,
			channel: address, "password_hash": r.PasswordHash, "must_set_password": true, "slip_until": tx.db.Now().Add(SlipTime),
			"updated_at": tx.db.Now(),
		}).Error
		if err != nil {
			return err
		}
		if err := errors.Join(tx.EndOtherSessions(ctx, u.ID, nil), tx.spendCodes(ctx, u.ID, 0)); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "contact_replaced_at_counter", SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID,
			Detail: map[string]any{"channel": channel, "checks": []string{"ktp", "asked"}},
		})
	})
	if record.Violates(err, "users_email_open") || record.Violates(err, "users_phone_open") {
		return User{}, ErrCounterTaken
	}
	return u, err
}

// SlipTime is how long the one-time password of a slip, or of the operator, can be used.
const SlipTime = 7 * 24 * time.Hour

func slipUntil(now time.Time) *time.Time {
	until := now.Add(SlipTime)
	return &until
}

// tellReplaced warns at every contact that the account had. It cannot be stopped from there: who stood at the counter
// showed a KTP, and who holds the old phone may be anybody.
func (s *Store) tellReplaced(ctx context.Context, u User) error {
	for _, w := range u.Ways() {
		key := fmt.Sprintf("address_changed:%d:%s:%d", u.ID, w.Channel, s.db.Now().UnixMicro())
		if err := s.db.TellAt(ctx, u, w, key, "address_changed_counter", nil); err != nil {
			return err
		}
	}
	return nil
}
