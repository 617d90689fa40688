package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// tellStep is how many applications one step of a telling goes through.
const tellStep = 200

// telling is a message to everybody whose application to an intake, or to a programme's intakes, was live
// at a moment; of an institution, to the people of its running courses. Who asks for one does not wait for it: jobs
// go through the applications step by step, and ToldTo is the last one whose person has the message.
type telling struct {
	ID            int64
	Template      string
	IntakeID      *int64
	ProgrammeID   *int64
	InstitutionID *int64 // of participants only
	ChangeID      *int64 // of an intake, which the message says
	// Was and Becomes are what changed of a programme, by field, which the message says; nil of other messages.
	Was     map[string]string `gorm:"serializer:json"`
	Becomes map[string]string `gorm:"serializer:json"`
	At      time.Time
	ToldTo  int64
}

// tellAll asks for a telling in the current transaction.
func (s *Store) tellAll(ctx context.Context, t telling) error {
	t.At = s.db.Now()
	if err := s.db.With(ctx).Create(&t).Error; err != nil {
		return err
	}
	return s.db.Enqueue(ctx, TellApplicants{TellingID: t.ID})
}

// TellNext writes to the next people of a telling. A step is one transaction with its cursor, so whatever
// breaks off in between, everybody gets the message once.
func (s *Store) TellNext(ctx context.Context, tellingID int64) (more bool, err error) {
	err = s.transact(ctx, fmt.Sprintf("tell applicants, telling %d", tellingID), func(tx *Store) error {
		var t telling
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&t, "id = ?", tellingID).Error
		if errors.Is(err, ErrNotFound) {
			more = false // all have been told
			return nil
		}
		if err != nil {
			return err
		}
		list, err := tx.toTell(ctx, t)
		if err != nil {
			return err
		}
		changes, err := tx.changeTexts(ctx, t, list)
		if err != nil {
			return err
		}
		for _, r := range list {
			if err := tx.tellRecipient(ctx, t, r, changes[r.User.Language]); err != nil {
				return err
			}
		}
		if more = len(list) == tellStep; !more {
			return tx.db.With(ctx).Delete(&t).Error
		}
		return tx.db.With(ctx).Model(&t).Update("told_to", list[tellStep-1].ApplicationID).Error
	})
	return more, err
}

// recipient is a person with the application for whose sake they are told.
type recipient struct {
	User           User `gorm:"embedded"`
	ApplicationID  int64
	ApplicationRef string
	Programme      string
}

// toTell finds the next recipients. Who applied after the moment of the telling saw what it says. The "+ 0"
// keeps the database from walking through everybody's applications in the order of their ids.
func (s *Store) toTell(ctx context.Context, t telling) ([]recipient, error) {
	var list []recipient
	q := s.db.With(ctx).Table("applications a").
		Select("u.*, a.id AS application_id, a.ref AS application_ref, p.title AS programme").
		Joins("JOIN users u ON u.id = a.seeker_id").
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Where("(n.id = ? OR n.programme_id = ? OR p.institution_id = ?)", t.IntakeID, t.ProgrammeID, t.InstitutionID).
		Where("a.id > ? AND a.created_at <= ?", t.ToldTo, t.At).
		Where(endedStates.notIn("a.state") + "").Order("a.id + 0").Limit(tellStep)
	if t.InstitutionID != nil {
		q = q.Where(holdingStates.in("a.state")+" AND n.starts_on <= ?", record.DayOf(t.At).Date())
	}
	return list, q.Scan(&list).Error
}

// tellRecipient tells one of them. The change is what the message says of a programme, in the person's language.
func (s *Store) tellRecipient(ctx context.Context, t telling, r recipient, change string) error {
	data := map[string]string{"Ref": r.ApplicationRef, "Name": r.User.Name}
	dedupe := fmt.Sprintf("%s:%d:%d", t.Template, r.ApplicationID, t.At.UnixMicro()) // it can happen again
	data["Programme"] = r.Programme
	if t.ChangeID != nil {
		if err := s.followChange(ctx, t, r, data); err != nil {
			return err
		}
	}
	if t.Was != nil {
		data["Change"] = change
	}
	return s.db.Tell(ctx, r.User, dedupe, t.Template, data)
}
