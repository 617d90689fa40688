package models

import (
	"context"
	"slices"

	"naikkelas/models/record"
)

// AttachUpload ties a file of the same person to a certificate; twice is once.
func (s *Store) AttachUpload(ctx context.Context, actor User, ref, uploadRef string) error {
	_, err := s.AttachUploads(ctx, actor, ref, SentFiles{Library: []string{uploadRef}})
	return err
}

// AttachUploads ties files to a certificate of the same person, all or none; new ones come into the library by it.
func (s *Store) AttachUploads(ctx context.Context, actor User, ref string, files SentFiles) (list []Upload, err error) {
	err = s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		if list, err = tx.takeFiles(ctx, actor, files); err != nil {
			return err
		}
		return tx.attach(ctx, actor, c, list)
	})
	return list, err
}

// attach ties files to a certificate, behind those that it has.
func (s *Store) attach(ctx context.Context, actor User, c Certificate, files []Upload) error {
	for _, u := range files {
		err := s.db.With(ctx).Exec(`INSERT INTO certificate_files (certificate_id, upload_id, position)
			SELECT ?, ?, coalesce(max(position), 0) + 1
			FROM certificate_files
			WHERE certificate_id = ?
			ON CONFLICT DO NOTHING`, c.ID, u.ID, c.ID).Error
		if err != nil {
			return err
		}
		err = s.db.Audit(ctx, actor, record.Act{
			Action: "certificate_file_added", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// DetachUpload takes a file off a certificate; it stays in the library.
func (s *Store) DetachUpload(ctx context.Context, actor User, ref, uploadRef string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		r := tx.db.With(ctx).
			Where("certificate_id = ? AND upload_id IN (SELECT id FROM uploads WHERE ref = ?)", c.ID, uploadRef).
			Delete(&CertificateFile{})
		if err := record.Changed(r, ErrNotFound); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "certificate_file_removed", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
	})
}

// RaiseUpload moves a file of a certificate before the one above it; the first stays where it is.
func (s *Store) RaiseUpload(ctx context.Context, actor User, ref, uploadRef string) error {
	return s.withCertificate(ctx, actor, ref, func(tx *Store, c Certificate) error {
		if !c.Editable() {
			return &Refusal{Key: "certificate.not_editable"}
		}
		var files []CertificateFile
		err := tx.db.With(ctx).Where("certificate_id = ?", c.ID).
			Order("position, upload_id").Limit(mostUploads).Find(&files).Error
		if err != nil {
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
			err := tx.db.With(ctx).Model(&CertificateFile{}).
				Where("certificate_id = ? AND upload_id = ?", c.ID, f.UploadID).Update("position", i+1).Error
			if err != nil {
				return err
			}
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "certificate_file_moved", SubjectKind: "certificate", SubjectID: c.ID, PersonID: c.SeekerID,
		})
	})
}

// PagedUpload is a file with its pages. Closed says to an officer that it is not at the desk: a reason opens it.
type PagedUpload struct {
	Upload
	Pages  []UploadPage
	Closed bool
}
