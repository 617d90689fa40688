package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of deciding and recalling.
var (
	// ErrDecided says that a decision about the application waits to be announced.
	ErrDecided = &Refusal{Key: "review.decided"}
	// ErrAnnounced says that it is too late to recall.
	ErrAnnounced = &Refusal{Key: "review.announced"}
)

// The acts of a DecisionRow, with what its arguments are.
const (
	actVerify = "verify"  // Decision
	actAskFix = "ask_fix" // Decision
	actRefuse = "refuse"  // Decision
	actRecord = "record"  // Outcome, of an institution
)

// DecisionRow is a decision about an application: who decided what, when it is announced, and how it ended. Until
// AnnouncedAt the application itself does not change, so that nobody outside the desk sees anything of it, and
// the decision can be recalled. Then one job carries it out with the function that would have made the step at
// once (carryOut), in one transaction with DoneAt. One that has become impossible meanwhile, because the
// person left for instance, ends as void; the desk's history says so.
//
// A new act is a constant, a value of the constraint decisions_act_known, and a case in carryOut; its use case
// calls decide instead of making the step.
type DecisionRow struct {
	ID            int64
	ApplicationID int64
	Act           string
	Arguments     json.RawMessage `gorm:"type:jsonb"`
	ActorID       int64
	DecidedAt     time.Time
	AnnouncedAt   *time.Time // nil while it waits for its intake's moment
	// AnnouncementID is the announcement of its intake that carries it out, nil while none was asked for.
	AnnouncementID *int64
	RecalledAt     *time.Time
	RecalledBy     *int64
	RecalledWhy    string
	DoneAt         *time.Time
	VoidAt         *time.Time
	VoidWhy        string
}

// TableName is where decisions lie.
func (DecisionRow) TableName() string { return "decisions" }

// openDecision is the condition that a row of decisions waits to be announced.
const openDecision = "recalled_at IS NULL AND done_at IS NULL AND void_at IS NULL"

func (d DecisionRow) open() bool { return d.RecalledAt == nil && d.DoneAt == nil && d.VoidAt == nil }

// DeskEvent is something that happened to an application inside the officers' desk. Nobody else reads it.
type DeskEvent struct {
	ID            int64
	ApplicationID int64
	ActorID       *int64
	At            time.Time
	What          string // one of the Desk... constants
	Note          string
	ActorName     string `gorm:"->;-:migration"`
}

// What happens inside the desk.
const (
	DeskDecided   = "decided"      // the note is the act
	DeskRecalled  = "recalled"     // likewise
	DeskVoid      = "void"         // the note is the key of the sentence that says why
	DeskChanged   = "changed"      // the person changed what had been checked
	DeskRenewed   = "renewed"      // an officer compared that with the card; it counts now
	DeskTakenOver = "taken_over"   // an officer took it from a colleague; the note says why
	DeskAgreed    = "agreed"       // a second officer agrees to a refusal against the findings; the note is the reason's code and why
	DeskAsked     = "asked"        // who has the file waits for that; the note is the reason's code
	DeskLapsed    = "lapsed"       // it returned to the queue, because who had it did nothing
	DeskSame      = "same_person"  // one person has this account and another; the note is the other's reference and why
	DeskOther     = "other_person" // two people; likewise
	DeskKept      = "kept"         // what had been checked goes on counting; the note says why
)

// deskEvent adds to the desk's history of an application.
func (s *Store) deskEvent(ctx context.Context, actor User, applicationID int64, what, note string) error {
	e := DeskEvent{ApplicationID: applicationID, ActorID: actorID(actor), At: s.db.Now(), What: what, Note: note}
	return s.db.With(ctx).Omit("ActorName").Create(&e).Error
}

// decide records a decision about a locked application and lets it be announced after the time that is set. What
// would refuse it then refuses it now. Where that time is nothing, the decision is carried out at once.
func (s *Store) decide(ctx context.Context, actor User, a Application, act string, arguments any) error {
	if err := s.refuseDecided(ctx, a); err != nil {
		return err
	}
	minutes, err := s.setting(ctx, settingAnnounce)
	if err != nil {
		return err
	}
	plain, err := json.Marshal(arguments)
	if err != nil {
		return fmt.Errorf("decide %s: %w", act, err)
	}
	now := s.db.Now()
	at := now.Add(time.Duration(minutes) * time.Minute)
	d := DecisionRow{ApplicationID: a.ID, Act: act, Arguments: plain, ActorID: actor.ID, DecidedAt: now, AnnouncedAt: &at}
	if minutes == 0 {
		d.DoneAt = &now
		if err := s.carryOut(ctx, actor, d, a); err != nil {
			return err
		}
		return s.db.With(ctx).Create(&d).Error
	}
	if err := s.rehearse(ctx, actor, d, a, nil); err != nil {
		return err
	}
	if err := s.keepDecision(ctx, actor, &d); err != nil {
		return err
	}
	return s.db.EnqueueAt(ctx, AnnounceDecision{DecisionID: d.ID}, at)
}

