package record

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// AuditRow records one change, or one look at a person's document or number: who, what,
// about which record and which person. Rows can only be added (migration 00015).
type AuditRow struct {
	ID          int64
	At          time.Time
	ActorID     *int64
	ActorRole   Role
	Action      string
	SubjectKind string
	SubjectID   int64
	PersonID    *int64
	Detail      json.RawMessage `gorm:"type:jsonb"`
}

// An Act is what Audit writes down. PersonID is the person whose data it is about, 0 for none.
// Detail never holds personal data.
type Act struct {
	Action      string
	SubjectKind string
	SubjectID   int64
	PersonID    int64
	Detail      map[string]any
}

// Audit adds a row for each act in the current transaction, so that no change goes unrecorded.
func (d *DB) Audit(ctx context.Context, actor User, acts ...Act) error {
	rows := make([]AuditRow, len(acts))
	for i, a := range acts {
		detail := []byte("{}")
		if a.Detail != nil {
			var err error
			if detail, err = json.Marshal(a.Detail); err != nil {
				return fmt.Errorf("audit %s: %w", a.Action, err)
			}
		}
		rows[i] = AuditRow{
			At: d.now(), ActorRole: actor.Role, Action: a.Action, SubjectKind: a.SubjectKind, SubjectID: a.SubjectID, Detail: detail,
		}
		if actor.ID != 0 {
			rows[i].ActorID = &actor.ID
		}
		if a.PersonID != 0 {
			rows[i].PersonID = &acts[i].PersonID
		}
	}
	if err := d.With(ctx).Create(&rows).Error; err != nil {
		return fmt.Errorf("audit %s: %w", acts[0].Action, err)
	}
	return nil
}
