package protection

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// PlanHome begins the plan to come home, or says anew why somebody does, and who acts next.
func (s *Store) PlanHome(ctx context.Context, officer record.User, p Press, kind string, due Due) error {
	var errs []error
	if !slices.Contains(ReturnKinds(), kind) {
		errs = append(errs, &record.Refusal{Key: ErrChoice.Key, Field: "kind"})
	}
	if err := errors.Join(append(errs, due.check(s.db.Now()))...); err != nil {
		return err
	}
	return s.press(ctx, officer, ActHome, p, func(tx *Store, v viewer, c *Case) error {
		r := Return{CaseID: c.ID, Kind: kind, PlannedBy: v.ID, PlannedAt: tx.db.Now()}
		again := clause.OnConflict{Columns: []clause.Column{{Name: "case_id"}}, DoUpdates: clause.AssignmentColumns([]string{"kind"})}
		if err := tx.db.With(ctx).Clauses(again).Create(&r).Error; err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventHomePlanned, Detail: kind, NextActor: due.Next, DueAt: &due.By}, "")
	})
}

// A HomeStepInput says how far one step is: whether it is ours or somebody's outside, who does it, the day of what is said
// and who said so; and what the step itself has: when and where it takes place, which paper, which flight.
type HomeStepInput struct {
	Kind   string
	State  string
	Ours   bool
	Who    string
	SaidOn time.Time // a date; zero for none
	Source string
	Choice string
	At     time.Time // zero for none
	Place  string
	Number string
	Due    Due
}

// check looks at the input. What was begun has somebody who does it and a day; of somebody outside also who said so.
func (in HomeStepInput) check(now time.Time) error {
	var errs []error
	add := func(wrong bool, err *record.Refusal) {
		if wrong {
			errs = append(errs, err)
		}
	}
	begun := in.State != StepNeeded && in.State != stepUnneeded
	add(!slices.Contains(StepStates(in.Kind), in.State), &record.Refusal{Key: ErrChoice.Key, Field: "state"})
	add(begun && in.Who == "", ErrStepWho)
	add(begun && in.SaidOn.IsZero(), ErrStepDay)
	add(!in.SaidOn.IsZero() && in.SaidOn.After(record.DayOf(now).Date()), ErrStepAhead)
	add((begun && !in.Ours || in.State == StepDeclined) && in.Source == "", ErrStepSource)
	add(in.Choice != "" && !slices.Contains(StepChoices(in.Kind), in.Choice) ||
		in.Choice == "" && in.Kind == HomePapers && in.State == StepDone, ErrStepChoice)
	dated := in.Kind == HomeFlight && (in.State == "booked" || in.State == StepDone) || in.Kind == HomeArrival && in.State == StepDone
	add(dated && in.At.IsZero() || in.Kind == HomeArrival && in.State == StepDone && in.At.After(now), ErrStepWhen)
	errs = append(errs, tooLong(map[string]string{"who": in.Who, "source": in.Source, "place": in.Place, "number": in.Number}))
	return errors.Join(append(errs, in.Due.check(now))...)
}

// tooLong refuses texts, by their fields, that are longer than an answer.
func tooLong(texts map[string]string) error {
	var errs []error
	for field, text := range texts {
		if utf8.RuneCountInString(text) > AnswerLength {
			errs = append(errs, &record.Refusal{Key: ErrAnswerLong.Key, Field: field, Args: []any{"Most", AnswerLength}})
		}
	}
	return errors.Join(errs...)
}

// SaveHomeStep keeps how far a step is, with who says so, and who acts next. What it was before stands in the history.
func (s *Store) SaveHomeStep(ctx context.Context, officer record.User, p Press, in HomeStepInput) error {
	for _, text := range []*string{&in.Who, &in.Source, &in.Place, &in.Number} {
		*text = strings.TrimSpace(*text)
	}
	if err := in.check(s.db.Now()); err != nil {
		return err
	}
	return s.press(ctx, officer, ActHome, p, func(tx *Store, v viewer, c *Case) error {
		r, err := tx.planOf(ctx, *c)
		if err != nil {
			return err
		}
		if !slices.Contains(HomeSteps(r.Kind), in.Kind) {
			return record.ErrNotFound
		}
		if err := tx.keepStep(ctx, v, *c, in); err != nil {
			return err
		}
		e := Event{Kind: EventHomeStep, Detail: in.Kind + ":" + in.State, NextActor: in.Due.Next, DueAt: &in.Due.By}
		return tx.did(ctx, v, c, p, e, in.says())
	})
}

// says is what the history keeps of the words of a step: who does it, where it stands, and who said so.
func (in HomeStepInput) says() string {
	words := []string{in.Who, in.Place, in.Number, in.Source}
	return strings.Join(slices.DeleteFunc(words, func(text string) bool { return text == "" }), " · ")
}

