package models

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// editable are the states in which a certificate is its owner's to change.
var editable = []CertificateState{CertificateDraft, CertificateNeedsFix}

// Editable says whether the owner may change the certificate now.
func (c Certificate) Editable() bool {
	return c.State == CertificateDraft || c.State == CertificateNeedsFix
}

// CertificateInput is what the owner types of a certificate. Dates are calendar days at UTC
// midnight; a nil ValidUntil is worked out from the type.
type CertificateInput struct {
	TypeCode    string
	Title       string
	Number      string
	HolderName  string
	Issuer      string
	Level       string  // in words
	LevelCode   *string // of a CertificateLevel of the type, nil for none or where Score says it
	Test        string  // with Score: a test of the type that knows only scores
	Score       *int
	Link        string     // http or https, or empty
	Destination *string    // code of the one country that the scheme is for, nil for any
	IssuedOn    *time.Time // of the result announcement where the type counts from it
	ValidUntil  *time.Time
	Confirmed   *time.Time // of the last regular signature, nil for none since the day of issue
}

// Lasts works out until when a certificate of the type holds, and by when it must be
// confirmed again. A type without expiry has no end; the paper's own date goes before the
// type's months, because schemes differ (domain.md section 7).
func (t CertificateType) Lasts(issued, printed, confirmed *time.Time) (until, confirm *time.Time) {
	if confirmed == nil {
		confirmed = issued
	}
	if confirmed != nil && t.ConfirmEveryMonths != nil {
		day := addMonths(*confirmed, *t.ConfirmEveryMonths)
		confirm = &day
	}
	switch {
	case !t.HasExpiry:
		return nil, confirm
	case printed != nil:
		return printed, confirm
	case issued != nil && t.ValidityMonths != nil:
		day := addMonths(*issued, *t.ValidityMonths)
		return &day, confirm
	}
	return nil, confirm
}

// addMonths keeps within the month: 31 August and six months are 28 or 29 February.
func addMonths(day time.Time, months int) time.Time {
	first := time.Date(day.Year(), day.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}

// CreateCertificate makes a draft. token is the form's own UUID: the same one twice is one
// certificate, and the first is returned.
func (s *Store) CreateCertificate(ctx context.Context, actor User, token string, in CertificateInput) (Certificate, error) {
	if actor.Role != Seeker {
		return Certificate{}, ErrForbidden
	}
	now := s.now()
	c := Certificate{Ref: newRef("SR"), SeekerID: actor.ID, TypeCode: in.TypeCode, State: CertificateDraft, FormToken: &token, Version: 1, CreatedAt: now, UpdatedAt: now}
	err := s.transact(ctx, func(tx *Store) error {
		set, err := tx.certificateColumns(ctx, in)
		if err != nil {
			return err
		}
		r := tx.db.WithContext(ctx).Omit("ID").Clauses(clause.OnConflict{
			Columns:     []clause.Column{{Name: "seeker_id"}, {Name: "form_token"}},
			TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "form_token IS NOT NULL"}}},
			DoNothing:   true,
		}).Create(&c)
		if r.Error != nil {
			return r.Error
		}
		if r.RowsAffected > 0 {
			if err := tx.db.WithContext(ctx).Model(&Certificate{}).Where("id = ?", c.ID).Updates(set).Error; err != nil {
				return err
			}
			first := c
			first.State = ""
			if _, err := tx.certificateEvent(ctx, actor, first, CertificateEvent{ToState: CertificateDraft}); err != nil {
				return err
			}
		}
		return tx.db.WithContext(ctx).Where("seeker_id = ? AND form_token = ?", actor.ID, token).Take(&c).Error
	})
	return c, err
}

// UpdateCertificate changes a draft or a returned certificate.
func (s *Store) UpdateCertificate(ctx context.Context, actor User, ref string, in CertificateInput) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		set, err := tx.certificateColumns(ctx, in)
		if err != nil {
			return err
		}
		if err := tx.setCertificate(ctx, c, set); err != nil {
			return err
		}
		return tx.audit(ctx, actor, act{Action: "certificate_edited", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID})
	})
}

