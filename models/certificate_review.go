package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of checking certificates.
var (
	ErrMethodMissing       = &Refusal{Key: "review.method_missing", Field: "method"}
	ErrReturnReason        = &Refusal{Key: "review.return_reason", Field: "reason"}
	ErrCertificateNow      = &Refusal{Key: "review.certificate_not_now"}
	ErrCertificateEnded    = &Refusal{Key: "review.certificate_ended"}
	ErrCertificateNotWhole = &Refusal{Key: "review.not_whole"}
	ErrCertificateGone     = &Refusal{Key: "review.certificate_gone"}
	ErrReasonNote          = &Refusal{Key: "review.reason_note", Field: "note"}
	ErrConfirmedFuture     = &Refusal{Key: "review.confirmed_future", Field: "confirmed"}
	ErrConfirmedOld        = &Refusal{Key: "review.confirmed_old", Field: "confirmed"}
	ErrConfirmedEarly      = &Refusal{Key: "review.confirmed_early", Field: "confirmed"}
	ErrRecheckFar          = &Refusal{Key: "review.recheck_far", Field: "recheck"}
	ErrRecheckPast         = &Refusal{Key: "review.recheck_past", Field: "recheck"}
)

// CertificateMethods are the ways in which an officer verifies a certificate (domain.md section 7).
var CertificateMethods = []string{"qr", "issuer_site", "email", "original_seen"}

// recheckYearsMost is how far ahead an officer may set the day to look at a certificate again: no
// certificate with an end lasts longer.
const recheckYearsMost = 10

// certificateSteps are the decisions that an officer can take from each state. A verified certificate
// can be verified again: that is how it passes its re-verification. What was returned or rejected by
// mistake can be decided otherwise, and a suspended one that its owner opened again stays the officers'
// to decide.
var certificateSteps = map[CertificateState][]CertificateState{
	CertificateSubmitted: {CertificateVerified, CertificateNeedsFix, CertificateRejected},
	CertificateChecking:  {CertificateVerified, CertificateNeedsFix, CertificateRejected},
	CertificateVerified:  {CertificateVerified, CertificateNeedsFix, CertificateRejected, CertificateSuspended},
	CertificateSuspended: {CertificateVerified, CertificateNeedsFix, CertificateRejected},
	CertificateNeedsFix:  {CertificateVerified, CertificateRejected},
	CertificateRejected:  {CertificateVerified, CertificateNeedsFix},
}

// CanBecome says whether an officer can decide so from here.
func (s CertificateState) CanBecome(to CertificateState) bool {
	return slices.Contains(certificateSteps[s], to)
}

// CertificateReasons are the lists of reasons that belong to a decision, each a kind of ReasonCode.
// A return may also give a reason for a whole file that names a certificate.
var CertificateReasons = map[CertificateState][]string{
	CertificateNeedsFix:  {"certificate_needs_fix", "needs_fix"},
	CertificateRejected:  {"certificate_rejected"},
	CertificateSuspended: {"certificate_suspended"},
}

// CertificateDecision is what an officer decides about a certificate. Method belongs to
// CertificateVerified, Reason to the others. Version is what the officer saw, 0 when it does not matter.
type CertificateDecision struct {
	Outcome   CertificateState
	Version   int
	Method    string
	Confirmed *time.Time // day of the last signature, where the type asks for one every so many months
	Recheck   *time.Time // day by which officers look at it again, nil for none
	Reason    string
	Note      string
}

// TakeNextCertificate gives the certificate that waits longest to the acting officer and returns its
// reference; ErrNotFound says that none waits. Two officers at once get two.
func (s *Store) TakeNextCertificate(ctx context.Context, officer User) (ref string, err error) {
	if officer.Role != Officer {
		return "", ErrForbidden
	}
	err = s.transact(ctx, "take next certificate", func(tx *Store) error {
		var c Certificate
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
			Where("state = ? AND deleted_at IS NULL", CertificateSubmitted).Order("submitted_at, id").Take(&c).Error
		if err != nil {
			return err
		}
		ref = c.Ref
		return tx.takeCertificate(ctx, officer, c)
	})
	return ref, err
}

// NextCertificate is the one that the acting officer works on next: the oldest that they have taken already,
// else the one that TakeNextCertificate gives them.
func (s *Store) NextCertificate(ctx context.Context, officer User) (ref string, err error) {
	var c Certificate
	err = s.certificateOrder(ctx, officer, CertificatesMine).where.Order("c.submitted_at, c.id").Take(&c).Error
	if errors.Is(err, ErrNotFound) {
		return s.TakeNextCertificate(ctx, officer)
	}
	return c.Ref, err
}

