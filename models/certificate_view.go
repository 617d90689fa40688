package models

import (
	"context"
	"errors"
	"slices"
)

// WithPages adds the pages to files that the caller may show and that are ready, in one query.
func (s *Store) WithPages(ctx context.Context, uploads []Upload) ([]PagedUpload, error) {
	list := make([]PagedUpload, len(uploads))
	ids := make([]int64, len(uploads))
	for i, u := range uploads {
		list[i].Upload = u
		if u.State == UploadReady {
			ids[i] = u.ID
		}
	}
	if len(ids) == 0 {
		return list, nil
	}
	var pages []UploadPage
	err := s.db.With(ctx).Where("upload_id IN ?", ids).Order("upload_id, number").Find(&pages).Error
	for _, p := range pages {
		i := slices.Index(ids, p.UploadID)
		list[i].Pages = append(list[i].Pages, p)
	}
	return list, err
}

// certificateUpload is a file with the certificate to which it belongs.
type certificateUpload struct {
	Upload
	CertificateID int64
}

// certificateUploads finds the files that certificates have now, in their order.
func (s *Store) certificateUploads(ctx context.Context, ids []int64) ([]certificateUpload, error) {
	var files []certificateUpload
	err := s.db.With(ctx).Table("uploads").Select("uploads.*, f.certificate_id").Joins("JOIN certificate_files f ON f.upload_id = uploads.id").
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

// certificateViews adds type and pages to certificates and their files, in two queries.
func (s *Store) certificateViews(ctx context.Context, certificates []Certificate, files []certificateUpload) ([]CertificateView, error) {
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
	err = errors.Join(err, s.db.With(ctx).Where("code IN ?", codes).Find(&types).Error)
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
		if err := s.db.With(ctx).Where("code IN ?", levels).Find(&known).Error; err != nil {
			return err
		}
	}
	if len(countries) > 0 {
		if err := s.db.With(ctx).Where("code IN ?", countries).Find(&lands).Error; err != nil {
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
