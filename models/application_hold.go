package models

import (
	"context"
	"fmt"
	"strings"
	"time"

	"naikkelas/models/record"
)

// ErrTakeOverReason asks why a colleague's file is taken over.
var ErrTakeOverReason = &Refusal{Key: "review.take_over_reason", Field: "why"}

// TakeOver gives the acting officer a file that a colleague has, for a reason that stands in the desk's history. A
// decision that waits is taken back first.
func (s *Store) TakeOver(ctx context.Context, officer User, ref, why string) error {
	why = strings.TrimSpace(why)
	return s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		switch {
		case a.State != InReview:
			return ErrNotTaken
		case a.AssigneeID != nil && *a.AssigneeID == officer.ID:
			return nil
		case a.ContestedAt != nil && a.DecidedBy != nil && *a.DecidedBy == officer.ID:
			return ErrOwnDecision
		case why == "":
			return ErrTakeOverReason
		}
		if err := tx.refuseDecided(ctx, a); err != nil {
			return err
		}
		r := tx.db.With(ctx).Model(&Application{}).Where("id = ? AND version = ?", a.ID, a.Version).
			Updates(map[string]any{"assignee_id": officer.ID, "version": a.Version + 1, "updated_at": tx.db.Now()})
		if err := record.Changed(r, ErrStale); err != nil {
			return err
		}
		if err := tx.deskEvent(ctx, officer, a.ID, DeskTakenOver, why); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "application_taken_over", SubjectKind: "application", SubjectID: a.ID, Detail: map[string]any{"from": a.AssigneeID},
		})
	})
}

// ExpireHolds puts files back into the queue that an officer has had for longer than is set, some in each step. One
// whose decision waits to be announced is no hold.
func (s *Store) ExpireHolds(ctx context.Context) (more bool, err error) {
	hours, err := s.setting(ctx, settingHold)
	if err != nil {
		return false, err
	}
	before := s.db.Now().Add(-time.Duration(hours) * time.Hour)
	held := s.db.With(ctx).Model(&Application{}).Where(`state = 'in_review'
		AND updated_at < ?
		AND id NOT IN (SELECT application_id FROM decisions WHERE `+openDecision+")", before)
	return s.act(ctx, "expire_holds", held, func(id int64) error {
		return s.transact(ctx, fmt.Sprintf("let go of application %d", id), func(tx *Store) error {
			_, a, err := tx.lockSeat(ctx, id, 0)
			if err != nil {
				return err
			}
			d, err := tx.pendingDecision(ctx, a.ID)
			if err != nil || d != nil || a.State != InReview || !a.UpdatedAt.Before(before) {
				return err
			}
			if err := tx.deskEvent(ctx, SystemUser, a.ID, DeskLapsed, ""); err != nil {
				return err
			}
			return tx.move(ctx, SystemUser, &a, step{to: Submitted, set: map[string]any{"assignee_id": nil}})
		})
	})
}
