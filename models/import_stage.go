package models

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"naikkelas/models/record"
)

// The outcomes of a row that was put aside, beside those of ImportOutcome.
const (
	StagedWaiting = "waiting" // for an answer
	StagedRefused = "refused"
)

// ErrImportStopped says that somebody stopped an import while a job had it, or that it is another job's by now.
var ErrImportStopped = errors.New("import stopped")

// ImportRow is what was read of one programme of a long spreadsheet.
type ImportRow struct {
	ImportID int64 `gorm:"primaryKey"`
	Position int   `gorm:"primaryKey;autoIncrement:false"`
	Outcome  string
	Imported json.RawMessage `gorm:"type:jsonb"` // an ImportedProgramme
	Matched  json.RawMessage `gorm:"type:jsonb"` // an ImportMatch
	Shown    json.RawMessage `gorm:"type:jsonb"` // what the preview says of it
}

// TableName is where rows lie.
func (ImportRow) TableName() string { return "import_rows" }

// StagedImport is what a long spreadsheet was read as. Head is what the preview says beside the rows.
type StagedImport struct {
	Head  json.RawMessage
	Asks  int
	Aside int
	Count int
	Row   func(n int) (ImportRow, error) // one of Count, made when it is wanted
}

// WorkedImport finds an import that a job has in a phase, with its owner. An older turn's is ErrImportStopped.
func (s *Store) WorkedImport(ctx context.Context, importID int64, turn int, phase string) (i Import, owner User, err error) {
	err = s.db.With(ctx).Preload("Run").Take(&i, "id = ?", importID).Error
	if errors.Is(err, ErrNotFound) || err == nil && (i.Run == nil || i.Run.Turn != turn || i.Run.Phase != phase) {
		return i, owner, ErrImportStopped
	}
	if err != nil {
		return i, owner, err
	}
	owner, err = s.User(ctx, i.OwnerID)
	if errors.Is(err, ErrNotFound) || err == nil && (!owner.Edits() || *owner.InstitutionID != *i.InstitutionID) {
		err = ErrForbidden
	}
	return i, owner, err
}

// stagedAtOnce is how many rows one statement puts aside.
const stagedAtOnce = 250

// StageImport puts aside what was read of a long spreadsheet, in place of what was read before.
func (s *Store) StageImport(ctx context.Context, importID int64, turn int, staged StagedImport) error {
	tell := s.tellRun(ctx, importID, turn)
	return s.transact(ctx, "stage import", func(tx *Store) error {
		if err := tx.db.With(ctx).Where("import_id = ?", importID).Delete(&ImportRow{}).Error; err != nil {
			return err
		}
		rows := make([]ImportRow, 0, stagedAtOnce)
		for n := range staged.Count {
			row, err := staged.Row(n)
			if err != nil {
				return err
			}
			row.ImportID, row.Position = importID, n+1
			if rows = append(rows, row); len(rows) < stagedAtOnce && n+1 < staged.Count {
				continue
			}
			if err := tx.db.With(ctx).Create(&rows).Error; err != nil {
				return err
			}
			if err := tell(n + 1); err != nil {
				return err
			}
			rows = rows[:0]
		}
		r := tx.db.With(ctx).Model(&ImportRun{}).Where("import_id = ? AND turn = ? AND phase = ?", importID, turn, RunReading).
			Updates(map[string]any{
				"phase": RunRead, "head": staged.Head, "asks": staged.Asks, "aside": staged.Aside, "updated_at": tx.db.Now(),
			})
		return record.Changed(r, ErrImportStopped)
	})
}

// tellRun notes how far a job is, outside of its transaction, and gives ErrImportStopped when the work is no longer wanted.
func (s *Store) tellRun(ctx context.Context, importID int64, turn int) func(done int) error {
	return func(done int) error {
		r := s.db.With(ctx).Exec(`UPDATE import_runs
			SET done = least(rows, ?), updated_at = ?
			WHERE import_id = ?
				AND turn = ?
				AND phase IN ('reading', 'saving')`, done, s.db.Now(), importID, turn)
		return record.Changed(r, ErrImportStopped)
	}
}

