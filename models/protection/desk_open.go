package protection

import (
	"context"
	"slices"
	"strings"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Parts lists what somebody can be to a case, in the order in which officers choose.
func Parts() []Part { return []Part{PartSubject, PartReporter, PartRelative, PartEmployer, PartAgent} }

// NewPerson is somebody whom an officer adds to a case.
type NewPerson struct {
	Part      Part
	Relation  string
	Name      string
	BirthYear int // 0 where nobody knows
	Village   string
	Reach     Reach
}

// AddPerson puts somebody on a case: a relative, the employer, whoever recruited them. They get no PIN: who wants one
// writes at the door.
func (s *Store) AddPerson(ctx context.Context, officer record.User, p Press, in NewPerson) error {
	in.Reach, in.Name, in.Relation = in.Reach.trimmed(), strings.TrimSpace(in.Name), strings.TrimSpace(in.Relation)
	if !slices.Contains(Parts(), in.Part) {
		return &record.Refusal{Key: ErrChoice.Key, Field: "part"}
	}
	if err := (Answers{Name: in.Name, BirthYear: in.BirthYear, Village: in.Village, Relation: in.Relation}).check(s.db.Now()); err != nil {
		return err
	}
	if err := (Filing{Danger: DangerNow, Reach: in.Reach}).Check(); err != nil {
		return err
	}
	return s.press(ctx, officer, ActLog, p, func(tx *Store, v viewer, c *Case) error {
		person, err := tx.addPerson(ctx, *c, in.Part, in.Reach, false)
		if err != nil {
			return err
		}
		if err := tx.onto(&person, in.Reach); err != nil {
			return err
		}
		if err := tx.saveReach(ctx, person); err != nil {
			return err
		}
		if err := tx.name(ctx, person, in.Name, in.Village, in.Relation, in.BirthYear); err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventPersonAdded, PersonID: &person.ID, Detail: string(in.Part)}, "")
	})
}

// A Source is a report that becomes a case; it is closed with a note that says the case's number. The zero one is none.
type Source struct {
	Report string
	Note   func(ref string) string
}

// OpenAtDesk opens a case for somebody who called or came, or of a report: what they say is asked as at the door, and the
// officer holds it at once. The number and PIN for them are on the receipt that the officer's page shows once.
func (s *Store) OpenAtDesk(ctx context.Context, officer record.User, f Filing, of Source) (ref, pin string, err error) {
	f = f.trimmed()
	f.Door = DoorDesk
	if err := f.Check(); err != nil {
		return "", "", err
	}
	form, err := s.formToken(f)
	if err != nil {
		return "", "", err
	}
	err = s.transact(ctx, "open a case at the desk", func(tx *Store) error {
		v, err := tx.viewer(ctx, officer)
		if err != nil {
			return err
		}
		token, err := tx.file(ctx, f, form, false)
		if err != nil {
			return err
		}
		r, err := tx.Receipt(ctx, token)
		if err != nil {
			return err
		}
		ref, pin = r.Ref, r.PIN
		if err := tx.EndHelpSession(ctx, token); err != nil { // nobody is at the help pages
			return err
		}
		if of.Report != "" {
			if err := models.ReportBecame(ctx, tx.db, officer, of.Report, ref, of.Note(ref)); err != nil {
				return err
			}
		}
		return tx.holdNew(ctx, v, ref)
	})
	if err != nil {
		return "", "", err // there is no such case
	}
	return ref, pin, nil
}

// holdNew makes the officer who opened a case hold it, unless that was done already by the same form.
func (s *Store) holdNew(ctx context.Context, v viewer, ref string) error {
	var c Case
	if err := locked(s.db.With(ctx)).Take(&c, "ref = ?", ref).Error; err != nil {
		return err
	}
	if c.State != CaseNew {
		return nil
	}
	due, err := s.firstContactFrom(ctx, c)
	if err != nil {
		return err
	}
	return s.hold(ctx, v, &c, Press{}, v.ID, EventTaken, due, "")
}
