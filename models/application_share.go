package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// shareKind is the consent that one institution sees a person who applies to it. It is given by the statement at
// sending.
const shareKind = "share_with_institution"

// Sharing is a person's last word on what one institution may see of them.
type Sharing struct {
	Ref, Name   string // of the institution
	Version     string
	GivenAt     time.Time
	WithdrawnAt *time.Time // nil while it holds
	Waiting     int64      // applications there that are not over
}

// sharedWith is the condition that the seeker of the application whose row is named alias shares with the institution
// of the programme whose row is p. Of who closed the account, there is nothing left that could be seen.
func sharedWith(alias string) string {
	return `(EXISTS (SELECT 1
			FROM consents sc
			WHERE sc.user_id = ` + alias + `.seeker_id
				AND sc.kind = '` + shareKind + `'
				AND sc.institution_id = p.institution_id
				AND sc.withdrawn_at IS NULL)
		OR EXISTS (SELECT 1
			FROM users su
			WHERE su.id = ` + alias + `.seeker_id
				AND su.closed_at IS NOT NULL))`
}

// Sharings lists the institutions to which the acting person ever sent an application, by name.
func (s *Store) Sharings(ctx context.Context, actor User) ([]Sharing, error) {
	var list []Sharing
	err := s.db.With(ctx).Raw(`SELECT l.ref, l.name, c.version, c.given_at, c.withdrawn_at,
			(SELECT count(*)
			FROM applications a
			JOIN intakes n ON n.id = a.intake_id
			JOIN programmes p ON p.id = n.programme_id
			WHERE a.seeker_id = @person
				AND p.institution_id = l.id
				AND a.state <> 'draft'
				AND `+endedStates.notIn("a.state")+`) AS waiting
		FROM (SELECT DISTINCT ON (institution_id) *
			FROM consents
			WHERE user_id = @person
				AND institution_id IS NOT NULL
			ORDER BY institution_id, given_at DESC, id DESC) c
		JOIN institutions l ON l.id = c.institution_id
		ORDER BY l.name, l.id
		LIMIT 200`, map[string]any{"person": actor.ID}).Scan(&list).Error
	return list, err
}

// SetSharing withdraws the acting person's consent that an institution sees them, or gives it again. It is there once
// they sent something there. While it is withdrawn their applications stay, and the institution does not find them.
func (s *Store) SetSharing(ctx context.Context, actor User, institutionRef string, given bool) error {
	return s.transact(ctx, "set sharing", func(tx *Store) error {
		var id int64
		err := tx.db.With(ctx).Model(&Institution{}).Select("id").
			Where("ref = ?", institutionRef).
			Where("EXISTS (SELECT 1 FROM consents c WHERE c.institution_id = institutions.id AND c.user_id = ?)", actor.ID).
			Take(&id).Error
		if err != nil {
			return err
		}
		if given {
			return tx.share(ctx, actor, id)
		}
		r := tx.db.With(ctx).Model(&record.Consent{}).
			Where("user_id = ? AND institution_id = ? AND withdrawn_at IS NULL", actor.ID, id).Update("withdrawn_at", tx.db.Now())
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		return tx.auditSharing(ctx, actor, "consent_withdrawn", id)
	})
}

// share records the consent for one institution, once while it holds.
func (s *Store) share(ctx context.Context, actor User, institutionID int64) error {
	c := record.Consent{UserID: actor.ID, Kind: shareKind, Version: PrivacyVersion, GivenAt: s.db.Now(), InstitutionID: &institutionID}
	r := s.db.With(ctx).Clauses(clause.OnConflict{
		Columns:     []clause.Column{{Name: "user_id"}, {Name: "institution_id"}},
		TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "institution_id IS NOT NULL AND withdrawn_at IS NULL"}}},
		DoNothing:   true,
	}).Create(&c)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	return s.auditSharing(ctx, actor, "consent_given", institutionID)
}

func (s *Store) auditSharing(ctx context.Context, actor User, action string, institutionID int64) error {
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID,
		Detail: map[string]any{"kind": shareKind, "institution": institutionID}})
}

// shareByStatement is the statement at sending: the institution of the application sees its person.
func (s *Store) shareByStatement(ctx context.Context, actor User, a Application) error {
	var id int64
	err := s.db.With(ctx).Raw(`SELECT p.institution_id
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE n.id = ?`, a.IntakeID).Scan(&id).Error
	if err != nil {
		return err
	}
	return s.share(ctx, actor, id)
}
