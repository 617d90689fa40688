package models

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// ConversationRow is a conversation in a list, with what it is about and how many messages of the other side nobody
// of this side has read.
type ConversationRow struct {
	Conversation
	ApplicationRef   string
	ApplicationState ApplicationState
	ProgrammeTitle   string
	InstitutionRef   string
	InstitutionName  string
	PersonRef        string
	PersonName       string
	Unread           int64
}

// Thread is a conversation with what was written in it, the first first.
type Thread struct {
	ConversationRow
	Messages []Message
}

// Last is the newest message's id, which an answer names as what was read.
func (t Thread) Last() int64 { return lastOf(t.Messages) }

func lastOf(list []Message) int64 {
	if len(list) == 0 {
		return 0
	}
	return list[len(list)-1].ID
}

const (
	conversationColumns = `c.*, coalesce(a.ref, '') AS application_ref, coalesce(a.state, '') AS application_state,
		coalesce(p.title, '') AS programme_title, coalesce(i.ref, '') AS institution_ref,
		coalesce(i.name, '') AS institution_name,
		CASE WHEN u.role = 'seeker' AND u.closed_at IS NULL THEN u.ref ELSE '' END AS person_ref,
		coalesce(CASE WHEN u.closed_at IS NULL THEN u.name END, nullif(c.name, ''), u.name, '') AS person_name`
	conversationJoins = `LEFT JOIN applications a ON a.id = c.application_id
		LEFT JOIN intakes n ON n.id = a.intake_id
		LEFT JOIN programmes p ON p.id = n.programme_id
		LEFT JOIN institutions i ON i.id = c.institution_id
		LEFT JOIN users u ON u.id = c.person_id`
)

func (s *Store) conversations(ctx context.Context) *gorm.DB {
	return s.db.With(ctx).Table("conversations c").Joins(conversationJoins)
}

// own narrows to the conversations of the acting person, and of the institution that they manage.
func own(q *gorm.DB, actor User) *gorm.DB {
	if actor.Manages() {
		return q.Where("(c.person_id = ? OR c.institution_id = ?)", actor.ID, *actor.InstitutionID)
	}
	return q.Where("c.person_id = ?", actor.ID)
}

// OwnConversations lists what the acting person asked the officers, the newest first.
func (s *Store) OwnConversations(ctx context.Context, actor User) ([]ConversationRow, error) {
	var list []ConversationRow
	err := own(s.conversations(ctx), actor).Select(conversationColumns + `,
		(SELECT count(*)
			FROM messages m
			WHERE m.conversation_id = c.id
				AND m.from_desk
				AND m.read_at IS NULL) AS unread`).
		Order("c.id DESC").Limit(ownApplicationsMost).Scan(&list).Error
	return list, err
}

// OwnConversation loads one of the acting person's conversations.
func (s *Store) OwnConversation(ctx context.Context, actor User, ref string) (Thread, error) {
	var t Thread
	err := own(s.conversations(ctx), actor).Select(conversationColumns).Where("c.ref = ?", ref).Take(&t.ConversationRow).Error
	if err != nil {
		return t, err
	}
	t.Messages, err = s.messagesOf(ctx, t.Conversation, actor.Role)
	return t, err
}

// ReadConversation marks the officers' messages in a conversation of the acting person as read.
func (s *Store) ReadConversation(ctx context.Context, actor User, ref string) error {
	var id int64
	if err := own(s.db.With(ctx).Table("conversations c"), actor).Where("c.ref = ?", ref).Select("c.id").Take(&id).Error; err != nil {
		return err
	}
	return s.readBy(ctx, id, false)
}

// WriteToOfficers adds a question about an application of the acting person (its reference), about the institution
// that they manage (its reference), or about anything else of theirs (empty).
func (s *Store) WriteToOfficers(ctx context.Context, actor User, about, token, text string) error {
	c := Conversation{Subject: AboutPerson, PersonID: &actor.ID}
	switch {
	case about == "":
	case actor.Manages():
		if err := s.db.With(ctx).Take(&Institution{}, "id = ? AND ref = ?", *actor.InstitutionID, about).Error; err != nil {
			return err
		}
		c = Conversation{Subject: AboutInstitution, InstitutionID: actor.InstitutionID}
	default:
		return s.Ask(ctx, actor, about, token, text)
	}
	return s.transact(ctx, "write to officers", func(tx *Store) error {
		opened, err := tx.open(ctx, c)
		if err != nil {
			return err
		}
		return tx.ask(ctx, actor, opened, token, text)
	})
}

// AskAgain adds a question to one of the acting person's conversations.
func (s *Store) AskAgain(ctx context.Context, actor User, ref, token, text string) error {
	return s.transact(ctx, "ask again", func(tx *Store) error {
		var c Conversation
		err := own(tx.db.With(ctx).Table("conversations c"), actor).Clauses(clause.Locking{Strength: "UPDATE"}).
			Where("c.ref = ?", ref).Take(&c).Error
		if err != nil {
			return err
		}
		return tx.ask(ctx, actor, c, token, text)
	})
}

// messagesOf are what was written in a conversation, the first first. The desk reads who wrote, everybody else for which
// city an officer did.
func (s *Store) messagesOf(ctx context.Context, c Conversation, reader Role) ([]Message, error) {
	var list []Message
	who := actorUnit + " AS unit"
	if reader == Officer {
		who = actorName + " AS author"
	}
	err := s.db.With(ctx).Select("*, "+strings.Replace(who, "actor_id", "author_id", 1)).Where("conversation_id = ?", c.ID).
		Order("id DESC").Limit(500).Find(&list).Error
	slices.Reverse(list)
	return list, err
}
