package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// The refusals of the second factor.
var (
	ErrFactorWrong = &Refusal{Key: "account.factor.wrong", Field: "code"}
	// ErrFactorClock refuses a code that would be right at another minute.
	ErrFactorClock = &Refusal{Key: "account.factor.clock", Field: "code"}
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

// CodeCheck compares a code of the app with its secret. offset is by how many steps the app's clock is known to be
// ahead; step is the time step that the code belongs to, which must be newer than last, so that no code works
// twice. drift is by how many steps a code that is not right would have to be another minute's, 0 where it would
// never be right.
type CodeCheck func(secret, code string, last, offset int64) (step, drift int64, ok bool)

// learnedDrift is by how many steps the clock of an app may be off when it is set up: five minutes.
const learnedDrift = 10

// SetUpFactor stores the app's secret once the person has shown a right code, and returns
// the recovery codes, which are shown this once. Setting up again replaces both. The app's clock may be wrong: by
// how much is learned here. All sessions end; the caller starts a new one.
func (s *Store) SetUpFactor(ctx context.Context, actor User, secret, code string, check CodeCheck) ([]string, error) {
	t, err := s.attemptFactor(ctx, actor)
	if err != nil {
		return nil, err
	}
	step, drift, ok := check(secret, code, 0, 0)
	if !ok && (drift == 0 || max(drift, -drift) > learnedDrift) {
		return nil, s.factorRefused(ctx, actor, drift)
	}
	var codes []string
	err = s.transact(ctx, "set up factor", func(tx *Store) error {
		if err := tx.storeTOTP(ctx, actor.ID, secret); err != nil {
			return err
		}
		set := map[string]any{"totp_last_step": step, "totp_offset": drift}
		err := tx.db.With(ctx).Model(&User{}).Where("id = ?", actor.ID).Updates(set).Error
		if err != nil {
			return err
		}
		if codes, err = tx.newRecoveryCodes(ctx, actor.ID); err != nil {
			return err
		}
		if err := tx.EndOtherSessions(ctx, actor.ID, nil); err != nil {
			return err
		}
		if err := tx.securityEventOf(ctx, actor, "factor_set_up", actor, nil); err != nil {
			return err
		}
		return tx.db.Tell(ctx, actor, fmt.Sprintf("factor_changed:%d:%d", actor.ID, tx.db.Now().UnixNano()), "factor_changed", nil)
	})
	if err != nil {
		return nil, err
	}
	return codes, s.forgive(ctx, t)
}

// attemptFactor counts one try of a code of the app.
func (s *Store) attemptFactor(ctx context.Context, actor User) (turn, error) {
	known, err := s.knownDevice(ctx, actor.ID)
	if err != nil {
		return turn{}, err
	}
	return s.attempt(ctx, factorGuard, actor.Ref, actor.Ref, known)
}

// factorRefused writes down that a code was wrong, and says whether the clock of the phone may be why.
func (s *Store) factorRefused(ctx context.Context, actor User, drift int64) error {
	if err := s.securityEventOf(ctx, SystemUser, "factor_wrong", actor, nil); err != nil {
		return err
	}
	if drift == 0 {
		return ErrFactorWrong
	}
	return &Refusal{Key: ErrFactorClock.Key, Field: ErrFactorClock.Field, Args: []any{"Now", i18n.Clock(ctx, s.db.Now())}}
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
	t, err := s.attemptFactor(ctx, actor)
	if err != nil {
		return err
	}
	var drift int64
	err = s.transact(ctx, "pass factor", func(tx *Store) error {
		var u User
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&u, "id = ?", actor.ID).Error
		if err != nil {
			return err
		}
		secret, err := tx.openTOTP(u)
		if err != nil {
			return err
		}
		step, off, ok := check(secret, code, u.TOTPLastStep, u.TOTPOffset)
		if drift = off; !ok {
			return tx.useRecoveryCode(ctx, u, code)
		}
		if err := tx.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).Update("totp_last_step", step).Error; err != nil {
			return err
		}
		return tx.securityEventOf(ctx, u, "factor_passed", u, nil)
	})
	if errors.Is(err, ErrFactorWrong) {
		return s.factorRefused(ctx, actor, drift)
	}
	if err != nil {
		return err
	}
	return s.forgive(ctx, t)
}

// useRecoveryCode takes one of the codes that stand in for a lost app, and tells the person.
func (s *Store) useRecoveryCode(ctx context.Context, u User, code string) error {
	r := s.db.With(ctx).Exec(`UPDATE recovery_codes
		SET used_at = ?
		WHERE user_id = ?
			AND code_hash IN ?
			AND used_at IS NULL`, s.db.Now(), u.ID, s.recoveryHashes(code))
	if err := record.Changed(r, ErrFactorWrong); err != nil {
		return err
	}
	if err := s.securityEventOf(ctx, u, "recovery_code_used", u, nil); err != nil {
		return err
	}
	return s.db.Tell(ctx, u, fmt.Sprintf("recovery_used:%d:%d", u.ID, s.db.Now().UnixNano()), "recovery_used", nil)
}
