package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// SaveImportedProgrammes saves the programmes of an import, all or none: new ones become drafts, changed ones are changed
// as far as the sheet speaks of them, and what is the same stays untouched. They are set beside what is there once
// more, while nobody else of the institution imports. Saving again is ErrImportSaved and changes nothing.
func (s *Store) SaveImportedProgrammes(
	ctx context.Context, actor User, ref string, list []ImportedProgramme, refused, aside int,
) error {
	return s.saveImport(ctx, actor, ref, importSaving{list: list, refused: refused, aside: aside})
}

// importSaving is what is saved of an import. With whole one that cannot be changed refuses all. A job is told of its
// progress and has a last word in the transaction.
type importSaving struct {
	list           []ImportedProgramme
	refused, aside int
	whole          bool
	tell           func(done int) error
	end            func(tx *Store) error
}

func (s *Store) saveImport(ctx context.Context, actor User, ref string, in importSaving) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	err := s.transact(ctx, "save import", func(tx *Store) error {
		i, err := tx.lockImport(ctx, actor, ref)
		if err != nil {
			return err
		}
		if len(in.list) == 0 {
			return ErrImportEmpty
		}
		var of Institution
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&of, "id = ?",
			*actor.InstitutionID).Error; err != nil {
			return err
		}
		matches, err := tx.MatchImported(ctx, actor, in.list)
		if err != nil {
			return err
		}
		result, locked, err := tx.saveMatches(ctx, actor, i, in, matches)
		if err != nil {
			return err
		}
		if locked > 0 && in.whole {
			return ErrImportBad
		}
		if err := tx.closeImport(ctx, actor, i, result, in.refused+locked); err != nil || in.end == nil {
			return err
		}
		return in.end(tx)
	})
	if err != nil {
		return err
	}
	return s.AnalyzeCatalogue(ctx)
}

// saveMatches saves what of a list is new or changed, and counts what became of all.
func (s *Store) saveMatches(
	ctx context.Context, actor User, i Import, in importSaving, matches []ImportMatch,
) (result ImportResult, locked int, err error) {
	result.Aside = in.aside
	var added []ImportedProgramme
	for n, m := range matches {
		switch m.Outcome {
		case ImportNew:
			added = append(added, in.list[n])
		case ImportChanged:
			result.Changed++
			if err := s.changeImported(ctx, actor, in.list[n], m); err != nil {
				return result, locked, err
			}
			if in.tell != nil && result.Changed%addedAtOnce == 0 {
				if err := in.tell(result.Changed); err != nil {
					return result, locked, err
				}
			}
		case ImportSame:
			result.Same++
		case ImportLocked:
			locked++
		}
	}
	for part := range slices.Chunk(added, addedAtOnce) {
		if err := s.addImported(ctx, actor, i, part); err != nil {
			return result, locked, err
		}
		result.New += len(part)
		if in.tell != nil {
			if err := in.tell(result.Changed + result.New); err != nil {
				return result, locked, err
			}
		}
	}
	return result, locked, nil
}

// addedAtOnce is how many rows one statement adds.
const addedAtOnce = 500

// addImported makes drafts of programmes that are not there yet.
func (s *Store) addImported(ctx context.Context, actor User, i Import, list []ImportedProgramme) error {
	now := s.db.Now()
	programmes := make([]Programme, len(list))
	for n, in := range list {
		programmes[n] = in.Content.as(Programme{
			Ref: record.NewRef("PL"), InstitutionID: *actor.InstitutionID, Code: in.Code, State: ProgrammeDrafted,
			ImportRef: i.Ref, Version: 1, CreatedAt: now, UpdatedAt: now,
		})
	}
	err := s.db.With(ctx).CreateInBatches(&programmes, addedAtOnce).Error
	if record.Violates(err, "programmes_code") {
		return ErrStale // somebody gave the code to a programme just now
	}
	if err != nil {
		return err
	}
	ids := make([]int64, len(list))
	var costs []ProgrammeCost
	var intakes []Intake
	for n, in := range list {
		ids[n] = programmes[n].ID
		for at, line := range in.Content.Costs {
			costs = append(costs, ProgrammeCost{ProgrammeID: ids[n], Position: at + 1, Label: line.Label, Amount: line.Amount})
		}
		for _, run := range in.Intakes {
			intakes = append(intakes, run.onto(Intake{
				Ref: record.NewRef("AN"), ProgrammeID: ids[n], State: IntakeDraft, Version: 1, CreatedAt: now, UpdatedAt: now,
			}))
		}
	}
	if len(costs) > 0 {
		if err := s.db.With(ctx).CreateInBatches(&costs, addedAtOnce).Error; err != nil {
			return err
		}
	}
	if len(intakes) > 0 {
		if err := s.db.With(ctx).CreateInBatches(&intakes, addedAtOnce).Error; err != nil {
			return intakeRefusal(err)
		}
	}
	return s.noteImported(ctx, actor, ids)
}

// noteImported writes the event of each new programme.
func (s *Store) noteImported(ctx context.Context, actor User, ids []int64) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return s.db.With(ctx).Exec(`INSERT INTO programme_events (programme_id, actor_id, at, from_state, to_state, reason_code, note)
		SELECT p.id, ?, ?, '', ?, '', ''
		FROM programmes p
		WHERE p.id IN (SELECT value::bigint FROM jsonb_array_elements_text(?::jsonb))
		ORDER BY p.id`, actorID(actor), s.db.Now(), ProgrammeDrafted, string(list)).Error
}

