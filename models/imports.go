package models

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of imports.
var (
	ErrImportSaved   = &Refusal{Key: "imports.saved_already"}
	ErrImportEmpty   = &Refusal{Key: "imports.nothing"}
	ErrImportAsks    = &Refusal{Key: "imports.answer_first"}
	ErrImportTouched = &Refusal{Key: "imports.touched"}
)

// Import is a spreadsheet between its arrival and the decision about it. The file lies sealed in the
// blob store; Mapping holds the answers that a person gave on the preview, Result what became of its rows.
type Import struct {
	ID            int64
	Ref           string
	Kind          string // programmes or institutions
	OwnerID       int64
	InstitutionID *int64
	FileName      string
	BlobKey       string
	Mapping       json.RawMessage `gorm:"type:jsonb"`
	State         string          // uploaded, saved or cancelled
	Good          int
	Bad           int
	Saved         int
	Result        json.RawMessage `gorm:"type:jsonb;default:'{}'"`
	CreatedAt     time.Time       `gorm:"autoCreateTime:false"`
	UpdatedAt     time.Time       `gorm:"autoUpdateTime:false"`

	Run *ImportRun `gorm:"foreignKey:ImportID"` // of a long one
}

// TableName is where imports lie.
func (Import) TableName() string { return "imports" }

// Answers are what the person said on the preview, by name.
func (i Import) Answers() map[string]string {
	answers := map[string]string{}
	_ = json.Unmarshal(i.Mapping, &answers) // what is not answers means that nothing was answered
	return answers
}

// ImportResult counts what became of the rows of a saved import.
type ImportResult struct {
	New, Changed, Same, Aside int
}

// Outcome is what became of the rows of a saved import.
func (i Import) Outcome() ImportResult {
	var r ImportResult
	_ = json.Unmarshal(i.Result, &r) // of an import that is not saved there is none
	return r
}

// CreateImport records a spreadsheet that arrived: of programmes for staff, of institutions for officers. One of programmes
// with many rows is read by a job.
func (s *Store) CreateImport(ctx context.Context, actor User, fileName, blobKey string, rows int) (Import, error) {
	now := s.db.Now()
	i := Import{
		Ref: record.NewRef("IM"), Kind: "institutions", OwnerID: actor.ID, FileName: cut(fileName, 255), BlobKey: blobKey,
		Mapping: json.RawMessage("{}"), State: "uploaded", Result: json.RawMessage("{}"), CreatedAt: now, UpdatedAt: now,
	}
	switch {
	case actor.Edits():
		i.Kind, i.InstitutionID = "programmes", actor.InstitutionID
	case actor.Role != Officer:
		return i, ErrForbidden
	}
	err := s.transact(ctx, "create import", func(tx *Store) error {
		if err := tx.db.With(ctx).Create(&i).Error; err != nil {
			return err
		}
		if i.Kind == "programmes" && rows > ImportAtOnce {
			if err := tx.beginRun(ctx, i, rows); err != nil {
				return err
			}
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "import_uploaded", SubjectKind: "import", SubjectID: i.ID})
	})
	return i, err
}

// OwnImport finds an import of the acting person.
func (s *Store) OwnImport(ctx context.Context, actor User, ref string) (Import, error) {
	var i Import
	err := s.db.With(ctx).Preload("Run").Take(&i, "ref = ? AND owner_id = ?", ref, actor.ID).Error
	return i, err
}

// ownImportsMost is how many of a person's uploads are listed.
const ownImportsMost = 20

// OwnImports lists the latest imports of the acting person, newest first.
func (s *Store) OwnImports(ctx context.Context, actor User) ([]Import, error) {
	var list []Import
	err := s.db.With(ctx).Preload("Run").Where("owner_id = ?", actor.ID).Order("id DESC").Limit(ownImportsMost).Find(&list).Error
	return list, err
}

// AnswerImport keeps what the person said on the preview, with what they said before about other things. A long
// spreadsheet is read again with it by a job.
func (s *Store) AnswerImport(ctx context.Context, actor User, ref string, answers map[string]string) error {
	return s.transact(ctx, "answer import", func(tx *Store) error { return tx.answerImport(ctx, actor, ref, answers) })
}

func (s *Store) answerImport(ctx context.Context, actor User, ref string, answers map[string]string) error {
	text, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	r := s.db.With(ctx).Exec(`UPDATE imports
		SET mapping = mapping || ?::jsonb, updated_at = ?
		WHERE ref = ?
			AND owner_id = ?
			AND state = 'uploaded'`, string(text), s.db.Now(), ref, actor.ID)
	if err := record.Changed(r, ErrNotFound); err != nil {
		return err
	}
	i, err := s.OwnImport(ctx, actor, ref)
	if err != nil || i.Run == nil {
		return err
	}
	return s.readAgain(ctx, i)
}

// KnownHeadings are how the acting staff's institution called the columns of earlier lists: codes by heading.
func (s *Store) KnownHeadings(ctx context.Context, actor User) (map[string]string, error) {
	if !actor.Edits() {
		return nil, ErrForbidden
	}
	var rows []struct{ Heading, Code string }
	err := s.db.With(ctx).Raw(`SELECT heading, code
		FROM import_headings
		WHERE institution_id = ?
		ORDER BY heading
		LIMIT 1000`, *actor.InstitutionID).Scan(&rows).Error
	known := make(map[string]string, len(rows))
	for _, r := range rows {
		known[r.Heading] = r.Code
	}
	return known, err
}

// MapImport keeps which column is which in an import, and remembers the headings for the institution's next list.
func (s *Store) MapImport(ctx context.Context, actor User, ref string, answers, headings map[string]string) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	return s.transact(ctx, "map import", func(tx *Store) error {
		if err := tx.answerImport(ctx, actor, ref, answers); err != nil {
			return err
		}
		for heading, code := range headings {
			if len([]rune(heading)) > headingMost {
				continue
			}
			err := tx.db.With(ctx).Exec(`INSERT INTO import_headings (institution_id, heading, code)
				VALUES (?, ?, ?)
				ON CONFLICT (institution_id, heading) DO UPDATE SET code = excluded.code`, *actor.InstitutionID, heading, code).Error
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// headingMost is the longest heading that is remembered, in letters.
const headingMost = 200

// lockImport takes an import of the acting person to save it; a second press finds it saved.
func (s *Store) lockImport(ctx context.Context, actor User, ref string) (Import, error) {
	var i Import
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&i, "ref = ? AND owner_id = ?", ref, actor.ID).Error
	if err == nil && i.State != "uploaded" {
		err = ErrImportSaved
	}
	return i, err
}

// closeImport notes what became of an import's rows.
func (s *Store) closeImport(ctx context.Context, actor User, i Import, result ImportResult, refused int) error {
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	saved := result.New + result.Changed
	err = s.db.With(ctx).Model(&Import{}).Where("id = ?", i.ID).Updates(map[string]any{
		"state": "saved", "good": saved + result.Same, "bad": refused, "saved": saved, "result": text, "updated_at": s.db.Now(),
	}).Error
	if err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{
		Action: "import_saved", SubjectKind: "import", SubjectID: i.ID,
		Detail: map[string]any{"saved": saved, "refused": refused},
	})
}
