package protection

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

const (
	// askAfter is how long after its end somebody is asked whether it helped.
	askAfter = 30 * 24 * time.Hour
	// askNoMore is after how long nobody is asked any more: who heard nothing for so long is not reminded of it.
	askNoMore = 90 * 24 * time.Hour
	// askedAtOnce is how many people one step asks.
	askedAtOnce = 100
)

// The answers to whether it helped; the last one is an officer's, who reached nobody.
const (
	AfterHelped = "helped"
	AfterPartly = "partly"
	AfterNot    = "not"
	AfterNone   = "none"
)

// AfterAnswers lists what a person can answer, in the order of the form.
func AfterAnswers() []string { return []string{AfterHelped, AfterPartly, AfterNot} }

// A Followup is the question whether it helped, and the answer, empty while there is none. PersonID is nil once the
// people of the case are gone.
type Followup struct {
	ID         int64
	CaseID     int64
	PersonID   *int64
	AskedAt    time.Time
	Answer     *string
	AnsweredAt *time.Time
	AnsweredBy *int64
	LookedAt   *time.Time
}

// TableName is where those questions lie.
func (Followup) TableName() string { return "case_followups" }

// Answered is the answer, empty while there is none.
func (f Followup) Answered() string {
	if f.Answer == nil {
		return ""
	}
	return *f.Answer
}

// toAskAfter are the people p on cases c who are asked whether it helped: whom it happened to, or, where they never wrote
// themselves, who did. Nobody is asked about a death, a double, or who wants no contact.
const toAskAfter = `c.closed_at <= @after
	AND c.closed_at > @most_ago
	AND c.stripped_at IS NULL
	AND c.outcome NOT IN ('died', 'double', 'no_matter')
	AND p.pin_index IS NOT NULL
	AND p.stopped_at IS NULL
	AND p.channel <> 'none'
	AND (p.part = 'subject' OR NOT EXISTS (SELECT
		FROM case_people w
		WHERE w.case_id = c.id
			AND w.part = 'subject'
			AND w.pin_index IS NOT NULL))
	AND NOT EXISTS (SELECT FROM case_followups f WHERE f.case_id = c.id AND f.person_id = p.id)`

// AskAfter asks whoever wrote, once, thirty days after their case ended whether it helped: on the page behind number and
// PIN, and by a notice where their word allows one. It is a step of a chore.
func (s *Store) AskAfter(ctx context.Context) (more bool, err error) {
	var cases []int64
	now := s.db.Now()
	args := map[string]any{"after": now.Add(-askAfter), "most_ago": now.Add(-askNoMore), "most": askedAtOnce}
	err = s.db.With(ctx).Raw(`SELECT DISTINCT c.id
		FROM cases c
		JOIN case_people p ON p.case_id = c.id
		WHERE `+toAskAfter+`
		ORDER BY c.id
		LIMIT @most`, args).Scan(&cases).Error
	for _, id := range cases {
		if err == nil {
			err = s.askAfterCase(ctx, id, args)
		}
	}
	return len(cases) == askedAtOnce, err
}

func (s *Store) askAfterCase(ctx context.Context, id int64, args map[string]any) error {
	return s.transact(ctx, "ask whether it helped", func(tx *Store) error {
		var c Case
		if err := locked(tx.db.With(ctx)).Take(&c, id).Error; err != nil {
			return err
		}
		args["case"] = id
		var people []Person
		err := tx.db.With(ctx).Raw(`SELECT p.*
			FROM cases c
			JOIN case_people p ON p.case_id = c.id
			WHERE c.id = @case
				AND `+toAskAfter+`
			ORDER BY p.id`, args).Scan(&people).Error
		for _, p := range people {
			if err == nil {
				err = tx.askPersonAfter(ctx, &c, p)
			}
		}
		return err
	})
}

func (s *Store) askPersonAfter(ctx context.Context, c *Case, p Person) error {
	f := Followup{CaseID: c.ID, PersonID: &p.ID, AskedAt: s.db.Now()}
	r := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&f)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	if err := s.happened(ctx, c, Event{Kind: EventAskedAfter, PersonID: &p.ID}, ""); err != nil {
		return err
	}
	return s.tellOf(ctx, c, p, NoticeAsked)
}

// open says whether the person may still answer: an officer who reached nobody has not answered for them.
func (f Followup) open() bool { return f.Answer == nil || *f.Answer == AfterNone }

