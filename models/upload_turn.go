package models

import (
	"context"

	"naikkelas/models/record"
)

// TurnPage puts new images of a page in the place of the ones that the acting owner saw: the page
// stands as they turned it, for officers too. ErrStale says that somebody turned it meanwhile.
func (s *Store) TurnPage(ctx context.Context, actor User, ref string, seen, turned UploadPage) error {
	return s.transact(ctx, "turn page", func(tx *Store) error {
		u, err := tx.Upload(ctx, actor, ref)
		if err != nil {
			return err
		}
		r := tx.db.With(ctx).Model(&UploadPage{}).Where("upload_id = ? AND number = ? AND view_key = ?", u.ID, seen.Number, seen.ViewKey).
			Updates(map[string]any{"view_key": turned.ViewKey, "thumb_key": turned.ThumbKey, "width": turned.Width, "height": turned.Height})
		if err := record.Changed(r, ErrStale); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "upload_page_turned", SubjectKind: "upload", SubjectID: u.ID, PersonID: actor.ID,
			Detail: map[string]any{"page": seen.Number},
		})
	})
}
