package models

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// WaitingPaper finds a paper that is still to be looked into; ErrNotFound when there is nothing left to do.
func (s *Store) WaitingPaper(ctx context.Context, id int64) (u HalfMadeUpload, err error) {
	err = s.db.With(ctx).Raw(`SELECT p.id,
			p.media_type,
			p.blob_key,
			p.scanned_at,
			count(g.id) AS pages,
			coalesce(sum(g.drawn_ms), 0) AS drawn_ms
		FROM institution_papers p
		LEFT JOIN institution_paper_pages g ON g.paper_id = p.id
		WHERE p.id = ?
			AND p.state = ?
		GROUP BY p.id`, id, UploadWaiting).Scan(&u).Error
	if err == nil && u.ID == 0 {
		err = ErrNotFound
	}
	return u, err
}

// PassPaper notes that a scanner found nothing in a waiting paper.
func (s *Store) PassPaper(ctx context.Context, id int64) error {
	return s.db.With(ctx).Model(&InstitutionPaper{}).Where("id = ? AND state = ?", id, UploadWaiting).
		Update("scanned_at", s.db.Now()).Error
}

// AddPaperPage puts the images of the next page of a waiting paper into their place. ErrNotFound says that the page is not the
// next one any more, or the paper is gone; the caller then removes the images.
func (s *Store) AddPaperPage(ctx context.Context, p UploadPage) error {
	return s.transact(ctx, "add page to a paper", func(tx *Store) error {
		var paper InstitutionPaper
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Take(&paper, "id = ? AND state = ?", p.UploadID, UploadWaiting).Error
		if err != nil {
			return err
		}
		var pages int64
		if err := tx.db.With(ctx).Model(&PaperPage{}).Where("paper_id = ?", paper.ID).Count(&pages).Error; err != nil {
			return err
		}
		if pages != int64(p.Number-1) {
			return ErrNotFound
		}
		return tx.db.With(ctx).Table("institution_paper_pages").Create(map[string]any{
			"paper_id": paper.ID, "number": p.Number, "view_key": p.ViewKey, "thumb_key": p.ThumbKey, "width": p.Width, "height": p.Height,
			"drawn_ms": p.DrawnMS, "blank": p.Blank,
		}).Error
	})
}

// FinishPaper shows a waiting paper, with codes of what an officer should know of it. ErrNotFound says that it was finished
// or taken away meanwhile.
func (s *Store) FinishPaper(ctx context.Context, id int64, warnings []string) error {
	return record.Changed(s.db.With(ctx).Model(&InstitutionPaper{}).Where("id = ? AND state = ?", id, UploadWaiting).
		Updates(map[string]any{"state": UploadReady, "warnings": record.Codes(warnings)}), ErrNotFound)
}

// RefusePaper records why a waiting paper cannot be shown. The pages that were made go.
func (s *Store) RefusePaper(ctx context.Context, id int64, reason string) error {
	return s.transact(ctx, "refuse a paper", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&InstitutionPaper{}).Where("id = ? AND state = ?", id, UploadWaiting).
			Updates(map[string]any{"state": UploadRefused, "refusal": reason})
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		return tx.db.With(ctx).Where("paper_id = ?", id).Delete(&PaperPage{}).Error
	})
}
