package models

import (
	"context"

	"naikkelas/models/record"
)

// MyData gives the person a copy of everything that the portal holds about them (UU 27/2022 art. 7), all of
// one moment, and records that it did.
func (s *Store) MyData(ctx context.Context, actor User) ([]record.DataPart, error) {
	var parts []record.DataPart
	err := s.db.Snapshot(ctx, "my data", func(tx *record.DB) (err error) {
		if parts, err = tx.Copy(ctx, s.personal, actor.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, actor, record.Act{Action: "data_copied", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
	return parts, err
}
