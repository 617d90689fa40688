package protection

import (
	"context"

	"naikkelas/models"
	"naikkelas/models/record"
)

// referralsAtOnce is how many referrals whose time has passed one step ends.
const referralsAtOnce = 50

// EndReferrals ends the referrals whose day has passed: the office sees nothing any more, so it is the desk's turn, by the
// end of the next working day. It is a step of a chore.
func (s *Store) EndReferrals(ctx context.Context) (more bool, err error) {
	var ids []int64
	err = s.db.With(ctx).Model(&Referral{}).Where("state IN ('proposed', 'sent', 'accepted') AND until < ?", s.db.Now()).
		Order("until, id").Limit(referralsAtOnce).Pluck("id", &ids).Error
	for _, id := range ids {
		if err == nil {
			err = s.transact(ctx, "end a referral", func(tx *Store) error { return tx.endReferral(ctx, id) })
		}
	}
	return len(ids) == referralsAtOnce, err
}

func (s *Store) endReferral(ctx context.Context, id int64) error {
	var r Referral
	if err := s.db.With(ctx).Take(&r, id).Error; err != nil {
		return err
	}
	var c Case
	if err := locked(s.db.With(ctx)).Take(&c, r.CaseID).Error; err != nil {
		return err
	}
	r, err := s.referral(ctx, c, r.Ref) // as it is now that the case is locked
	if err != nil || !r.open() || r.Until.After(s.db.Now()) {
		return err // somebody was faster
	}
	r.State = ReferralEnded
	if err := s.saveReferral(ctx, &r); err != nil {
		return err
	}
	c.back(r)
	due, err := models.Deadline(ctx, s.db, 1)
	if err != nil {
		return err
	}
	if err := s.happened(ctx, &c, Event{Kind: EventReferralOver, Detail: r.Ref, NextActor: ActorLead, DueAt: &due}, ""); err != nil {
		return err
	}
	return s.db.Audit(ctx, record.SystemUser, record.Act{
		Action: "case_" + EventReferralOver, SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"referral": r.Ref},
	})
}
