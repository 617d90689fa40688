package models

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// The refusals of a reason that the findings contradict.
var (
	ErrContradicts    = &Refusal{Key: "review.contradicts", Field: "despite"}
	ErrSecondOfficer  = &Refusal{Key: "review.second_officer", Field: "despite"}
	ErrOwnAgreement   = &Refusal{Key: "review.own_agreement", Field: "agree_reason"}
	ErrAgreeReason    = &Refusal{Key: "review.reason_missing", Field: "agree_reason"}
	ErrAgreementEmpty = &Refusal{Key: "review.agreement_why", Field: "agree_why"}
)

// contradicts says whether the findings say that a requirement is met, or is not asked for, of which a reason says
// that it is not met. What is not known contradicts nothing.
func contradicts(requirement string, found []Requirement) bool {
	code, _, _ := strings.Cut(requirement, "_")
	i := slices.IndexFunc(found, func(r Requirement) bool { return r.Code == code })
	if i < 0 {
		return true
	}
	r := found[i]
	switch {
	case r.Met == MetUnknown:
		return false
	case requirement == "age_min":
		return r.Age >= r.AgeMin
	case requirement == "age_max":
		return r.AgeMax == 0 || r.Age <= r.AgeMax
	}
	return r.Met == MetYes
}

// mayContradict refuses a reason that the findings contradict, unless the officer says so knowingly and a second one
// agreed to it since the file was sent last.
func (s *Store) mayContradict(ctx context.Context, officer User, a Application, d Decision) error {
	var requirements []string
	err := s.db.With(ctx).Raw("SELECT requirement FROM reason_requirements WHERE code = ?", d.Reason).Scan(&requirements).Error
	if err != nil || len(requirements) == 0 {
		return err
	}
	found, err := s.findings(ctx, a)
	switch {
	case err != nil:
		return err
	case !contradicts(requirements[0], found):
		return nil
	case !d.Despite:
		return ErrContradicts
	}
	var agreed int64
	err = s.db.With(ctx).Model(&DeskEvent{}).Where("application_id = ? AND what = ? AND actor_id <> ?", a.ID, DeskAgreed, officer.ID).
		Where("split_part(note, E'\\n', 1) = ? AND at >= ?", d.Reason, a.SubmittedAt).Count(&agreed).Error
	if err == nil && agreed == 0 {
		return ErrSecondOfficer
	}
	return err
}

// needsSecond says of the application whose row is a whether who has it waits for a second officer to agree to a refusal.
var needsSecond = `(a.state = 'in_review'
	AND EXISTS (SELECT 1
		FROM desk_events asked
		WHERE asked.application_id = a.id
			AND asked.what = 'asked'
			AND asked.actor_id = a.assignee_id
			AND asked.at >= a.submitted_at
			AND NOT EXISTS (SELECT 1
				FROM desk_events agreed
				WHERE agreed.application_id = a.id
					AND agreed.what = 'agreed'
					AND agreed.actor_id <> asked.actor_id
					AND split_part(agreed.note, E'\n', 1) = asked.note
					AND agreed.at >= a.submitted_at))
	AND NOT EXISTS (SELECT 1
		FROM decisions
		WHERE application_id = a.id
			AND ` + openDecision + `))`

// askSecond goes on with what became of a decision. One that needs a second officer is written down, once for each
// reason, so that colleagues find it in the queue; it was refused, so this is an act of its own.
func (s *Store) askSecond(ctx context.Context, officer User, ref, reason string, refused error) error {
	if !errors.Is(refused, ErrSecondOfficer) {
		return refused
	}
	err := s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		var asked int64
		err := tx.db.With(ctx).Model(&DeskEvent{}).Where("application_id = ? AND what = ? AND actor_id = ?", a.ID, DeskAsked, officer.ID).
			Where("note = ? AND at >= ?", reason, a.SubmittedAt).Count(&asked).Error
		if err != nil || asked > 0 || a.takenBy(officer) != nil {
			return err
		}
		return tx.deskEvent(ctx, officer, a.ID, DeskAsked, reason)
	})
	if err != nil {
		return err
	}
	return refused
}

// findings are the requirements of an application as they stand by what officers have seen.
func (s *Store) findings(ctx context.Context, a Application) ([]Requirement, error) {
	whole, err := s.wholeProfile(ctx, a.SeekerID)
	if err != nil {
		return nil, err
	}
	var in Intake
	if err := s.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
		return nil, err
	}
	o, err := s.offerOf(ctx, in)
	if err != nil {
		return nil, err
	}
	candidate, err := s.candidateOf(ctx, whole)
	return candidate.Requirements(o.Terms()), err
}

// Agree says for a second officer that a colleague may refuse a file for a reason that the findings contradict, and
// why. It stands in the desk's history.
func (s *Store) Agree(ctx context.Context, officer User, ref, reason, why string) error {
	why = strings.TrimSpace(why)
	return s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		known, err := tx.reasonKnown(ctx, reason, "not_eligible")
		switch {
		case err != nil:
			return err
		case a.State != InReview:
			return ErrNotTaken
		case a.takenBy(officer) == nil:
			return ErrOwnAgreement
		case !known:
			return ErrAgreeReason
		case why == "":
			return ErrAgreementEmpty
		}
		return tx.deskEvent(ctx, officer, a.ID, DeskAgreed, reason+"\n"+why)
	})
}
