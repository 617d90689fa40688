package models

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// The refusals around going to a later intake.
var (
	ErrDeferWhy      = &Refusal{Key: "defer.why", Field: "text"}
	ErrDeferWhyLong  = &Refusal{Key: "defer.why_long", Field: "text"}
	ErrDeferIntake   = &Refusal{Key: "defer.intake", Field: "intake"}
	ErrDeferReserves = &Refusal{Key: "defer.reserves", Field: "intake"}
	ErrDeferFull     = &Refusal{Key: "defer.full", Field: "intake"}
	ErrDeferOpen     = &Refusal{Key: "defer.open"}
	ErrDeferBegun    = &Refusal{Key: "defer.begun"}
	ErrDeferOver     = &Refusal{Key: "defer.over"}
)

// DeferWhyMost is how many letters the reason has at most for which somebody goes to a later intake.
const DeferWhyMost = 500

// deferrableStates are those of people who have a seat or wait for one.
var deferrableStates = stateList{Accepted, Reserve, Enrolled}

// Deferrable says whether somebody in this state may still go to a later intake, as long as the course has not begun.
func (s ApplicationState) Deferrable() bool { return deferrableStates.has(s) }

// How a deferral ends.
const (
	deferMoved     = "moved"
	deferDeclined  = "declined"   // by the person, who had asked or was offered
	deferTakenBack = "taken_back" // by the institution
	deferLapsed    = "lapsed"
	deferLeft      = "left" // the application came to its end before
)

// Deferral is that somebody goes to a later intake of their programme, or might. From the offer on their seat there is
// promised, until they take it or the offer ends.
type Deferral struct {
	ID            int64
	ApplicationID int64
	FromIntakeID  int64
	IntakeID      *int64     // nil: none was offered yet
	AskedAt       *time.Time // nil: the institution began it
	AskedWhy      string
	OfferedAt     *time.Time
	OfferedBy     *int64
	OfferedWhy    string
	ConfirmBy     *time.Time
	EndedAt       *time.Time
	EndedAs       string
	EndedBy       *int64
	EndedWhy      string
	To            Intake `gorm:"-"` // what is offered, for pages
}

// Offered says whether there is an offer that the person can take or not.
func (d Deferral) Offered() bool { return d.OfferedAt != nil }

// AskDeferral asks the institution of the acting seeker's application for a later intake. Twice is no error.
func (s *Store) AskDeferral(ctx context.Context, actor User, ref, why string) error {
	why, err := deferWhy(why)
	if err != nil {
		return err
	}
	return s.transact(ctx, "ask for a later intake", func(tx *Store) error {
		id, err := tx.ownApplicationID(ctx, actor, ref)
		if err != nil {
			return err
		}
		in, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		open, err := tx.openDeferral(ctx, a.ID)
		switch {
		case err != nil:
			return err
		case open != nil && !open.Offered():
			return nil // the second press
		case open != nil:
			return ErrDeferOpen
		}
		if err := tx.refuseLeaving(in, a); err != nil {
			return err
		}
		now := tx.db.Now()
		d := Deferral{ApplicationID: a.ID, FromIntakeID: in.ID, AskedAt: &now, AskedWhy: why}
		if err := tx.db.With(ctx).Create(&d).Error; err != nil {
			return err
		}
		if err := tx.move(ctx, actor, &a, step{to: a.State, kind: EventDeferAsked, note: why}); err != nil {
			return err
		}
		return tx.tellDeferral(ctx, in, a)
	})
}

