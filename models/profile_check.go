package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// The refusals of checking.
var (
	ErrCheckUnknown = &Refusal{Key: "review.check_unknown"}
	ErrNIKTaken     = &Refusal{Key: "review.nik_taken", Field: CheckNIK}
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

// CheckedFields are compared with the KTP, in this order.
var CheckedFields = []string{CheckNIK, CheckName, CheckBirthDate, CheckKTPAddress}

// CheckIdentity records that the acting officer compared fields of the file's person with the KTP, all of them or
// none; what is refused is refused at its field. A NIK that was found right becomes that person's; it can be
// one person's only.
func (s *Store) CheckIdentity(ctx context.Context, officer User, ref string, fields ...CheckInput) error {
	var unknown []error
	for _, in := range fields {
		if !slices.Contains(CheckedFields, in.Field) {
			unknown = append(unknown, &Refusal{Key: ErrCheckUnknown.Key, Field: in.Field})
		}
	}
	if len(unknown) > 0 {
		return errors.Join(unknown...)
	}
	err := s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		if err := errors.Join(a.takenBy(officer), tx.refuseDecided(ctx, a)); err != nil {
			return err
		}
		for _, in := range fields {
			if err := tx.checkField(ctx, officer, a.SeekerID, in); err != nil {
				return err
			}
		}
		return nil
	})
	if record.Violates(err, "profiles_nik_verified") || record.Violates(err, "profiles_nik_next_verified") {
		return ErrNIKTaken
	}
	return err
}

// checkField records one of them.
func (s *Store) checkField(ctx context.Context, officer User, seekerID int64, in CheckInput) error {
	if err := s.supersede(ctx, seekerID, in.Field); err != nil {
		return err
	}
	check := IdentityCheck{
		UserID: seekerID, Field: in.Field, Outcome: "checked", SeenName: strings.TrimSpace(in.SeenName),
		Note: strings.TrimSpace(in.Note), OfficerID: officer.ID, At: s.db.Now(),
	}
	if in.Differs {
		check.Outcome, check.SeenDate, check.SeenRegency = "differs", in.SeenDate, in.SeenRegency
	}
	if err := s.db.With(ctx).Omit("ID").Create(&check).Error; err != nil {
		return err
	}
	if in.Field == CheckNIK {
		err := s.db.With(ctx).Model(&Profile{}).Where("user_id = ? AND nik_index IS NOT NULL", seekerID).
			Update("nik_verified", !in.Differs).Error
		if err != nil {
			return err
		}
	}
	return s.db.Audit(ctx, officer, record.Act{
		Action: "identity_checked", SubjectKind: "profile", SubjectID: seekerID, PersonID: seekerID,
		Detail: map[string]any{"field": in.Field, "outcome": check.Outcome},
	})
}
