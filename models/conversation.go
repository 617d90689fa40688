package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// MessageLength is how many letters a message may have.
const MessageLength = 2000

// The refusals of messages.
var (
	ErrMessageMissing = &Refusal{Key: "application.message_missing", Field: "text"}
	ErrMessageLong    = &Refusal{Key: "application.message_long", Field: "text"}
	ErrOwnQuestion    = &Refusal{Key: "message.own_question", Field: "text"}
)

// Subject is what a conversation is about.
type Subject string

// The subjects: an application, whatever else concerns a person, an institution, a right under data law.
const (
	AboutApplication Subject = "application"
	AboutPerson      Subject = "person"
	AboutInstitution Subject = "institution"
	AboutRight       Subject = "right"
)

// Conversation is what somebody and the officers write to each other about one subject. A question waits until an
// answer; nothing else takes it off the list of what is to be answered.
type Conversation struct {
	ID            int64
	Ref           string
	Subject       Subject
	ApplicationID *int64
	PersonID      *int64 // whose it is; nil for an institution's, and for somebody without an account
	InstitutionID *int64
	DataRight     string // of AboutRight, see DataRights
	Name          string // of somebody without an account
	Contact       string // where they can be reached
	FormToken     *string
	CreatedAt     time.Time  `gorm:"autoCreateTime:false"`
	WaitingSince  *time.Time // since when the first question waits, nil when none does
	DueAt         *time.Time // when its answer is due
	AnsweredAt    *time.Time // when officers wrote last
}

// Message is a question to the officers, or an officer's answer (FromDesk). AuthorID is nil when somebody wrote
// without an account.
type Message struct {
	ID             int64
	ConversationID int64
	AuthorID       *int64
	AuthorRole     Role
	FromDesk       bool
	Body           string
	FormToken      string
	CreatedAt      time.Time `gorm:"autoCreateTime:false"`
	ReadAt         *time.Time
	Author         string `gorm:"->;-:migration"` // name of who wrote, for the desk alone
	Unit           string `gorm:"->;-:migration"` // the city of an officer
}

// Reply is an officer's answer. Seen is the newest message that stood on the officer's page: what was asked after
// it is not answered yet.
type Reply struct {
	Token string
	Text  string
	Seen  int64
}

// open locks the conversation about a subject and makes it where there is none.
func (s *Store) open(ctx context.Context, c Conversation) (Conversation, error) {
	c.Ref, c.CreatedAt = record.NewRef("TJ"), s.db.Now()
	if err := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&c).Error; err != nil {
		return c, err
	}
	q := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("subject = ?", c.Subject)
	switch c.Subject {
	case AboutApplication:
		q = q.Where("application_id = ?", c.ApplicationID)
	case AboutInstitution:
		q = q.Where("institution_id = ?", c.InstitutionID)
	case AboutRight:
		q = q.Where("form_token = ?", c.FormToken)
	default:
		q = q.Where("person_id = ?", c.PersonID)
	}
	var found Conversation
	err := q.Take(&found).Error
	return found, err
}

// ask adds a question to a locked conversation and starts its clock, unless one runs already.
func (s *Store) ask(ctx context.Context, author User, c Conversation, token, text string) error {
	m, err := s.addMessage(ctx, author, c, Message{FormToken: token, Body: text})
	if err != nil || m.ID == 0 || c.WaitingSince != nil {
		return err
	}
	return s.startClock(ctx, c, &m.CreatedAt, nil)
}

