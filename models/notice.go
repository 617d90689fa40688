package models

import (
	"context"

	"naikkelas/models/record"
)

// NoticeLetter opens a queued notice for sending, see record.DB.DueLetter.
func (s *Store) NoticeLetter(ctx context.Context, id int64) (record.Letter, error) {
	return s.db.DueLetter(ctx, id)
}

// MarkNotice records the outcome of a try. failure is nil when the notice was handed over, to a mail server under
// messageID; its text must hold no personal data and is shown to administrators. refused says that the address takes
// nothing: another try is of no use.
func (s *Store) MarkNotice(ctx context.Context, id int64, messageID string, failure error, refused bool) error {
	now := s.db.Now()
	set := map[string]any{"state": "handed_over", "sent_at": now, "sealed": nil, "error": "", "refused_at": nil}
	if messageID != "" {
		set["message_id"] = messageID
	}
	if failure != nil {
		set = map[string]any{"state": "failed", "error": cut(failure.Error(), 300), "refused_at": nil}
		if refused {
			set["refused_at"] = now
		}
	}
	return s.db.With(ctx).Model(&record.Notice{}).Where("id = ? AND state IN ('queued', 'failed')", id).Updates(set).Error
}

// HeldNotices counts the letters that a restore has held back.
func (s *Store) HeldNotices(ctx context.Context, admin User) (int64, error) {
	if admin.Role != Admin {
		return 0, ErrForbidden
	}
	var n int64
	err := s.db.With(ctx).Model(&record.Notice{}).Where("state = 'held'").Count(&n).Error
	return n, err
}

// heldStep is how many held letters one press lets go or drops.
const heldStep = 500

// SettleHeldNotices lets held letters go, or drops them, the oldest first and heldStep at a time; it says how many.
func (s *Store) SettleHeldNotices(ctx context.Context, admin User, release bool) (int, error) {
	if admin.Role != Admin {
		return 0, ErrForbidden
	}
	var ids []int64
	err := s.transact(ctx, "settle held notices", func(tx *Store) (err error) {
		if ids, err = tx.db.SettleHeld(ctx, release, heldStep); err != nil || len(ids) == 0 {
			return err
		}
		return tx.db.Audit(ctx, admin, record.Act{
			Action: "held_notices_settled", SubjectKind: "notice", SubjectID: ids[0],
			Detail: map[string]any{"release": release, "count": len(ids)},
		})
	})
	return len(ids), err
}

// CodeRefused says whether the letter with a code's last digits was refused by its address for good.
func (s *Store) CodeRefused(ctx context.Context, c Code) (bool, error) {
	var refused []bool
	err := s.db.With(ctx).Model(&record.Notice{}).Where("dedupe = ?", codeDedupe(c)).Limit(1).Pluck("refused_at IS NOT NULL", &refused).Error
	return len(refused) == 1 && refused[0], err
}

// AddressRefused says whether the last letter to a person, at the address where they are reached now, was refused
// for good, so that they learn of it where they sign in.
func (s *Store) AddressRefused(ctx context.Context, u User) (bool, error) {
	channel, _ := u.Channel()
	var refused []bool
	err := s.db.With(ctx).Model(&record.Notice{}).
		Where("user_id = ? AND channel = ? AND state IN ('handed_over', 'delivered', 'failed')", u.ID, channel).
		Where("created_at > coalesce((SELECT max(at) FROM audit_rows WHERE person_id = ? AND action = 'address_changed'), '-infinity')", u.ID).
		Order("id DESC").Limit(1).Pluck("refused_at IS NOT NULL", &refused).Error
	return len(refused) == 1 && refused[0], err
}
