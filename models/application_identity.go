package models

import (
	"context"
	"strings"
	"time"

	"naikkelas/models/record"
)

// CheckedIdentity is who the person of an application was when officers passed it, as the card says. Institutions,
// decisions and letters read it.
type CheckedIdentity struct {
	ID            int64
	ApplicationID int64
	Name          string
	NIKMasked     string `gorm:"column:nik_masked"`
	BirthDate     *time.Time
	Address       string
	RegencyCode   *string
	EducationCode *string
	OfficerID     *int64
	At            time.Time
	SupersededAt  *time.Time
	OfficerName   string `gorm:"->;-:migration"`
}

// TableName is where they lie.
func (CheckedIdentity) TableName() string { return "application_identities" }

// ErrLookNote asks why what was checked goes on holding.
var ErrLookNote = &Refusal{Key: "review.look_note", Field: "note"}

// snapshotIdentity keeps who the person is, as officers compared it with the card.
func (s *Store) snapshotIdentity(ctx context.Context, officer User, a Application, whole WholeProfile) error {
	v, err := s.stated(ctx, a.SeekerID)
	if err != nil {
		return err
	}
	now := s.db.Now()
	err = s.db.With(ctx).Model(&CheckedIdentity{}).Where("application_id = ? AND superseded_at IS NULL", a.ID).
		Update("superseded_at", now).Error
	if err != nil {
		return err
	}
	row := CheckedIdentity{
		ApplicationID: a.ID, Name: v.Name, NIKMasked: v.NIKMasked, BirthDate: v.BirthDate, Address: v.address(),
		EducationCode: whole.Profile.EducationCode, OfficerID: actorID(officer), At: now,
	}
	if v.RegencyCode != "" {
		row.RegencyCode = &v.RegencyCode
	}
	if c := whole.Checks[CheckName]; c.Outcome == "differs" && c.SeenName != "" {
		row.Name = c.SeenName
	}
	if c := whole.Checks[CheckKTPAddress]; c.Outcome == "differs" {
		if c.SeenName != "" {
			row.Address = c.SeenName
		}
		if c.SeenRegency != nil {
			row.RegencyCode = c.SeenRegency
		}
	}
	return s.db.With(ctx).Omit("OfficerName").Create(&row).Error
}

// checkedIdentity is the live snapshot of an application, nil where officers have not passed it.
func (s *Store) checkedIdentity(ctx context.Context, applicationID int64) (*CheckedIdentity, error) {
	var list []CheckedIdentity
	err := s.db.With(ctx).Model(&CheckedIdentity{}).
		Select("application_identities.*, coalesce((SELECT u.name FROM users u WHERE u.id = officer_id), '') AS officer_name").
		Where("application_id = ? AND superseded_at IS NULL", applicationID).Limit(1).Scan(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// markChanged lets officers look again at those of the applications that they passed, all of one person.
func (s *Store) markChanged(ctx context.Context, sent []int64) error {
	var ids []int64
	err := s.db.With(ctx).Raw(`UPDATE applications
		SET recheck_since = ?
		WHERE id IN ?
			AND recheck_since IS NULL
			AND `+undecidedStates.notIn("state")+`
		RETURNING id`, s.db.Now(), sent).Scan(&ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := s.deskEvent(ctx, SystemUser, id, DeskChanged, ""); err != nil {
			return err
		}
	}
	return nil
}

// LookAgain ends an officer's second look at an application whose person changed what had been checked. With renew
// what they say now was compared with the card and counts from here on; without it what was checked goes on
// counting, for a reason that the desk reads.
func (s *Store) LookAgain(ctx context.Context, officer User, ref string, renew bool, note string) error {
	note = strings.TrimSpace(note)
	return s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		if a.RecheckSince == nil || !a.State.Decided() {
			return ErrNotNow
		}
		if !renew && note == "" {
			return ErrLookNote
		}
		if renew {
			if err := tx.renewIdentity(ctx, officer, a); err != nil {
				return err
			}
		}
		err := tx.db.With(ctx).Model(&Application{}).Where("id = ?", a.ID).Update("recheck_since", nil).Error
		if err != nil {
			return err
		}
		what := map[bool]string{true: DeskRenewed, false: DeskKept}[renew]
		if err := tx.deskEvent(ctx, officer, a.ID, what, note); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "identity_looked_again", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID,
			Detail: map[string]any{"renewed": renew},
		})
	})
}

// renewIdentity takes a new snapshot: everything was compared again, and every requirement is met by it.
func (s *Store) renewIdentity(ctx context.Context, officer User, a Application) error {
	if err := s.lockProfile(ctx, a.SeekerID); err != nil {
		return err
	}
	whole, err := s.wholeProfile(ctx, a.SeekerID)
	if err != nil {
		return err
	}
	if err := identityDiffers(whole.Checks); err != nil {
		return err
	}
	if err := s.requirementsMet(ctx, a, whole); err != nil {
		return err
	}
	return s.snapshotIdentity(ctx, officer, a, whole)
}

// lockProfile keeps the person from changing what is being looked at until the transaction ends.
func (s *Store) lockProfile(ctx context.Context, userID int64) error {
	return s.db.With(ctx).Exec(`SELECT 1
		FROM profiles
		WHERE user_id = ?
		FOR NO KEY UPDATE`, userID).Error
}

// requirementsMet wants every requirement met by the checked values.
func (s *Store) requirementsMet(ctx context.Context, a Application, whole WholeProfile) error {
	var in Intake
	if err := s.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
		return err
	}
	o, err := s.offerOf(ctx, in)
	if err != nil {
		return err
	}
	candidate, err := s.candidateOf(ctx, whole)
	if err != nil {
		return err
	}
	if !Eligible(candidate.Requirements(o.Terms())) {
		return ErrUnmet
	}
	return nil
}
