package models

import (
	"context"
	"slices"
	"strings"

	"naikkelas/models/record"
)

// DataRights are what people may ask of those who keep their data (UU 27/2022), in the order in which they choose.
var DataRights = []string{"access", "correction", "deletion", "restriction", "objection", "withdrawal"}

// rightLimit is for how many requests one place may send.
var rightLimit = record.Limit{Name: "data_right", Most: 10, Window: reportLimit.Window}

// The refusals of requests under data law.
var (
	ErrRightUnknown  = &Refusal{Key: "message.right_missing", Field: "right"}
	ErrRightName     = &Refusal{Key: "message.right_name", Field: "name"}
	ErrRightContact  = &Refusal{Key: "message.right_contact", Field: "contact"}
	ErrRightTooOften = &Refusal{Key: "message.right_too_often"}
)

// RightRequest is somebody's request for a right of data law. Name and Contact are of those who have no account.
type RightRequest struct {
	Token   string
	Right   string
	Text    string
	Name    string
	Contact string
}

// RequestRight takes a request, also from somebody who is not signed in (the zero User). address is where it came
// from, only counted. The same form sent again gives the first request.
func (s *Store) RequestRight(ctx context.Context, actor User, r RightRequest, address string) (Conversation, error) {
	c := Conversation{Subject: AboutRight, PersonID: actorID(actor), DataRight: r.Right, FormToken: &r.Token}
	if !slices.Contains(DataRights, r.Right) {
		return c, ErrRightUnknown
	}
	if actor.ID == 0 {
		c.Name, c.Contact = strings.TrimSpace(r.Name), strings.TrimSpace(r.Contact)
		switch {
		case c.Name == "":
			return c, ErrRightName
		case !CanBeReached(c.Contact):
			return c, ErrRightContact
		}
	}
	allowed, err := s.db.Attempt(ctx, rightLimit, address)
	if err != nil {
		return c, err
	}
	if !allowed {
		return c, ErrRightTooOften
	}
	err = s.transact(ctx, "request right", func(tx *Store) error {
		if c, err = tx.open(ctx, c); err != nil {
			return err
		}
		return tx.ask(ctx, actor, c, r.Token, r.Text)
	})
	return c, err
}

// keepOpenRights writes to the requests of a person that wait for an answer who they are and where they can be reached,
// because the account that says so is about to be closed. Both go after the answer, see eraseRemains.
func (s *Store) keepOpenRights(ctx context.Context, u User) error {
	return s.db.With(ctx).Exec(`UPDATE conversations c
		SET name = u.name, contact = left(concat_ws(', ', u.email, u.phone), 200)
		FROM users u
		WHERE u.id = ?
			AND c.person_id = u.id
			AND c.subject = 'right'
			AND c.due_at IS NOT NULL`, u.ID).Error
}

// RightReceipt finds what whoever knows the number of a request may see: which right, when it arrived, when its
// answer is due and when it was answered; nothing of what was written, or by whom.
func (s *Store) RightReceipt(ctx context.Context, ref string) (Conversation, error) {
	var c Conversation
	err := s.db.With(ctx).Select("ref, data_right, created_at, due_at, answered_at").
		Where("ref = ? AND subject = ?", ref, AboutRight).Take(&c).Error
	return c, err
}
