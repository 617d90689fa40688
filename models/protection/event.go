package protection

import (
	"context"
	"fmt"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// EventClosed is the event that ends a case.
const EventClosed = "closed"

// happened adds an event with the words in it to a locked case and keeps whose turn it is then. The case's other
// columns are saved with it. No clock runs on a case that ended: where the turn comes to the desk all the same, as from the
// office that leads it, the desk is alarmed and the case stands among what came after the end.
func (s *Store) happened(ctx context.Context, c *Case, e Event, text string) error {
	e.CaseID, e.At = c.ID, s.db.Now()
	recalls := c.Closed() && e.NextActor.ofDesk()
	if c.Closed() {
		e.NextActor, e.DueAt = ActorNobody, nil // nothing waits on a case that ended
	}
	if recalls {
		c.RecalledAt = &e.At
	}
	if err := s.db.With(ctx).Create(&e).Error; err != nil {
		return fmt.Errorf("case event %s: %w", e.Kind, err)
	}
	if text != "" {
		sealed, err := s.sealed(text, "case_events", e.ID, "text_sealed")
		if err != nil {
			return err
		}
		if err := s.db.With(ctx).Model(&e).Update("text_sealed", sealed).Error; err != nil {
			return err
		}
	}
	c.turn().after(e).onto(c)
	c.Version++
	if err := s.db.With(ctx).Save(c).Error; err != nil || !recalls {
		return err
	}
	return s.alarmOfWord(ctx, *c)
}

// heard records a word of a person on a case: the desk must look. Nothing opens a closed case but an act of its own.
func (s *Store) heard(ctx context.Context, p Person, c Case, kind, detail string) error {
	e := Event{Kind: kind, PersonID: &p.ID, Detail: detail}
	if !c.Closed() {
		closed, err := models.ClosedDays(ctx, s.db)
		if err != nil {
			return err
		}
		life, _, err := s.within(ctx, TermLife)
		if err != nil {
			return err
		}
		due := answerBy(s.db.Now(), c.Urgency, life, closed)
		e.NextActor, e.DueAt = ActorDuty, &due
		if c.LeadID != nil {
			e.NextActor = ActorLead
		}
	}
	if err := s.happened(ctx, &c, e, ""); err != nil {
		return err
	}
	if c.Closed() || c.Urgency == UrgencyLife {
		if err := s.alarmOfWord(ctx, c); err != nil {
			return err
		}
	}
	return s.db.Audit(ctx, record.SystemUser, record.Act{
		Action: "case_" + kind, SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"person": p.Ref},
	})
}

// alarmOfWord alarms the desk of a word that cannot wait: once in each hour of a case.
func (s *Store) alarmOfWord(ctx context.Context, c Case) error {
	hour := s.db.Now().Truncate(time.Hour)
	c.DueAt = &hour
	return s.alarm(ctx, c, AlarmWrote, c.level())
}
