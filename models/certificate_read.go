package models

import (
	"context"

	"naikkelas/models/record"
)

// CertificateView is a certificate with what belongs to it. Events, oldest first, Applications, newest first,
// and Decided are there where one certificate is looked at by itself.
type CertificateView struct {
	Certificate
	Applications []ApplicationRow // that rely on it
	Decided      bool             // one of them was decided on it, and keeps it as it was
	Type         CertificateType
	Reached      *CertificateLevel // nil without one
	Only         *Country          // the one country that the scheme is for, nil for any
	Files        []PagedUpload
	Events       []CertificateEvent

	// What officers look at twice; owners are not shown it.
	Warnings []string    // see the Warning... constants
	Twins    []Twin      // other certificates of the same number and issuer
	Before   *TurnedDown // nil when it was never turned down since an officer verified it
}

// Awaited is an application that its seeker fills in and for which the certificate is chosen, nil for none.
func (v CertificateView) Awaited() *ApplicationRow {
	for i, a := range v.Applications {
		if a.Editable() {
			return &v.Applications[i]
		}
	}
	return nil
}

// OwnCertificate is a certificate with the references of the applications that rely on it, without those that
// were cancelled.
type OwnCertificate struct {
	Certificate
	Applications record.Codes `gorm:"type:text[]"`
}

// CertificateLibrary lists the acting person's certificates with where they are used, newest first, in
// one query.
func (s *Store) CertificateLibrary(ctx context.Context, actor User) ([]OwnCertificate, error) {
	var list []OwnCertificate
	err := s.db.With(ctx).Raw(`SELECT c.*, ARRAY(
			SELECT a.ref
			FROM application_certificates ac
			JOIN applications a ON a.id = ac.application_id
			WHERE ac.certificate_id = c.id
				AND a.state <> 'withdrawn'
			ORDER BY a.id DESC) AS applications
		FROM certificates c
		WHERE c.seeker_id = ?
			AND c.deleted_at IS NULL
		ORDER BY c.id DESC
		LIMIT 200`, actor.ID).Scan(&list).Error
	return list, err
}

// Certificates lists the acting person's certificates, newest first, without files.
func (s *Store) Certificates(ctx context.Context, actor User) ([]Certificate, error) {
	var list []Certificate
	err := s.db.With(ctx).Where("seeker_id = ? AND deleted_at IS NULL", actor.ID).Order("id DESC").Limit(200).Find(&list).Error
	return list, err
}

// CertificateOfForm finds the certificate that the acting person's form with the token has made, deleted or not.
func (s *Store) CertificateOfForm(ctx context.Context, actor User, token string) (Certificate, error) {
	var c Certificate
	err := s.db.With(ctx).Where("seeker_id = ? AND form_token = ?", actor.ID, token).Take(&c).Error
	return c, err
}

// Certificate loads one certificate of the acting person with files, pages, history and use.
func (s *Store) Certificate(ctx context.Context, actor User, ref string) (CertificateView, error) {
	var c Certificate
	if err := s.db.With(ctx).Where("ref = ? AND seeker_id = ? AND deleted_at IS NULL", ref, actor.ID).Take(&c).Error; err != nil {
		return CertificateView{Certificate: c}, err
	}
	return s.certificateView(ctx, c)
}

// certificateView adds to one certificate all that belongs to it.
func (s *Store) certificateView(ctx context.Context, c Certificate) (CertificateView, error) {
	files, err := s.certificateUploads(ctx, []int64{c.ID})
	if err != nil {
		return CertificateView{}, err
	}
	views, err := s.certificateViews(ctx, []Certificate{c}, files)
	if err != nil {
		return CertificateView{}, err
	}
	v := views[0]
	events := s.db.With(ctx).Select("*, "+actorUnit+" AS actor_unit").Where("certificate_id = ?", c.ID)
	if err := events.Order("id").Limit(200).Find(&v.Events).Error; err != nil {
		return v, err
	}
	err = s.applicationRows(ctx).Joins("JOIN application_certificates ac ON ac.application_id = a.id").Where("ac.certificate_id = ?", c.ID).
		Order("a.id DESC").Limit(ownApplicationsMost).Scan(&v.Applications).Error
	if err != nil {
		return v, err
	}
	v.Decided, err = s.decidedOn(ctx, c)
	return v, err
}
