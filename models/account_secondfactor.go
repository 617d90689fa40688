package models

import (
	"context"
	"strings"

	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// The refusals of the second factor.
var (
	ErrFactorWrong = &Refusal{Key: "account.factor.wrong", Field: "code"}
)

// recoveryCodes is how many single-use codes stand in for a lost app.
const recoveryCodes = 10

func (s *Store) storeTOTP(ctx context.Context, userID int64, secret string) error {
	sealed, err := s.db.Box().Seal([]byte(secret), seal.At("users", userID, "totp_secret"))
	if err != nil {
		return err
	}
	return s.db.With(ctx).Model(&User{}).Where("id = ?", userID).
		Updates(map[string]any{"totp_secret": sealed, "totp_confirmed_at": s.db.Now(), "totp_last_step": 0, "updated_at": s.db.Now()}).Error
}

func (s *Store) openTOTP(u User) (string, error) {
	b, err := s.db.Box().Unseal(u.TOTPSecret, seal.At("users", u.ID, "totp_secret"))
	return string(b), err
}

// CodeCheck compares a code of the app with its secret: step is the time step it belongs to,
// which must be newer than last, so that no code works twice.
type CodeCheck func(secret, code string, last int64) (step int64, ok bool)

// SetUpFactor stores the app's secret once the person has shown a right code, and returns
// the recovery codes, which are shown this once. Setting up again replaces both.
func (s *Store) SetUpFactor(ctx context.Context, actor User, secret, code string, check CodeCheck) ([]string, error) {
	if ok, err := s.db.Attempt(ctx, signInLimit, "factor:"+actor.Ref); err != nil || !ok {
		return nil, orTooOften(err)
	}
	step, ok := check(secret, code, 0)
	if !ok {
		return nil, ErrFactorWrong
	}
	var codes []string
	err := s.transact(ctx, "set up factor", func(tx *Store) error {
		if err := tx.storeTOTP(ctx, actor.ID, secret); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&User{}).Where("id = ?", actor.ID).Update("totp_last_step", step).Error; err != nil {
			return err
		}
		var err error
		if codes, err = tx.newRecoveryCodes(ctx, actor.ID); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "factor_set_up", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
	return codes, err
}

func (s *Store) newRecoveryCodes(ctx context.Context, userID int64) ([]string, error) {
	err := s.db.With(ctx).Exec("DELETE FROM recovery_codes WHERE user_id = ?", userID).Error
	if err != nil {
		return nil, err
	}
	codes := make([]string, recoveryCodes)
	for i := range codes {
		text := record.NewWord()
		codes[i] = text[:4] + "-" + text[4:]
		err := s.db.With(ctx).Exec("INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)",
			userID, s.recoveryHashes(codes[i])[0]).Error
		if err != nil {
			return nil, err
		}
	}
	return codes, nil
}

// recoveryHashes are the hash of a recovery code under each key, the newest first: what the code was
// is not known to the portal, so it stays under the key of its day.
func (s *Store) recoveryHashes(code string) [][]byte {
	code = strings.ToUpper(strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code)))
	return s.db.Box().Indexes(code, "recovery_code")
}

// PassFactor checks the app's code, or takes a recovery code, of somebody whose password was
// right. Ten wrong tries rest the account for a while.
func (s *Store) PassFactor(ctx context.Context, actor User, code string, check CodeCheck) error {
	if ok, err := s.db.Attempt(ctx, signInLimit, "factor:"+actor.Ref); err != nil || !ok {
		return orTooOften(err)
	}
	err := s.transact(ctx, "pass factor", func(tx *Store) error {
		var u User
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&u, "id = ?", actor.ID).Error
		if err != nil {
			return err
		}
		secret, err := tx.openTOTP(u)
		if err != nil {
			return err
		}
		if step, ok := check(secret, code, u.TOTPLastStep); ok {
			return tx.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).Update("totp_last_step", step).Error
		}
		r := tx.db.With(ctx).Exec(`UPDATE recovery_codes
			SET used_at = ?
			WHERE user_id = ?
				AND code_hash IN ?
				AND used_at IS NULL`, tx.db.Now(), u.ID, tx.recoveryHashes(code))
		if err := record.Changed(r, ErrFactorWrong); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "recovery_code_used", SubjectKind: "user", SubjectID: u.ID, PersonID: u.ID})
	})
	if err != nil {
		return err
	}
	return s.db.Forgive(ctx, signInLimit, "factor:"+actor.Ref)
}