// certificateColumns checks the input against its type and works out the dates.
func (s *Store) certificateColumns(ctx context.Context, in CertificateInput) (map[string]any, error) {
	var t CertificateType
	if err := s.db.WithContext(ctx).Where("code = ?", in.TypeCode).Take(&t).Error; errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, &Refusal{Key: "certificate.type.unknown", Field: "type"}
	} else if err != nil {
		return nil, err
	}
	until, confirm := t.Lasts(in.IssuedOn, in.ValidUntil, in.Confirmed)
	today := Today(s.now())
	if in.IssuedOn != nil && in.IssuedOn.After(today) {
		return nil, &Refusal{Key: "certificate.issued.future", Field: "issued"}
	}
	if in.Confirmed != nil && in.Confirmed.After(today) {
		return nil, ErrConfirmedFuture
	}
	level, err := s.certificateLevel(ctx, in)
	if err != nil {
		return nil, err
	}
	if in.Destination != nil {
		var known int64
		if err := s.db.WithContext(ctx).Model(&Country{}).Where("code = ?", *in.Destination).Count(&known).Error; err != nil {
			return nil, err
		}
		if known == 0 {
			return nil, &Refusal{Key: "certificate.destination.unknown", Field: "destination"}
		}
	}
	if in.IssuedOn != nil && until != nil && until.Before(*in.IssuedOn) {
		return nil, &Refusal{Key: "certificate.until.before_issue", Field: "until"}
	}
	return map[string]any{
		"type_code": in.TypeCode, "title": in.Title, "number": in.Number, "holder_name": in.HolderName, "issuer": in.Issuer, "level": in.Level, "link": in.Link,
		"level_code": level, "test": in.Test, "score": in.Score,
		"destination": in.Destination, "issued_on": in.IssuedOn, "valid_until": until, "confirmed_on": in.Confirmed, "next_confirmation_due": confirm,
	}, nil
}

// certificateLevel finds the level that the input names, or that its score reaches, nil for none.
func (s *Store) certificateLevel(ctx context.Context, in CertificateInput) (*string, error) {
	if in.LevelCode == nil && in.Score == nil {
		return nil, nil
	}
	levels, err := s.CertificateLevels(ctx, in.TypeCode)
	if err != nil {
		return nil, err
	}
	if in.Score == nil {
		for _, l := range levels {
			if l.Code == *in.LevelCode && l.Score == nil {
				return in.LevelCode, nil
			}
		}
		return nil, &Refusal{Key: "certificate.level.unknown", Field: "level"}
	}
	var reached *string
	known := false
	for _, l := range levels { // the lowest first
		if l.Test != in.Test || l.Score == nil {
			continue
		}
		if *in.Score < *l.ScoreMin || *in.Score > *l.ScoreMax {
			return nil, &Refusal{Key: "certificate.score.range", Field: "score", Args: []any{"Min", *l.ScoreMin, "Max", *l.ScoreMax}}
		}
		known = true
		if *in.Score >= *l.Score {
			reached = &l.Code
		}
	}
	if !known {
		return nil, &Refusal{Key: "certificate.level.unknown", Field: "level"}
	}
	return reached, nil
}

// AttachFile ties a file of the same person to a certificate; twice is once.
func (s *Store) AttachFile(ctx context.Context, actor User, ref, uploadRef string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		u, err := tx.Upload(ctx, actor, uploadRef)
		if err != nil {
			return err
		}
		err = tx.db.WithContext(ctx).Exec(`INSERT INTO certificate_files (certificate_id, upload_id, position)
			SELECT ?, ?, coalesce(max(position), 0) + 1 FROM certificate_files WHERE certificate_id = ? ON CONFLICT DO NOTHING`, c.ID, u.ID, c.ID).Error
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, act{Action: "certificate_file_added", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID})
	})
}

// DetachFile takes a file off a certificate; it stays in the library.
func (s *Store) DetachFile(ctx context.Context, actor User, ref, uploadRef string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		r := tx.db.WithContext(ctx).Where("certificate_id = ? AND upload_id IN (SELECT id FROM uploads WHERE ref = ?)", c.ID, uploadRef).Delete(&CertificateFile{})
		if err := changed(r, ErrNotFound); err != nil {
			return err
		}
		return tx.audit(ctx, actor, act{Action: "certificate_file_removed", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID})
	})
}

