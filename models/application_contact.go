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
	text := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	err = s.openApplicant(ctx, officer, ref, "contact_opened", func(w WholeProfile) {
		c = ApplicantContact{Phone: text(w.User.Phone), Email: text(w.User.Email), Username: text(w.User.Username)}
		if w.Profile.BirthDate != nil && w.Profile.AgeOn(record.DayOf(s.db.Now()).Date()) < adult {
			c.Guardian, c.GuardianPhone = w.Profile.GuardianName, w.Profile.GuardianPhone
		}
	})
	return c, err
}

// openApplicant opens the profile of the person of an application for an officer, and writes the act down.
func (s *Store) openApplicant(ctx context.Context, officer User, ref, action string, opened func(w WholeProfile)) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "open applicant", func(tx *Store) error {
		var a Application
		if err := tx.db.With(ctx).Take(&a, "ref = ? AND first_submitted_at IS NOT NULL", ref).Error; err != nil {
			return err
		}
		w, err := tx.wholeProfile(ctx, a.SeekerID)
		if err != nil {
			return err
		}
		if err := tx.openTold(&w.Profile); err != nil {
			return err
		}
		opened(w)
		return tx.db.Audit(ctx, officer, record.Act{Action: action, SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID})
	})
}

// otherApplications are what else the person of an application sent, newest first.
func (s *Store) otherApplications(ctx context.Context, a Application) (list []ApplicationRow, err error) {
	err = s.applicationRows(ctx).Where("a.seeker_id = ? AND a.id <> ? AND a.first_submitted_at IS NOT NULL", a.SeekerID, a.ID).
		Order("a.id DESC").Limit(ownApplicationsMost).Scan(&list).Error
	return list, err
}
