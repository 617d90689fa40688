package models

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// MessageLength is how many letters a message may have.
const MessageLength = 2000

// The refusals of messages.
var (
	ErrMessageMissing = &Refusal{Key: "application.message_missing", Field: "text"}
	ErrMessageLong    = &Refusal{Key: "application.message_long", Field: "text"}
)

// Message is a question of a seeker, or an officer's answer, on an application.
type Message struct {
	ID            int64
	ApplicationID int64
	AuthorID      int64
	AuthorRole    Role
	Body          string
	FormToken     string
	CreatedAt     time.Time `gorm:"autoCreateTime:false"`
	ReadAt        *time.Time
}

// Ask adds the acting seeker's question to their own application. The same token adds nothing.
func (s *Store) Ask(ctx context.Context, actor User, ref, token, text string) error {
	return s.withOwnApplication(ctx, actor, ref, func(tx *Store, a Application) error {
		_, err := tx.addMessage(ctx, actor, a, token, text)
		return err
	})
}

// Answer adds an officer's message to an application and tells the seeker that there is one.
func (s *Store) Answer(ctx context.Context, officer User, ref, token, text string) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "answer", func(tx *Store) error {
		var a Application
		if err := tx.db.With(ctx).Take(&a, "ref = ? AND state <> ?", ref, Draft).Error; err != nil {
			return err
		}
		m, err := tx.addMessage(ctx, officer, a, token, text)
		if err != nil || m.ID == 0 {
			return err
		}
		if err := tx.readBy(ctx, officer, a.ID); err != nil {
			return err
		}
		seeker, err := tx.User(ctx, a.SeekerID)
		if err != nil {
			return err
		}
		return tx.db.Tell(ctx, seeker, fmt.Sprintf("message:%d", m.ID), "application_message",
			map[string]string{"Ref": a.Ref, "Name": seeker.Name})
	})
}

// addMessage stores a message once; a repeated token gives a message without an id.
func (s *Store) addMessage(ctx context.Context, author User, a Application, token, text string) (Message, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	switch {
	case text == "":
		return Message{}, ErrMessageMissing
	case utf8.RuneCountInString(text) > MessageLength:
		return Message{}, ErrMessageLong
	}
	m := Message{ApplicationID: a.ID, AuthorID: author.ID, AuthorRole: author.Role, Body: text, FormToken: token, CreatedAt: s.db.Now()}
	r := s.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&m)
	if r.Error != nil || r.RowsAffected == 0 {
		return Message{}, r.Error
	}
	return m, s.db.Audit(ctx, author, record.Act{Action: "message_sent", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID})
}

// readBy marks what the other side wrote as read by somebody of this side.
func (s *Store) readBy(ctx context.Context, reader User, applicationID int64) error {
	side := "author_role = 'seeker'"
	if reader.Role == Seeker {
		side = "author_role <> 'seeker'"
	}
	return s.db.With(ctx).Model(&Message{}).
		Where("application_id = ? AND read_at IS NULL AND "+side, applicationID).
		Update("read_at", s.db.Now()).Error
}

// ReadMessages marks the officers' messages on the acting seeker's application as read.
func (s *Store) ReadMessages(ctx context.Context, actor User, ref string) error {
	id, err := s.ownApplicationID(ctx, actor, ref)
	if err != nil {
		return err
	}
	return s.readBy(ctx, actor, id)
}
