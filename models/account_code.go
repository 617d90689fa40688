package models

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// What a code is for.
const (
	forRegister = "register"
	forRecover  = "recover"
	forChange   = "change_address"
)

const (
	codeLife   = 10 * time.Minute
	codeResend = time.Minute
	codeTries  = 5
)

// The refusals of codes.
var (
	ErrCodeWrong   = &Refusal{Key: "account.code.wrong", Field: "code"}
	ErrCodeSpent   = &Refusal{Key: "account.code.spent", Field: "code"}
	ErrCodeTooSoon = &Refusal{Key: "account.code.too_soon"}
	ErrTooOften    = &Refusal{Key: "account.too_often"}
)

// Code is a confirmation that waits for six digits. The page holds its token; without the
// digits the token is worth nothing.
type Code struct {
	ID        int64
	TokenHash []byte
	Purpose   string
	Channel   string
	Address   string
	UserID    *int64
	CodeHash  []byte
	Tries     int
	Payload   []byte
	SentAt    time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// ResendAt is the earliest instant at which the code may be sent again.
func (c Code) ResendAt() time.Time { return c.SentAt.Add(codeResend) }

// newDigits makes six random digits.
func newDigits() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("new code: %w", err)
	}
	return fmt.Sprintf("%06d", n), nil
}

func (s *Store) digitsHash(tokenHash []byte, digits string) []byte {
	return s.db.Box().Index(digits, digitsPurpose(tokenHash))
}

func digitsPurpose(tokenHash []byte) string { return fmt.Sprintf("code:%x", tokenHash) }

// hasDigits compares digits with those of the code, which may have been sent under an older key.
func (s *Store) hasDigits(c Code, digits string) bool {
	same := 0
	for _, hash := range s.db.Box().Indexes(digits, digitsPurpose(c.TokenHash)) {
		same |= subtle.ConstantTimeCompare(c.CodeHash, hash)
	}
	return same == 1
}

// A codeLetter is the letter that goes with a code. Where right is false the letter goes out too (it may say "you
// already have an account"), but no digits ever match: a stranger sees no difference. Where nobody is true it is
// made like any other, and dropped when it should leave.
type codeLetter struct {
	template string
	language string
	right    bool
	nobody   bool
}

// sendCode makes a code and its letter in the current transaction.
func (s *Store) sendCode(ctx context.Context, c Code, l codeLetter, payload any) (token string, err error) {
	token, hash := record.NewToken()
	digits, err := newDigits()
	if err != nil {
		return "", err
	}
	now := s.db.Now()
	c.TokenHash, c.SentAt, c.ExpiresAt, c.CreatedAt = hash, now, now.Add(codeLife), now
	c.CodeHash = s.digitsHash(hash, digits)
	if !l.right {
		c.CodeHash, digits = []byte{}, ""
	}
	plain, err := json.Marshal(payload)
	if err != nil {
		return "", fmt.Errorf("code payload: %w", err)
	}
	if c.Payload, err = s.db.Box().Seal(plain, seal.At("codes", fmt.Sprintf("%x", hash), "payload")); err != nil {
		return "", fmt.Errorf("code payload: %w", err)
	}
	if err := s.db.With(ctx).Create(&c).Error; err != nil {
		return "", fmt.Errorf("send code: %w", err)
	}
	return token, s.writeCode(ctx, c, l, digits)
}

func (s *Store) writeCode(ctx context.Context, c Code, l codeLetter, digits string) error {
	return s.db.SendAnswer(ctx, codeDedupe(c), c.UserID, record.Letter{
		Channel: c.Channel, Template: l.template, Language: l.language, Address: c.Address,
		Data: map[string]string{"Code": digits}, Nobody: l.nobody,
		Until: c.SentAt.Add(codeLife), Topic: "code:" + c.Purpose + ":" + c.Address,
	})
}

// codeDedupe names the letter with a code's last digits.
func codeDedupe(c Code) string { return fmt.Sprintf("code:%d:%d", c.ID, c.SentAt.UnixNano()) }

// CodeByToken finds a code that still waits, for its page.
func (s *Store) CodeByToken(ctx context.Context, token string) (Code, error) {
	var c Code
	err := s.db.With(ctx).Where("token_hash = ? AND used_at IS NULL", record.TokenHash(token)).Take(&c).Error
	return c, err
}