// RaiseFile moves a file of a certificate before the one above it; the first stays where it is.
func (s *Store) RaiseFile(ctx context.Context, actor User, ref, uploadRef string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		var files []CertificateFile
		if err := tx.db.WithContext(ctx).Where("certificate_id = ?", c.ID).Order("position, upload_id").Limit(mostUploads).Find(&files).Error; err != nil {
			return err
		}
		u, err := tx.Upload(ctx, actor, uploadRef)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(files, func(f CertificateFile) bool { return f.UploadID == u.ID })
		if at < 0 {
			return ErrNotFound
		}
		if at == 0 {
			return nil
		}
		files[at-1], files[at] = files[at], files[at-1]
		for i, f := range files {
			err := tx.db.WithContext(ctx).Model(&CertificateFile{}).Where("certificate_id = ? AND upload_id = ?", c.ID, f.UploadID).Update("position", i+1).Error
			if err != nil {
				return err
			}
		}
		return tx.audit(ctx, actor, act{Action: "certificate_file_moved", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID})
	})
}

// SubmitCertificate hands a draft or a returned certificate to the officers. It needs a
// number, dates, an issuer and at least one file that was not refused.
func (s *Store) SubmitCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if c.State == CertificateSubmitted {
			return nil // the second press of the same button
		}
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		if c.HolderName == "" || c.Issuer == "" || c.IssuedOn == nil {
			return &Refusal{Key: "certificate.incomplete"}
		}
		var files, refused int64
		err := tx.db.WithContext(ctx).Raw(`SELECT count(*), count(*) FILTER (WHERE u.state = 'refused') FROM certificate_files f
			JOIN uploads u ON u.id = f.upload_id WHERE f.certificate_id = ? AND u.deleted_at IS NULL`, c.ID).Row().Scan(&files, &refused)
		if err != nil {
			return err
		}
		if files == 0 {
			return &Refusal{Key: "certificate.no_file", Field: "files"}
		}
		if refused > 0 {
			return &Refusal{Key: "certificate.refused_file", Field: "files"}
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"state": CertificateSubmitted, "officer_id": nil}); err != nil {
			return err
		}
		_, err = tx.certificateEvent(ctx, actor, c, CertificateEvent{ToState: CertificateSubmitted})
		return err
	})
}

// DeleteCertificate takes a certificate out of its owner's list. While an officer looks at
// it, or a live application rests on it, it stays.
func (s *Store) DeleteCertificate(ctx context.Context, actor User, ref string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if c.State == CertificateChecking {
			return &Refusal{Key: "certificate.being_checked"}
		}
		var used bool
		err := tx.db.WithContext(ctx).Raw("SELECT EXISTS (SELECT 1 FROM application_certificates WHERE certificate_id = ?)", c.ID).Scan(&used).Error
		if err != nil {
			return err
		}
		if used {
			return &Refusal{Key: "certificate.in_use"}
		}
		if err := tx.setCertificate(ctx, c, map[string]any{"deleted_at": tx.now()}); err != nil {
			return err
		}
		return tx.audit(ctx, actor, act{Action: "certificate_deleted", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID})
	})
}

// withCertificate runs f over the acting person's locked certificate.
func (s *Store) withCertificate(ctx context.Context, actor User, ref string, f func(tx *Store, c Certificate) error) error {
	return s.transact(ctx, func(tx *Store) error {
		var c Certificate
		err := tx.db.WithContext(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("ref = ? AND seeker_id = ? AND deleted_at IS NULL", ref, actor.ID).Take(&c).Error
		if err != nil {
			return err
		}
		return f(tx, c)
	})
}

func (s *Store) setCertificate(ctx context.Context, c Certificate, set map[string]any) error {
	set["updated_at"], set["version"] = s.now(), gorm.Expr("version + 1")
	return changed(s.db.WithContext(ctx).Model(&Certificate{}).Where("id = ?", c.ID).Updates(set), ErrNotFound)
}

// PagedFile is a file with its pages.
type PagedFile struct {
	Upload
	Pages []UploadPage
}

// CertificateView is a certificate with what belongs to it. Events, oldest first, and Applications,
// newest first, are there for its owner only.
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
