package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of a reset.
var (
	ErrResetReason  = &Refusal{Key: "admin.reset.reason_missing", Field: "reason"}
	ErrResetPresent = &Refusal{Key: "admin.reset.present_missing", Field: "present"}
	ErrResetSecond  = &Refusal{Key: "admin.reset.second"}
)

// factorResetOpen is how long a reset may wait for the second administrator: the person stands there.
const factorResetOpen = 24 * time.Hour

// FactorReset is a lost second factor that one administrator asks another to take off.
type FactorReset struct {
	ID        int64
	UserID    int64
	Reason    string
	AskedBy   int64
	AskedAt   time.Time
	DecidedBy *int64
	DecidedAt *time.Time
}

// OpenFactorReset is the reset of an account that waits for the second administrator, zero when there is none.
func (s *Store) OpenFactorReset(ctx context.Context, admin User, w Worker) (FactorReset, error) {
	var r FactorReset
	if admin.Role != Admin {
		return r, ErrForbidden
	}
	since := s.db.Now().Add(-factorResetOpen)
	err := s.db.With(ctx).Limit(1).Find(&r, "user_id = ? AND decided_at IS NULL AND asked_at > ?", w.ID, since).Error
	return r, err
}

// AskFactorReset says that an administrator has seen somebody who lost their second factor, and why it is to go.
// Nobody asks for their own. A request that nobody answered in a day makes room for a new one.
func (s *Store) AskFactorReset(ctx context.Context, admin User, ref, reason string, present bool) error {
	reason = strings.TrimSpace(reason)
	w, err := s.Worker(ctx, admin, ref)
	switch {
	case err != nil:
		return err
	case w.ID == admin.ID || !w.HasSecondFactor():
		return ErrForbidden
	case reason == "" || utf8.RuneCountInString(reason) > 500:
		return ErrResetReason
	case !present:
		return ErrResetPresent
	}
	return s.transact(ctx, "ask factor reset", func(tx *Store) error {
		now := tx.db.Now()
		old := tx.db.With(ctx).Where("user_id = ? AND decided_at IS NULL AND asked_at <= ?", w.ID, now.Add(-factorResetOpen))
		if err := old.Delete(&FactorReset{}).Error; err != nil {
			return err
		}
		r := FactorReset{UserID: w.ID, Reason: reason, AskedBy: admin.ID, AskedAt: now}
		err := tx.db.With(ctx).Create(&r).Error
		if record.Violates(err, "factor_resets_one_open") {
			return ErrStale
		}
		if err != nil {
			return err
		}
		return tx.securityEventOf(ctx, admin, "factor_reset_asked", w.User, nil)
	})
}

// ApproveFactorReset takes the second factor off, on the word of another administrator than the one who asked.
func (s *Store) ApproveFactorReset(ctx context.Context, admin User, ref string) error {
	w, err := s.Worker(ctx, admin, ref)
	if err != nil {
		return err
	}
	return s.transact(ctx, "approve factor reset", func(tx *Store) error {
		var r FactorReset
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Take(&r, "user_id = ? AND decided_at IS NULL AND asked_at > ?", w.ID, tx.db.Now().Add(-factorResetOpen)).Error
		switch {
		case errors.Is(err, ErrNotFound):
			return ErrStale
		case err != nil:
			return err
		case r.AskedBy == admin.ID || w.ID == admin.ID:
			return ErrResetSecond
		}
		set := map[string]any{"decided_by": admin.ID, "decided_at": tx.db.Now()}
		if err := tx.db.With(ctx).Model(&FactorReset{}).Where("id = ?", r.ID).Updates(set).Error; err != nil {
			return err
		}
		return tx.dropFactor(ctx, admin, w.User)
	})
}

// ResetFactor takes the second factor of an account off at the server's console, where there is no second
// administrator.
func (s *Store) ResetFactor(ctx context.Context, operator User, email string) (User, error) {
	if operator.Role != System {
		return User{}, ErrForbidden
	}
	u, err := s.userByLogin(ctx, Login{Email: record.FoldEmail(email)})
	if err != nil {
		return u, err
	}
	return u, s.transact(ctx, "reset factor", func(tx *Store) error { return tx.dropFactor(ctx, operator, u) })
}

// dropFactor takes the app and its recovery codes off an account; its sessions end, and the person is told
// wherever they can be reached. Whoever needs a factor sets one up at the next sign-in.
func (s *Store) dropFactor(ctx context.Context, actor, u User) error {
	err := s.db.With(ctx).Model(&User{}).Where("id = ?", u.ID).Updates(map[string]any{
		"totp_secret": nil, "totp_confirmed_at": nil, "totp_last_step": 0, "totp_offset": 0, "updated_at": s.db.Now(),
	}).Error
	if err != nil {
		return err
	}
	if err := s.db.With(ctx).Exec("DELETE FROM recovery_codes WHERE user_id = ?", u.ID).Error; err != nil {
		return err
	}
	if err := s.EndOtherSessions(ctx, u.ID, nil); err != nil {
		return err
	}
	if err := s.securityEventOf(ctx, actor, "factor_reset", u, nil); err != nil {
		return err
	}
	for _, w := range u.Ways() {
		key := fmt.Sprintf("factor_reset:%d:%s:%d", u.ID, w.Channel, s.db.Now().UnixNano())
		if err := s.db.TellAt(ctx, u, w, key, "factor_reset", nil); err != nil {
			return err
		}
	}
	return nil
}
