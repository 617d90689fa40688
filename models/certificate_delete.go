package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// The refusals of deleting a certificate.
var (
	ErrCertificateChecked = &Refusal{Key: "certificate.being_checked"}
	ErrCertificateDraft   = &Refusal{Key: "certificate.in_use.draft"}
	ErrCertificateLive    = &Refusal{Key: "certificate.in_use.live"}
	ErrCertificateDecided = &Refusal{Key: "certificate.in_use.decided"}
)

// kept says why a certificate cannot be deleted, nil when it can: an officer looks at it, or an application
// that still runs rests on it, or one was decided on it.
func (c Certificate) kept(applications []Application, decided bool) *Refusal {
	if c.State == CertificateChecking {
		return ErrCertificateChecked
	}
	var why *Refusal
	if decided {
		why = ErrCertificateDecided
	}
	for _, a := range applications {
		if a.State.Live() && !a.Editable() {
			return ErrCertificateLive
		}
		if a.State.Live() && !decided {
			why = ErrCertificateDraft
		}
	}
	return why
}

// Kept says why its owner cannot delete the certificate, nil when they can.
func (v CertificateView) Kept() *Refusal {
	list := make([]Application, len(v.Applications))
	for i, a := range v.Applications {
		list[i] = a.Application
	}
	return v.kept(list, v.Decided)
}

// DeleteCertificate takes a certificate out of its owner's list; RestoreCertificate takes that back. While
// an officer looks at it, or an application needs it, it stays.
func (s *Store) DeleteCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		list, err := tx.applicationsOn(ctx, c)
		if err != nil {
			return err
		}
		decided, err := tx.decidedOn(ctx, c)
		if err != nil {
			return err
		}
		if why := c.kept(list, decided); why != nil {
			return why
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"deleted_at": tx.db.Now()}); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "certificate_deleted", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
	})
}

// applicationsOn lists the applications that rely on a certificate.
func (s *Store) applicationsOn(ctx context.Context, c Certificate) ([]Application, error) {
	var list []Application
	err := s.db.With(ctx).Select("applications.*").
		Joins("JOIN application_certificates ac ON ac.application_id = applications.id").
		Where("ac.certificate_id = ?", c.ID).
		Order("applications.id DESC").Limit(ownApplicationsMost).Find(&list).Error
	return list, err
}

// decidedOn says whether the decision about an application keeps the certificate.
func (s *Store) decidedOn(ctx context.Context, c Certificate) (yes bool, err error) {
	err = s.db.With(ctx).Raw(`SELECT EXISTS (
		SELECT 1
		FROM application_certificates
		WHERE certificate_id = ?
			AND decided IS NOT NULL)`, c.ID).Scan(&yes).Error
	return yes, err
}

// DeletedCertificates lists what the acting person deleted within UndoTime, newest first.
func (s *Store) DeletedCertificates(ctx context.Context, actor User) ([]Certificate, error) {
	var list []Certificate
	err := s.db.With(ctx).Where("seeker_id = ? AND deleted_at > ?", actor.ID, s.db.Now().Add(-UndoTime)).
		Order("deleted_at DESC, id DESC").Limit(50).Find(&list).Error
	return list, err
}

// RestoreCertificate takes a deletion back within UndoTime: the certificate stands where it stood, with the
// files that are still there. One that is in the list is there already.
func (s *Store) RestoreCertificate(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "restore certificate", func(tx *Store) error {
		var c Certificate
		err := tx.db.With(ctx).Where("ref = ? AND seeker_id = ?", ref, actor.ID).
			Take(&c, "(deleted_at IS NULL OR deleted_at > ?)", tx.db.Now().Add(-UndoTime)).Error
		if err != nil || c.DeletedAt == nil {
			return err
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"deleted_at": (*time.Time)(nil)}); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "certificate_restored", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
	})
}
