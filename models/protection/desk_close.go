package protection

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Outcomes lists how a case can end.
func Outcomes() []string {
	return []string{"helped", "partly", "referred", "returned", "withdrawn", "unreachable", "double", "no_matter", "died"}
}

// Close ends a case with an outcome and a reason. Where life was in danger, trafficking is indicated or a child is
// involved it only asks for it, and ends when a second officer agrees.
func (s *Store) Close(ctx context.Context, officer record.User, p Press, outcome, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if !slices.Contains(Outcomes(), outcome) {
		err = errors.Join(&record.Refusal{Key: ErrChoice.Key, Field: "outcome"}, err)
	}
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActClose, p, func(tx *Store, v viewer, c *Case) error {
		if !c.NeedsSecond() {
			return tx.end(ctx, v, c, p, outcome, why)
		}
		k := Closing{CaseID: c.ID, Outcome: outcome, AskedBy: v.ID, AskedAt: tx.db.Now()}
		if err := tx.db.With(ctx).Create(&k).Error; err != nil {
			return err
		}
		if k.WhySealed, err = tx.sealed(why, "case_closings", k.ID, "why_sealed"); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&k).Update("why_sealed", k.WhySealed).Error; err != nil {
			return err
		}
		return tx.askSecond(ctx, v, c, p, Event{Kind: EventAsked, Detail: outcome}, "")
	})
}

// askSecond records that a second officer is needed: the head is alarmed, and it is the head's turn by the hour that the
// case has, or the end of the next working day where it has a later one.
func (s *Store) askSecond(ctx context.Context, v viewer, c *Case, p Press, e Event, why string) error {
	due, err := models.Deadline(ctx, s.db, 1)
	if err != nil {
		return err
	}
	if c.DueAt != nil && c.DueAt.Before(due) {
		due = *c.DueAt
	}
	e.NextActor, e.DueAt = ActorHead, &due
	if err := s.did(ctx, v, c, p, e, why); err != nil {
		return err
	}
	return s.alarmNow(ctx, *c, AlarmSecond, LevelHead)
}

// backToLead makes it the lead's turn again, by the hour that the case has.
func backToLead(c *Case, e Event) Event {
	e.NextActor, e.DueAt = ActorLead, c.DueAt
	return e
}

// NeedsSecond says whether a second officer has to agree before the case ends.
func (c Case) NeedsSecond() bool {
	return c.LifeOnce || c.Trafficking == TraffickingIndicated || c.InvolvesChild
}

// A Closing is the wish to close a case for which a second officer has to agree.
type Closing struct {
	ID         int64
	CaseID     int64
	Outcome    string
	WhySealed  []byte
	AskedBy    int64
	AskedAt    time.Time
	Agreed     *bool
	AnsweredBy *int64
	AnsweredAt *time.Time
}

// TableName is where those wishes lie.
func (Closing) TableName() string { return "case_closings" }

// AnswerClosing agrees to the closing that a colleague asked for, which then ends the case, or refuses it with a reason.
func (s *Store) AnswerClosing(ctx context.Context, officer record.User, p Press, agree bool, why string) error {
	why = strings.TrimSpace(why)
	if !agree {
		var err error
		if why, err = inWords(why, ErrWhyMissing); err != nil {
			return err
		}
	}
	if utf8.RuneCountInString(why) > MessageLength {
		return &record.Refusal{Key: ErrTextLong.Key, Field: ErrWhyMissing.Field}
	}
	return s.press(ctx, officer, ActAgree, p, func(tx *Store, v viewer, c *Case) error {
		var k Closing
		if err := locked(tx.db.With(ctx)).Where("case_id = ? AND agreed IS NULL", c.ID).Take(&k).Error; err != nil {
			return err
		}
		k.Agreed, k.AnsweredBy, k.AnsweredAt = &agree, &v.ID, new(tx.db.Now())
		if err := tx.db.With(ctx).Save(&k).Error; err != nil {
			return err
		}
		if !agree {
			return tx.did(ctx, v, c, p, backToLead(c, Event{Kind: EventDeclined}), why)
		}
		said, err := tx.opened(k.WhySealed, "case_closings", k.ID, "why_sealed")
		if err != nil {
			return err
		}
		if why != "" {
			said += "\n\n" + why // what the second officer adds stands with it
		}
		return tx.end(ctx, v, c, p, k.Outcome, said)
	})
}

// end closes a case.
func (s *Store) end(ctx context.Context, v viewer, c *Case, p Press, outcome, why string) error {
	c.State, c.Outcome, c.ClosedAt, c.OfficeID = CaseClosed, outcome, new(s.db.Now()), nil
	if err := s.endOthers(ctx, v, *c, 0); err != nil {
		return err
	}
	return s.did(ctx, v, c, p, Event{Kind: EventClosed, Detail: outcome}, why)
}

// Reopen opens a closed case again, with a reason: nothing else does. Who reopens it holds it.
func (s *Store) Reopen(ctx context.Context, officer record.User, p Press, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActReopen, p, func(tx *Store, v viewer, c *Case) error {
		closed, err := models.ClosedDays(ctx, tx.db)
		if err != nil {
			return err
		}
		life, _, err := tx.within(ctx, TermLife)
		if err != nil {
			return err
		}
		due := answerBy(tx.db.Now(), c.Urgency, life, closed)
		c.ClosedAt, c.Outcome, c.RecalledAt = nil, "", nil
		return tx.hold(ctx, v, c, p, v.ID, EventReopened, &due, why)
	})
}
