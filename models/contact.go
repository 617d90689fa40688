package models

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of contact rules.
var (
	ErrContactAddress = &Refusal{Key: "account.contact.address_gone", Field: "address"}
	ErrContactHours   = &Refusal{Key: "account.contact.hours_wrong", Field: "from_hour"}
	ErrContactLong    = &Refusal{Key: "account.contact.long", Field: "note"}
)

// ContactTextLength is how many characters each text of a contact rule may have.
const ContactTextLength = 500

// ContactInput is what somebody says about one address, see record.ContactRule. Address is one that the
// person had when they were asked, so that no rule lands on another one.
type ContactInput struct {
	Address         string
	Allowed         bool
	FromHour        *int
	ToHour          *int
	MayNameUs       bool
	MayLeaveMessage bool
	OthersAnswer    string
	Note            string
}

// check says what cannot be meant: half a pair of hours, no hour at all, or too long a text.
func (in ContactInput) check() error {
	if (in.FromHour == nil) != (in.ToHour == nil) {
		return ErrContactHours
	}
	if in.FromHour != nil && (*in.FromHour < 0 || *in.FromHour > 23 || *in.ToHour < 0 || *in.ToHour > 23 || *in.FromHour == *in.ToHour) {
		return ErrContactHours
	}
	if max(utf8.RuneCountInString(in.OthersAnswer), utf8.RuneCountInString(in.Note)) > ContactTextLength {
		return ErrContactLong
	}
	return nil
}

// ContactWay is an address of a person with its rule, the default where nobody said anything.
type ContactWay struct {
	record.Way
	Rule record.ContactRule
}

// mayKeepContact says whose contact rules somebody may read and set. Everybody keeps their own.
func mayKeepContact(actor, person User) bool { return actor.ID != 0 && actor.ID == person.ID }

// ContactWays lists the addresses of the person with that reference, the usual one first.
func (s *Store) ContactWays(ctx context.Context, actor User, ref string) ([]ContactWay, error) {
	var person User
	if err := s.db.With(ctx).Take(&person, "ref = ? AND closed_at IS NULL", ref).Error; err != nil {
		return nil, err
	}
	if !mayKeepContact(actor, person) {
		return nil, ErrNotFound
	}
	var list []ContactWay
	for _, w := range person.Ways() {
		rule, err := s.db.ContactRuleAt(ctx, person.ID, w)
		if err != nil {
			return nil, err
		}
		list = append(list, ContactWay{w, rule})
	}
	return list, nil
}

// SetContactRule makes what was said the rule of one address of the person with that reference. It
// counts at once, for letters that wait already too. ErrContactAddress says that the address is not the
// person's (any more).
func (s *Store) SetContactRule(ctx context.Context, actor User, ref string, in ContactInput) error {
	in.OthersAnswer, in.Note = strings.TrimSpace(in.OthersAnswer), strings.TrimSpace(in.Note)
	if err := in.check(); err != nil {
		return err
	}
	return s.transact(ctx, "set contact rule", func(tx *Store) error {
		var person User
		lock := clause.Locking{Strength: "NO KEY UPDATE"} // one rule after the other
		if err := tx.db.With(ctx).Clauses(lock).Take(&person, "ref = ? AND closed_at IS NULL", ref).Error; err != nil {
			return err
		}
		if !mayKeepContact(actor, person) {
			return ErrNotFound
		}
		for _, w := range person.Ways() {
			if w.Address == in.Address {
				return tx.putContactRule(ctx, actor, person, w, in)
			}
		}
		return ErrContactAddress
	})
}

func (s *Store) putContactRule(ctx context.Context, actor, person User, w record.Way, in ContactInput) error {
	err := s.db.PutContactRule(ctx, w, record.ContactRule{
		UserID: person.ID, Allowed: in.Allowed, FromHour: in.FromHour, ToHour: in.ToHour, MayNameUs: in.MayNameUs,
		MayLeaveMessage: in.MayLeaveMessage, OthersAnswer: in.OthersAnswer, Note: in.Note, SetBy: actor.ID,
	})
	if err != nil {
		return err
	}
	detail := map[string]any{"channel": w.Channel, "allowed": in.Allowed, "from_hour": in.FromHour, "to_hour": in.ToHour,
		"may_name_us": in.MayNameUs, "may_leave_message": in.MayLeaveMessage}
	act := record.Act{Action: "contact_rule_set", SubjectKind: "user", SubjectID: person.ID, PersonID: person.ID, Detail: detail}
	return s.db.Audit(ctx, actor, act)
}