// OfferDeferral offers an applicant of the acting staff's institution a seat in a later intake of the same programme. It is
// theirs until they answer or the time for that is over.
func (s *Store) OfferDeferral(ctx context.Context, actor User, ref, intakeRef string, version int, why string) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	why, err := deferWhy(why)
	if err != nil {
		return err
	}
	return s.transact(ctx, "offer a later intake", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		to, err := tx.laterIntake(ctx, id, intakeRef)
		if err != nil {
			return err
		}
		from, there, a, err := tx.lockDeferral(ctx, id, to, version)
		if err != nil {
			return err
		}
		d, err := tx.openDeferral(ctx, a.ID)
		switch {
		case err != nil:
			return err
		case d != nil && d.Offered():
			return ErrDeferOpen
		case d == nil:
			d = &Deferral{ApplicationID: a.ID, FromIntakeID: from.ID}
		}
		if err := tx.refuseDeferral(ctx, from, there, a); err != nil {
			return err
		}
		if err := tx.refuseReservesWaiting(ctx, there); err != nil {
			return err
		}
		by, err := tx.deferBy(ctx, from, a)
		if err != nil {
			return err
		}
		now := tx.db.Now()
		d.IntakeID, d.OfferedAt, d.OfferedBy, d.OfferedWhy, d.ConfirmBy = &there.ID, &now, &actor.ID, why, &by
		if err := tx.db.With(ctx).Save(d).Error; err != nil {
			return err
		}
		return tx.move(ctx, actor, &a, step{to: a.State, kind: EventDeferOffered, note: why, until: &by, notice: "application_defer_offered"})
	})
}

// ConfirmDeferral takes the seat in a later intake that the acting seeker was offered: here the seat is free, there it is
// held for them until they enrol. Twice is no error.
func (s *Store) ConfirmDeferral(ctx context.Context, actor User, ref string) error {
	err := s.transact(ctx, "go to a later intake", func(tx *Store) error {
		id, err := tx.ownApplicationID(ctx, actor, ref)
		if err != nil {
			return err
		}
		last, err := tx.lastDeferral(ctx, id)
		switch {
		case err != nil:
			return err
		case last == nil:
			return ErrNotNow
		case last.EndedAs == deferMoved:
			return nil // the second press
		case last.IntakeID == nil || last.EndedAt != nil:
			return ErrDeferOver
		}
		from, there, a, err := tx.lockDeferral(ctx, id, *last.IntakeID, 0)
		if err != nil {
			return err
		}
		d, err := tx.openDeferral(ctx, a.ID) // again: it may have ended while we waited
		switch {
		case err != nil:
			return err
		case d == nil || d.ID != last.ID || tx.db.Now().After(*d.ConfirmBy):
			return ErrDeferOver
		}
		if err := tx.refuseDeferral(ctx, from, there, a); err != nil {
			return err
		}
		return tx.moveLater(ctx, actor, from, there, a, *d)
	})
	if record.Violates(err, "applications_one_live") {
		return ErrOtherLive
	}
	return err
}

// moveLater makes the move itself. History, certificates and what was checked stay with the application.
func (s *Store) moveLater(ctx context.Context, actor User, from, there Intake, a Application, d Deferral) error {
	by, err := s.enrolBy(ctx, there)
	if err != nil {
		return err
	}
	if err := s.endDeferral(ctx, actor, d, deferMoved, ""); err != nil {
		return err
	}
	hadSeat := a.TakesSeat()
	err = s.move(ctx, actor, &a, step{
		to: Accepted, kind: EventDeferred, note: d.OfferedWhy, until: &by, notice: "application_deferred_to",
		set: map[string]any{
			"intake_id": there.ID, "enrol_by": by, "confirmed_at": nil, "session_id": nil, "session_number": nil,
			"passed_over_at": nil, "passed_over_reason": "",
		},
	})
	if err != nil {
		return err
	}
	if err := s.tellDeferral(ctx, from, a); err != nil || !hadSeat {
		return err
	}
	return s.promoteReserve(ctx, from)
}

// DeclineDeferral is the acting seeker's no: to the offer, or to what they asked for. Twice is no error.
func (s *Store) DeclineDeferral(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "stay in the intake", func(tx *Store) error {
		id, err := tx.ownApplicationID(ctx, actor, ref)
		if err != nil {
			return err
		}
		in, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		ended, err := tx.stay(ctx, actor, a, deferDeclined, "", "")
		switch {
		case err != nil:
			return err
		case !ended:
			return tx.endedBefore(ctx, a, deferDeclined)
		}
		return tx.tellDeferral(ctx, in, a)
	})
}

