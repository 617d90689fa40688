package journey

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Plan is how somebody means to leave, and how far they are. Needed and Done count what has to be ready, ReadyAt is since when
// all of it is. DepartsOn is nil while no day is planned; what is not known yet is empty. CountedAt is when the counts were
// last brought in line with the rules.
type Plan struct {
	ID         int64
	Ref        string
	UserID     int64
	Route      string
	Country    string
	Scheme     string
	Occupation string
	DepartsOn  *time.Time
	Needed     int
	Done       int
	ReadyAt    *time.Time
	OpenedAt   time.Time
	ClosedAt   *time.Time
	CountedAt  *time.Time
	Version    int
}

// TableName is where plans lie.
func (Plan) TableName() string { return "readiness_plans" }

// planAnswer is what a person says about a fact.
type planAnswer struct {
	PlanID     int64
	Fact       string
	Says       Answer
	AnsweredAt time.Time
}

// TableName is where answers lie.
func (planAnswer) TableName() string { return "readiness_answers" }

// The refusals of planning.
var (
	ErrDepartsPast = &record.Refusal{Key: "plan.departs.past", Field: "departs"}
	ErrDepartsFar  = &record.Refusal{Key: "plan.departs.far", Field: "departs"}
	ErrAnswer      = &record.Refusal{Key: "form.choose"}
)

// farthest is how many years ahead somebody can plan to leave.
const farthest = 5

// Way is how somebody says that they mean to leave.
type Way struct {
	Route, Country, Scheme, Occupation string
}

// choice is what a plan says of it.
func (p Plan) way() Way { return Way{p.Route, p.Country, p.Scheme, p.Occupation} }

// PlanNow is the acting person's open plan as it is written down.
func (s *Store) PlanNow(ctx context.Context, actor record.User) (Plan, error) {
	if actor.Role != record.Seeker {
		return Plan{}, record.ErrForbidden
	}
	return s.openPlan(ctx, actor.ID)
}

// Choose opens a plan, or says anew how somebody means to leave. What was done stays done; pressing twice is one plan.
func (s *Store) Choose(ctx context.Context, actor record.User, c Way) error {
	if actor.Role != record.Seeker {
		return record.ErrForbidden
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if err := s.knownWay(ctx, rules, c); err != nil {
		return err
	}
	return s.transact(ctx, "choose a way to leave", func(tx *Store) error {
		p, err := tx.lockPlan(ctx, actor.ID)
		if errors.Is(err, record.ErrNotFound) {
			return tx.openNewPlan(ctx, actor, rules, c)
		}
		if err != nil || p.way() == c {
			return err
		}
		p.Route, p.Country, p.Scheme, p.Occupation = c.Route, c.Country, c.Scheme, c.Occupation
		if err := tx.savePlan(ctx, actor, p, "readiness_chosen"); err != nil {
			return err
		}
		return tx.recountPlan(ctx, actor, rules, p, looksAnew)
	})
}

// openNewPlan opens a plan. The return of who sets out again is over with it, and what they had ready before and still holds comes
// along.
func (s *Store) openNewPlan(ctx context.Context, actor record.User, rules *Rulebook, c Way) error {
	p := Plan{
		Ref: record.NewRef("SB"), UserID: actor.ID, Route: c.Route, Country: c.Country, Scheme: c.Scheme, Occupation: c.Occupation,
		OpenedAt: s.db.Now(), Version: 1,
	}
	made := s.db.With(ctx).Clauses(clause.OnConflict{
		Columns:     []clause.Column{{Name: "user_id"}},
		TargetWhere: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "closed_at IS NULL"}}},
		DoNothing:   true,
	}).Create(&p)
	if made.Error != nil || made.RowsAffected == 0 {
		return made.Error // the other press opened it
	}
	if err := s.homeNoMore(ctx, actor, actor.ID); err != nil {
		return err
	}
	err := s.db.Audit(ctx, actor, record.Act{Action: "readiness_opened", SubjectKind: "readiness_plan", SubjectID: p.ID, PersonID: actor.ID})
	if err != nil {
		return err
	}
	if err := s.carryOver(ctx, p); err != nil {
		return err
	}
	return s.recountPlan(ctx, actor, rules, p, looksAnew)
}

