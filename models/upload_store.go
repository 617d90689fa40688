package models

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// What somebody may send and keep, so that nobody fills the blob store. The pages that take files say so.
const (
	// MostSent is how many files one person sends in ten minutes.
	MostSent = 60
	// FormBytes is how many bytes of files one form takes.
	FormBytes = 64 << 20
	// mostUploads bounds one person's library.
	mostUploads = 200
)

// NewUpload is a file whose sealed bytes already lie in the blob store under BlobKey.
type NewUpload struct {
	Purpose   string
	Name      string // the sender's own, cut to 255 characters
	MediaType string // as internal/filetype found it
	Size      int64
	SHA256    []byte // of the bytes as they came
	BlobKey   string
}

// ErrTooFast says that somebody sends files faster than anybody photographs papers.
var ErrTooFast = &Refusal{Key: "upload.too_fast", Field: "files", Args: []any{"Most", MostSent}}

// MaySend counts one file that is being sent; ErrTooFast refuses it before anything looks into it.
func (s *Store) MaySend(ctx context.Context, actor User) error {
	if actor.Role != Seeker {
		return ErrForbidden
	}
	allowed, err := s.db.Attempt(ctx, uploadLimit, actor.Ref)
	if err == nil && !allowed {
		return ErrTooFast
	}
	return err
}

// SentFiles are the files that come with a form: new ones, and those of the person's library that it names by
// their references.
type SentFiles struct {
	Library []string
	New     []NewUpload
}

// Any says whether a file came.
func (f SentFiles) Any() bool { return len(f.Library)+len(f.New) > 0 }

// AddUploads writes files into the person's library and asks for their images, all or none. The same bytes for
// the same purpose are one file: then the earlier row is given back, and its BlobKey is not the one that was sent.
func (s *Store) AddUploads(ctx context.Context, actor User, files ...NewUpload) (kept []Upload, err error) {
	err = s.transact(ctx, "add uploads", func(tx *Store) error {
		kept, err = tx.takeFiles(ctx, actor, SentFiles{New: files})
		return err
	})
	return kept, err
}

// takeFiles gives the files of a form in their order, and writes the new ones into the library.
func (s *Store) takeFiles(ctx context.Context, actor User, files SentFiles) ([]Upload, error) {
	if actor.Role != Seeker {
		return nil, ErrForbidden
	}
	var list []Upload
	for _, ref := range files.Library {
		u, err := s.Upload(ctx, actor, ref)
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	for _, in := range files.New {
		u, err := s.addUpload(ctx, actor, in)
		if err != nil {
			return nil, err
		}
		list = append(list, u)
	}
	return list, nil
}

// addUpload writes one file, unless it refuses it or its bytes are there already.
func (s *Store) addUpload(ctx context.Context, actor User, in NewUpload) (Upload, error) {
	var n int64
	if err := s.db.With(ctx).Model(&Upload{}).Where("owner_id = ? AND deleted_at IS NULL", actor.ID).Count(&n).Error; err != nil {
		return Upload{}, err
	}
	if n >= mostUploads {
		return Upload{}, &Refusal{Key: "upload.too_many", Field: "files"}
	}
	u := Upload{
		Ref: record.NewRef("BK"), OwnerID: actor.ID, Purpose: in.Purpose, Name: cut(in.Name, 255), MediaType: in.MediaType, Size: in.Size,
		SHA256: in.SHA256, BlobKey: in.BlobKey, State: UploadWaiting, Warnings: record.Codes{}, CreatedAt: s.db.Now(),
	}
	r := s.db.With(ctx).Omit("ID").Clauses(clause.OnConflict{
		Columns:     []clause.Column{{Name: "owner_id"}, {Name: "purpose"}, {Name: "sha256"}},
		TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "deleted_at IS NULL"}}},
		DoNothing:   true,
	}).Create(&u)
	if r.Error != nil {
		return Upload{}, r.Error
	}
	if r.RowsAffected == 0 {
		return s.sameUpload(ctx, actor, in)
	}
	if err := s.db.Enqueue(ctx, RenderUpload{UploadID: u.ID}); err != nil {
		return Upload{}, err
	}
	return u, s.db.Audit(ctx, actor, record.Act{Action: "upload_added", SubjectKind: "upload", SubjectID: u.ID, PersonID: actor.ID})
}

