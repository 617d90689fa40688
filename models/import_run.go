package models

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The phases of a long spreadsheet's run.
const (
	RunReading = "reading" // a job reads it and sets it beside what is there
	RunRead    = "read"    // a person decides
	RunStopped = "stopped" // its reading was stopped, or came to nothing
	RunSaving  = "saving"  // a job saves it
	RunSaved   = "saved"
)

// The refusals of long imports.
var (
	ErrImportBusy = &Refusal{Key: "imports.run.busy"}
	ErrImportBad  = &Refusal{Key: "imports.fix_first"}
	ErrImportOver = &Refusal{Key: "imports.run.over"}
)

// ImportAtOnce is up to how many rows a spreadsheet is read and saved while its sender waits. Longer ones are read and
// saved by jobs.
const ImportAtOnce = 200

// ImportRun is the work that a long spreadsheet takes.
//
// Nothing of it is ever half: reading puts rows aside that nobody else sees (ImportRow), and saving is one transaction. A
// stop or a kill in the middle of it leaves what was there before, also for visitors, who would see a half of the new
// intakes if each part had a transaction of its own. What is told of its progress is in this row, outside of that
// transaction; its last statement moves this row on, unless it was stopped before.
type ImportRun struct {
	ImportID  int64 `gorm:"primaryKey"`
	Phase     string
	Turn      int // counts what was asked for, so that a job knows its own
	GoodOnly  bool
	Rows      int // to be read or saved
	Done      int
	Asks      int             // questions without which nothing can be saved
	Aside     int             // rows that are no listings
	Head      json.RawMessage `gorm:"type:jsonb"` // what the preview says beside the rows
	Why       string          // the key of what stopped it
	UpdatedAt time.Time       `gorm:"autoUpdateTime:false"`
}

// TableName is where runs lie.
func (ImportRun) TableName() string { return "import_runs" }

// Working says whether a job has it.
func (r *ImportRun) Working() bool {
	return r != nil && (r.Phase == RunReading || r.Phase == RunSaving)
}

// ReadImport reads a long spreadsheet.
type ReadImport struct {
	ImportID int64 `json:"import_id"`
	Turn     int   `json:"turn"`
}

// Kind names the job.
func (ReadImport) Kind() string { return "read_import" }

// SaveImport saves a long spreadsheet.
type SaveImport struct {
	ImportID int64 `json:"import_id"`
	Turn     int   `json:"turn"`
}

// Kind names the job.
func (SaveImport) Kind() string { return "save_import" }

// beginRun lets a job read a spreadsheet that is too long for the person to wait.
func (s *Store) beginRun(ctx context.Context, i Import, rows int) error {
	run := ImportRun{ImportID: i.ID, Phase: RunReading, Turn: 1, Rows: rows, Head: json.RawMessage("{}"), UpdatedAt: s.db.Now()}
	if err := s.db.With(ctx).Create(&run).Error; err != nil {
		return err
	}
	return s.db.Enqueue(ctx, ReadImport{ImportID: i.ID, Turn: run.Turn})
}

// lockImportRun takes the run of an import, nil for one that has none.
func (s *Store) lockImportRun(ctx context.Context, importID int64) (*ImportRun, error) {
	var run ImportRun
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&run, "import_id = ?", importID).Error
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return &run, err
}

func (s *Store) keepRun(ctx context.Context, run *ImportRun) error {
	run.UpdatedAt = s.db.Now()
	return s.db.With(ctx).Model(run).Select("*").Omit("import_id").Updates(run).Error
}

// readAgain lets a job read a long spreadsheet with new answers. While it is being saved nothing can be answered.
func (s *Store) readAgain(ctx context.Context, i Import) error {
	run, err := s.lockImportRun(ctx, i.ID)
	if err != nil || run == nil {
		return err
	}
	if run.Phase == RunSaving {
		return ErrImportBusy
	}
	run.Phase, run.Turn, run.Done, run.Why = RunReading, run.Turn+1, 0, ""
	if err := s.keepRun(ctx, run); err != nil {
		return err
	}
	return s.db.Enqueue(ctx, ReadImport{ImportID: i.ID, Turn: run.Turn})
}

// SaveLongImport lets a job save what was read of a long spreadsheet, all of it or the good rows. Asking again while it is
// being saved, or after it, is ErrImportSaved and changes nothing.
func (s *Store) SaveLongImport(ctx context.Context, actor User, ref string, goodOnly bool) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	return s.transact(ctx, "ask to save import", func(tx *Store) error {
		i, err := tx.lockImport(ctx, actor, ref)
		if err != nil {
			return err
		}
		run, err := tx.lockImportRun(ctx, i.ID)
		switch {
		case err != nil:
			return err
		case run == nil:
			return ErrNotFound
		case run.Phase == RunSaving:
			return ErrImportSaved
		case run.Phase != RunRead:
			return ErrImportBusy
		case run.Asks > 0:
			return ErrImportAsks
		}
		counts, err := tx.StagedCounts(ctx, i)
		if err != nil {
			return err
		}
		bad := counts[StagedRefused] + counts[StagedWaiting] + counts[string(ImportLocked)]
		kept := counts[string(ImportNew)] + counts[string(ImportChanged)]
		switch {
		case bad > 0 && !goodOnly:
			return ErrImportBad
		case kept == 0:
			return ErrImportEmpty
		}
		run.Phase, run.Turn, run.GoodOnly, run.Done, run.Rows, run.Why = RunSaving, run.Turn+1, goodOnly, 0, kept, ""
		if err := tx.keepRun(ctx, run); err != nil {
			return err
		}
		return tx.db.Enqueue(ctx, SaveImport{ImportID: i.ID, Turn: run.Turn})
	})
}

// StopImport stops the reading or saving of a long spreadsheet of the acting person: nothing of it is saved. What is
// saved already stays, and ErrImportOver says so.
func (s *Store) StopImport(ctx context.Context, actor User, ref string) error {
	return s.transact(ctx, "stop import", func(tx *Store) error {
		i, err := tx.OwnImport(ctx, actor, ref)
		if err != nil {
			return err
		}
		r := tx.db.With(ctx).Exec(`UPDATE import_runs
			SET phase = CASE phase WHEN 'reading' THEN 'stopped' ELSE 'read' END, updated_at = ?
			WHERE import_id = ?
				AND phase IN ('reading', 'saving')`, tx.db.Now(), i.ID)
		if err := record.Changed(r, ErrImportOver); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "import_stopped", SubjectKind: "import", SubjectID: i.ID})
	})
}
