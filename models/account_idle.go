package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// ErrLocked refuses a session to an account of an institution that was not used for long; an owner unlocks it.
var ErrLocked = &Refusal{Key: "account.sign_in.locked"}

const (
	// IdleWarned is after how many days without signing in an account of an institution is warned.
	IdleWarned = 60
	// IdleLocked is after how many it is locked.
	IdleLocked = 90
	// idleNotice is how many days the warning comes before that, also where an account was unused for longer already.
	idleNotice = IdleLocked - IdleWarned
)

// usedLast is when an account was used last: signed in with, unlocked, or made.
const usedLast = `greatest(users.created_at, users.unlocked_at,
	(SELECT max(d.last_seen_at)
		FROM devices d
		WHERE d.user_id = users.id))`

// The conditions on accounts of institutions.
const (
	// canIdle are those that can be locked: not the last owner who could unlock the others.
	canIdle = `institution_id IS NOT NULL
		AND closed_at IS NULL
		AND locked_at IS NULL
		AND (role = 'staff'
			OR EXISTS (SELECT
				FROM users o
				WHERE o.institution_id = users.institution_id
					AND o.id <> users.id
					AND o.role = 'owner'
					AND o.closed_at IS NULL
					AND o.locked_at IS NULL))`
	toWarn = usedLast + ` < @unused60
		AND coalesce(idle_warned_at < ` + usedLast + `, true)`
	toLock = usedLast + ` < @unused90
		AND idle_warned_at >= ` + usedLast + `
		AND idle_warned_at <= @warned
		AND NOT EXISTS (SELECT
			FROM sessions
			WHERE user_id = users.id
				AND ended_at IS NULL
				AND expires_at > @now)`
)

// LockIdle warns the accounts of institutions that nobody has used for 60 days, and locks those of 90 that were warned a month
// before, some in each step. The last owner of an institution who could unlock the others is never one of them.
func (s *Store) LockIdle(ctx context.Context) (more bool, err error) {
	found := s.idle(ctx, "("+toWarn+" OR "+toLock+")").Where("demo = false")
	return s.act(ctx, "lock_idle", found, func(id int64) error { return s.lockIdle(ctx, id) })
}

// idle are the accounts that can be locked and of which a condition holds now.
func (s *Store) idle(ctx context.Context, condition string) *gorm.DB {
	now := s.db.Now()
	return s.db.With(ctx).Model(&User{}).Where(canIdle).Where(condition, map[string]any{
		"now": now, "unused60": now.AddDate(0, 0, -IdleWarned), "unused90": now.AddDate(0, 0, -IdleLocked),
		"warned": now.AddDate(0, 0, -idleNotice),
	})
}

// lockIdle warns or locks one account; one after the other, so that two owners do not go together.
func (s *Store) lockIdle(ctx context.Context, id int64) error {
	return s.transact(ctx, fmt.Sprintf("lock idle account %d", id), func(tx *Store) error {
		if err := tx.lockWorkers(ctx); err != nil {
			return err
		}
		locked, err := tx.markIdle(ctx, id, toLock, "locked_at")
		if err != nil {
			return err
		}
		if locked {
			return tx.tellIdle(ctx, id, "account_locked")
		}
		warned, err := tx.markIdle(ctx, id, toWarn, "idle_warned_at")
		if err != nil || !warned {
			return err // or somebody used it meanwhile
		}
		return tx.tellIdle(ctx, id, "account_idle")
	})
}

// markIdle sets a moment of an account where a condition still holds of it.
func (s *Store) markIdle(ctx context.Context, id int64, condition, column string) (marked bool, err error) {
	now := s.db.Now()
	r := s.idle(ctx, condition).Where("id = ?", id).Updates(map[string]any{column: now, "updated_at": now})
	return r.RowsAffected > 0, r.Error
}

// tellIdle writes down, and to the person, that an account was warned or locked.
func (s *Store) tellIdle(ctx context.Context, id int64, template string) error {
	u, used, err := s.idleUser(ctx, id)
	if err != nil {
		return err
	}
	err = s.db.Audit(ctx, SystemUser, record.Act{Action: template, SubjectKind: "user", SubjectID: id, PersonID: id})
	if err != nil {
		return err
	}
	now := s.db.Now()
	locks := used.AddDate(0, 0, IdleLocked)
	if first := now.AddDate(0, 0, idleNotice); locks.Before(first) {
		locks = first
	}
	when := i18n.Date(i18n.With(ctx, i18n.Lang(u.Language)), record.DayOf(locks).Date())
	return s.db.Tell(ctx, u, fmt.Sprintf("%s:%d:%d", template, id, now.Unix()), template, map[string]string{"Name": u.Name, "When": when})
}

// idleUser is an account with when it was used last.
func (s *Store) idleUser(ctx context.Context, id int64) (User, time.Time, error) {
	var row struct {
		User
		Used time.Time
	}
	err := s.db.With(ctx).Model(&User{}).Select("users.*, "+usedLast+" AS used").Where("id = ?", id).Scan(&row).Error
	return row.User, row.Used, err
}

// Unlock opens the locked account of a colleague of the acting owner again; they are told. Doing it twice is no error.
func (s *Store) Unlock(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "unlock account", func(tx *Store) error {
		c, err := tx.lockColleague(ctx, actor, ref)
		if err != nil || c.LockedAt == nil {
			return err
		}
		now := tx.db.Now()
		opened := tx.db.With(ctx).Model(&User{}).Where("id = ?", c.ID).
			Updates(map[string]any{"locked_at": gorm.Expr("NULL"), "unlocked_at": now, "updated_at": now})
		if opened.Error != nil {
			return opened.Error
		}
		err = tx.db.Audit(ctx, actor, record.Act{Action: "account_unlocked", SubjectKind: "user", SubjectID: c.ID, PersonID: c.ID})
		if err != nil {
			return err
		}
		return tx.db.Tell(ctx, c.User, fmt.Sprintf("account_unlocked:%d:%d", c.ID, now.UnixMicro()), "account_unlocked",
			map[string]string{"Name": c.Name})
	})
}
