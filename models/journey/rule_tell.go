package journey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// tellRuleStep is how many plans one step of a telling goes through.
const tellRuleStep = 200

// TellRuleChange writes to everybody whom a published change of a rule concerns.
type TellRuleChange struct {
	TellingID int64 `json:"telling_id"`
}

// Kind names the job.
func (TellRuleChange) Kind() string { return "tell_rule_change" }

// A ruleTelling is a change of a rule on its way to people.
type ruleTelling struct {
	ID       int64
	OfTable  string
	ChangeID int64
	Code     string
	Was      dated.Values
	Becomes  dated.Values
	StartsOn time.Time
	At       time.Time
	ToldTo   int64
	Told     int
	DoneAt   *time.Time
}

// publication is the change that the telling is about.
func (t ruleTelling) publication() dated.Publication {
	return dated.Publication{ID: t.ChangeID, Code: t.Code, From: record.DateDay(t.StartsOn), Was: t.Was, Is: t.Becomes}
}

// toldTables are the tables of which people read what they say.
var toldTables = []string{documentRows, ruleRows, leadRows, chargeRows}

// ruleIsTold asks for the telling of a change of a table, in the transaction that publishes it. What nobody reads is not told.
func ruleIsTold(table string) func(ctx context.Context, db *record.DB, p dated.Publication) error {
	return func(ctx context.Context, db *record.DB, p dated.Publication) error {
		if p.Was != nil && p.Is != nil && maps.Equal(readOf(p.Was), readOf(p.Is)) {
			return nil
		}
		t := ruleTelling{OfTable: table, ChangeID: p.ID, Code: p.Code, Was: p.Was, Becomes: p.Is, StartsOn: p.From.Date(), At: db.Now()}
		if err := db.With(ctx).Create(&t).Error; err != nil {
			return err
		}
		return db.Enqueue(ctx, TellRuleChange{TellingID: t.ID})
	}
}

// readOf is what a row says without what only officers look at: from where it is known.
func readOf(says dated.Values) dated.Values {
	says = maps.Clone(says)
	delete(says, "source")
	delete(says, "confidence")
	return says
}

// A planRow is an open plan with what its person answered.
type planRow struct {
	PlanID                             int64
	Route, Country, Scheme, Occupation string
	Answers                            string
	People                             int
	User                               record.User `gorm:"embedded"`
}

func (r planRow) facts() (Facts, error) {
	f := Facts{Route: r.Route, Country: r.Country, Scheme: r.Scheme, Occupation: r.Occupation, Says: map[string]Answer{}}
	if r.Answers == "" {
		return f, nil
	}
	return f, json.Unmarshal([]byte(r.Answers), &f.Says)
}

// answersOf gives what was answered in a plan p about facts.
const answersOf = `coalesce((SELECT jsonb_object_agg(a.fact, a.says)
	FROM readiness_answers a
	WHERE a.plan_id = p.id AND a.fact IN ?)::text, '')`

// TellRuleNext looks at the next open plans and writes to those whom the change concerns. A step is one transaction with its
// cursor, so that whatever breaks off in between everybody is told once.
func (s *Store) TellRuleNext(ctx context.Context, tellingID int64) (more bool, err error) {
	err = s.transact(ctx, "tell of a rule, telling "+strconv.FormatInt(tellingID, 10), func(tx *Store) error {
		var t ruleTelling
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&t, "id = ? AND done_at IS NULL", tellingID).Error
		if errors.Is(err, record.ErrNotFound) {
			more = false
			return nil
		}
		if err != nil {
			return err
		}
		more, err = tx.tellRule(ctx, &t)
		return err
	})
	return more, err
}

func (s *Store) tellRule(ctx context.Context, t *ruleTelling) (more bool, err error) {
	b, err := s.Rules(ctx)
	if err != nil {
		return false, err
	}
	change, err := b.change(t.OfTable, t.publication())
	if err != nil {
		return false, err
	}
	var list []planRow
	err = s.db.With(ctx).Raw(`SELECT p.route, p.country, p.scheme, p.occupation, `+answersOf+` AS answers, p.id AS plan_id, u.*
		FROM readiness_plans p
			JOIN users u ON u.id = `+planReader+`
		WHERE p.closed_at IS NULL AND p.route IN ? AND p.id > ? AND p.opened_at <= ?
		ORDER BY p.id
		LIMIT ?`, append(change.facts(), ""), change.routes(), t.ToldTo, t.At, tellRuleStep).Scan(&list).Error
	if err != nil {
		return false, err
	}
	for _, row := range list {
		told, err := s.tellOne(ctx, *t, change, row)
		if err != nil {
			return false, err
		}
		if told {
			t.Told++
		}
		t.ToldTo = row.PlanID
	}
	if more = len(list) == tellRuleStep; !more {
		t.DoneAt = new(s.db.Now())
	}
	return more, s.db.With(ctx).Save(t).Error
}

// tellOne writes to the person of a plan, if the change concerns them.
func (s *Store) tellOne(ctx context.Context, t ruleTelling, change ruleChange, row planRow) (bool, error) {
	f, err := row.facts()
	if err != nil || !change.concerns(f) {
		return false, err
	}
	lang := i18n.Lang(row.User.Language)
	template, path := change.letter()
	return true, s.db.Tell(ctx, row.User, fmt.Sprintf("%s:%d:%d", template, t.ChangeID, row.User.ID), template, map[string]string{
		"Path": path, "Name": row.User.Name, "Change": change.named().In(lang), "When": i18n.Date(i18n.With(ctx, lang), t.StartsOn),
	})
}

// An Audience is whom a draft would concern: how many people, what it is about, from which day on, and the letter that they get.
type Audience struct {
	People   int
	About    models.Text
	From     record.Day
	Template string
}

// Tells says of a table whether people are told when it changes.
func Tells(table string) bool { return slices.Contains(toldTables, table) }

// RuleAudience counts the people with an open plan to whom a draft would say something else, as publishing it now would find
// them. now is what its row says on the draft's first day.
func (s *Store) RuleAudience(ctx context.Context, officer record.User, now dated.Values, draft dated.Change) (a Audience, err error) {
	if officer.Role != record.Officer {
		return a, record.ErrForbidden
	}
	b, err := s.Rules(ctx)
	if err != nil {
		return a, err
	}
	p := dated.Publication{Code: draft.Code, Was: now, Is: draft.Says, From: record.DateDay(draft.ValidFrom)}
	if draft.Ends {
		p.Is, p.From = nil, record.DateDay(*draft.ValidTo).Plus(1)
	}
	if today := record.DayOf(s.db.Now()); today.After(p.From) {
		p.From = today
	}
	change, err := b.change(draft.OfTable, p)
	if err != nil {
		return a, err
	}
	a.About, a.From = change.named(), p.From
	a.Template, _ = change.letter()
	var list []planRow
	err = s.db.With(ctx).Raw(`SELECT route, country, scheme, occupation, answers, count(DISTINCT user_id) AS people
		FROM (SELECT `+planReader+` AS user_id, p.route, p.country, p.scheme, p.occupation, `+answersOf+` AS answers
			FROM readiness_plans p
			WHERE p.closed_at IS NULL AND p.route IN ?) p
		GROUP BY route, country, scheme, occupation, answers`, append(change.facts(), ""), change.routes()).Scan(&list).Error
	for _, row := range list {
		f, err := row.facts()
		if err != nil {
			return a, err
		}
		if change.concerns(f) {
			a.People += row.People
		}
	}
	return a, err
}
