package models

import (
	"context"

	"naikkelas/models/record"
)

// ApplicantContact is how the desk reaches somebody who applied; Guardian is of those who are not of age. All of it is
// empty for an account of the counter that has no way to be reached.
type ApplicantContact struct {
	Phone, Email  string
	Username      string // of a counter slip
	Guardian      string
	GuardianPhone string
}

// OpenContact gives an officer how the person of an application is reached. Each opening is written down before, and
// the person reads of it.
func (s *Store) OpenContact(ctx context.Context, officer User, ref string) (c ApplicantContact, err error) {
	if officer.Role != Officer {
		return c, ErrForbidden
	}
	err = s.transact(ctx, "open contact", func(tx *Store) error {
		var a Application
		if err := tx.db.With(ctx).Take(&a, "ref = ? AND first_submitted_at IS NOT NULL", ref).Error; err != nil {
			return err
		}
		w, err := tx.wholeProfile(ctx, a.SeekerID)
		if err != nil {
			return err
		}
		text := func(p *string) string {
			if p == nil {
				return ""
			}
			return *p
		}
		c = ApplicantContact{Phone: text(w.User.Phone), Email: text(w.User.Email), Username: text(w.User.Username)}
		if w.Profile.BirthDate != nil && w.Profile.AgeOn(record.DayOf(tx.db.Now()).Date()) < adult {
			c.Guardian, c.GuardianPhone = w.Profile.GuardianName, w.Profile.GuardianPhone
		}
		return tx.db.Audit(ctx, officer, record.Act{
			Action: "contact_opened", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID,
		})
	})
	return c, err
}

// otherApplications are what else the person of an application sent, newest first.
func (s *Store) otherApplications(ctx context.Context, a Application) (list []ApplicationRow, err error) {
	err = s.applicationRows(ctx).Where("a.seeker_id = ? AND a.id <> ? AND a.first_submitted_at IS NOT NULL", a.SeekerID, a.ID).
		Order("a.id DESC").Limit(ownApplicationsMost).Scan(&list).Error
	return list, err
}
