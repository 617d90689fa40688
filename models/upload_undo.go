package models

import (
	"context"
	"time"
)

// UndoTime is how long a deleted file can be taken back: a day.
const UndoTime = 24 * time.Hour

// DeletedUploads lists what the acting person deleted within UndoTime, newest first.
func (s *Store) DeletedUploads(ctx context.Context, actor User) ([]Upload, error) {
	var list []Upload
	err := s.db.WithContext(ctx).Where("owner_id = ? AND deleted_at > ?", actor.ID, s.now().Add(-UndoTime)).Order("deleted_at DESC, id DESC").Limit(50).Find(&list).Error
	return list, err
}

// RestoreUpload takes a deletion back within UndoTime. The file is in the library again and no longer
// part of a certificate. The same bytes sent again meanwhile are enough: then nothing changes.
func (s *Store) RestoreUpload(ctx context.Context, actor User, ref string) error {
	err := s.transact(ctx, func(tx *Store) error {
		var u Upload
		if err := tx.db.WithContext(ctx).Take(&u, "ref = ? AND owner_id = ? AND deleted_at > ?", ref, actor.ID, tx.now().Add(-UndoTime)).Error; err != nil {
			return err
		}
		if err := tx.db.WithContext(ctx).Model(&Upload{}).Where("id = ?", u.ID).Update("deleted_at", nil).Error; err != nil {
			return err
		}
		return tx.audit(ctx, actor, act{Action: "upload_restored", SubjectKind: "upload", SubjectID: u.ID, PersonID: actor.ID})
	})
	if violates(err, "uploads_same_bytes") {
		return nil
	}
	return err
}
