package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// RollInput are the next batches as staff ask for them. The token makes several presses one act.
type RollInput struct {
	Token   string
	Intakes []RollIntake
}

// A RollIntake is one intake to make: its number and dates are written, all else is that of the one it comes after.
// Row is the name of its row in the form, to which what is refused belongs.
type RollIntake struct {
	Row    string
	From   string
	Number int

	OpensAt, ClosesAt, TestOn, AnnounceOn, StartsOn, EndsOn *time.Time
}

func (i RollIntake) onto(in IntakeInput) IntakeInput {
	in.Number, in.OpensAt, in.ClosesAt, in.TestOn = i.Number, i.OpensAt, i.ClosesAt, i.TestOn
	in.AnnounceOn, in.StartsOn, in.EndsOn = i.AnnounceOn, i.StartsOn, i.EndsOn
	return in
}

// An IntakeRoll is the making of several programmes' next batches with one press. Each is made by itself, in a
// transaction of its own, so that one which cannot be made stops no other.
type IntakeRoll struct {
	ID            int64
	Ref           string
	InstitutionID int64
	ActorID       int64
	At            time.Time
	Intakes       []RollItem   `gorm:"serializer:json"`
	Results       []RollResult `gorm:"serializer:json"` // of the first of them
	EndedAt       *time.Time
	FormToken     string
}

// A RollItem is one intake that is to be made.
type RollItem struct {
	Programme string // reference
	Title     string
	Input     IntakeInput
}

// A RollResult is what became of it: the intake, or why there is none.
type RollResult struct {
	Ref  string `json:",omitempty"`
	Key  string `json:",omitempty"`
	Args []any  `json:",omitempty"`
}

// Made is how many there are now.
func (r IntakeRoll) Made() (n int) {
	for _, result := range r.Results {
		if result.Ref != "" {
			n++
		}
	}
	return n
}

// ContinueRoll goes on with the making of next batches.
type ContinueRoll struct {
	RollID int64 `json:"roll_id"`
}

// Kind names the job.
func (ContinueRoll) Kind() string { return "continue_roll" }

// Roll makes the next batches of programmes of the acting person's institution. Dates that do not go are refused before
// anything is made. The first intakes are made at once, the rest by a job; the same form sent twice is one act.
func (s *Store) Roll(ctx context.Context, actor User, in RollInput) (roll IntakeRoll, err error) {
	if !actor.Edits() {
		return roll, ErrForbidden
	}
	err = s.transact(ctx, "roll intakes", func(tx *Store) error {
		items, err := tx.rollItems(ctx, actor, in.Intakes)
		if err != nil {
			return err
		}
		roll = IntakeRoll{
			Ref: record.NewRef("AB"), InstitutionID: *actor.InstitutionID, ActorID: actor.ID, At: tx.db.Now(),
			Intakes: items, Results: []RollResult{}, FormToken: in.Token,
		}
		r := tx.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&roll)
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		err = tx.db.Audit(ctx, actor, record.Act{Action: "intakes_rolled", SubjectKind: EditInstitution, SubjectID: roll.InstitutionID,
			Detail: map[string]any{"intakes": len(items)}})
		if err != nil {
			return err
		}
		return tx.db.Enqueue(ctx, ContinueRoll{RollID: roll.ID})
	})
	if err != nil {
		return roll, err
	}
	if err := s.db.With(ctx).Take(&roll, "form_token = ? AND actor_id = ?", in.Token, actor.ID).Error; err != nil {
		return roll, err
	}
	if _, err := s.RollNext(ctx, roll.ID); err != nil {
		return roll, err
	}
	return roll, s.db.With(ctx).Take(&roll, "id = ?", roll.ID).Error
}

