package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// DecisionPreview is what a decision will do: the application as its person will see it.
type DecisionPreview struct {
	ApplicationView
	DecidedBy   string
	AnnouncedAt time.Time
	Refused     error // what keeps a decision that was made from being carried out as things stand
}

// PreviewDecision shows what a decision would do, and refuses it as deciding would. It changes nothing, but
// that a refusal which needs a second officer waits for one from now on.
func (s *Store) PreviewDecision(ctx context.Context, officer User, ref string, o Decision) (p DecisionPreview, err error) {
	err = s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		row, err := tx.decisionOf(ctx, officer, a, o)
		if err != nil {
			return err
		}
		minutes, err := tx.setting(ctx, settingAnnounce)
		if err != nil {
			return err
		}
		p.DecidedBy, p.AnnouncedAt = officer.Name, tx.db.Now().Add(time.Duration(minutes)*time.Minute)
		return tx.preview(ctx, officer, row, a, &p)
	})
	return p, s.askSecond(ctx, officer, ref, o.Reason, err)
}

// pendingPreview shows what the decision will do that waits to be announced, nil when none does.
func (s *Store) pendingPreview(ctx context.Context, officer User, ref string) (*DecisionPreview, error) {
	var p *DecisionPreview
	err := s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		d, err := tx.pendingDecision(ctx, a.ID)
		if err != nil || d == nil || d.AnnouncedAt == nil { // what waits for its intake is the institution's alone
			p = nil
			return err
		}
		actor, err := tx.User(ctx, d.ActorID)
		if err != nil {
			return err
		}
		p = &DecisionPreview{DecidedBy: actor.Name, AnnouncedAt: *d.AnnouncedAt}
		err = tx.preview(ctx, actor, *d, a, p)
		if len(record.RefusalsIn(err)) > 0 {
			p.Refused, err = err, nil
		}
		return err
	})
	return p, err
}

func (s *Store) preview(ctx context.Context, actor User, d DecisionRow, a Application, p *DecisionPreview) error {
	return s.rehearse(ctx, actor, d, a, func() error {
		if err := s.db.With(ctx).Take(&p.Application, "id = ?", a.ID).Error; err != nil {
			return err
		}
		if err := s.applicationParts(ctx, &p.ApplicationView, Seeker); err != nil {
			return err
		}
		var err error
		p.Snapshots, err = s.snapshotsOf(ctx, p.Application)
		return err
	})
}
