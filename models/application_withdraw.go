package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// The refusals of leaving and of objecting.
var (
	ErrReasonMissing  = &Refusal{Key: "application.reason_missing", Field: "reason"}
	ErrContestMissing = &Refusal{Key: "application.contest_missing", Field: "text"}
	ErrContestLong    = &Refusal{Key: "application.contest_long", Field: "text"}
	ErrContestLate    = &Refusal{Key: "application.contest_late"}
	ErrContestOnce    = &Refusal{Key: "application.contest_once"}
	ErrOtherLive      = &Refusal{Key: "application.other_live"}
)

const (
	// contestDays is how long a refusal can be contested, in calendar days (design.md section 3).
	contestDays = 7
	// ContestLength is how many letters an objection may have.
	ContestLength = 2000
)

// Withdraw ends the acting seeker's application with a reason from the list of kind withdraw; a participant leaves the
// course by it. A seat that it held goes to the next reserve, and the institution is told. Doing it twice is no error.
func (s *Store) Withdraw(ctx context.Context, actor User, ref, reason, note string) error {
	return s.transact(ctx, "withdraw application", func(tx *Store) error {
		id, err := tx.ownApplicationID(ctx, actor, ref)
		if err != nil {
			return err
		}
		in, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		if a.State == Withdrawn || a.State == Dropped {
			return nil
		}
		known, err := tx.reasonKnown(ctx, reason, "withdraw")
		if err != nil {
			return err
		}
		if !known {
			return ErrReasonMissing
		}
		return tx.leave(ctx, actor, in, a, reason, strings.TrimSpace(note))
	})
}

// leave makes the person's own last step. An institution that counts on them reads of it at once.
func (s *Store) leave(ctx context.Context, actor User, in Intake, a Application, reason, note string) error {
	st := step{to: Withdrawn, reason: reason, note: note, notice: "application_withdrawn"}
	if a.State == Enrolled {
		st.to, st.notice = Dropped, "application_left"
	}
	held := holdingStates.has(a.State)
	if err := s.freeSeat(ctx, actor, in, &a, st); err != nil || !held {
		return err
	}
	var institution int64
	err := s.db.With(ctx).Model(&Programme{}).Where("id = ?", in.ProgrammeID).Pluck("institution_id", &institution).Error
	if err != nil {
		return err
	}
	return s.tellTeam(ctx, teamNews{
		Institution: institution, Topic: NewsApplicants, Key: fmt.Sprintf("seat_left:%d:%d", a.ID, a.Version), Template: "seat_left",
		Data: map[string]string{"Ref": a.Ref, "Path": urls.ManageApplicant(a.Ref)},
	})
}

// ConfirmSeat says that the acting seeker takes the seat they were given, before they come to enrol. Who does not
// want it withdraws. Doing it twice is no error.
func (s *Store) ConfirmSeat(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "confirm seat", func(tx *Store) error {
		id, err := tx.ownApplicationID(ctx, actor, ref)
		if err != nil {
			return err
		}
		_, a, err := tx.lockSeat(ctx, id, 0)
		switch {
		case err != nil:
			return err
		case a.ConfirmedAt != nil:
			return nil
		case a.State != Accepted || a.overdue(tx.db.Now()):
			return ErrNotNow
		}
		return tx.move(ctx, actor, &a, step{to: Accepted, kind: EventConfirmed, set: map[string]any{"confirmed_at": tx.db.Now()}})
	})
}

// reasonKnown says whether a reason code of the kind holds today.
func (s *Store) reasonKnown(ctx context.Context, code string, kinds ...string) (bool, error) {
	r, err := s.reason(ctx, code, kinds...)
	return r != nil, err
}

// reason finds a reason of one of the kinds that holds today, nil when there is none.
func (s *Store) reason(ctx context.Context, code string, kinds ...string) (*ReasonCode, error) {
	for _, kind := range kinds {
		list, err := s.Reasons(ctx, kind)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(list, func(r ReasonCode) bool { return r.Code == code }); i >= 0 {
			return &list[i], nil
		}
	}
	return nil, nil
}

// ContestUntil is the last instant at which a refusal can be contested, nil when it cannot be.
func (a Application) ContestUntil() *time.Time {
	if a.State != NotEligible || a.ContestedAt != nil || a.DecidedAt == nil {
		return nil
	}
	until := record.DayOf(*a.DecidedAt).Plus(contestDays).End()
	return &until
}

// Contest objects to a refusal, once and within a week; another officer decides then.
func (s *Store) Contest(ctx context.Context, actor User, ref, text string) error {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case text == "":
		return ErrContestMissing
	case utf8.RuneCountInString(text) > ContestLength:
		return ErrContestLong
	}
	err := s.withOwnApplication(ctx, actor, ref, func(tx *Store, a Application) error {
		if a.ContestedAt != nil {
			if a.State == NotEligible {
				return ErrContestOnce
			}
			return nil // the second press
		}
		until := a.ContestUntil()
		if until == nil {
			return ErrNotNow
		}
		now := tx.db.Now()
		if now.After(*until) {
			return ErrContestLate
		}
		return tx.move(ctx, actor, &a, step{to: Submitted, note: text, notice: "application_contested",
			set: map[string]any{"contested_at": now, "contest_text": text, "submitted_at": now, "assignee_id": nil}})
	})
	if record.Violates(err, "applications_one_live") {
		return ErrOtherLive
	}
	return err
}
