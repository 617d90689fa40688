package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"
)

// The refusals of checking.
var (
	ErrCheckUnknown   = &Refusal{Key: "review.check_unknown"}
	ErrNIKTaken       = &Refusal{Key: "review.nik_taken"}
	ErrMethodMissing  = &Refusal{Key: "review.method_missing", Field: "method"}
	ErrReturnReason   = &Refusal{Key: "review.return_reason", Field: "reason"}
	ErrCertificateNow = &Refusal{Key: "review.certificate_not_now"}
)

// CheckInput is what an officer saw on the KTP for one field. The seen values are given where the
// card says something else than the seeker.
type CheckInput struct {
	Field       string // one of the Check... constants
	Differs     bool
	SeenDate    *time.Time
	SeenRegency *string
	SeenName    string
	Note        string
}

// CheckIdentity records that the acting officer compared a field of the file's person with the
// KTP. A NIK that was found right becomes that person's; it can be one person's only.
func (s *Store) CheckIdentity(ctx context.Context, officer User, ref string, in CheckInput) error {
	if !slices.Contains([]string{CheckNIK, CheckName, CheckBirthDate, CheckKTPAddress}, in.Field) {
		return ErrCheckUnknown
	}
	err := s.withFile(ctx, officer, ref, func(tx *Store, a Application) error {
		if err := a.takenBy(officer); err != nil {
			return err
		}
		if err := tx.supersede(ctx, a.SeekerID, in.Field); err != nil {
			return err
		}
		check := IdentityCheck{UserID: a.SeekerID, Field: in.Field, Outcome: "checked", SeenName: strings.TrimSpace(in.SeenName), Note: strings.TrimSpace(in.Note), OfficerID: officer.ID, At: tx.now()}
		if in.Differs {
			check.Outcome, check.SeenDate, check.SeenRegency = "differs", in.SeenDate, in.SeenRegency
		}
		if err := tx.db.WithContext(ctx).Omit("ID").Create(&check).Error; err != nil {
			return err
		}
		if in.Field == CheckNIK {
			err := tx.db.WithContext(ctx).Model(&Profile{}).Where("user_id = ? AND nik_index IS NOT NULL", a.SeekerID).Update("nik_verified", !in.Differs).Error
			if err != nil {
				return err
			}
		}
		return tx.audit(ctx, officer, act{Action: "identity_checked", SubjectKind: "profile", SubjectID: a.SeekerID, PersonID: a.SeekerID,
			Detail: map[string]any{"field": in.Field, "outcome": check.Outcome}})
	})
	if violates(err, "profiles_nik_verified") {
		return ErrNIKTaken
	}
	return err
}

// CertificateMethods are the ways in which an officer verifies a certificate (domain.md section 7).
var CertificateMethods = []string{"qr", "issuer_site", "email", "original_seen"}

// CertificateDecision is what an officer decides about a certificate. Method belongs to
// CertificateVerified, Reason to the others. Version is what the officer saw, 0 when it does not matter.
type CertificateDecision struct {
	Outcome CertificateState // CertificateVerified, CertificateNeedsFix or CertificateRejected
	Version int
	Method  string
	Reason  string
	Note    string
}

// DecideCertificate records the acting officer's decision about a certificate that waits.
func (s *Store) DecideCertificate(ctx context.Context, officer User, ref string, d CertificateDecision) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, func(tx *Store) error {
		var c Certificate
		if err := tx.db.WithContext(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("ref = ? AND deleted_at IS NULL AND state <> ?", ref, CertificateDraft).Take(&c).Error; err != nil {
			return err
		}
		if d.Version != 0 && c.Version != d.Version {
			return ErrStale
		}
		return tx.decideCertificate(ctx, officer, c, d)
	})
}

func (s *Store) decideCertificate(ctx context.Context, officer User, c Certificate, d CertificateDecision) error {
	if c.State != CertificateSubmitted && c.State != CertificateChecking && c.State != CertificateVerified {
		return ErrCertificateNow
	}
	set := map[string]any{"state": d.Outcome, "officer_id": officer.ID, "decided_at": s.now(), "method": d.Method, "reason_code": d.Reason, "note": strings.TrimSpace(d.Note)}
	switch d.Outcome {
	case CertificateVerified:
		if !slices.Contains(CertificateMethods, d.Method) {
			return ErrMethodMissing
		}
	case CertificateNeedsFix, CertificateRejected:
		known, err := s.returnReason(ctx, d)
		if err != nil {
			return err
		}
		if !known {
			return ErrReturnReason
		}
	default:
		return ErrCertificateNow
	}
	if err := s.setCertificate(ctx, c, set); err != nil {
		return err
	}
	e := CertificateEvent{CertificateID: c.ID, ActorID: &officer.ID, At: s.now(), FromState: c.State, ToState: d.Outcome, Method: d.Method, ReasonCode: d.Reason, Note: strings.TrimSpace(d.Note)}
	if err := s.db.WithContext(ctx).Omit("ID").Create(&e).Error; err != nil {
		return err
	}
	return s.audit(ctx, officer, act{Action: "certificate_" + string(d.Outcome), SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID, Detail: map[string]any{"method": d.Method, "reason": d.Reason}})
}

// returnReason accepts the reasons for certificates, and those for a whole file that name one.
func (s *Store) returnReason(ctx context.Context, d CertificateDecision) (bool, error) {
	kinds := []string{"certificate_rejected"}
	if d.Outcome == CertificateNeedsFix {
		kinds = []string{"certificate_needs_fix", "needs_fix"}
	}
	for _, kind := range kinds {
		known, err := s.reasonKnown(ctx, kind, d.Reason)
		if err != nil || known {
			return known, err
		}
	}
	return false, nil
}
