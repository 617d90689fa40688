package models

import (
	"context"
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
