package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// The refusals of checking.
var (
	ErrCheckUnknown = &Refusal{Key: "review.check_unknown"}
	ErrNIKTaken     = &Refusal{Key: "review.nik_taken"}
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
	err := s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		if err := a.takenBy(officer); err != nil {
			return err
		}
		if err := tx.supersede(ctx, a.SeekerID, in.Field); err != nil {
			return err
		}
		check := IdentityCheck{
			UserID: a.SeekerID, Field: in.Field, Outcome: "checked", SeenName: strings.TrimSpace(in.SeenName),
			Note: strings.TrimSpace(in.Note), OfficerID: officer.ID, At: tx.db.Now(),
		}
		if in.Differs {
			check.Outcome, check.SeenDate, check.SeenRegency = "differs", in.SeenDate, in.SeenRegency
		}
		if err := tx.db.With(ctx).Omit("ID").Create(&check).Error; err != nil {
			return err
		}
		if in.Field == CheckNIK {
			err := tx.db.With(ctx).Model(&Profile{}).Where("user_id = ? AND nik_index IS NOT NULL", a.SeekerID).
				Update("nik_verified", !in.Differs).Error
			if err != nil {
				return err
			}
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "identity_checked", SubjectKind: "profile", SubjectID: a.SeekerID, PersonID: a.SeekerID,
			Detail: map[string]any{"field": in.Field, "outcome": check.Outcome},
		})
	})
	if record.Violates(err, "profiles_nik_verified") || record.Violates(err, "profiles_nik_next_verified") {
		return ErrNIKTaken
	}
	return err
}
