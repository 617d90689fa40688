package models

import (
	"context"
	"errors"
	"slices"
)

// WithPages adds the pages to files that the caller may show, in one query.
func (s *Store) WithPages(ctx context.Context, uploads []Upload) ([]PagedFile, error) {
	list := make([]PagedFile, len(uploads))
	ids := make([]int64, len(uploads))
	for i, u := range uploads {
		list[i].Upload, ids[i] = u, u.ID
	}
	if len(ids) == 0 {
		return list, nil
	}
	var pages []UploadPage
	err := s.db.WithContext(ctx).Where("upload_id IN ?", ids).Order("upload_id, number").Find(&pages).Error
	for _, p := range pages {
		i := slices.Index(ids, p.UploadID)
		list[i].Pages = append(list[i].Pages, p)
	}
	return list, err
}

// certificateFile is a file with the certificate to which it belongs.
type certificateFile struct {
	Upload
	CertificateID int64
}

// certificateFiles finds the files that certificates have now, in their order.
func (s *Store) certificateFiles(ctx context.Context, ids []int64) ([]certificateFile, error) {
	var files []certificateFile
	err := s.db.WithContext(ctx).Table("uploads").Select("uploads.*, f.certificate_id").Joins("JOIN certificate_files f ON f.upload_id = uploads.id").
		Where("f.certificate_id IN ? AND uploads.deleted_at IS NULL", ids).Order("f.certificate_id, f.position").Limit(500).Scan(&files).Error
	return files, err
}

func certificateIDs(list []Certificate) []int64 {
	ids := make([]int64, len(list))
	for i, c := range list {
		ids[i] = c.ID
	}
	return ids
}

// papers adds type and pages to certificates and their files, in two queries.
func (s *Store) papers(ctx context.Context, certificates []Certificate, files []certificateFile) ([]CertificateView, error) {
	if len(certificates) == 0 {
		return nil, nil
	}
	views, ids, codes := make([]CertificateView, len(certificates)), certificateIDs(certificates), make([]string, len(certificates))
	for i, c := range certificates {
		views[i].Certificate, codes[i] = c, c.TypeCode
	}
	uploads := make([]Upload, len(files))
	for i, f := range files {
		uploads[i] = f.Upload
	}
	if err := s.levelsAndCountries(ctx, views); err != nil {
		return nil, err
	}
	var types []CertificateType
	paged, err := s.WithPages(ctx, uploads)
	err = errors.Join(err, s.db.WithContext(ctx).Where("code IN ?", codes).Find(&types).Error)
	for i, f := range paged {
		view := &views[slices.Index(ids, files[i].CertificateID)]
		view.Files = append(view.Files, f)
	}
	for i := range views {
		for _, t := range types {
			if t.Code == views[i].TypeCode {
				views[i].Type = t
			}
		}
	}
	return views, err
}

// levelsAndCountries adds to certificates their level and their country, in at most two queries.
func (s *Store) levelsAndCountries(ctx context.Context, views []CertificateView) error {
	var levels, countries []string
	for _, v := range views {
		if v.LevelCode != nil {
			levels = append(levels, *v.LevelCode)
		}
		if v.Destination != nil {
			countries = append(countries, *v.Destination)
		}
	}
	var known []CertificateLevel
	var lands []Country
	if len(levels) > 0 {
		if err := s.db.WithContext(ctx).Where("code IN ?", levels).Find(&known).Error; err != nil {
			return err
		}
	}
	if len(countries) > 0 {
		if err := s.db.WithContext(ctx).Where("code IN ?", countries).Find(&lands).Error; err != nil {
			return err
		}
	}
	for i := range views {
		for j := range known {
			if code := views[i].LevelCode; code != nil && known[j].Code == *code {
				views[i].Reached = &known[j]
			}
		}
		for j := range lands {
			if code := views[i].Destination; code != nil && lands[j].Code == *code {
				views[i].Only = &lands[j]
			}
		}
	}
	return nil
}

// KeepsPapers says whether the papers that keepPapers kept are those of the application: not before it was
// decided, and not while a contested decision is looked at again.
func (a Application) KeepsPapers() bool {
	return !slices.Contains([]ApplicationState{Draft, Submitted, InReview, NeedsFix}, a.State)
}

