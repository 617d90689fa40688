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

// After so many days without signing in an account of an institution is warned, and locked.
const (
	IdleWarned = 60
	IdleLocked = 90
)

// usedLast is when an account was used last: signed in with, unlocked, or made.
const usedLast = `greatest(users.created_at, users.unlocked_at,
	(SELECT max(d.last_seen_at)
		FROM devices d
		WHERE d.user_id = users.id))`

// LockIdle warns the accounts of institutions that nobody has used for 60 days and locks those of 90, some in each step. The last
// owner of an institution who could unlock the others is never one of them.
func (s *Store) LockIdle(ctx context.Context) (more bool, err error) {
	found := s.db.With(ctx).Model(&User{}).Where(idleFor, s.idleSince(IdleWarned)).Where("demo = false")
	return s.act(ctx, "lock_idle", found, func(id int64) error { return s.lockIdle(ctx, id) })
}

func (s *Store) idleSince(days int) time.Time { return s.db.Now().AddDate(0, 0, -days) }

// idleFor are the accounts that can be locked and were not used since.
const idleFor = `role IN ('staff', 'owner')
	AND closed_at IS NULL
	AND locked_at IS NULL
	AND ` + usedLast + ` < ?
	AND (role = 'staff'
		OR EXISTS (SELECT
			FROM users o
			WHERE o.institution_id = users.institution_id
				AND o.id <> users.id
				AND o.role = 'owner'
				AND o.closed_at IS NULL
				AND o.locked_at IS NULL))`

// lockIdle locks one account, or warns it where it is too early; one after the other, so that two owners do not go together.
func (s *Store) lockIdle(ctx context.Context, id int64) error {
	return s.transact(ctx, fmt.Sprintf("lock idle account %d", id), func(tx *Store) error {
		if err := tx.lockWorkers(ctx); err != nil {
			return err
		}
		now := tx.db.Now()
		locked := tx.db.With(ctx).Model(&User{}).Where("id = ?", id).Where(idleFor, tx.idleSince(IdleLocked)).
			Where("NOT EXISTS (SELECT FROM sessions WHERE user_id = users.id AND ended_at IS NULL AND expires_at > ?)", now).
			Updates(map[string]any{"locked_at": now, "updated_at": now})
		if locked.Error != nil {
			return locked.Error
		}
		template := "account_locked"
		if locked.RowsAffected == 0 {
			template = "account_idle"
		}
		u, used, err := tx.idleUser(ctx, id)
		if err != nil {
			return err
		}
		if locked.RowsAffected > 0 {
			err := tx.db.Audit(ctx, SystemUser, record.Act{Action: "account_locked", SubjectKind: "user", SubjectID: id, PersonID: id})
			if err != nil {
				return err
			}
		}
		when := i18n.Date(i18n.With(ctx, i18n.Lang(u.Language)), record.DayOf(used.AddDate(0, 0, IdleLocked)).Date())
		return tx.db.Tell(ctx, u, fmt.Sprintf("%s:%d:%d", template, id, used.Unix()), template, map[string]string{"Name": u.Name, "When": when})
	})
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
