package models

import (
	"context"
	"strings"

	"naikkelas/models/record"
)

// Recall takes back the decision about an application that waits to be announced. Any officer may take back an
// officer's, and an institution's people their own: a colleague may see the mistake first. Of the decision the desk's
// history remains and nothing else.
func (s *Store) Recall(ctx context.Context, officer User, ref string) error {
	return s.RecallFor(ctx, officer, ref, "")
}

// RecallFor is Recall with a reason, which stands in the desk's history. An outcome that waits for its intake's moment
// is not taken back without one.
func (s *Store) RecallFor(ctx context.Context, officer User, ref, why string) error {
	if officer.Role != Officer && !officer.Selects() {
		return ErrForbidden
	}
	why = strings.TrimSpace(why)
	return s.transact(ctx, "recall decision", func(tx *Store) error {
		d, a, err := tx.lockDecision(ctx, `id = (SELECT max(d.id)
			FROM decisions d
			JOIN applications a ON a.id = d.application_id
			WHERE a.ref = ?)`, ref)
		if err != nil {
			return err
		}
		if err := tx.mayRecall(ctx, officer, d, ref); err != nil {
			return err
		}
		if err := tx.refuseLate(ctx, d, why); err != nil {
			return err
		}
		return tx.recall(ctx, officer, d, a, why)
	})
}

// recall takes back a decision that waits; its rows are locked.
func (s *Store) recall(ctx context.Context, actor User, d DecisionRow, a Application, why string) error {
	err := s.db.With(ctx).Model(&DecisionRow{}).Where("id = ?", d.ID).
		Updates(map[string]any{"recalled_at": s.db.Now(), "recalled_by": actor.ID, "recalled_why": why}).Error
	if err != nil {
		return err
	}
	note := d.Act
	if why != "" {
		note += "\n" + why
	}
	if err := s.deskEvent(ctx, actor, a.ID, DeskRecalled, note); err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: "decision_recalled", SubjectKind: "decision", SubjectID: d.ID})
}

// refuseLate refuses to take back what is announced by now.
func (s *Store) refuseLate(ctx context.Context, d DecisionRow, why string) error {
	now := s.db.Now()
	if !d.open() || d.AnnouncedAt != nil && !now.Before(*d.AnnouncedAt) {
		return ErrAnnounced
	}
	if d.AnnouncementID != nil {
		var n Announcement
		if err := s.db.With(ctx).Take(&n, "id = ?", *d.AnnouncementID).Error; err != nil {
			return err
		}
		if !now.Before(n.AnnouncesAt) {
			return ErrAnnounced
		}
	}
	if d.AnnouncedAt == nil && why == "" {
		return ErrRecallReason
	}
	return nil
}