// sameUpload finds the file of the same bytes that is there already.
func (s *Store) sameUpload(ctx context.Context, actor User, in NewUpload) (Upload, error) {
	var u Upload
	err := s.db.With(ctx).
		Where("owner_id = ? AND purpose = ?", actor.ID, in.Purpose).
		Where("sha256 = ? AND deleted_at IS NULL", in.SHA256).Take(&u).Error
	if err != nil || u.ReplacedAt == nil {
		return u, err
	}
	u.ReplacedAt = nil // its person wants it after all
	return u, s.db.With(ctx).Model(&Upload{}).Where("id = ?", u.ID).Update("replaced_at", nil).Error
}

// Upload finds a file of the acting person.
func (s *Store) Upload(ctx context.Context, actor User, ref string) (Upload, error) {
	var u Upload
	err := s.db.With(ctx).Where("ref = ? AND owner_id = ? AND deleted_at IS NULL", ref, actor.ID).Take(&u).Error
	return u, err
}

// LibraryUpload is a file with its number of pages, the certificates of which it is part, and the applications
// that rely on it.
type LibraryUpload struct {
	Upload
	Pages        int
	Certificates []UploadUse `gorm:"-"`
	Applications []UploadUse `gorm:"-"`
}

// Uploads lists the acting person's library, newest first. It asks a fixed number of questions.
func (s *Store) Uploads(ctx context.Context, actor User) ([]LibraryUpload, error) {
	var list []LibraryUpload
	err := s.db.With(ctx).Raw(`SELECT u.*,
			(SELECT count(*) FROM upload_pages p WHERE p.upload_id = u.id) AS pages
		FROM uploads u
		WHERE u.owner_id = ?
			AND u.deleted_at IS NULL
		ORDER BY date_trunc('minute', u.created_at) DESC, u.id
		LIMIT ?`, actor.ID, mostUploads).Scan(&list).Error
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(list))
	for i, f := range list {
		ids[i] = f.ID
	}
	certificates, applications, err := s.UploadUses(ctx, ids)
	for i, id := range ids {
		list[i].Certificates, list[i].Applications = certificates[id], applications[id]
	}
	return list, err
}

// mostReusable is how many files of the library are offered to be used again.
const mostReusable = 30

// ReusableUploads lists files of the acting person that can be part of a certificate, newest first; what came
// together stands in its order.
func (s *Store) ReusableUploads(ctx context.Context, actor User) ([]Upload, error) {
	var list []Upload
	err := s.db.With(ctx).Where("owner_id = ? AND deleted_at IS NULL", actor.ID).
		Where("purpose IN ? AND state <> ?", []string{"certificate", "other"}, UploadRefused).
		Order("date_trunc('minute', created_at) DESC, id").Limit(mostReusable).Find(&list).Error
	return list, err
}

// UploadPage finds one page of a file of the acting person that is ready.
func (s *Store) UploadPage(ctx context.Context, actor User, ref string, number int) (UploadPage, error) {
	var p UploadPage
	err := s.db.With(ctx).Joins("JOIN uploads u ON u.id = upload_pages.upload_id").
		Where("u.ref = ? AND u.owner_id = ? AND u.state = ? AND u.deleted_at IS NULL", ref, actor.ID, UploadReady).
		Where("upload_pages.number = ?", number).Take(&p).Error
	return p, err
}

// UploadPages lists the pages of a file of the acting person, none before it is ready.
func (s *Store) UploadPages(ctx context.Context, actor User, ref string) ([]UploadPage, error) {
	var list []UploadPage
	err := s.db.With(ctx).Joins("JOIN uploads u ON u.id = upload_pages.upload_id").
		Where("u.ref = ? AND u.owner_id = ? AND u.state = ? AND u.deleted_at IS NULL", ref, actor.ID, UploadReady).
		Order("upload_pages.number").Limit(30).Find(&list).Error
	return list, err
}

