package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// UndoTime is how long a deleted file or certificate can be taken back: a day. The terms of retention for
// what was deleted are never shorter.
const UndoTime = 24 * time.Hour

// DeletedUploads lists what the acting person deleted within UndoTime, newest first.
func (s *Store) DeletedUploads(ctx context.Context, actor User) ([]Upload, error) {
	var list []Upload
	err := s.db.With(ctx).Where("owner_id = ? AND deleted_at > ?", actor.ID, s.db.Now().Add(-UndoTime)).
		Order("deleted_at DESC, id DESC").Limit(50).Find(&list).Error
	return list, err
}

// RestoreUpload takes a deletion back within UndoTime. The file is in the library again and no longer
// part of a certificate. The same bytes sent again meanwhile are enough: then nothing changes.
func (s *Store) RestoreUpload(ctx context.Context, actor User, ref string) error {
	err := s.transact(ctx, "restore upload", func(tx *Store) error {
		var u Upload
		err := tx.db.With(ctx).Where("ref = ? AND owner_id = ?", ref, actor.ID).
			Take(&u, "deleted_at > ?", tx.db.Now().Add(-UndoTime)).Error
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&Upload{}).Where("id = ?", u.ID).
			Updates(map[string]any{"deleted_at": nil, "restored_at": tx.db.Now()}).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "upload_restored", SubjectKind: "upload", SubjectID: u.ID, PersonID: actor.ID})
	})
	if record.Violates(err, "uploads_same_bytes") {
		return nil
	}
	return err
}