// TakeCertificate gives a waiting certificate to the acting officer. One that a colleague has is
// taken over: a certificate has no other officer to wait for.
func (s *Store) TakeCertificate(ctx context.Context, officer User, ref string, version int) error {
	return s.withAnyCertificate(ctx, officer, ref, version, func(tx *Store, c Certificate) error {
		if c.State == CertificateChecking && c.heldBy(officer) {
			return nil
		}
		if c.State != CertificateSubmitted && c.State != CertificateChecking {
			return ErrCertificateNow
		}
		return tx.takeCertificate(ctx, officer, c)
	})
}

// takeCertificate gives a locked certificate to an officer.
func (s *Store) takeCertificate(ctx context.Context, officer User, c Certificate) error {
	if err := s.setCertificate(ctx, c, map[string]any{"state": CertificateChecking, "officer_id": officer.ID}); err != nil {
		return err
	}
	_, err := s.certificateEvent(ctx, officer, c, CertificateEvent{ToState: CertificateChecking})
	return err
}

// ReleaseCertificate puts a certificate that the acting officer has back among those that wait, at its old
// place. ErrTaken says that a colleague has it.
func (s *Store) ReleaseCertificate(ctx context.Context, officer User, ref string) error {
	return s.withAnyCertificate(ctx, officer, ref, 0, func(tx *Store, c Certificate) error {
		switch {
		case c.State == CertificateSubmitted:
			return nil // the second press of the same button
		case c.State != CertificateChecking:
			return ErrCertificateNow
		case !c.heldBy(officer):
			return ErrTaken
		}
		return tx.releaseCertificate(ctx, officer, c)
	})
}

func (s *Store) releaseCertificate(ctx context.Context, actor User, c Certificate) error {
	if err := s.setCertificate(ctx, c, map[string]any{"state": CertificateSubmitted, "officer_id": nil}); err != nil {
		return err
	}
	_, err := s.certificateEvent(ctx, actor, c, CertificateEvent{ToState: CertificateSubmitted})
	return err
}

func (c Certificate) heldBy(officer User) bool {
	return c.OfficerID != nil && *c.OfficerID == officer.ID
}

// DecideCertificate records the acting officer's decision and tells the owner of it.
// ErrStale says that the certificate changed since the officer saw it, ErrTaken that a colleague has it.
func (s *Store) DecideCertificate(ctx context.Context, officer User, ref string, d CertificateDecision) error {
	return s.withAnyCertificate(ctx, officer, ref, d.Version, func(tx *Store, c Certificate) error {
		event, err := tx.decideCertificate(ctx, officer, c, d)
		if err != nil {
			return err
		}
		return tx.tellDecision(ctx, c, d.Outcome, event)
	})
}

// withAnyCertificate runs f over a locked certificate that was sent to officers, whoever owns it.
// ErrCertificateGone says that its owner deleted it.
func (s *Store) withAnyCertificate(
	ctx context.Context, officer User, ref string, version int, f func(tx *Store, c Certificate) error,
) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "review certificate", func(tx *Store) error {
		var c Certificate
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Where("ref = ? AND state <> ?", ref, CertificateDraft).Take(&c).Error
		if err != nil {
			return err
		}
		if c.DeletedAt != nil {
			return ErrCertificateGone
		}
		if version != 0 && c.Version != version {
			return ErrStale
		}
		return f(tx, c)
	})
}