// TakeBackDeferral is the acting staff's: an offer that was not taken yet is none any more, and what the person asked for
// is refused. They read why.
func (s *Store) TakeBackDeferral(ctx context.Context, actor User, ref, why string) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	why, err := deferWhy(why)
	if err != nil {
		return err
	}
	return s.transact(ctx, "take back a later intake", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		_, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		ended, err := tx.stay(ctx, actor, a, deferTakenBack, why, "application_defer_ended")
		if err != nil || ended {
			return err
		}
		return tx.endedBefore(ctx, a, deferTakenBack)
	})
}

// ExpireDeferrals lets offers lapse that nobody answered in time, some in each step.
func (s *Store) ExpireDeferrals(ctx context.Context) (more bool, err error) {
	overdue := s.db.With(ctx).Model(&Deferral{}).Where("ended_at IS NULL AND confirm_by < ?", s.db.Now())
	return s.act(ctx, "expire_deferrals", overdue, func(id int64) error {
		return s.transact(ctx, fmt.Sprintf("lapse deferral %d", id), func(tx *Store) error {
			var d Deferral
			if err := tx.db.With(ctx).Take(&d, "id = ?", id).Error; err != nil {
				return err
			}
			_, a, err := tx.lockSeat(ctx, d.ApplicationID, 0)
			if err != nil {
				return err
			}
			open, err := tx.openDeferral(ctx, a.ID)
			if err != nil || open == nil || open.ID != id {
				return err // answered while we looked
			}
			_, err = tx.stay(ctx, SystemUser, a, deferLapsed, "", "application_defer_ended")
			if record.IsRefusal(err) {
				return nil // its course does not take place; that ends it
			}
			return err
		})
	})
}

// stay ends what is open, so that the application goes on where it is; ended says whether there was anything.
func (s *Store) stay(ctx context.Context, actor User, a Application, as, why, notice string) (ended bool, err error) {
	d, err := s.openDeferral(ctx, a.ID)
	if err != nil || d == nil {
		return false, err
	}
	if err := s.endDeferral(ctx, actor, *d, as, why); err != nil {
		return false, err
	}
	return true, s.move(ctx, actor, &a, step{to: a.State, kind: EventDeferEnded, note: why, notice: notice})
}

// endedBefore is the answer where nothing is open any more: none to the second press, and a refusal where it ended otherwise, as by
// a seat that was taken meanwhile.
func (s *Store) endedBefore(ctx context.Context, a Application, as string) error {
	last, err := s.lastDeferral(ctx, a.ID)
	if err == nil && (last == nil || last.EndedAs != as) {
		err = ErrNotNow
	}
	return err
}

func (s *Store) endDeferral(ctx context.Context, actor User, d Deferral, as, why string) error {
	return s.db.With(ctx).Model(&Deferral{}).Where("id = ? AND ended_at IS NULL", d.ID).Updates(map[string]any{
		"ended_at": s.db.Now(), "ended_as": as, "ended_by": actorID(actor), "ended_why": why,
	}).Error
}

// leaveDeferral ends what is open of an application that comes to its end by another way.
func (s *Store) leaveDeferral(ctx context.Context, actor User, a Application) error {
	d, err := s.openDeferral(ctx, a.ID)
	if err != nil || d == nil {
		return err
	}
	return s.endDeferral(ctx, actor, *d, deferLeft, "")
}

// tellDeferral tells the institution what the person asked or answered.
func (s *Store) tellDeferral(ctx context.Context, in Intake, a Application) error {
	var institution int64
	err := s.db.With(ctx).Model(&Programme{}).Where("id = ?", in.ProgrammeID).Pluck("institution_id", &institution).Error
	if err != nil {
		return err
	}
	return s.tellTeam(ctx, teamNews{
		Institution: institution, Topic: NewsApplicants, Key: fmt.Sprintf("defer_news:%d:%d", a.ID, a.Version), Template: "defer_news",
		Data: map[string]string{"Ref": a.Ref, "Path": urls.ManageApplicant(a.Ref)},
	})
}

func deferWhy(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case text == "":
		return "", ErrDeferWhy
	case utf8.RuneCountInString(text) > DeferWhyMost:
		return "", ErrDeferWhyLong
	}
	return text, nil
}
