package models

import (
	"context"
	"errors"

	"gorm.io/gorm/clause"
)

// TakeNextApplication is the file that the acting officer works on next, by its reference: the oldest that they have
// and have not decided, whatever the filter; else the one that waits longest within city and field of the filter,
// which they are given. ErrNotFound says that none waits for them. Two officers at once get two, and several presses
// of one officer one. No seat is counted, so the intake is not locked.
func (s *Store) TakeNextApplication(ctx context.Context, officer User, f QueueFilter) (ref string, err error) {
	if officer.Role != Officer {
		return "", ErrForbidden
	}
	err = s.transact(ctx, "take next application", func(tx *Store) error {
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&User{}, "id = ?", officer.ID).Error; err != nil {
			return err
		}
		own := tx.db.With(ctx).Model(&Application{}).Select("ref").Where("state = ? AND assignee_id = ?", InReview, officer.ID).
			Where("id NOT IN (SELECT application_id FROM decisions WHERE " + openDecision + ")").
			Order("first_submitted_at, id").Take(&ref)
		if !errors.Is(own.Error, ErrNotFound) {
			return own.Error
		}
		a, err := tx.nextWaiting(ctx, officer, f)
		if err != nil {
			return err
		}
		ref = a.Ref
		return tx.takeApplication(ctx, officer, a)
	})
	return ref, err
}

// nextWaiting locks the file that waits longest within the filter. Who refused one cannot take it again, and one that
// somebody else is just taking is passed over.
func (s *Store) nextWaiting(ctx context.Context, officer User, f QueueFilter) (a Application, err error) {
	q := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE", Options: "SKIP LOCKED"}).
		Where("state = ? AND first_submitted_at IS NOT NULL AND (contested_at IS NULL OR decided_by IS DISTINCT FROM ?)", Submitted, officer.ID)
	if f.Regency != "" || f.Sector != "" {
		within := QueueFilter{State: Submitted, Regency: f.Regency, Sector: f.Sector}
		q = q.Where("id IN (?)", s.queue(ctx, officer, within).Select("a.id"))
	}
	err = q.Order("first_submitted_at, id").Take(&a).Error
	return a, err
}
