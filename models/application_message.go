package models

import (
	"context"
	"errors"
)

// aboutApplication is the conversation about an application, which is its seeker's.
func aboutApplication(a Application) Conversation {
	return Conversation{Subject: AboutApplication, ApplicationID: &a.ID, PersonID: &a.SeekerID}
}

// Ask adds the acting seeker's question to their own application, in whatever state it is. The same token adds
// nothing.
func (s *Store) Ask(ctx context.Context, actor User, ref, token, text string) error {
	return s.withOwnApplication(ctx, actor, ref, func(tx *Store, a Application) error {
		c, err := tx.open(ctx, aboutApplication(a))
		if err != nil {
			return err
		}
		return tx.ask(ctx, actor, c, token, text)
	})
}

// Answer adds an officer's message to an application and tells the seeker that there is one.
func (s *Store) Answer(ctx context.Context, officer User, ref string, r Reply) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "answer", func(tx *Store) error {
		var a Application
		if err := tx.db.With(ctx).Take(&a, "ref = ? AND first_submitted_at IS NOT NULL", ref).Error; err != nil {
			return err
		}
		c, err := tx.open(ctx, aboutApplication(a))
		if err != nil {
			return err
		}
		return tx.answer(ctx, officer, c, r)
	})
}

// ReadMessages marks the officers' messages on the acting seeker's application as read.
func (s *Store) ReadMessages(ctx context.Context, actor User, ref string) error {
	var id int64 // 0 where nobody wrote yet
	err := s.db.With(ctx).Table("applications a").Joins("LEFT JOIN conversations c ON c.application_id = a.id").
		Where("a.ref = ? AND a.seeker_id = ?", ref, actor.ID).Select("coalesce(c.id, 0)").Take(&id).Error
	if err != nil || id == 0 {
		return err
	}
	return s.readBy(ctx, id, false)
}

// talkOf adds to an application what was written about it, for a reader, and until when a question that waits is
// answered.
func (s *Store) talkOf(ctx context.Context, v *ApplicationView, reader Role) error {
	var c Conversation
	err := s.db.With(ctx).Take(&c, "application_id = ?", v.ID).Error
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	v.AnswerBy = c.DueAt
	v.Messages, err = s.messagesOf(ctx, c, reader)
	return err
}