// changeImported changes a programme that is there as far as the sheet speaks of it: the row of a draft, a change that
// waits for approval of a published one, and its intakes that are no longer or not yet public.
func (s *Store) changeImported(ctx context.Context, actor User, in ImportedProgramme, m ImportMatch) error {
	p := m.found.Programme
	set, costs := map[string]any{}, false
	var err error
	switch {
	case p.State == ProgrammeDrafted:
		if set, err = m.content.columns(ctx); err != nil {
			return err
		}
		costs = true
	case m.rewrite:
		pending, err := json.Marshal(m.content)
		if err != nil {
			return err
		}
		set = map[string]any{"pending": pending, "pending_state": "draft"}
	}
	if in.Code != "" && p.Code == "" {
		set["code"] = in.Code
	}
	if err := s.setProgramme(ctx, actor, p, set, "programme_imported"); err != nil {
		return err
	}
	if costs {
		if err := s.replaceCosts(ctx, p.ID, m.content.Costs); err != nil {
			return err
		}
	}
	for _, run := range m.intakes {
		if err := s.saveMatched(ctx, actor, p, run); err != nil {
			return err
		}
	}
	return nil
}

// saveMatched adds an intake, or changes one that is not public.
func (s *Store) saveMatched(ctx context.Context, actor User, p Programme, run matchedIntake) error {
	now := s.db.Now()
	if run.there == nil {
		i := run.next.onto(Intake{Ref: record.NewRef("AN"), ProgrammeID: p.ID, State: IntakeDraft, Version: 1, CreatedAt: now,
			UpdatedAt: now})
		if p.State == ProgrammePublished {
			i.State = IntakePublished
		}
		if err := i.checkOrder(); err != nil {
			return err
		}
		if err := s.db.With(ctx).Create(&i).Error; err != nil {
			return intakeRefusal(err)
		}
		return s.db.Audit(ctx, actor, record.Act{Action: "intake_added", SubjectKind: "intake", SubjectID: i.ID})
	}
	next := run.next.onto(*run.there)
	if err := next.checkOrder(); err != nil {
		return err
	}
	next.Version, next.UpdatedAt = run.there.Version+1, now
	r := s.db.With(ctx).Model(&Intake{}).Where("id = ? AND version = ? AND state = ?", next.ID, run.there.Version, IntakeDraft).
		Select("*").Omit("id", "created_at").Updates(&next)
	if err := record.Changed(r, ErrStale); err != nil {
		return fmt.Errorf("intake %s: %w", next.Ref, intakeRefusal(err))
	}
	return s.auditIntake(ctx, actor, *run.there, next)
}

// UndoImport takes back what a saved import made, while nobody has touched it: each programme is still the draft that
// the import wrote. What the import changed stays changed; an import that changed anything is not taken back.
func (s *Store) UndoImport(ctx context.Context, actor User, ref string) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	return s.transact(ctx, "undo import", func(tx *Store) error {
		var i Import
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&i, "ref = ? AND owner_id = ?", ref, actor.ID).Error
		if err != nil {
			return err
		}
		result := i.Outcome()
		if i.State != "saved" || result.Changed > 0 || result.New == 0 {
			return ErrImportTouched
		}
		const touched = `import_ref = ? AND (state <> 'draft' OR version <> 1
			OR EXISTS (
				SELECT 1
				FROM intakes n
				WHERE n.programme_id = programmes.id
					AND (n.version <> 1 OR n.created_at <> programmes.created_at)))`
		var there, changed int64
		if err := tx.db.With(ctx).Model(&Programme{}).Where("import_ref = ?", i.Ref).Count(&there).Error; err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&Programme{}).Where(touched, i.Ref).Count(&changed).Error; err != nil {
			return err
		}
		if changed > 0 || there != int64(result.New) {
			return ErrImportTouched
		}
		if err := tx.deleteDrafts(ctx, "import_ref = ?", i.Ref); err != nil {
			return err
		}
		err = tx.db.With(ctx).Model(&Import{}).Where("id = ?", i.ID).Updates(map[string]any{"state": "cancelled",
			"updated_at": tx.db.Now()}).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{
			Action: "import_undone", SubjectKind: "import", SubjectID: i.ID, Detail: map[string]any{"programmes": there},
		})
	})
}

// deleteDrafts deletes drafts that nobody depends on, with their intakes. An intake that somebody applied to keeps its
// programme: the database refuses it.
func (s *Store) deleteDrafts(ctx context.Context, which string, args ...any) error {
	return s.db.With(ctx).Where("state = 'draft'").Where(which, args...).Delete(&Programme{}).Error
}

// DeleteProgramme deletes a draft of the acting staff's institution that never was public, with its intakes.
func (s *Store) DeleteProgramme(ctx context.Context, actor User, ref string, version int) error {
	return s.withOwnProgramme(ctx, actor, ref, version, func(tx *Store, d ProgrammeDraft) error {
		if err := d.RefusesDelete(); err != nil {
			return err
		}
		if err := tx.deleteDrafts(ctx, "id = ?", d.Programme.ID); err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "programme_deleted", SubjectKind: "programme", SubjectID: d.Programme.ID})
	})
}
