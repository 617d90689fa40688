package models

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ConversationList is one page of conversations; Next is the cursor of the page after.
type ConversationList struct {
	Items []ConversationRow
	Next  string
}

// DeskWaits is what waits for officers, as each page of theirs counts it: questions to be answered over all subjects and
// states, rules of getting ready of which none holds today, and check-ins of which the desk must know.
type DeskWaits struct {
	Questions int
	Holes     int
	Silent    int // only for who helps people in trouble, and the head
	Joining   int // institutions that ask to join, and changes of permits, only for who looks at institutions
}

// DeskWaits counts what waits for an officer, in one query.
func (s *Store) DeskWaits(ctx context.Context, officer User) (w DeskWaits, err error) {
	err = s.db.With(ctx).Raw(`SELECT (SELECT count(*) FROM conversations WHERE due_at IS NOT NULL) AS questions,
			(SELECT count(*) FROM figures_rule_gaps WHERE from_on <= @today AND (to_on IS NULL OR to_on >= @today)) AS holes,
			CASE WHEN EXISTS (SELECT FROM duties WHERE user_id = @me AND duty IN @helpers AND ended_at IS NULL)
				THEN (SELECT count(*) FROM figures_silent_checkins WHERE since <= @now)
				ELSE 0
			END AS silent,
			CASE WHEN EXISTS (SELECT FROM duties WHERE user_id = @me AND duty = @institutions AND ended_at IS NULL)
				THEN (SELECT count(*) FROM institution_requests WHERE state = 'submitted')
					+ (SELECT count(*) FROM licence_changes WHERE state = 'sent')
				ELSE 0
			END AS joining`, map[string]any{
		"institutions": record.DutyInstitutions,
		"me":           officer.ID, "helpers": []record.Duty{record.DutyProtection, record.DutyHead}, "now": s.Now(),
		"today": record.DayOf(s.Now()).Date(),
	}).Scan(&w).Error
	return w, err
}

// ToAnswer lists what is to be answered, whatever it is about and in whatever state that is: due first comes first.
func (s *Store) ToAnswer(ctx context.Context, officer User, cursor string) (ConversationList, error) {
	q := s.conversations(ctx).Where("c.due_at IS NOT NULL").Order("c.due_at, c.id")
	if at, id, ok := readQueueCursor(cursor); ok {
		q = q.Where("(c.due_at, c.id) > (?, ?)", at, id)
	}
	return s.conversationPage(officer, q, func(last ConversationRow) string { return queueCursor(*last.DueAt, last.ID) })
}

// Answered lists conversations in which nothing waits, the last answer first.
func (s *Store) Answered(ctx context.Context, officer User, cursor string) (ConversationList, error) {
	q := s.conversations(ctx).Where("c.due_at IS NULL AND c.answered_at IS NOT NULL").Order("c.answered_at DESC, c.id DESC")
	if at, id, ok := readQueueCursor(cursor); ok {
		q = q.Where("(c.answered_at, c.id) < (?, ?)", at, id)
	}
	return s.conversationPage(officer, q, func(last ConversationRow) string { return queueCursor(*last.AnsweredAt, last.ID) })
}

func (s *Store) conversationPage(officer User, q *gorm.DB, next func(ConversationRow) string) (ConversationList, error) {
	var page ConversationList
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	err := q.Select(conversationColumns).Limit(queuePageSize + 1).Scan(&page.Items).Error
	if len(page.Items) > queuePageSize {
		page.Items = page.Items[:queuePageSize]
		page.Next = next(page.Items[queuePageSize-1])
	}
	return page, err
}

// ConversationForOfficer loads a conversation for the desk.
func (s *Store) ConversationForOfficer(ctx context.Context, officer User, ref string) (Thread, error) {
	var t Thread
	if officer.Role != Officer {
		return t, ErrForbidden
	}
	err := s.conversations(ctx).Select(conversationColumns).Where("c.ref = ?", ref).Take(&t.ConversationRow).Error
	if err != nil {
		return t, err
	}
	t.Messages, err = s.messagesOf(ctx, t.Conversation, Officer)
	return t, err
}

// AnswerConversation adds an officer's answer to a conversation and tells whoever asked.
func (s *Store) AnswerConversation(ctx context.Context, officer User, ref string, r Reply) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "answer conversation", func(tx *Store) error {
		var c Conversation
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&c, "ref = ?", ref).Error; err != nil {
			return err
		}
		return tx.answer(ctx, officer, c, r)
	})
}
