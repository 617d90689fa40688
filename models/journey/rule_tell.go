package journey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
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

// rulePublished asks for the telling of a change, in the transaction that publishes it.
func rulePublished(ctx context.Context, db *record.DB, p dated.Publication) error {
	t := ruleTelling{ChangeID: p.ID, Code: p.Code, Was: p.Was, Becomes: p.Is, StartsOn: p.From.Date(), At: db.Now()}
	if err := db.With(ctx).Create(&t).Error; err != nil {
		return err
	}
	return db.Enqueue(ctx, TellRuleChange{TellingID: t.ID})
}

// with is the rulebook as it is or was with a row saying something from a day on; nil for a row that is not there.
func (b *Rulebook) with(code string, says dated.Values, from record.Day) (*Rulebook, error) {
	other := *b
	other.rules = slices.DeleteFunc(slices.Clone(b.rules), func(r rule) bool { return r.Code == code })
	if says == nil {
		return &other, nil
	}
	r, err := ruleOf(dated.Version{Code: code, Says: says, ValidFrom: from.Date()})
	other.rules = append(other.rules, r)
	return &other, err
}

// A ruleChange is a change of one rule with the rules around it as they are before and after.
type ruleChange struct {
	day         record.Day
	papers      []string // that it is about
	before, now *Rulebook
}

func (b *Rulebook) change(p dated.Publication) (c ruleChange, err error) {
	c.day = p.From
	for _, says := range []dated.Values{p.Was, p.Is} {
		if says != nil && !slices.Contains(c.papers, says["document_code"]) {
			c.papers = append(c.papers, says["document_code"])
		}
	}
	if c.before, err = b.with(p.Code, p.Was, p.From); err != nil {
		return c, err
	}
	c.now, err = b.with(p.Code, p.Is, p.From)
	return c, err
}

// routes are the routes whose people it may concern.
func (p ruleChange) routes(code string) (list []string) {
	for _, b := range []*Rulebook{p.before, p.now} {
		for _, r := range b.rules {
			if r.Code == code && !slices.Contains(list, r.route) {
				list = append(list, r.route)
			}
		}
	}
	return list
}

// concerns says whether somebody's list says something else of the papers by the change than without it.
func (p ruleChange) concerns(f Facts) bool {
	of := func(b *Rulebook) (list []Need) {
		for _, n := range b.Checklist(p.day, f) {
			if slices.Contains(p.papers, n.Document) {
				list = append(list, n)
			}
		}
		return list
	}
	return len(Compare(of(p.before), of(p.now))) > 0
}

// facts are the codes of the facts on which the papers of the change hang.
func (p ruleChange) facts() (list []string) {
	for _, b := range []*Rulebook{p.before, p.now} {
		for _, r := range b.rules {
			if slices.Contains(p.papers, r.document) {
				list = append(list, r.condition.facts()...)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
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
	change, err := b.change(t.publication())
	if err != nil {
		return false, err
	}
	var list []planRow
	err = s.db.With(ctx).Raw(`SELECT p.route, p.country, p.scheme, p.occupation, `+answersOf+` AS answers, p.id AS plan_id, u.*
		FROM readiness_plans p
			JOIN users u ON u.id = p.user_id
		WHERE p.closed_at IS NULL AND p.route IN ? AND p.id > ? AND p.opened_at <= ?
		ORDER BY p.id
		LIMIT ?`, append(change.facts(), ""), append(change.routes(t.Code), ""), t.ToldTo, t.At, tellRuleStep).Scan(&list).Error
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
	paper := change.now.name(documentRows, change.papers[len(change.papers)-1], change.day).In(lang)
	return true, s.db.Tell(ctx, row.User, fmt.Sprintf("rule_changed:%d:%d", t.ChangeID, row.User.ID), "rule_changed", map[string]string{
		"Path": urls.Readiness(), "Name": row.User.Name, "Change": paper, "When": i18n.Date(i18n.With(ctx, lang), t.StartsOn),
	})
}

// An Audience is whom a draft of a rule would concern: how many people, the paper and from which day on.
type Audience struct {
	People int
	Paper  string // its code
	From   record.Day
}

// RuleAudience counts the people with an open plan to whom a draft of a rule would say something else, as publishing it now
// would find them.
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
	change, err := b.change(p)
	if err != nil {
		return a, err
	}
	a.Paper, a.From = change.papers[len(change.papers)-1], p.From
	var list []planRow
	err = s.db.With(ctx).Raw(`SELECT route, country, scheme, occupation, answers, count(DISTINCT user_id) AS people
		FROM (SELECT p.user_id, p.route, p.country, p.scheme, p.occupation, `+answersOf+` AS answers
			FROM readiness_plans p
			WHERE p.closed_at IS NULL AND p.route IN ?) p
		GROUP BY route, country, scheme, occupation, answers`,
		append(change.facts(), ""), append(change.routes(draft.Code), "")).Scan(&list).Error
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
