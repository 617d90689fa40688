package models

import (
	"context"
)

// CertificateView is a certificate with what belongs to it. Events, oldest first, and Applications,
// newest first, are there where one certificate is looked at by itself.
type CertificateView struct {
	Certificate
	Applications []ApplicationListing // that rely on it
	Type         CertificateType
	Reached      *CertificateLevel // nil without one
	Only         *Country          // the one country that the scheme is for, nil for any
	Files        []PagedFile
	Events       []CertificateEvent
}

// OwnCertificate is a certificate with the references of the applications that rely on it.
type OwnCertificate struct {
	Certificate
	Applications Codes `gorm:"type:text[]"`
}

// CertificateLibrary lists the acting person's certificates with where they are used, newest first, in
// one query.
func (s *Store) CertificateLibrary(ctx context.Context, actor User) ([]OwnCertificate, error) {
	var list []OwnCertificate
	err := s.db.WithContext(ctx).Raw(`SELECT c.*, ARRAY(SELECT a.ref FROM application_certificates ac JOIN applications a ON a.id = ac.application_id WHERE ac.certificate_id = c.id ORDER BY a.id DESC) AS applications
		FROM certificates c WHERE c.seeker_id = ? AND c.deleted_at IS NULL ORDER BY c.id DESC LIMIT 200`, actor.ID).Scan(&list).Error
	return list, err
}

// Certificates lists the acting person's certificates, newest first, without files.
func (s *Store) Certificates(ctx context.Context, actor User) ([]Certificate, error) {
	var list []Certificate
	err := s.db.WithContext(ctx).Where("seeker_id = ? AND deleted_at IS NULL", actor.ID).Order("id DESC").Limit(200).Find(&list).Error
	return list, err
}

// Certificate loads one certificate of the acting person with files, pages and history.
func (s *Store) Certificate(ctx context.Context, actor User, ref string) (CertificateView, error) {
	var v CertificateView
	db := s.db.WithContext(ctx)
	if err := db.Where("ref = ? AND seeker_id = ? AND deleted_at IS NULL", ref, actor.ID).Take(&v.Certificate).Error; err != nil {
		return v, err
	}
	if err := db.Where("code = ?", v.TypeCode).Take(&v.Type).Error; err != nil {
		return v, err
	}
	if err := db.Where("certificate_id = ?", v.ID).Order("id").Limit(200).Find(&v.Events).Error; err != nil {
		return v, err
	}
	err := s.listingsOfApplications(ctx).Joins("JOIN application_certificates ac ON ac.application_id = a.id").Where("ac.certificate_id = ?", v.ID).
		Order("a.id DESC").Limit(ownApplicationsMost).Scan(&v.Applications).Error
	if err != nil {
		return v, err
	}
	one := []CertificateView{v}
	if err := s.levelsAndCountries(ctx, one); err != nil {
		return v, err
	}
	v = one[0]
	var uploads []Upload
	err = db.Joins("JOIN certificate_files f ON f.upload_id = uploads.id").
		Where("f.certificate_id = ? AND uploads.deleted_at IS NULL", v.ID).Order("f.position").Limit(mostUploads).Find(&uploads).Error
	if err != nil || len(uploads) == 0 {
		return v, err
	}
	ids := make([]int64, len(uploads))
	for i, u := range uploads {
		ids[i] = u.ID
	}
	var pages []UploadPage
	if err := db.Where("upload_id IN ?", ids).Order("upload_id, number").Find(&pages).Error; err != nil {
		return v, err
	}
	for _, u := range uploads {
		file := PagedFile{Upload: u}
		for _, p := range pages {
			if p.UploadID == u.ID {
				file.Pages = append(file.Pages, p)
			}
		}
		v.Files = append(v.Files, file)
	}
	return v, nil
}
