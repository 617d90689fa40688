package protection

import (
	"context"

	"naikkelas/models"
	"naikkelas/models/record"
)

// WaitingAttachment finds a file that is still to be looked into; ErrNotFound when there is nothing left to do.
func (s *Store) WaitingAttachment(ctx context.Context, id int64) (u models.HalfMadeUpload, err error) {
	err = s.db.With(ctx).Raw(`SELECT a.id,
			a.media_type,
			a.blob_key,
			a.scanned_at,
			count(g.id) AS pages,
			coalesce(sum(g.drawn_ms), 0) AS drawn_ms
		FROM case_attachments a
		LEFT JOIN case_attachment_pages g ON g.attachment_id = a.id
		WHERE a.id = ?
			AND a.state = ?
		GROUP BY a.id`, id, models.UploadWaiting).Scan(&u).Error
	if err == nil && u.ID == 0 {
		err = record.ErrNotFound
	}
	return u, err
}

// PassAttachment notes that a scanner found nothing in a waiting file.
func (s *Store) PassAttachment(ctx context.Context, id int64) error {
	return s.db.With(ctx).Model(&Attachment{}).Where("id = ? AND state = ?", id, models.UploadWaiting).
		Update("scanned_at", s.db.Now()).Error
}

// AddAttachmentPage puts the images of the next page of a waiting file into their place. ErrNotFound says that the page is
// not the next one any more, or the file is gone; the caller then removes the images.
func (s *Store) AddAttachmentPage(ctx context.Context, p models.UploadPage) error {
	return s.transact(ctx, "add page to a file on a case", func(tx *Store) error {
		var a Attachment
		if err := locked(tx.db.With(ctx)).Take(&a, "id = ? AND state = ?", p.UploadID, models.UploadWaiting).Error; err != nil {
			return err
		}
		var pages int64
		if err := tx.db.With(ctx).Model(&AttachmentPage{}).Where("attachment_id = ?", a.ID).Count(&pages).Error; err != nil {
			return err
		}
		if pages != int64(p.Number-1) {
			return record.ErrNotFound
		}
		return tx.db.With(ctx).Table("case_attachment_pages").Create(map[string]any{
			"attachment_id": a.ID, "number": p.Number, "view_key": p.ViewKey, "thumb_key": p.ThumbKey, "width": p.Width, "height": p.Height,
			"drawn_ms": p.DrawnMS, "blank": p.Blank,
		}).Error
	})
}

// FinishAttachment shows a waiting file, with codes of what an officer should know of it. ErrNotFound says that it was
// finished or taken away meanwhile.
func (s *Store) FinishAttachment(ctx context.Context, id int64, warnings []string) error {
	return record.Changed(s.db.With(ctx).Model(&Attachment{}).Where("id = ? AND state = ?", id, models.UploadWaiting).
		Updates(map[string]any{"state": models.UploadReady, "warnings": record.Codes(warnings)}), record.ErrNotFound)
}

// RefuseAttachment records why a waiting file cannot be shown. The pages that were made go.
func (s *Store) RefuseAttachment(ctx context.Context, id int64, reason string) error {
	return s.transact(ctx, "refuse a file on a case", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&Attachment{}).Where("id = ? AND state = ?", id, models.UploadWaiting).
			Updates(map[string]any{"state": models.UploadRefused, "refusal": reason})
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		return tx.db.With(ctx).Where("attachment_id = ?", id).Delete(&AttachmentPage{}).Error
	})
}
