package models

import (
	"context"
	"reflect"
	"time"

	"naikkelas/models/record"
)

// An Edit is one change of a record that several people may change: who made it, when, and what of it. Fields are
// named as on the record's form; none are known of acts that change no text, such as a cancellation.
type Edit struct {
	At     time.Time
	Who    string // empty for whoever the reader knows only by their office
	Role   record.Role
	Own    bool // the reader's, in another window
	Fields record.Codes
}

// The records that several people edit, as the audit trail calls them.
const (
	EditInstitution = "institution"
	EditProgramme   = "programme"
	EditIntake      = "intake"
	EditHoliday     = "holiday"
)

// editOwners find the institution whose staff edit a record.
var editOwners = map[string]string{
	EditInstitution: `SELECT id FROM institutions WHERE id = ?`,
	EditProgramme:   `SELECT institution_id FROM programmes WHERE id = ?`,
	EditIntake:      `SELECT p.institution_id FROM intakes n JOIN programmes p ON p.id = n.programme_id WHERE n.id = ?`,
}

// EditsSince lists who changed a record after the version that somebody saw, newest first, at most twenty. Staff
// read the names of their own house, officers every name.
func (s *Store) EditsSince(ctx context.Context, actor User, kind string, id int64, version int) ([]Edit, error) {
	if err := s.mayReadEdits(ctx, actor, kind, id); err != nil {
		return nil, err
	}
	var list []Edit
	err := s.db.With(ctx).Raw(`SELECT r.at, r.actor_role AS role, coalesce(r.actor_id = ?, false) AS own,
			CASE WHEN ? = 'officer' OR u.institution_id = ? THEN u.name ELSE '' END AS who,
			ARRAY(SELECT jsonb_array_elements_text(coalesce(r.detail->'fields', '[]'))) AS fields
		FROM audit_rows r
		LEFT JOIN users u ON u.id = r.actor_id
		WHERE r.subject_kind = ?
			AND r.subject_id = ?
			AND (r.detail->>'version')::int > ?
		ORDER BY r.id DESC
		LIMIT 20`, actor.ID, actor.Role, actor.InstitutionID, kind, id, version).Scan(&list).Error
	return list, err
}

func (s *Store) mayReadEdits(ctx context.Context, actor User, kind string, id int64) error {
	if actor.Role == Officer {
		return nil
	}
	owner, known := editOwners[kind]
	if !known || !actor.Manages() {
		return ErrForbidden
	}
	var institutions []int64
	if err := s.db.With(ctx).Raw(owner, id).Scan(&institutions).Error; err != nil {
		return err
	}
	if len(institutions) != 1 || institutions[0] != *actor.InstitutionID {
		return ErrNotFound
	}
	return nil
}

// editDetail is what the audit trail keeps of an edit: the version that it made and the fields that it changed.
func editDetail(version int, fields []string) map[string]any {
	return map[string]any{"version": version, "fields": append([]string{}, fields...)}
}

// editedFields names the fields of two values of one struct that differ, by their tag "field".
func editedFields(was, now any) []string {
	fields := []string{}
	a, b := reflect.ValueOf(was), reflect.ValueOf(now)
	for i := range a.NumField() {
		name := a.Type().Field(i).Tag.Get("field")
		if name != "" && !sameValue(a.Field(i), b.Field(i)) {
			fields = append(fields, name)
		}
	}
	return fields
}

// sameValue holds a moment for the same in every zone, and an empty list for none.
func sameValue(a, b reflect.Value) bool {
	if was, ok := a.Interface().(*time.Time); ok {
		now := b.Interface().(*time.Time)
		return was == now || was != nil && now != nil && was.Equal(*now)
	}
	if a.Kind() == reflect.Slice && a.Len() == 0 && b.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}
