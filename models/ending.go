package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

const (
	// endStep is how many applications one step of an ending leads to their end.
	endStep = 50
	// takeBack is for how long the act before an ending can be taken back: nobody is told before.
	takeBack = 10 * time.Minute
	// EndReasonMost is how many letters the reason has at most that people read.
	EndReasonMost = 500
)

// The refusals around endings.
var (
	ErrEndReason     = &Refusal{Key: "ending.reason", Field: "reason"}
	ErrEndReasonLong = &Refusal{Key: "ending.reason_long", Field: "reason"}
	ErrEndBegun      = &Refusal{Key: "ending.begun"}
)

// EndKind is why applications end without their people's doing. It is the reason code of their last event.
type EndKind string

// The kinds of ending.
const (
	EndIntakeCancelled      EndKind = "intake_cancelled"
	EndProgrammeClosed      EndKind = "programme_closed"
	EndInstitutionSuspended EndKind = "institution_suspended"
	EndInstitutionRevoked   EndKind = "institution_revoked"
)

// leadsTo is the state in which applications end. A suspension may be lifted, so it only defers.
func (k EndKind) leadsTo() ApplicationState {
	if k == EndInstitutionSuspended {
		return Deferred
	}
	return Cancelled
}

// Letter is the template of the letter that people get.
func (k EndKind) Letter() string {
	switch k {
	case EndIntakeCancelled:
		return "intake_cancelled"
	case EndInstitutionSuspended:
		return "application_deferred"
	}
	return "application_cancelled"
}

// sparesParticipants says whether people with a seat in a course that runs go on: only a cancelled intake, and an
// institution that is not recognised any more, end the course itself.
func (k EndKind) sparesParticipants() bool {
	return k == EndProgrammeClosed || k == EndInstitutionSuspended
}

// ending leads every live application to an intake, to a programme's intakes or to an institution's to its end.
// Who asks for one does not wait: from BeginsAt jobs go through the applications step by step. What ended is no
// longer live, so that a step which breaks off is simply done again. Reason is what the people read.
type ending struct {
	ID            int64
	Kind          EndKind
	IntakeID      *int64
	ProgrammeID   *int64
	InstitutionID *int64
	Reason        string
	ActorID       *int64
	At            time.Time
	BeginsAt      time.Time
}

// concerned are the live applications a that an ending leads to their end; n is their intake.
func (s *Store) concerned(ctx context.Context, e ending) *gorm.DB {
	return s.endedBy(ctx, e.Kind).Where("(n.id = ? OR p.id = ? OR p.institution_id = ?)", e.IntakeID, e.ProgrammeID, e.InstitutionID)
}

// endedBy are the live applications a, to intakes n of programmes p, that an ending of a kind leads to their end.
func (s *Store) endedBy(ctx context.Context, kind EndKind) *gorm.DB {
	q := s.db.With(ctx).Table("applications a").
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Where(endedStates.notIn("a.state"))
	if kind.sparesParticipants() {
		q = q.Where("NOT ("+holdingStates.in("a.state")+" AND n.starts_on <= ?)", record.DayOf(s.db.Now()).Date())
	}
	return q
}

// An EndPreview says, before an act that ends applications, whom it touches.
type EndPreview struct {
	Kind         EndKind
	Applications int64 // that end, and whose people get a letter
	Participants int64 // of a running course, who go on
}

// endPreview counts whom an ending would touch.
func (s *Store) endPreview(ctx context.Context, e ending) (EndPreview, error) {
	return previewOf(e.Kind, func(kind EndKind) *gorm.DB {
		e.Kind = kind
		return s.concerned(ctx, e)
	})
}

// previewOf counts, of the applications that endings of a kind concern, those that end and those that go on.
func previewOf(kind EndKind, concerned func(EndKind) *gorm.DB) (EndPreview, error) {
	v := EndPreview{Kind: kind}
	if err := concerned(kind).Count(&v.Applications).Error; err != nil {
		return v, err
	}
	if !kind.sparesParticipants() {
		return v, nil
	}
	var all int64
	err := concerned(EndIntakeCancelled).Count(&all).Error // which spares nobody
	v.Participants = all - v.Applications
	return v, err
}

// endReason is the reason as people read it; without one they would not know why.
func endReason(text string) (string, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case text == "":
		return "", ErrEndReason
	case utf8.RuneCountInString(text) > EndReasonMost:
		return "", ErrEndReasonLong
	}
	return text, nil
}

// end asks for an ending in the current transaction.
func (s *Store) end(ctx context.Context, actor User, e ending) error {
	e.ActorID, e.At = actorID(actor), s.db.Now()
	e.BeginsAt = e.At.Add(takeBack)
	if err := s.db.With(ctx).Create(&e).Error; err != nil {
		return err
	}
	return s.db.EnqueueAt(ctx, EndApplications{EndingID: e.ID}, e.BeginsAt)
}

// takeBackEnding drops the ending that where names, while it has not begun.
func (s *Store) takeBackEnding(ctx context.Context, where string, id int64) error {
	var e ending
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where(where, id).Order("id DESC").Take(&e).Error
	if errors.Is(err, ErrNotFound) || err == nil && !s.db.Now().Before(e.BeginsAt) {
		return ErrEndBegun
	}
	if err != nil {
		return err
	}
	return s.db.With(ctx).Delete(&e).Error
}

// EndNext leads the next applications of an ending to their end, each with its letter. A step is one transaction:
// whatever breaks off, everybody gets one letter.
func (s *Store) EndNext(ctx context.Context, endingID int64) (more bool, err error) {
	err = s.transact(ctx, fmt.Sprintf("end applications, ending %d", endingID), func(tx *Store) error {
		var e ending
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&e, "id = ?", endingID).Error
		if errors.Is(err, ErrNotFound) {
			more = false // taken back, or all have ended
			return nil
		}
		if err != nil {
			return err
		}
		var ids []int64
		err = tx.concerned(ctx, e).Order("n.id, a.id").Limit(endStep).Pluck("a.id", &ids).Error // each intake's lock in one order
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := tx.endOne(ctx, e, id); err != nil {
				return err
			}
		}
		if more = len(ids) == endStep; more {
			return nil
		}
		return tx.db.With(ctx).Delete(&e).Error
	})
	return more, err
}

// endOne ends one application, unless it ended by itself meanwhile. Its seat goes to nobody.
func (s *Store) endOne(ctx context.Context, e ending, id int64) error {
	_, a, err := s.lockSeat(ctx, id, 0)
	if err != nil || !a.State.Live() {
		return err
	}
	to := e.Kind.leadsTo()
	return s.move(ctx, SystemUser, &a, step{
		to: to, reason: string(e.Kind), note: e.Reason, notice: e.Kind.Letter(),
		set: map[string]any{"reason_code": string(e.Kind), "reason_text": e.Reason, "assignee_id": nil},
	})
}
