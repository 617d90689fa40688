package models

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// SetLanguage chooses in which language the portal writes to the person from now on. One that it does not have is
// ErrNotFound.
func (s *Store) SetLanguage(ctx context.Context, actor User, language string) error {
	if language != string(i18n.ID) && language != string(i18n.EN) {
		return ErrNotFound
	}
	return s.transact(ctx, "set language", func(tx *Store) error {
		r := tx.db.With(ctx).Model(&User{}).Where("id = ? AND closed_at IS NULL", actor.ID).
			Updates(map[string]any{"language": language, "updated_at": tx.db.Now()})
		if err := record.Changed(r, ErrNotFound); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "language_set", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID, Detail: map[string]any{"language": language},
		})
	})
}