// savePlan writes down how somebody means to leave.
func (s *Store) savePlan(ctx context.Context, actor record.User, p Plan, action string) error {
	err := s.db.With(ctx).Model(&Plan{}).Where("id = ?", p.ID).Updates(map[string]any{
		"route": p.Route, "country": p.Country, "scheme": p.Scheme, "occupation": p.Occupation, "departs_on": p.DepartsOn,
		"version": p.Version + 1,
	}).Error
	if err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "readiness_plan", SubjectID: p.ID, PersonID: p.UserID})
}

// PlanDeparture sets the day on which somebody means to leave, nil for none. The latest starts count back from it.
func (s *Store) PlanDeparture(ctx context.Context, actor record.User, on *time.Time) error {
	today := record.DayOf(s.db.Now())
	if on != nil && today.After(record.DateDay(*on)) {
		return ErrDepartsPast
	}
	if on != nil && on.After(today.Date().AddDate(farthest, 0, 0)) {
		return ErrDepartsFar
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	return s.changePlan(ctx, actor, "plan a departure", func(tx *Store, p Plan) error {
		if samePlanDay(p.DepartsOn, on) {
			return nil
		}
		p.DepartsOn = on
		if err := tx.savePlan(ctx, actor, p, "readiness_departure_planned"); err != nil {
			return err
		}
		return tx.recountPlan(ctx, actor, rules, p, looksOn)
	})
}

// samePlanDay compares days that may be missing.
func samePlanDay(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

// AnswerFacts keeps what somebody says about facts on which rules hang.
func (s *Store) AnswerFacts(ctx context.Context, actor record.User, says map[string]Answer) error {
	for fact, answer := range says {
		if answer != Yes && answer != No && answer != Unknown {
			return &record.Refusal{Key: ErrAnswer.Key, Field: fact}
		}
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	return s.changePlan(ctx, actor, "answer questions", func(tx *Store, p Plan) error {
		needs, err := tx.needsBy(ctx, rules, p)
		if err != nil {
			return err
		}
		asked, changed := rules.Questions(record.DayOf(tx.db.Now()), needs.facts), false
		for fact, answer := range says {
			if !slices.ContainsFunc(asked, func(q Question) bool { return q.Code == fact }) {
				return record.ErrNotFound // no rule asks for it
			}
			if needs.facts.Says[fact] == answer {
				continue
			}
			changed = true
			err := tx.db.With(ctx).Clauses(clause.OnConflict{
				Columns:   []clause.Column{{Name: "plan_id"}, {Name: "fact"}},
				DoUpdates: clause.AssignmentColumns([]string{"says", "answered_at"}),
			}).Create(&planAnswer{p.ID, fact, answer, tx.db.Now()}).Error
			if err != nil {
				return err
			}
		}
		if !changed {
			return nil
		}
		if err := tx.savePlan(ctx, actor, p, "readiness_answered"); err != nil {
			return err
		}
		return tx.recountPlan(ctx, actor, rules, p, looksOn)
	})
}

// changePlan runs f with the locked open plan of a person.
func (s *Store) changePlan(ctx context.Context, actor record.User, doing string, f func(tx *Store, p Plan) error) error {
	if actor.Role != record.Seeker {
		return record.ErrForbidden
	}
	return s.transact(ctx, doing, func(tx *Store) error {
		p, err := tx.lockPlan(ctx, actor.ID)
		if err != nil {
			return err
		}
		return f(tx, p)
	})
}

// ClosePlan gives the open plan up. What is in it stays for the next one.
func (s *Store) ClosePlan(ctx context.Context, actor record.User, version int) error {
	return s.changePlan(ctx, actor, "give up a plan", func(tx *Store, p Plan) error {
		if p.Version != version {
			return models.ErrStale
		}
		now := tx.db.Now()
		err := tx.db.With(ctx).Model(&Plan{}).Where("id = ?", p.ID).Updates(map[string]any{"closed_at": now, "version": p.Version + 1}).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor,
			record.Act{Action: "readiness_given_up", SubjectKind: "readiness_plan", SubjectID: p.ID, PersonID: p.UserID})
	})
}
