package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/nik"
	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

//i18n:family review.differs.* review.difference_reason.* review.changed.*

// differsAt refuses a field that differs from the card and matters.
func differsAt(field string) error { return &Refusal{Key: "review.differs." + field, Field: field} }

// unexplained refuses a field that differs from the card without a reason why that does not matter.
func unexplained(field string) error {
	return &Refusal{Key: "review.difference_reason." + field, Field: field}
}

// The refusals of checking.
var (
	ErrCheckUnknown = &Refusal{Key: "review.check_unknown"}
	ErrNIKTaken     = &Refusal{Key: "review.nik_taken", Field: CheckNIK}
	ErrAllSame      = &Refusal{Key: "review.all_same", Field: "all"}
	ErrSeenNumber   = &Refusal{Key: "review.seen_number", Field: CheckNIK}
	ErrSeenSame     = &Refusal{Key: "review.seen_same", Field: CheckNIK}
)

// CheckInput is what an officer saw on the KTP for one field. The seen values are given where the
// card says something else than the seeker.
type CheckInput struct {
	Field       string // one of the Check... constants
	Differs     bool
	SeenDate    *time.Time
	SeenRegency *string
	SeenName    string // of the name, and of the address the words of it
	SeenNumber  string // of the NIK, as typed
	PassedAs    string // why the difference does not matter, one of DifferenceReasons; empty when it does
	Note        string
}

// CheckedFields are compared with the KTP, in this order.
var CheckedFields = []string{CheckNIK, CheckName, CheckBirthDate, CheckKTPAddress}

// DifferenceReasons are why a field may be another on the card and the file still pass. A NIK or a birth date
// that differs never passes: the person has to mend it.
var DifferenceReasons = map[string][]string{
	CheckName:       {"title", "one_word", "spelling"},
	CheckKTPAddress: {"abbreviated", "renamed"},
}

// CheckIdentity records that the acting officer compared fields of the file's person with the KTP, all of them or
// none; what is refused is refused at its field. A NIK that was found right becomes that person's; it can be
// one person's only. Several fields at once are found right only where nothing differs and nothing is to be
// looked at twice.
func (s *Store) CheckIdentity(ctx context.Context, officer User, ref string, fields ...CheckInput) error {
	if err := checkable(fields); err != nil {
		return err
	}
	err := s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		if err := tx.mayCheck(ctx, officer, a); err != nil {
			return err
		}
		if err := tx.refuseAllSame(ctx, officer, a.SeekerID, fields); err != nil {
			return err
		}
		typed, err := tx.stated(ctx, a.SeekerID)
		if err != nil {
			return err
		}
		for _, in := range fields {
			if err := tx.checkField(ctx, officer, a.SeekerID, typed, in); err != nil {
				return err
			}
		}
		return nil
	})
	if record.Violates(err, "profiles_nik_verified") || record.Violates(err, "profiles_nik_next_verified") {
		return s.nikTaken(ctx, ref)
	}
	return err
}

// mayCheck lets who has the file compare it with the card, and anybody at the desk where the person changed
// something afterwards.
func (s *Store) mayCheck(ctx context.Context, officer User, a Application) error {
	if a.RecheckSince != nil && a.State.Decided() {
		return nil
	}
	return errors.Join(a.takenBy(officer), s.refuseDecided(ctx, a))
}

func checkable(fields []CheckInput) error {
	var unknown []error
	for _, in := range fields {
		switch {
		case !slices.Contains(CheckedFields, in.Field):
			unknown = append(unknown, &Refusal{Key: ErrCheckUnknown.Key, Field: in.Field})
		case in.PassedAs != "" && !slices.Contains(DifferenceReasons[in.Field], in.PassedAs):
			unknown = append(unknown, &Refusal{Key: ErrCheckUnknown.Key, Field: in.Field})
		}
	}
	return errors.Join(unknown...)
}

// refuseAllSame refuses to find several fields right at once where one was found to differ or a warning is open:
// a difference that somebody saw is taken back one by one.
func (s *Store) refuseAllSame(ctx context.Context, officer User, seekerID int64, fields []CheckInput) error {
	same := 0
	for _, in := range fields {
		if !in.Differs {
			same++
		}
	}
	if same < 2 {
		return nil
	}
	var differs int64
	err := s.db.With(ctx).Model(&IdentityCheck{}).
		Where("user_id = ? AND superseded_at IS NULL AND outcome = 'differs'", seekerID).Count(&differs).Error
	if err != nil {
		return err
	}
	warnings, err := s.IdentityWarnings(ctx, officer, seekerID)
	if err == nil && (differs > 0 || len(warnings) > 0) {
		return ErrAllSame
	}
	return err
}