// keptPapers are the certificates of applications as k, in the shape of the certificates table: as kept at the
// decision where there was one, with what is a matter of today instead of that day. That is whether officers
// have taken the paper away, and that they verified the same paper again, with its days. ac, c and d, what was decided on, are the rows behind k.
const keptPapers = `application_certificates ac JOIN certificates c ON c.id = ac.certificate_id
	CROSS JOIN LATERAL jsonb_populate_record(c, coalesce(ac.decided, '{}')) d
	CROSS JOIN LATERAL jsonb_populate_record(c, coalesce(ac.decided, '{}') || jsonb_build_object('taken_away_at', c.taken_away_at, 'taken_away_as', c.taken_away_as)
		|| CASE WHEN c.state = 'verified' AND (c.type_code, c.number, c.issuer, c.holder_name, c.level_code, c.issued_on)
			IS NOT DISTINCT FROM (d.type_code, d.number, d.issuer, d.holder_name, d.level_code, d.issued_on) THEN jsonb_build_object('state', c.state, 'valid_until', c.valid_until, 'next_confirmation_due', c.next_confirmation_due) ELSE '{}' END) k`

// lockPapers keeps others from deciding or changing an application's certificates until the transaction ends.
func (s *Store) lockPapers(ctx context.Context, a Application) error {
	var ids []int64
	return s.db.WithContext(ctx).Raw(`SELECT c.id FROM certificates c JOIN application_certificates ac ON ac.certificate_id = c.id
		WHERE ac.application_id = ? ORDER BY c.id FOR UPDATE OF c`, a.ID).Scan(&ids).Error
}

// keepPapers copies an application's certificates and the list of their files at the moment of the
// decision. What becomes of them later does not change what was decided on.
func (s *Store) keepPapers(ctx context.Context, a Application) error {
	for _, q := range []string{
		"UPDATE application_certificates ac SET decided = to_jsonb(c) FROM certificates c WHERE c.id = ac.certificate_id AND ac.application_id = ?",
		"DELETE FROM application_certificate_files WHERE application_id = ?",
		`INSERT INTO application_certificate_files (application_id, certificate_id, upload_id, position)
			SELECT ac.application_id, f.certificate_id, f.upload_id, f.position FROM application_certificates ac JOIN certificate_files f ON f.certificate_id = ac.certificate_id WHERE ac.application_id = ?`,
	} {
		if err := s.db.WithContext(ctx).Exec(q, a.ID).Error; err != nil {
			return err
		}
	}
	return nil
}

// applicationCertificates lists the certificates of an application: as they are while it can still be
// decided, and as keptPapers has them once it was. What officers have taken away since shows in the state.
func (s *Store) applicationCertificates(ctx context.Context, a Application) ([]Certificate, error) {
	var list []Certificate
	if !a.KeepsPapers() {
		err := s.db.WithContext(ctx).Joins("JOIN application_certificates ac ON ac.certificate_id = certificates.id AND ac.application_id = ?", a.ID).
			Order("certificates.id").Limit(200).Find(&list).Error
		return list, err
	}
	err := s.db.WithContext(ctx).Raw("SELECT k.* FROM "+keptPapers+" WHERE ac.application_id = ? ORDER BY k.id LIMIT 200", a.ID).Scan(&list).Error
	for i := range list {
		if list[i].TakenAwayAs != "" {
			list[i].State = list[i].TakenAwayAs
		}
	}
	return list, err
}

// applicationPapers adds files and pages to an application's certificates, of the same day as they.
func (s *Store) applicationPapers(ctx context.Context, v ApplicationView) ([]CertificateView, error) {
	if !v.KeepsPapers() {
		files, err := s.certificateFiles(ctx, certificateIDs(v.Certificates))
		if err != nil {
			return nil, err
		}
		return s.papers(ctx, v.Certificates, files)
	}
	var files []certificateFile
	err := s.db.WithContext(ctx).Raw(`SELECT u.*, f.certificate_id FROM uploads u JOIN (
			SELECT certificate_id, upload_id, position FROM application_certificate_files WHERE application_id = ? UNION ALL
			SELECT f.certificate_id, f.upload_id, f.position FROM certificate_files f
				JOIN application_certificates ac ON ac.certificate_id = f.certificate_id AND ac.application_id = ? AND ac.decided IS NULL
		) f ON f.upload_id = u.id WHERE u.deleted_at IS NULL ORDER BY f.certificate_id, f.position LIMIT 500`, v.ID, v.ID).Scan(&files).Error
	if err != nil {
		return nil, err
	}
	return s.papers(ctx, v.Certificates, files)
}