// FailImport ends a job's turn that a refusal ended; why is its key. What was read stays to be looked at.
func (s *Store) FailImport(ctx context.Context, importID int64, turn int, why string) error {
	return s.db.With(ctx).Exec(`UPDATE import_runs
		SET phase = CASE phase WHEN 'reading' THEN 'stopped' ELSE 'read' END, why = ?, updated_at = ?
		WHERE import_id = ?
			AND turn = ?
			AND phase IN ('reading', 'saving')`, why, s.db.Now(), importID, turn).Error
}

// StagedCounts are how many rows of a long spreadsheet have each outcome.
func (s *Store) StagedCounts(ctx context.Context, i Import) (map[string]int, error) {
	var rows []struct {
		Outcome string
		N       int
	}
	err := s.db.With(ctx).Model(&ImportRow{}).Where("import_id = ?", i.ID).Select("outcome, count(*) AS n").
		Group("outcome").Scan(&rows).Error
	counts := make(map[string]int, len(rows))
	for _, r := range rows {
		counts[r.Outcome] = r.N
	}
	return counts, err
}

// StagedPage is how many rows of a long spreadsheet are given at once.
const StagedPage = 50

// stagedTodo are the outcomes with which something is to be done.
var stagedTodo = []string{StagedRefused, StagedWaiting, string(ImportLocked)}

// StagedRows are the rows of a long spreadsheet from after a position on: those that need something done, or the
// others. more says that there are others behind them.
func (s *Store) StagedRows(ctx context.Context, i Import, todo bool, after int) (list []ImportRow, more bool, err error) {
	outcomes := stagedTodo
	if !todo {
		outcomes = []string{string(ImportNew), string(ImportChanged), string(ImportSame)}
	}
	err = s.db.With(ctx).Where("import_id = ? AND position > ? AND outcome IN ?", i.ID, after, outcomes).
		Order("position").Limit(StagedPage + 1).Find(&list).Error
	if more = len(list) > StagedPage; more {
		list = list[:StagedPage]
	}
	return list, more, err
}

// EachStaged gives every row of a long spreadsheet in its order, a page of them at a time.
func (s *Store) EachStaged(ctx context.Context, i Import, each func(ImportRow) error) error {
	last := 0
	for {
		var list []ImportRow
		err := s.db.With(ctx).Where("import_id = ? AND position > ?", i.ID, last).Order("position").Limit(exportPage).Find(&list).Error
		if err != nil {
			return err
		}
		for _, row := range list {
			if err := each(row); err != nil {
				return err
			}
		}
		if len(list) < exportPage {
			return nil
		}
		last = list[len(list)-1].Position
	}
}

// SaveStaged saves what was put aside of a long spreadsheet, all or none of it. It gives ErrImportStopped when it is no
// longer wanted.
func (s *Store) SaveStaged(ctx context.Context, importID int64, turn int) error {
	i, owner, err := s.WorkedImport(ctx, importID, turn, RunSaving)
	if err != nil {
		return err
	}
	var list []ImportedProgramme
	refused := 0
	err = s.EachStaged(ctx, i, func(row ImportRow) error {
		switch row.Outcome {
		case StagedRefused, StagedWaiting:
			refused++
			return nil
		case string(ImportLocked):
			if !i.Run.GoodOnly {
				return ErrImportBad
			}
		}
		var in ImportedProgramme
		if err := json.Unmarshal(row.Imported, &in); err != nil {
			return fmt.Errorf("row %d of import %d: %w", row.Position, importID, err)
		}
		list = append(list, in)
		return nil
	})
	if err != nil {
		return err
	}
	return s.saveImport(ctx, owner, i.Ref, importSaving{
		list: list, refused: refused, aside: i.Run.Aside, whole: !i.Run.GoodOnly, tell: s.tellRun(ctx, importID, turn),
		end: func(tx *Store) error {
			r := tx.db.With(ctx).Model(&ImportRun{}).Where("import_id = ? AND turn = ? AND phase = ?", importID, turn, RunSaving).
				Updates(map[string]any{"phase": RunSaved, "updated_at": tx.db.Now()})
			return record.Changed(r, ErrImportStopped)
		},
	})
}