// checkField records one of them, beside what was typed.
func (s *Store) checkField(ctx context.Context, officer User, seekerID int64, typed statedValues, in CheckInput) error {
	if err := s.supersede(ctx, seekerID, in.Field); err != nil {
		return err
	}
	check := IdentityCheck{
		UserID: seekerID, Field: in.Field, Outcome: "checked", Typed: typed.text(in.Field),
		Note: strings.TrimSpace(in.Note), OfficerID: officer.ID, At: s.db.Now(),
	}
	if in.Differs {
		check.Outcome, check.SeenDate, check.SeenRegency, check.PassedAs = "differs", in.SeenDate, in.SeenRegency, in.PassedAs
		if in.Field != CheckNIK {
			check.SeenName = strings.TrimSpace(in.SeenName)
		}
	}
	if err := s.db.With(ctx).Create(&check).Error; err != nil {
		return err
	}
	if in.Field == CheckNIK {
		if err := s.checkNumber(ctx, check, typed, in); err != nil {
			return err
		}
	}
	return s.db.Audit(ctx, officer, record.Act{
		Action: "identity_checked", SubjectKind: "profile", SubjectID: seekerID, PersonID: seekerID,
		Detail: map[string]any{"field": in.Field, "outcome": check.Outcome, "passed_as": check.PassedAs},
	})
}

// checkNumber makes a NIK that was found right the person's, and seals the one that stands on the card instead.
func (s *Store) checkNumber(ctx context.Context, check IdentityCheck, typed statedValues, in CheckInput) error {
	err := s.db.With(ctx).Model(&Profile{}).Where("user_id = ? AND nik_index IS NOT NULL", check.UserID).
		Update("nik_verified", !in.Differs).Error
	if err != nil || !in.Differs || strings.TrimSpace(in.SeenNumber) == "" {
		return err
	}
	number, err := nik.ParseKK(in.SeenNumber) // sixteen digits: cards carry mistakes for life
	if err != nil {
		return ErrSeenNumber
	}
	indexes := s.db.Box().Indexes(number.Plain(), "nik")
	if typed.hasNIK(indexes) {
		return ErrSeenSame
	}
	sealed, err := s.db.Box().Seal([]byte(number.Plain()), seal.At("identity_checks", check.ID, "seen_sealed"))
	if err != nil {
		return err
	}
	return s.db.With(ctx).Model(&IdentityCheck{}).Where("id = ?", check.ID).
		Updates(map[string]any{"seen_sealed": sealed, "seen_index": indexes[0], "seen_masked": number.String()}).Error
}

// CheckBy is a check with the name of who made it.
type CheckBy struct {
	IdentityCheck
	Officer string
}

// checksOf lists all checks of a person, the newest first; those that count no more too.
func (s *Store) checksOf(ctx context.Context, userID int64) (list []CheckBy, err error) {
	err = s.db.With(ctx).Table("identity_checks c").Select("c.*, u.name AS officer").
		Joins("JOIN users u ON u.id = c.officer_id").
		Where("c.user_id = ?", userID).Order("c.id DESC").Limit(100).Scan(&list).Error
	return list, err
}

// identityChecked is identityDiffers, and says which fields the person changed after somebody had compared them.
func (s *Store) identityChecked(ctx context.Context, a Application, checks map[string]IdentityCheck) error {
	err := identityDiffers(checks)
	if !errors.Is(err, ErrChecksOpen) {
		return err
	}
	before, listErr := s.checksOf(ctx, a.SeekerID)
	if listErr != nil {
		return listErr
	}
	refused := []error{err}
	for _, field := range CheckedFields {
		_, live := checks[field]
		if !live && slices.ContainsFunc(before, func(c CheckBy) bool { return c.Field == field && !c.At.Before(*a.FirstSubmittedAt) }) {
			refused = append(refused, &Refusal{Key: "review.changed." + field, Field: field})
		}
	}
	return errors.Join(refused...)
}

// identityDiffers refuses to pass a person of whom something was not compared with the card, or differs from it
// and matters.
func identityDiffers(checks map[string]IdentityCheck) error {
	var refused []error
	for _, field := range CheckedFields {
		c, ok := checks[field]
		switch {
		case !ok:
			return ErrChecksOpen
		case c.Outcome != "differs":
		case DifferenceReasons[field] == nil:
			refused = append(refused, differsAt(field))
		case c.PassedAs == "":
			refused = append(refused, unexplained(field))
		}
	}
	return errors.Join(refused...)
}