// planOf locks the plan of a case, which must have one.
func (s *Store) planOf(ctx context.Context, c Case) (r Return, err error) {
	err = locked(s.db.With(ctx)).Where("case_id = ?", c.ID).Take(&r).Error
	if missing(err) {
		err = ErrNoPlan
	}
	return r, err
}

func (s *Store) keepStep(ctx context.Context, v viewer, c Case, in HomeStepInput) error {
	row := ReturnStep{CaseID: c.ID, Kind: in.Kind, State: in.State, Ours: in.Ours, Choice: in.Choice, SetBy: v.ID, SetAt: s.db.Now()}
	if !in.SaidOn.IsZero() {
		row.SaidOn = &in.SaidOn
	}
	if !in.At.IsZero() {
		row.At = &in.At
	}
	again := clause.OnConflict{Columns: []clause.Column{{Name: "case_id"}, {Name: "kind"}}, DoUpdates: clause.AssignmentColumns(
		[]string{"state", "ours", "choice", "said_on", "at", "set_by", "set_at"})}
	if err := s.db.With(ctx).Clauses(again, clause.Returning{Columns: []clause.Column{{Name: "id"}}}).Create(&row).Error; err != nil {
		return err
	}
	return s.sealInto(ctx, &ReturnStep{ID: row.ID}, "case_return_steps", row.ID, map[string]string{
		"who_sealed": in.Who, "place_sealed": in.Place, "number_sealed": in.Number, "source_sealed": in.Source,
	})
}

// sealInto seals texts into columns of one row; nothing empties its column.
func (s *Store) sealInto(ctx context.Context, row any, table string, id int64, texts map[string]string) error {
	set := map[string]any{}
	for column, text := range texts {
		sealed, err := s.sealed(text, table, id, column)
		if err != nil {
			return err
		}
		set[column] = sealed
	}
	return s.db.With(ctx).Model(row).Updates(set).Error
}

// To whom somebody is handed over.
const (
	HandedToFamily = "family"
	HandedToSocial = "social" // Dinas Sosial, where there is no family
)

// A Handover is who took somebody in who came home, when and where, and who of the kelurahan or another local government was
// there. Why says why not the family.
type Handover struct {
	To       string
	Receiver string
	Relation string
	At       time.Time
	Place    string
	Witness  string
	Why      string
	Due      Due
}

func (h Handover) check(now time.Time) error {
	var errs []error
	if h.To != HandedToFamily && h.To != HandedToSocial {
		errs = append(errs, &record.Refusal{Key: ErrChoice.Key, Field: "to"})
	}
	if h.Receiver == "" {
		errs = append(errs, ErrReceiver)
	}
	if h.Witness == "" {
		errs = append(errs, ErrWitness)
	}
	if h.At.IsZero() || h.At.After(now) {
		errs = append(errs, ErrHandedAt)
	}
	if h.To == HandedToSocial && h.Why == "" {
		errs = append(errs, ErrNoFamilyWhy)
	}
	errs = append(errs, tooLong(map[string]string{
		"receiver": h.Receiver, "relation": h.Relation, "place": h.Place, "witness": h.Witness, "why": h.Why,
	}))
	return errors.Join(append(errs, h.Due.check(now))...)
}

// HandOver records to whom somebody was handed over who has arrived: their family, or Dinas Sosial where there is none.
func (s *Store) HandOver(ctx context.Context, officer record.User, p Press, h Handover) error {
	for _, text := range []*string{&h.Receiver, &h.Relation, &h.Place, &h.Witness, &h.Why} {
		*text = strings.TrimSpace(*text)
	}
	if err := h.check(s.db.Now()); err != nil {
		return err
	}
	return s.press(ctx, officer, ActHome, p, func(tx *Store, v viewer, c *Case) error {
		r, err := tx.planOf(ctx, *c)
		if err != nil {
			return err
		}
		var arrived int64
		err = tx.db.With(ctx).Model(&ReturnStep{}).Where("case_id = ? AND kind = ? AND state = ?", c.ID, HomeArrival, StepDone).
			Limit(1).Count(&arrived).Error
		if err != nil {
			return err
		}
		if arrived == 0 {
			return ErrNotArrived
		}
		r.HandedTo, r.HandedAt, r.HandedBy = h.To, &h.At, &v.ID
		if err := tx.db.With(ctx).Save(&r).Error; err != nil {
			return err
		}
		err = tx.sealInto(ctx, &Return{ID: r.ID}, "case_returns", r.ID, map[string]string{
			"receiver_sealed": h.Receiver, "relation_sealed": h.Relation, "place_sealed": h.Place, "witness_sealed": h.Witness,
			"why_sealed": h.Why,
		})
		if err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventHandedOver, Detail: h.To, NextActor: h.Due.Next, DueAt: &h.Due.By}, h.Why)
	})
}