// AnswerAfter keeps what the person of a help session answers to whether it helped. What they add is a message to the desk
// in any case, and the desk hears of it, as of who was not helped. A second answer changes nothing.
func (s *Store) AnswerAfter(ctx context.Context, token, formToken, answer, text string) error {
	text = strings.TrimSpace(text)
	if !slices.Contains(AfterAnswers(), answer) {
		return &record.Refusal{Key: ErrChoice.Key, Field: "after"}
	}
	if utf8.RuneCountInString(text) > MessageLength {
		return &record.Refusal{Key: ErrMessageLong.Key, Field: "added"}
	}
	return s.asOwner(ctx, "answer whether it helped", token, func(tx *Store, p Person, c Case) error {
		f, err := tx.followupOf(ctx, p.ID)
		switch {
		case err != nil:
			return err
		case !f.open() && text == "":
			return nil
		case !f.open():
			return tx.wrote(ctx, p, c, formOf(formToken), text)
		}
		if err := tx.answered(ctx, f, answer, nil); err != nil {
			return err
		}
		e := Event{Kind: EventAnsweredAfter, PersonID: &p.ID, Detail: answer}
		if answer == AfterNot && text == "" {
			return tx.heard(ctx, p, c, e.Kind, e.Detail)
		}
		if err := tx.happened(ctx, &c, e, ""); err != nil || text == "" {
			return err
		}
		return tx.wrote(ctx, p, c, formOf(formToken), text)
	})
}

// LogAfter writes down what somebody told an officer who asked them whether it helped, or that nobody was reached.
func (s *Store) LogAfter(ctx context.Context, officer record.User, p Press, answer, text string) error {
	text = strings.TrimSpace(text)
	if !slices.Contains(append(AfterAnswers(), AfterNone), answer) {
		return &record.Refusal{Key: ErrChoice.Key, Field: "after"}
	}
	if utf8.RuneCountInString(text) > MessageLength {
		return ErrTextLong
	}
	return s.press(ctx, officer, ActAfter, p, func(tx *Store, v viewer, c *Case) error {
		var f Followup
		if err := locked(tx.db.With(ctx)).Where("case_id = ? AND answer IS NULL", c.ID).Order("id").Take(&f).Error; err != nil {
			return err
		}
		if err := tx.answered(ctx, f, answer, &v.ID); err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventAnsweredAfter, PersonID: f.PersonID, Detail: answer}, text)
	})
}

// answered keeps an answer: nothing about it waits for an officer any more.
func (s *Store) answered(ctx context.Context, f Followup, answer string, by *int64) error {
	f.Answer, f.AnsweredAt, f.AnsweredBy, f.LookedAt = &answer, new(s.db.Now()), by, nil
	if by != nil {
		f.LookedAt = f.AnsweredAt
	}
	if err := s.db.With(ctx).Save(&f).Error; err != nil {
		return err
	}
	return s.db.With(ctx).Model(&Notice{}).Where("person_id = ? AND kind = ? AND state IN ('waiting', 'by_hand')", f.PersonID, NoticeAsked).
		Update("state", NoticeReached).Error
}

// followupOf is the question to a person. ErrNotFound says that they were not asked.
func (s *Store) followupOf(ctx context.Context, personID int64) (f Followup, err error) {
	err = locked(s.db.With(ctx)).Where("person_id = ?", personID).Take(&f).Error
	return f, err
}

// asked is the question to a person as they read it, nil where they were not asked, or their case was opened again.
func (s *Store) asked(ctx context.Context, p Person, c Case) (*Followup, error) {
	var f Followup
	err := s.db.With(ctx).Where("person_id = ?", p.ID).Take(&f).Error
	if missing(err) || err == nil && f.open() && !c.Closed() {
		return nil, nil
	}
	if f.open() {
		f.Answer = nil // they can still answer
	}
	return &f, err
}

// openFollowups puts to a case what was answered to whether it helped.
func (s *Store) openFollowups(ctx context.Context, d *DeskCase) error {
	return s.db.With(ctx).Where("case_id = ?", d.ID).Order("id").Limit(20).Find(&d.After).Error
}

// lookedAfter notes that who holds a case, or the head, saw that it did not help, and that an office calls.
func (s *Store) lookedAfter(ctx context.Context, c Case) error {
	if c.RecalledAt != nil {
		q := s.db.With(ctx).Model(&Case{}).Where("id = ? AND recalled_at = ?", c.ID, *c.RecalledAt) // a later call waits
		if err := q.Update("recalled_at", nil).Error; err != nil {
			return err
		}
	}
	return s.db.With(ctx).Model(&Followup{}).Where("case_id = ? AND answer IS NOT NULL AND looked_at IS NULL", c.ID).
		Update("looked_at", s.db.Now()).Error
}

// asksAfter says of a case c that ended that an officer has to ask whether it helped, which who wants no contact is not, or
// that it did not.
const asksAfter = `EXISTS (SELECT
	FROM case_followups f
	WHERE f.case_id = c.id
		AND (f.answer = 'not' AND f.looked_at IS NULL
			OR f.answer IS NULL AND EXISTS (SELECT
				FROM case_notices n
				JOIN case_people p ON p.id = n.person_id
				WHERE n.person_id = f.person_id
					AND p.stopped_at IS NULL
					AND p.channel <> 'none'
					AND n.kind = 'asked'
					AND n.state IN ('by_hand', 'missing', 'failed'))))`
