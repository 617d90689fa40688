package journey

import (
	"context"
	"fmt"

	"naikkelas/models/record"
)

// RecordOthers is for an officer: what others, such as immigration, a clinic or an embassy, decided about an item of a person.
// It is recorded with its source and date, and never approved here. The person is told.
func (s *Store) RecordOthers(ctx context.Context, officer record.User, personRef, need string, in OthersInput) error {
	if officer.Role != record.Officer {
		return record.ErrForbidden
	}
	u, err := s.seekerNamed(ctx, personRef)
	if err != nil {
		return err
	}
	return s.transact(ctx, "record what others decided", func(tx *Store) error {
		p, err := tx.lockPlan(ctx, u.ID)
		if err != nil {
			return err
		}
		changed := false
		err = tx.actInPlan(ctx, officer, p, need, in.Version, ItemOthers, func(tx *Store, i *Item) error {
			if err := in.fits(record.DayOf(tx.db.Now())); err != nil {
				return err
			}
			before := *i
			i.clear()
			i.State, i.OnDate, i.ExpiresOn, i.SourceOn, i.Source = in.State, in.On, in.Expires, in.On, in.Source
			i.Number, i.Clinic, i.UploadID = before.Number, before.Clinic, before.UploadID
			if in.State == Done {
				i.Proof = ProofOthers
			}
			changed = !i.says(before)
			return nil
		})
		if err != nil || !changed {
			return err
		}
		var i Item
		if err := tx.db.With(ctx).Where("plan_id = ? AND need = ?", p.ID, need).Take(&i).Error; err != nil {
			return err
		}
		reader, err := tx.planReaderOf(ctx, p.ID)
		if err != nil {
			return err
		}
		return tx.db.Tell(ctx, reader, fmt.Sprintf("plan_others:%d:%d", i.ID, i.Version), "plan_others", planWords(reader, ""))
	})
}

// fits refuses what no decision of others can say.
func (in OthersInput) fits(today record.Day) error {
	switch {
	case in.State != NotYet && in.State != UnderWay && in.State != Done:
		return ErrItemProgress
	case in.Source == "":
		return ErrItemSource
	case in.On == nil:
		return ErrItemDate
	case record.DateDay(*in.On).After(today):
		return ErrItemFuture
	case in.Expires != nil && in.Expires.Before(*in.On):
		return ErrItemEnds
	case in.State == Done && in.Expires != nil && today.After(record.DateDay(*in.Expires)):
		return ErrItemOver
	}
	return itemTextLong("source", in.Source, ItemNameLength, nil)
}

// seekerNamed is the account of a person by its reference.
func (s *Store) seekerNamed(ctx context.Context, ref string) (u record.User, err error) {
	err = s.db.With(ctx).Where("ref = ? AND role = ? AND closed_at IS NULL", ref, record.Seeker).Take(&u).Error
	return u, err
}
