package models

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// NoteLength is how many letters a team note has at most.
const NoteLength = 1000

// The refusals of writing a note.
var (
	ErrNoteMissing = &Refusal{Key: "applicant.note_missing", Field: "note"}
	ErrNoteLong    = &Refusal{Key: "applicant.note_long", Field: "note", Args: []any{"Max", NoteLength}}
)

// ApplicationNote is what somebody of an institution wrote about an applicant, for those who choose with them.
type ApplicationNote struct {
	ID            int64
	ApplicationID int64
	AuthorID      int64
	At            time.Time
	Body          string
	FormToken     string
	AuthorName    string `gorm:"->;-:migration"`
}

// AddNote writes a note about an applicant of the acting staff's institution. The same form sent twice is one note.
func (s *Store) AddNote(ctx context.Context, actor User, ref, token, text string) error {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	if !actor.Selects() {
		return ErrForbidden
	}
	return s.transact(ctx, "add note", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		switch {
		case err != nil:
			return err
		case text == "":
			return ErrNoteMissing
		case utf8.RuneCountInString(text) > NoteLength:
			return ErrNoteLong
		}
		note := ApplicationNote{ApplicationID: id, AuthorID: actor.ID, At: tx.db.Now(), Body: text, FormToken: token}
		r := tx.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Omit("AuthorName").Create(&note)
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		// Without the person's id: what colleagues write to each other is no look that the person is shown.
		return tx.db.Audit(ctx, actor, record.Act{Action: "application_noted", SubjectKind: "application", SubjectID: id})
	})
}

// Notes lists the newest notes about an applicant of the acting staff's institution.
func (s *Store) Notes(ctx context.Context, actor User, ref string) (list []ApplicationNote, err error) {
	if !actor.Selects() {
		return nil, ErrForbidden
	}
	id, err := s.applicationOfInstitution(ctx, actor, ref)
	if err != nil {
		return nil, err
	}
	err = s.db.With(ctx).Model(&ApplicationNote{}).
		Select("application_notes.*, (SELECT u.name FROM users u WHERE u.id = author_id) AS author_name").
		Where("application_id = ?", id).Order("id DESC").Limit(100).Scan(&list).Error
	return list, err
}