// ResendCode sends new digits to the same address, at the earliest a minute after the last
// ones, and starts the ten minutes and five tries again. It counts as asking for the code anew.
func (s *Store) ResendCode(ctx context.Context, token, language string) error {
	c, err := s.CodeByToken(ctx, token)
	if err != nil {
		return err
	}
	if s.db.Now().Before(c.ResendAt()) {
		return ErrCodeTooSoon
	}
	var asked recovery
	if err := s.codePayload(c, &asked); err != nil {
		return err
	}
	if _, err := s.askForCode(ctx, asked.Login); err != nil {
		return err
	}
	return s.transact(ctx, "resend code", func(tx *Store) error {
		digits, err := newDigits()
		if err != nil {
			return err
		}
		l := codeLetter{template: c.Purpose + "_code", language: language, nobody: c.Address == asked.Login.key()}
		hash := tx.digitsHash(c.TokenHash, digits)
		if len(c.CodeHash) == 0 { // it never was a real code
			digits, hash = "", []byte{}
			if !l.nobody {
				l.template = c.Purpose + "_known"
			}
		}
		c.SentAt = tx.db.Now()
		r := tx.db.With(ctx).Model(&Code{}).Where("id = ? AND used_at IS NULL", c.ID).
			Updates(map[string]any{"code_hash": hash, "tries": 0, "sent_at": c.SentAt, "expires_at": c.SentAt.Add(codeLife)})
		if err := record.Changed(r, ErrNotFound); err != nil {
			return err
		}
		return tx.writeCode(ctx, c, l, digits)
	})
}

// countTry counts one try of a code before anything is looked at, and keeps it counted whatever becomes of
// the try: a refusal takes back what was done, never the count. A code that is used, over or tried five times
// is ErrCodeSpent.
func (s *Store) countTry(ctx context.Context, token, purpose string) (Code, error) {
	var c Code
	err := s.db.With(ctx).Raw(`UPDATE codes
		SET tries = tries + 1
		WHERE token_hash = ?
			AND purpose = ?
			AND used_at IS NULL
			AND tries < ?
			AND expires_at > ?
		RETURNING *`, record.TokenHash(token), purpose, codeTries, s.db.Now()).Scan(&c).Error
	if err == nil && c.ID == 0 {
		err = ErrCodeSpent
	}
	return c, err
}

// useCode compares the digits and marks the code used, in the transaction that acts on it.
func (s *Store) useCode(ctx context.Context, c Code, digits string) error {
	if !s.hasDigits(c, strings.Map(onlyDigit, digits)) {
		return ErrCodeWrong
	}
	r := s.db.With(ctx).Model(&Code{}).Where("id = ? AND used_at IS NULL", c.ID).Update("used_at", s.db.Now())
	return record.Changed(r, ErrCodeSpent)
}

func onlyDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// withCode runs f after the digits were found right, all in one transaction. Whatever f refuses is a try like
// wrong digits, so that nobody who has the digits can guess at the rest.
func (s *Store) withCode(ctx context.Context, token, purpose, digits string, f func(tx *Store, c Code) error) error {
	t, err := s.attempt(ctx, digitsGuard, "all", "", false)
	if err != nil {
		return err
	}
	c, err := s.countTry(ctx, token, purpose)
	if err != nil {
		return err
	}
	right := false
	err = s.transact(ctx, "use code", func(tx *Store) error {
		if err := tx.useCode(ctx, c, digits); err != nil {
			return err
		}
		right = true
		return f(tx, c)
	})
	if record.IsRefusal(err) {
		return errors.Join(err, s.codeInVain(ctx, c, right))
	}
	if err != nil {
		return err
	}
	return s.forgive(ctx, t)
}

// codeInVain writes down that wrong digits were tried, and from where, and tells of the last try, whatever was wrong
// with it. For a name without an account the same is done.
func (s *Store) codeInVain(ctx context.Context, c Code, right bool) error {
	var u User
	if c.UserID != nil {
		u.ID = *c.UserID
	}
	if !right {
		if err := s.securityEventOf(ctx, SystemUser, "code_wrong", u, map[string]any{"purpose": c.Purpose}); err != nil {
			return err
		}
	}
	if c.Tries == codeTries {
		return s.tellSpent(ctx, c)
	}
	return nil
}

// tellSpent warns by e-mail whose account somebody tried to recover five times with one code: a phone that
// changed hands would tell the wrong person. For a name without an account the letter is made too, for nobody.
func (s *Store) tellSpent(ctx context.Context, c Code) error {
	if c.Purpose != forRecover {
		return nil
	}
	return s.transact(ctx, "tell of a code that was tried too often", func(tx *Store) error {
		var u User
		if err := tx.db.With(ctx).Limit(1).Find(&u, "id = ? AND closed_at IS NULL", c.UserID).Error; err != nil {
			return err
		}
		key := fmt.Sprintf("recover_tried:%d:%d", c.ID, c.SentAt.UnixNano())
		if u.Email == nil {
			return tx.db.SendAnswer(ctx, key, nil, record.Letter{
				Channel: "email", Template: "recover_tried", Language: "id", Address: c.Address, Nobody: true,
			})
		}
		return tx.db.TellAt(ctx, u, record.Way{Channel: "email", Address: *u.Email}, key, "recover_tried", nil)
	})
}

func (s *Store) codePayload(c Code, into any) error {
	plain, err := s.db.Box().Unseal(c.Payload, seal.At("codes", fmt.Sprintf("%x", c.TokenHash), "payload"))
	if err != nil {
		return fmt.Errorf("open code payload: %w", err)
	}
	return json.Unmarshal(plain, into)
}