// answer adds an officer's message to a locked conversation. It ends the wait of what the officer had read; a
// question that came meanwhile goes on waiting, with a clock of its own.
func (s *Store) answer(ctx context.Context, officer User, c Conversation, r Reply) error {
	if c.PersonID != nil && *c.PersonID == officer.ID {
		return ErrOwnQuestion
	}
	m, err := s.addMessage(ctx, officer, c, Message{FormToken: r.Token, Body: r.Text, FromDesk: true})
	if err != nil || m.ID == 0 {
		return err
	}
	if err := s.readBy(ctx, c.ID, true); err != nil {
		return err
	}
	var next []time.Time
	err = s.db.With(ctx).Model(&Message{}).Where("conversation_id = ? AND NOT from_desk AND id > ? AND id < ?", c.ID, r.Seen, m.ID).
		Order("id").Limit(1).Pluck("created_at", &next).Error
	if err != nil {
		return err
	}
	var waiting *time.Time
	if len(next) > 0 && c.WaitingSince != nil {
		waiting = &next[0]
	}
	if err := s.startClock(ctx, c, waiting, &m.CreatedAt); err != nil {
		return err
	}
	return s.tellAnswered(ctx, c, m)
}

// startClock sets since when a question waits, nil for none, and when somebody of the desk wrote.
func (s *Store) startClock(ctx context.Context, c Conversation, since, answered *time.Time) error {
	set := map[string]any{"waiting_since": since, "due_at": nil}
	if since != nil {
		what := ServiceQuestion
		if c.Subject == AboutRight {
			what = ServiceRight
		}
		due, err := s.serviceBy(ctx, what, *since)
		if err != nil {
			return err
		}
		set["due_at"] = due
	}
	if answered != nil {
		set["answered_at"] = *answered
	}
	return s.db.With(ctx).Model(&Conversation{}).Where("id = ?", c.ID).Updates(set).Error
}

// tellAnswered writes to whoever asked last that there is an answer. Who has no account is reached by hand.
func (s *Store) tellAnswered(ctx context.Context, c Conversation, m Message) error {
	var asked []int64
	err := s.db.With(ctx).Model(&Message{}).Where("conversation_id = ? AND NOT from_desk AND author_id IS NOT NULL", c.ID).
		Order("id DESC").Limit(1).Pluck("author_id", &asked).Error
	if err != nil {
		return err
	}
	if len(asked) == 0 && c.PersonID != nil {
		asked = append(asked, *c.PersonID)
	}
	if len(asked) == 0 {
		return nil
	}
	u, err := s.User(ctx, asked[0])
	if errors.Is(err, ErrNotFound) { // the account was closed since
		return nil
	}
	if err != nil {
		return err
	}
	template, data := "conversation_answered", map[string]string{"Ref": c.Ref, "Name": u.Name, "Path": urls.Conversation(c.Ref)}
	if c.ApplicationID != nil {
		var ref string
		if err := s.db.With(ctx).Model(&Application{}).Select("ref").Where("id = ?", *c.ApplicationID).Take(&ref).Error; err != nil {
			return err
		}
		template, data = "application_message", map[string]string{"Ref": ref, "Name": u.Name}
	}
	return s.db.Tell(ctx, u, fmt.Sprintf("message:%d", m.ID), template, data)
}

// addMessage stores a message once; a repeated token gives a message without an id.
func (s *Store) addMessage(ctx context.Context, author User, c Conversation, m Message) (Message, error) {
	m.Body = strings.TrimSpace(strings.ReplaceAll(m.Body, "\r\n", "\n"))
	switch {
	case m.Body == "":
		return Message{}, ErrMessageMissing
	case utf8.RuneCountInString(m.Body) > MessageLength:
		return Message{}, ErrMessageLong
	}
	m.ConversationID, m.AuthorID, m.AuthorRole, m.CreatedAt = c.ID, actorID(author), author.Role, s.db.Now()
	r := s.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&m)
	if r.Error != nil || r.RowsAffected == 0 {
		return Message{}, r.Error
	}
	act := record.Act{Action: "message_sent", SubjectKind: "conversation", SubjectID: c.ID}
	if c.PersonID != nil {
		act.PersonID = *c.PersonID
	}
	return m, s.db.Audit(ctx, author, act)
}

// readBy marks what the other side wrote as read by somebody of this side, the desk or not.
func (s *Store) readBy(ctx context.Context, conversationID int64, desk bool) error {
	return s.db.With(ctx).Model(&Message{}).
		Where("conversation_id = ? AND read_at IS NULL AND from_desk <> ?", conversationID, desk).
		Update("read_at", s.db.Now()).Error
}
