package models

import (
	"context"
	"errors"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ErrEnrolledClose says that a participant of a running course must leave it first.
var ErrEnrolledClose = &Refusal{Key: "account.close.enrolled"}

// CloseAccount deletes a seeker's account (UU 27/2022 art. 8): what they typed and sent goes, and
// what others wrote about them, as the declaration says; running applications are withdrawn, and the
// address is free again at once. What stays are applications that officers had, without name, for the
// statistics of the programmes, and a request for a right of data law until it is answered. Closing what is closed already changes nothing.
func (s *Store) CloseAccount(ctx context.Context, actor User, matches Matcher) error {
	if actor.Role != Seeker {
		return ErrForbidden
	}
	if err := s.comparePassword(ctx, actor.Ref, actor, matches, ErrPasswordWrong); err != nil {
		return err
	}
	return s.transact(ctx, "close account", func(tx *Store) error {
		ids, err := tx.joinedInto(ctx, actor)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := tx.closeOne(ctx, actor, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// closeOne closes one account of the acting person: theirs, or one that is joined into it, to which there is no other way in.
func (s *Store) closeOne(ctx context.Context, actor User, id int64) error {
	if err := s.withdrawAll(ctx, User{ID: id, Ref: actor.Ref, Role: Seeker}); err != nil {
		return err
	}
	// Whoever is just writing something of this person ends first, so that it is seen here.
	var u User
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&u, "id = ? AND closed_at IS NULL", id).Error
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.keepOpenRights(ctx, u); err != nil {
		return err
	}
	if err := s.db.Erase(ctx, s.personal, id); err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: "account_closed", SubjectKind: "user", SubjectID: id, PersonID: id})
}

// withdrawAll ends the person's applications that can still be withdrawn; a participant must
// leave a course that is not over first, because the institution counts on them.
func (s *Store) withdrawAll(ctx context.Context, actor User) error {
	var live []Application
	err := s.db.With(ctx).Select("id", "state").Where("seeker_id = ? AND "+endedStates.notIn("state"), actor.ID).
		Order("intake_id").Limit(1000).Find(&live).Error
	if err != nil {
		return err
	}
	for _, row := range live {
		in, a, err := s.lockSeat(ctx, row.ID, 0)
		if err != nil {
			return err
		}
		if a.State == Enrolled && (in.EndsOn == nil || !s.db.Now().After(record.DateDay(*in.EndsOn).End())) {
			return ErrEnrolledClose
		}
		if err := s.leave(ctx, actor, in, a, "account_closed", ""); err != nil {
			return err
		}
	}
	return nil
}