// OpenUploadPage finds a page for an officer and records the look before it is handed out.
func (s *Store) OpenUploadPage(ctx context.Context, actor User, ref string, number int) (UploadPage, error) {
	var p UploadPage
	err := s.openedByOfficer(ctx, actor, ref, "upload_page_seen", map[string]any{"page": number}, func(tx *Store, u Upload) error {
		if u.State != UploadReady {
			return ErrNotFound
		}
		return tx.db.With(ctx).Where("upload_id = ? AND number = ?", u.ID, number).Take(&p).Error
	})
	return p, err
}

// Original finds a file whose bytes its owner or an officer may have as they came; an officer's
// download is recorded.
func (s *Store) Original(ctx context.Context, actor User, ref string) (u Upload, err error) {
	if actor.Role == Officer {
		err = s.openedByOfficer(ctx, actor, ref, "upload_downloaded", map[string]any{}, func(_ *Store, found Upload) error {
			u = found
			if found.State == UploadWaiting { // nothing has looked into it yet
				return ErrNotFound
			}
			return found.handedOut()
		})
		return u, err
	}
	if u, err = s.Upload(ctx, actor, ref); err != nil {
		return u, err
	}
	return u, u.handedOut()
}

// handedOut is ErrNotFound for bytes in which the scanner found something: nobody gets them.
func (u Upload) handedOut() error {
	if u.Refusal == "virus" {
		return ErrNotFound
	}
	return nil
}

// DeleteUpload takes a file out of the library; its blobs go with the next sweep. A file of
// a certificate that officers have or had before them stays, and so does what an application was
// decided on, or an officer compares with just now.
func (s *Store) DeleteUpload(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "delete upload", func(tx *Store) error {
		var u Upload
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Where("ref = ? AND owner_id = ? AND deleted_at IS NULL", ref, actor.ID).Take(&u).Error
		if err != nil {
			return err
		}
		if err := tx.mayGo(ctx, u); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Where("upload_id = ?", u.ID).Delete(&CertificateFile{}).Error; err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&Upload{}).Where("id = ?", u.ID).Update("deleted_at", tx.db.Now()).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "upload_deleted", SubjectKind: "upload", SubjectID: u.ID, PersonID: actor.ID})
	})
}

// DeadUpload is a deleted file with the keys of all its blobs.
type DeadUpload struct {
	ID   int64
	Keys record.Codes `gorm:"type:text[]"`
}

// DeadUploads lists files that were deleted longer ago than their term, to remove their blobs and then
// call ForgetUpload.
func (s *Store) DeadUploads(ctx context.Context) ([]DeadUpload, error) {
	before, err := s.db.KeptSince(ctx, "deleted_upload")
	if err != nil {
		return nil, err
	}
	var list []DeadUpload
	err = s.db.With(ctx).Raw(`SELECT u.id, ARRAY(
			SELECT u.blob_key
			UNION ALL
			SELECT unnest(ARRAY[p.view_key, p.thumb_key])
			FROM upload_pages p
			WHERE p.upload_id = u.id) AS keys
		FROM uploads u
		WHERE u.deleted_at < ?
		ORDER BY u.id
		LIMIT 500`, before).Scan(&list).Error
	return list, err
}

// ForgetUpload removes the row of a deleted file whose blobs are gone.
func (s *Store) ForgetUpload(ctx context.Context, id int64) error {
	return s.db.With(ctx).Where("id = ? AND deleted_at IS NOT NULL", id).Delete(&Upload{}).Error
}

// UnknownBlobs gives those of some keys that no row names, in one query: their upload was never
// finished, or their row is gone.
func (s *Store) UnknownBlobs(ctx context.Context, keys []string) ([]string, error) {
	var unknown []string
	err := s.db.With(ctx).Raw(`SELECT k
		FROM unnest(?::text[]) AS k
		WHERE NOT EXISTS (SELECT 1 FROM uploads WHERE blob_key = k)
			AND NOT EXISTS (SELECT 1 FROM upload_pages WHERE view_key = k OR thumb_key = k)
			AND NOT EXISTS (SELECT 1 FROM partial_upload_parts WHERE blob_key = k)
			AND NOT EXISTS (SELECT 1 FROM imports WHERE blob_key = k)
			AND `+record.NoBlob(s.personal, "k"), record.Codes(keys)).Scan(&unknown).Error
	return unknown, err
}