// decideCertificate writes the decision about a locked certificate and returns the event's id.
func (s *Store) decideCertificate(ctx context.Context, officer User, c Certificate, d CertificateDecision) (event int64, err error) {
	if !c.State.CanBecome(d.Outcome) {
		return 0, ErrCertificateNow
	}
	if c.State == CertificateChecking && !c.heldBy(officer) {
		return 0, ErrTaken
	}
	d.Note = strings.TrimSpace(d.Note)
	set := map[string]any{
		"state": d.Outcome, "officer_id": officer.ID, "decided_at": s.db.Now(),
		"method": d.Method, "reason_code": d.Reason, "note": d.Note,
	}
	if d.Outcome == CertificateVerified {
		set["reason_code"], d.Reason = "", ""
		set["taken_away_at"], set["taken_away_as"] = nil, ""
		if !slices.Contains(CertificateMethods, d.Method) {
			return 0, ErrMethodMissing
		}
		if c.Expired(s.db.Now()) {
			return 0, ErrCertificateEnded
		}
		if c.Editable() { // its owner may be in the middle of changing it
			err := s.wholeCertificate(ctx, c)
			if _, lacks := errors.AsType[*Refusal](err); lacks {
				return 0, ErrCertificateNotWhole
			}
			if err != nil {
				return 0, err
			}
		}
		if err := s.confirm(ctx, c, d, set); err != nil {
			return 0, err
		}
	} else {
		set["method"], d.Method, d.Confirmed, d.Recheck = "", "", nil, nil
		if err := s.reasonGiven(ctx, d); err != nil {
			return 0, err
		}
	}
	if d.Outcome == CertificateSuspended || d.Outcome == CertificateRejected {
		set["taken_away_at"], set["taken_away_as"] = s.db.Now(), d.Outcome
	}
	if err := s.setCertificate(ctx, c, set); err != nil {
		return 0, err
	}
	event, err = s.certificateEvent(ctx, officer, c, CertificateEvent{
		ToState: d.Outcome, Method: d.Method, ReasonCode: d.Reason, Note: d.Note,
		ConfirmedOn: d.Confirmed, RecheckOn: d.Recheck,
	})
	if err != nil || d.Outcome == CertificateVerified {
		return event, err
	}
	return event, s.rememberSeen(ctx, c.ID, event)
}

// reasonGiven wants a reason that holds today for what is not verified, with a note where it says nothing alone.
func (s *Store) reasonGiven(ctx context.Context, d CertificateDecision) error {
	reason, err := s.reason(ctx, d.Reason, CertificateReasons[d.Outcome]...)
	switch {
	case err != nil:
		return err
	case reason == nil:
		return ErrReturnReason
	case reason.NeedsNote && d.Note == "":
		return ErrReasonNote
	}
	return nil
}

// confirm sets when officers look at a verified certificate again. The day of the next signature
// moves on by what the type asks for, counted from the one that the officer saw. Without a signature
// that still counts nothing is verified: the certificate would prove nothing.
func (s *Store) confirm(ctx context.Context, c Certificate, d CertificateDecision, set map[string]any) error {
	if d.Recheck != nil && !d.Recheck.After(record.DayOf(s.db.Now()).Date()) {
		return ErrRecheckPast
	}
	if d.Recheck != nil && d.Recheck.After(record.DayOf(s.db.Now()).Date().AddDate(recheckYearsMost, 0, 0)) {
		return ErrRecheckFar
	}
	set["recheck_on"] = d.Recheck
	if d.Confirmed == nil {
		if c.Unconfirmed(s.db.Now()) {
			return ErrConfirmedOld
		}
		return nil
	}
	if d.Confirmed.After(record.DayOf(s.db.Now()).Date()) {
		return ErrConfirmedFuture
	}
	if c.IssuedOn != nil && d.Confirmed.Before(*c.IssuedOn) || c.ConfirmedOn != nil && d.Confirmed.Before(*c.ConfirmedOn) {
		return ErrConfirmedEarly
	}
	var t CertificateType
	if err := s.db.With(ctx).Where("code = ?", c.TypeCode).Take(&t).Error; err != nil {
		return err
	}
	if t.ConfirmEveryMonths == nil {
		return nil
	}
	due := record.DateDay(*d.Confirmed).PlusMonths(*t.ConfirmEveryMonths).Date()
	c.NextConfirmationDue = &due
	if c.Unconfirmed(s.db.Now()) {
		return ErrConfirmedOld
	}
	set["confirmed_on"], set["next_confirmation_due"] = *d.Confirmed, due
	return nil
}

// certificateEvent writes a step into the certificate's history and the audit, and returns its id.
// From, actor and time are filled in here.
func (s *Store) certificateEvent(ctx context.Context, actor User, c Certificate, e CertificateEvent) (id int64, err error) {
	e.CertificateID, e.ActorID, e.At, e.FromState = c.ID, &actor.ID, s.db.Now(), c.State
	if err := s.db.With(ctx).Omit("ID").Create(&e).Error; err != nil {
		return 0, err
	}
	return e.ID, s.db.Audit(ctx, actor, record.Act{
		Action: "certificate_" + string(e.ToState), SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		Detail: map[string]any{"from": c.State, "method": e.Method, "reason": e.ReasonCode},
	})
}