// rollItems are the intakes that are to be made, whole: what is not written is as in the one that each comes after.
func (s *Store) rollItems(ctx context.Context, actor User, list []RollIntake) ([]RollItem, error) {
	if len(list) == 0 {
		return nil, ErrRollNone
	}
	refs := make([]string, len(list))
	for i, in := range list {
		refs[i] = in.From
	}
	off, err := s.daysOff(ctx)
	if err != nil {
		return nil, err
	}
	intakes, programmes, err := s.rollSources(ctx, actor, refs)
	if err != nil {
		return nil, err
	}
	var errs []error
	items := make([]RollItem, len(list))
	for i, in := range list {
		source, known := intakes[in.From]
		if !known {
			return nil, ErrNotFound
		}
		p := programmes[source.ProgrammeID]
		items[i] = RollItem{Programme: p.Ref, Title: p.Title, Input: in.onto(source.input())}
		for _, r := range record.RefusalsIn(rollClash(ctx, p, items[i].Input, off, s.db.Now())) {
			errs = append(errs, &Refusal{Key: r.Key, Field: in.Row + "." + cmp.Or(r.Field, "take"), Args: r.Args})
		}
	}
	return items, errors.Join(errs...)
}

// rollSources are the intakes of those references in the acting person's institution, and their programmes by id.
func (s *Store) rollSources(ctx context.Context, actor User, refs []string) (map[string]Intake, map[int64]Programme, error) {
	var list []Intake
	err := s.db.With(ctx).Where("ref IN ? AND programme_id IN (SELECT id FROM programmes WHERE institution_id = ?)",
		refs, *actor.InstitutionID).Limit(RollMost).Find(&list).Error
	if err != nil {
		return nil, nil, err
	}
	intakes, ids := map[string]Intake{}, []int64{0}
	for _, in := range list {
		intakes[in.Ref], ids = in, append(ids, in.ProgrammeID)
	}
	var programmes []Programme
	err = s.db.With(ctx).Where("id IN ?", ids).Limit(RollMost).Find(&programmes).Error
	byID := map[int64]Programme{}
	for _, p := range programmes {
		byID[p.ID] = p
	}
	return intakes, byID, err
}

// RollNext makes the next intakes of a roll.
func (s *Store) RollNext(ctx context.Context, rollID int64) (more bool, err error) {
	return s.manyNext(ctx, "roll intakes, roll "+strconv.FormatInt(rollID, 10), func(tx *Store) error { return tx.rollOne(ctx, rollID) })
}

// rollOne makes the next of them. Why it cannot be made is kept with the roll.
func (s *Store) rollOne(ctx context.Context, rollID int64) error {
	var roll IntakeRoll
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&roll, "id = ?", rollID).Error
	if err != nil {
		return err
	}
	if roll.EndedAt != nil {
		return errManyDone
	}
	actor, err := s.User(ctx, roll.ActorID)
	if err != nil {
		return err
	}
	item, result := roll.Intakes[len(roll.Results)], RollResult{}
	err = s.db.Try(ctx, func() error {
		d, err := s.lockOwnProgramme(ctx, actor, item.Programme, 0)
		if err != nil {
			return err
		}
		made, err := s.addIntake(ctx, actor, d.Programme, item.Input)
		result.Ref = made.Ref
		return err
	})
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrForbidden) {
		err = errRollGone
	}
	if refusals := record.RefusalsIn(err); len(refusals) > 0 {
		result = RollResult{Key: refusals[0].Key, Args: refusals[0].Args}
	} else if err != nil {
		return fmt.Errorf("intake of %s: %w", item.Programme, err)
	}
	if roll.Results = append(roll.Results, result); len(roll.Results) == len(roll.Intakes) {
		now := s.db.Now()
		roll.EndedAt = &now
	}
	return s.db.With(ctx).Model(&roll).Select("results", "ended_at").Updates(&roll).Error
}

// RollOf finds a making of next batches of the acting person's institution.
func (s *Store) RollOf(ctx context.Context, actor User, ref string) (roll IntakeRoll, err error) {
	if !actor.Edits() {
		return roll, ErrForbidden
	}
	return roll, s.db.With(ctx).Take(&roll, "ref = ? AND institution_id = ?", ref, *actor.InstitutionID).Error
}
