package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// ErrNotCarried says that only what was never sent moves to another intake.
var ErrNotCarried = &Refusal{Key: "application.not_carried"}

// Unsent says whether the application was never sent: nobody but its seeker has seen it, so that it may still move to
// another intake, also after its own intake closed or was called off.
func (a Application) Unsent() bool {
	return a.FirstSubmittedAt == nil && (a.State == Draft || a.State == Expired || stoppedStates.has(a.State))
}

// Shut says of a draft whether it can no longer be sent where it is.
func (v ApplicationView) Shut(at time.Time) bool {
	w := v.Offer.Window(at)
	return v.State == Draft && w != Open && w != NotYetOpen
}

// OffersOthers says whether the person reads of other intakes: their course does not take place, or they have not sent
// their application and cannot, or only to wait for a seat.
func (v ApplicationView) OffersOthers(at time.Time) bool {
	return stoppedStates.has(v.State) || v.Unsent() && (v.State != Draft || v.Full || v.Shut(at))
}

// CarryDraft moves the acting seeker's application that was never sent, with all its answers, to another intake of the
// same programme that is open or will be, where it is a draft again. A second press changes nothing.
func (s *Store) CarryDraft(ctx context.Context, actor User, ref, intakeRef string) error {
	err := s.withOwnApplication(ctx, actor, ref, func(tx *Store, a Application) error {
		to, err := tx.Offer(ctx, intakeRef)
		if err != nil {
			return err
		}
		if a.IntakeID == to.Intake.ID && a.State == Draft {
			return nil
		}
		if !a.Unsent() {
			return ErrNotCarried
		}
		var from Intake
		if err := tx.db.With(ctx).Take(&from, "id = ? AND programme_id = ?", a.IntakeID, to.Programme.ID).Error; err != nil {
			return err
		}
		if w := to.Window(tx.db.Now()); w != Open && w != NotYetOpen {
			return ErrNotOpen
		}
		fit, err := tx.fit(ctx, actor, to)
		if err != nil {
			return err
		}
		if !fit.Possible() {
			return ErrRequirementsUnmet
		}
		a.IntakeID = to.Intake.ID
		return tx.move(ctx, actor, &a, step{to: Draft, kind: EventCarried,
			set: map[string]any{"intake_id": to.Intake.ID, "reason_code": "", "reason_text": ""}})
	})
	if record.Violates(err, "applications_one_live") {
		return ErrOtherLive
	}
	return err
}

// shutDraft is the term for which an application stays a draft after its intake closed.
const shutDraft = "shut_draft"

// ExpireDrafts lapses drafts whose intake closed so long ago that nobody will move them, some in each step, each with
// a letter. Their answers can still be moved.
func (s *Store) ExpireDrafts(ctx context.Context) (more bool, err error) {
	before, err := s.db.KeptSince(ctx, shutDraft)
	if err != nil {
		return false, err
	}
	return s.act(ctx, "expire_drafts", s.draftsShut(ctx, before), func(id int64) error {
		return s.transact(ctx, fmt.Sprintf("lapse draft %d", id), func(tx *Store) error {
			_, a, err := tx.lockSeat(ctx, id, 0)
			if err != nil {
				return err
			}
			var n int64
			if err := tx.draftsShut(ctx, before).Where("id = ?", id).Count(&n).Error; err != nil || n == 0 {
				return err // moved to another intake while we looked
			}
			err = tx.move(ctx, SystemUser, &a, step{to: Expired, notice: "application_draft_expired"})
			if record.IsRefusal(err) {
				return nil // its course does not take place; that ends it
			}
			return err
		})
	})
}

// draftsShut selects the drafts whose intake closed before a time.
func (s *Store) draftsShut(ctx context.Context, before time.Time) *gorm.DB {
	closed := s.db.With(ctx).Model(&Intake{}).Select("id").Where("closes_at < ?", before)
	return s.db.With(ctx).Model(&Application{}).Where("state = ? AND intake_id IN (?)", Draft, closed)
}

// draftParts adds to a draft until when it stays one, where its intake has closed, and whether all seats are gone.
func (s *Store) draftParts(ctx context.Context, v *ApplicationView) error {
	if v.State != Draft {
		return nil
	}
	now := s.db.Now()
	if at := v.Offer.Intake.ClosesAt; at != nil && now.After(*at) {
		since, err := s.db.KeptSince(ctx, shutDraft)
		if err != nil {
			return err
		}
		until := at.Add(now.Sub(since))
		v.LapsesAt = &until
	}
	taken, err := s.seatsTaken(ctx, v.IntakeID)
	v.Full = taken >= int64(v.Offer.Intake.Quota)
	return err
}
