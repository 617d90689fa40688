package models

import (
	"context"

	"naikkelas/models/record"
)

// MyData is everything that the portal holds about the person (UU 27/2022 art. 7), all of one moment, for the page.
func (s *Store) MyData(ctx context.Context, actor User) (parts []record.DataPart, err error) {
	err = s.db.Snapshot(ctx, "my data", func(tx *record.DB) error {
		parts, err = tx.Copy(ctx, s.personal, actor.ID)
		return err
	})
	return parts, err
}

// CopyMyData is the same as a copy to take along, and records that it was taken.
func (s *Store) CopyMyData(ctx context.Context, actor User) (parts []record.DataPart, err error) {
	err = s.db.Snapshot(ctx, "copy my data", func(tx *record.DB) error {
		if parts, err = tx.Copy(ctx, s.personal, actor.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, actor, record.Act{Action: "data_copied", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
	return parts, err
}
