package models

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of imports.
var (
	ErrImportSaved = &Refusal{Key: "imports.saved_already"}
	ErrImportEmpty = &Refusal{Key: "imports.nothing"}
)

// Import is a spreadsheet between its arrival and the decision about it. The file lies sealed in the
// blob store; Mapping holds the answers that a person gave on the preview.
type Import struct {
	ID            int64
	Ref           string
	Kind          string // programmes or institutions
	OwnerID       int64
	InstitutionID *int64
	FileName      string
	BlobKey       string
	Mapping       json.RawMessage `gorm:"type:jsonb"`
	State         string          // uploaded or saved
	Good          int
	Bad           int
	Saved         int
	CreatedAt     time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt     time.Time `gorm:"autoUpdateTime:false"`
}

// TableName is where imports lie.
func (Import) TableName() string { return "imports" }

// Answers are what the person said on the preview, by name.
func (i Import) Answers() map[string]string {
	answers := map[string]string{}
	_ = json.Unmarshal(i.Mapping, &answers) // what is not answers means that nothing was answered
	return answers
}

// ImportedProgramme is one row of a sheet of programmes.
type ImportedProgramme struct {
	Code    string
	Content ProgrammeContent
	Intake  *IntakeInput
}

// CreateImport records a spreadsheet that arrived: of programmes for staff, of institutions for officers.
func (s *Store) CreateImport(ctx context.Context, actor User, fileName, blobKey string) (Import, error) {
	now := s.db.Now()
	i := Import{
		Ref: record.NewRef("IM"), Kind: "institutions", OwnerID: actor.ID, FileName: cut(fileName, 255), BlobKey: blobKey,
		Mapping: json.RawMessage("{}"), State: "uploaded", CreatedAt: now, UpdatedAt: now,
	}
	switch {
	case actor.Manages():
		i.Kind, i.InstitutionID = "programmes", actor.InstitutionID
	case actor.Role != Officer:
		return i, ErrForbidden
	}
	err := s.transact(ctx, "create import", func(tx *Store) error {
		if err := tx.db.With(ctx).Create(&i).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "import_uploaded", SubjectKind: "import", SubjectID: i.ID})
	})
	return i, err
}

// OwnImport finds an import of the acting person.
func (s *Store) OwnImport(ctx context.Context, actor User, ref string) (Import, error) {
	var i Import
	err := s.db.With(ctx).Take(&i, "ref = ? AND owner_id = ?", ref, actor.ID).Error
	return i, err
}

// AnswerImport keeps what the person said on the preview.
func (s *Store) AnswerImport(ctx context.Context, actor User, ref string, answers map[string]string) error {
	text, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	r := s.db.With(ctx).Model(&Import{}).
		Where("ref = ? AND owner_id = ? AND state = 'uploaded'", ref, actor.ID).
		Updates(map[string]any{"mapping": text, "updated_at": s.db.Now()})
	return record.Changed(r, ErrNotFound)
}

// SaveImportedProgrammes makes drafts of all programmes of an import, all or none. Saving again is
// ErrImportSaved and changes nothing.
func (s *Store) SaveImportedProgrammes(ctx context.Context, actor User, ref string, list []ImportedProgramme, refused int) error {
	if !actor.Manages() {
		return ErrForbidden
	}
	return s.saveImport(ctx, actor, ref, len(list), refused, func(tx *Store) error {
		for _, p := range list {
			if err := tx.addImported(ctx, actor, p); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) addImported(ctx context.Context, actor User, in ImportedProgramme) error {
	now := s.db.Now()
	p := in.Content.as(Programme{
		Ref: record.NewRef("PL"), InstitutionID: *actor.InstitutionID, Code: in.Code, State: ProgrammeDrafted,
		Version: 1, CreatedAt: now, UpdatedAt: now,
	})
	err := s.db.With(ctx).Create(&p).Error
	if record.Violates(err, "programmes_code") {
		return &Refusal{Key: "imports.code_twice", Args: []any{"Code", in.Code}}
	}
	if err != nil {
		return err
	}
	if err := s.replaceCosts(ctx, p.ID, in.Content.Costs); err != nil {
		return err
	}
	if in.Intake != nil {
		i := in.Intake.onto(Intake{Ref: record.NewRef("AN"), ProgrammeID: p.ID, State: IntakeDraft, Version: 1, CreatedAt: now, UpdatedAt: now})
		if err := s.db.With(ctx).Create(&i).Error; err != nil {
			return intakeRefusal(err)
		}
	}
	return s.programmeEvent(ctx, actor, p, "", ProgrammeDrafted, "", "")
}

// InstitutionKey is what makes two institutions of a list the same: name and place.
func InstitutionKey(i Institution) string {
	if i.Name == "" {
		return ""
	}
	place := i.Street
	if i.RegencyCode != nil {
		place = *i.RegencyCode
	}
	return strings.Join(strings.Fields(strings.ToLower(i.Name)), " ") + "|" + strings.ToLower(place)
}

// SaveImportedInstitutions adds institutions as submitted: nobody sees them until an officer has
// verified them. Those that are there already, by their key on the list, stay as they are.
func (s *Store) SaveImportedInstitutions(ctx context.Context, officer User, ref string, list []Institution, refused int) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	now := s.db.Now()
	for i := range list {
		list[i].Ref, list[i].State, list[i].Version, list[i].CreatedAt, list[i].UpdatedAt = record.NewRef("LB"), InstitutionSubmitted, 1, now, now
	}
	return s.saveImport(ctx, officer, ref, len(list), refused, func(tx *Store) error {
		known := clause.OnConflict{Columns: []clause.Column{{Name: "external_key"}}, DoNothing: true}
		return tx.db.With(ctx).Clauses(known).CreateInBatches(&list, 500).Error
	})
}

// saveImport runs save once for an import of the acting person, in one transaction, and has the many new rows counted.
func (s *Store) saveImport(ctx context.Context, actor User, ref string, good, refused int, save func(tx *Store) error) error {
	err := s.transact(ctx, "save import", func(tx *Store) error {
		var i Import
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&i, "ref = ? AND owner_id = ?", ref, actor.ID).Error
		if err != nil {
			return err
		}
		if i.State == "saved" {
			return ErrImportSaved
		}
		if good == 0 {
			return ErrImportEmpty
		}
		if err := save(tx); err != nil {
			return err
		}
		err = tx.db.With(ctx).Model(&Import{}).Where("id = ?", i.ID).Updates(map[string]any{
			"state": "saved", "good": good, "bad": refused, "saved": good, "updated_at": tx.db.Now(),
		}).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "import_saved", SubjectKind: "import", SubjectID: i.ID,
			Detail: map[string]any{"saved": good, "refused": refused},
		})
	})
	if err != nil {
		return err
	}
	return s.AnalyzeCatalogue(ctx)
}

// KnownInstitutionKeys gives those of some keys that institutions have already, for the preview.
func (s *Store) KnownInstitutionKeys(ctx context.Context, keys []string) (map[string]bool, error) {
	var list []string
	err := s.db.With(ctx).Raw(`SELECT external_key
		FROM institutions
		WHERE external_key = ANY (?::text[])`, record.Codes(keys)).Scan(&list).Error
	known := make(map[string]bool, len(list))
	for _, k := range list {
		known[k] = true
	}
	return known, err
}
