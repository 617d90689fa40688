package protection

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// MessageLength is how many characters a message has at most.
const MessageLength = 4000

// The refusals of messages.
var (
	ErrMessageMissing = &record.Refusal{Key: "case.message_missing", Field: "text"}
	ErrMessageLong    = &record.Refusal{Key: "case.message_long", Field: "text"}
)

// Message is what a person on a case and the desk write to each other. AuthorID is nil when the person wrote.
type Message struct {
	ID         int64
	CaseID     int64
	PersonID   int64
	AuthorID   *int64
	BodySealed []byte
	At         time.Time
	ReadAt     *time.Time
	FormToken  string
}

// TableName is where messages on cases lie.
func (Message) TableName() string { return "case_messages" }

// A Letter is a message that was opened.
type Letter struct {
	FromDesk bool
	At       time.Time
	Text     string
	Unread   bool // of the desk: nobody who holds the case has read it
}

// Write adds a message of the person of a help session, also to a case that ended. The same form adds one.
func (s *Store) Write(ctx context.Context, token, formToken, text string) error {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return ErrMessageMissing
	case utf8.RuneCountInString(text) > MessageLength:
		return ErrMessageLong
	}
	return s.asOwner(ctx, "write on a case", token, func(tx *Store, p Person, c Case) error {
		return tx.wrote(ctx, p, c, formOf(formToken), text)
	})
}

// formOf is what a form calls itself, or a name of its own for one that does not.
func formOf(token string) string {
	id, err := uuid.Parse(token)
	if err != nil {
		id = uuid.New()
	}
	return id.String()
}

// wrote adds what a person wrote to their locked case. Whoever holds it must look; a clock that runs goes on.
func (s *Store) wrote(ctx context.Context, p Person, c Case, form, text string) error {
	made, err := s.addMessage(ctx, Message{CaseID: c.ID, PersonID: p.ID, At: s.db.Now(), FormToken: form}, text)
	if err != nil || !made {
		return err
	}
	return s.heard(ctx, p, c, EventWrote, "")
}

// addMessage writes a message once; made is false for a form that was taken already.
func (s *Store) addMessage(ctx context.Context, m Message, text string) (made bool, err error) {
	once := clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}
	r := s.db.With(ctx).Clauses(once).Create(&m)
	if r.Error != nil || r.RowsAffected == 0 {
		return false, r.Error
	}
	if m.BodySealed, err = s.sealed(text, "case_messages", m.ID, "body_sealed"); err != nil {
		return false, err
	}
	return true, s.db.With(ctx).Model(&m).Update("body_sealed", m.BodySealed).Error
}

// letters opens what a person wrote and what was written to them, the oldest first, the last two hundred of them.
func (s *Store) letters(ctx context.Context, personID int64) ([]Letter, error) {
	var rows []Message
	err := s.db.With(ctx).Where("person_id = ?", personID).Order("id DESC").Limit(200).Find(&rows).Error
	list := make([]Letter, len(rows))
	for i, m := range rows {
		at := len(rows) - 1 - i
		list[at] = Letter{FromDesk: m.AuthorID != nil, At: m.At}
		if list[at].Text, err = s.opened(m.BodySealed, "case_messages", m.ID, "body_sealed"); err != nil {
			return nil, err
		}
	}
	return list, err
}
