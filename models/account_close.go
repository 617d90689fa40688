package models

import (
	"context"
	"fmt"

	"naikkelas/models/record"
)

// ErrEnrolledClose says that a participant of a running course must leave it first.
var ErrEnrolledClose = &Refusal{Key: "account.close.enrolled"}

// CloseAccount deletes a seeker's account (UU 27/2022 art. 8): what they typed and sent goes,
// running applications are withdrawn, and the address is free again at once. What stays are
// decided applications without name, for the statistics of the programmes.
func (s *Store) CloseAccount(ctx context.Context, actor User, matches func(hash string) (bool, error)) error {
	right, err := matches(actor.PasswordHash)
	if err != nil {
		return err
	}
	if !right {
		return &Refusal{Key: "account.password.old_wrong", Field: "password"}
	}
	return s.transact(ctx, "close account", func(tx *Store) error {
		if err := tx.withdrawAll(ctx, actor); err != nil {
			return err
		}
		for _, q := range []string{
			"DELETE FROM profiles WHERE user_id = ?", "DELETE FROM addresses WHERE user_id = ?", "DELETE FROM known_languages WHERE user_id = ?",
			"DELETE FROM experiences WHERE user_id = ?", "DELETE FROM emergency_contacts WHERE user_id = ?", "DELETE FROM identity_checks WHERE user_id = ?",
			"DELETE FROM certificates WHERE seeker_id = ?", "DELETE FROM messages WHERE author_id = ?", "DELETE FROM sessions WHERE user_id = ?",
			"DELETE FROM codes WHERE user_id = ?", "DELETE FROM consents WHERE user_id = ?", "DELETE FROM contact_rules WHERE user_id = ?", "DELETE FROM recovery_codes WHERE user_id = ?",
			"UPDATE applications SET motivation = '', contest_text = '' WHERE seeker_id = ?",
		} {
			if err := tx.db.With(ctx).Exec(q, actor.ID).Error; err != nil {
				return fmt.Errorf("close account %d: %w", actor.ID, err)
			}
		}
		now := tx.db.Now()
		// The sweep removes the blobs of deleted files and then their rows.
		err := tx.db.With(ctx).Exec("UPDATE uploads SET deleted_at = ?, name = '-' WHERE owner_id = ? AND deleted_at IS NULL", now, actor.ID).Error
		if err != nil {
			return err
		}
		err = tx.db.With(ctx).Model(&User{}).Where("id = ? AND closed_at IS NULL", actor.ID).Updates(map[string]any{
			"closed_at": now, "updated_at": now, "name": "-", "email": nil, "phone": nil, "username": nil, "password_hash": "-", "totp_secret": nil}).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "account_closed", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
}

// withdrawAll ends the person's applications that can still be withdrawn; a participant must
// leave the course first, because the institution counts on them.
func (s *Store) withdrawAll(ctx context.Context, actor User) error {
	var live []Application
	err := s.db.With(ctx).Select("id", "state").Where("seeker_id = ? AND "+endedStates.notIn("state"), actor.ID).
		Order("intake_id").Limit(1000).Find(&live).Error
	if err != nil {
		return err
	}
	for _, row := range live {
		if row.State == Enrolled {
			return ErrEnrolledClose
		}
		in, a, err := s.lockSeat(ctx, row.ID, 0)
		if err != nil {
			return err
		}
		if err := s.freeSeat(ctx, actor, in, &a, step{to: Withdrawn, reason: "account_closed"}); err != nil {
			return err
		}
	}
	return nil
}
