package models

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// HalfMadeUpload is a file whose images are still to be made, with how far that has come.
type HalfMadeUpload struct {
	Upload
	Pages   int // that are there
	DrawnMS int // processor time that they took to draw, all together
}

// WaitingUpload finds a file whose images are still to be made; ErrNotFound when there is
// nothing left to do.
func (s *Store) WaitingUpload(ctx context.Context, id int64) (HalfMadeUpload, error) {
	var u HalfMadeUpload
	err := s.db.With(ctx).Table("uploads u").Select("u.*, count(p.number) AS pages, coalesce(sum(p.drawn_ms), 0) AS drawn_ms").
		Joins("LEFT JOIN upload_pages p ON p.upload_id = u.id").
		Where("u.id = ? AND u.state = ? AND u.deleted_at IS NULL", id, UploadWaiting).
		Group("u.id").Take(&u).Error
	return u, err
}

// PassScan notes that a scanner found nothing in a waiting file.
func (s *Store) PassScan(ctx context.Context, id int64) error {
	return s.db.With(ctx).Model(&Upload{}).Where("id = ? AND state = ?", id, UploadWaiting).Update("scanned_at", s.db.Now()).Error
}

// AddUploadPage puts the images of the next page of a waiting file into their place, where nobody sees them
// before the file is whole. ErrNotFound says that the page is not the next one any more, or the file was
// deleted meanwhile; the caller then removes the images.
func (s *Store) AddUploadPage(ctx context.Context, p UploadPage) error {
	return s.transact(ctx, "add page to upload", func(tx *Store) error {
		var u Upload
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).
			Where("id = ? AND state = ? AND deleted_at IS NULL", p.UploadID, UploadWaiting).Take(&u).Error
		if err != nil {
			return err
		}
		var pages int64
		if err := tx.db.With(ctx).Model(&UploadPage{}).Where("upload_id = ?", p.UploadID).Count(&pages).Error; err != nil {
			return err
		}
		if pages != int64(p.Number-1) {
			return ErrNotFound
		}
		return tx.db.With(ctx).Create(&p).Error
	})
}

// FinishUpload shows a waiting file whose pages are all there, with codes of what an officer should know of
// it (a PDF with scripts, with files inside). ErrNotFound says that it was finished or deleted meanwhile.
func (s *Store) FinishUpload(ctx context.Context, id int64, warnings []string) error {
	return s.transact(ctx, "finish upload", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&Upload{}).Where("id = ? AND state = ? AND deleted_at IS NULL", id, UploadWaiting).
			Updates(map[string]any{"state": UploadReady, "warnings": record.Codes(warnings)})
		if err := record.Changed(r, ErrNotFound); err != nil {
			return err
		}
		return tx.db.Enqueue(ctx, ReadUpload{UploadID: id})
	})
}

// RefuseUpload records why a waiting file cannot be shown: a render.Failure's name. The pages that were
// made go; their blobs become orphans.
func (s *Store) RefuseUpload(ctx context.Context, id int64, reason string) error {
	return s.transact(ctx, "refuse upload", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&Upload{}).Where("id = ? AND state = ?", id, UploadWaiting).
			Updates(map[string]any{"state": UploadRefused, "refusal": reason})
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		return tx.db.With(ctx).Where("upload_id = ?", id).Delete(&UploadPage{}).Error
	})
}

// ReadableUpload finds a certificate's file whose first page can be read, with that page; ErrNotFound
// when there is nothing to read.
func (s *Store) ReadableUpload(ctx context.Context, id int64) (UploadPage, error) {
	var p UploadPage
	err := s.db.With(ctx).Joins("JOIN uploads u ON u.id = upload_pages.upload_id").
		Where("u.purpose = 'certificate' AND u.state = ? AND u.deleted_at IS NULL", UploadReady).
		Where("upload_pages.upload_id = ? AND upload_pages.number = 1", id).Take(&p).Error
	return p, err
}

// HintUpload notes what a machine read on a file: a name, a number, and days as ISO dates.
func (s *Store) HintUpload(ctx context.Context, id int64, name, number string, days []string) error {
	hints := map[string]any{"hint_name": cut(name, 100), "hint_number": cut(number, 60), "hint_days": record.Codes(days)}
	return s.db.With(ctx).Model(&Upload{}).Where("id = ?", id).Updates(hints).Error
}