// keepDecision writes down a decision that waits.
func (s *Store) keepDecision(ctx context.Context, actor User, d *DecisionRow) error {
	if err := s.db.With(ctx).Create(d).Error; err != nil {
		return err
	}
	if err := s.deskEvent(ctx, actor, d.ApplicationID, DeskDecided, d.Act); err != nil {
		return err
	}
	// Without the person's id: their copy of what was done would show it before its time.
	return s.db.Audit(ctx, actor, record.Act{
		Action: "decided", SubjectKind: "decision", SubjectID: d.ID, Detail: map[string]any{"act": d.Act},
	})
}

// refuseDecided refuses what must not happen to a locked application while a decision about it waits.
func (s *Store) refuseDecided(ctx context.Context, a Application) error {
	d, err := s.pendingDecision(ctx, a.ID)
	if err != nil || d == nil {
		return err
	}
	return ErrDecided
}

// pendingDecision is the decision about an application that waits to be announced, nil for none.
func (s *Store) pendingDecision(ctx context.Context, applicationID int64) (*DecisionRow, error) {
	var list []DecisionRow
	err := s.db.With(ctx).Where("application_id = ? AND "+openDecision, applicationID).Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// carryOut makes the step that a decision stands for. The application must have been locked by lockSeat.
func (s *Store) carryOut(ctx context.Context, actor User, d DecisionRow, a Application) error {
	switch d.Act {
	case actVerify, actAskFix, actRefuse:
		var o Decision
		if err := json.Unmarshal(d.Arguments, &o); err != nil {
			return fmt.Errorf("decision %d: %w", d.ID, err)
		}
		return s.decideApplication(ctx, actor, a, o)
	}
	if d.Act == actRecord {
		return s.carryOutRecord(ctx, actor, d, a)
	}
	return fmt.Errorf("decision %d: unknown act %q", d.ID, d.Act)
}

// errRehearsed takes a rehearsal back.
var errRehearsed = errors.New("rehearsed")

// rehearse carries a decision out and takes that back: it gives what would refuse it. look may read what would be.
func (s *Store) rehearse(ctx context.Context, actor User, d DecisionRow, a Application, look func() error) error {
	err := s.db.Try(ctx, func() error {
		if err := s.carryOut(ctx, actor, d, a); err != nil {
			return err
		}
		if look != nil {
			if err := look(); err != nil {
				return err
			}
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// Announce carries out a decision whose time has come, once, however often it is called. *record.TooEarly says
// that it has to wait longer. A decision that was recalled or has ended stays as it is.
func (s *Store) Announce(ctx context.Context, decisionID int64) error {
	return s.transact(ctx, fmt.Sprintf("announce decision %d", decisionID), func(tx *Store) error {
		d, a, err := tx.lockDecision(ctx, "id = ?", decisionID)
		if errors.Is(err, ErrNotFound) {
			return nil // its application is gone
		}
		if err != nil || !d.open() || d.AnnouncedAt == nil {
			return err
		}
		if wait := d.AnnouncedAt.Sub(tx.db.Now()); wait > 0 {
			return &record.TooEarly{Wait: wait}
		}
		return tx.announce(ctx, d, a)
	})
}

func (s *Store) announce(ctx context.Context, d DecisionRow, a Application) error {
	actor, err := s.User(ctx, d.ActorID)
	if err != nil {
		return err
	}
	at := d.AnnouncedAt
	if at == nil {
		now := s.db.Now()
		at = &now
	}
	ended := map[string]any{"done_at": s.db.Now(), "announced_at": at}
	err = s.db.Try(ctx, func() error { return s.carryOut(ctx, actor, d, a) })
	if record.IsRefusal(err) {
		why := ErrNotNow.Key
		if list := record.RefusalsIn(err); len(list) > 0 {
			why = list[0].Key
		}
		ended = map[string]any{"void_at": s.db.Now(), "void_why": why, "announced_at": at}
		err = s.deskEvent(ctx, SystemUser, a.ID, DeskVoid, why)
	}
	if err != nil {
		return err
	}
	return s.db.With(ctx).Model(&DecisionRow{}).Where("id = ?", d.ID).Updates(ended).Error
}

// AnnounceDue carries out decisions whose own job was lost, some in each step.
func (s *Store) AnnounceDue(ctx context.Context) (more bool, err error) {
	due := s.db.With(ctx).Model(&DecisionRow{}).Where("announced_at <= ? AND "+openDecision, s.db.Now())
	return s.act(ctx, "announce_decisions", due, func(id int64) error { return s.Announce(ctx, id) })
}

// lockDecision takes the rows of a decision: its intake, its application and then itself.
func (s *Store) lockDecision(ctx context.Context, which string, args ...any) (DecisionRow, Application, error) {
	var d DecisionRow
	if err := s.db.With(ctx).Where(which, args...).Take(&d).Error; err != nil {
		return d, Application{}, err
	}
	_, a, err := s.lockSeat(ctx, d.ApplicationID, 0)
	if err != nil {
		return d, a, err
	}
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&d, "id = ?", d.ID).Error
	return d, a, err
}

// deskEvents lists what happened to an application inside the desk, newest first.
func (s *Store) deskEvents(ctx context.Context, a Application) (list []DeskEvent, err error) {
	err = s.db.With(ctx).Model(&DeskEvent{}).
		Select("desk_events.*, coalesce((SELECT u.name FROM users u WHERE u.id = actor_id), '') AS actor_name").
		Where("application_id = ?", a.ID).Order("id DESC").Limit(100).Scan(&list).Error
	return list, err
}
