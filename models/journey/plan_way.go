package journey

import (
	"context"
	"slices"

	"naikkelas/models"
	"naikkelas/models/record"
)

// The refusals of a way that no rule knows.
var (
	ErrWayRoute      = &record.Refusal{Key: "plan.way.route", Field: "route"}
	ErrWayCountry    = &record.Refusal{Key: "plan.way.country", Field: "country"}
	ErrWayScheme     = &record.Refusal{Key: "plan.scheme.other", Field: "scheme"}
	ErrWayOccupation = &record.Refusal{Key: "plan.way.occupation", Field: "occupation"}
)

// PlanNames are how the parts of a plan's way are called; empty where nothing is chosen.
type PlanNames struct {
	Route, Country, Scheme, Occupation models.Text
}

// Ways are what somebody can choose of.
type Ways struct {
	Routes      []Entry
	Schemes     []Entry
	Countries   []models.Country
	Occupations []models.Occupation
}

// ChooseFrom lists what somebody can choose of today.
func (s *Store) ChooseFrom(ctx context.Context) (w Ways, err error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return w, err
	}
	today := record.DayOf(s.db.Now())
	w.Routes, w.Schemes = rules.Routes(today), rules.Schemes(today)
	if err := s.db.With(ctx).Order("name_id").Limit(300).Find(&w.Countries).Error; err != nil {
		return w, err
	}
	err = s.db.With(ctx).Order("name_id").Limit(300).Find(&w.Occupations).Error
	return w, err
}

// knownWay refuses what no rule knows. Only the route has to be said; a scheme belongs to its country and its routes.
func (s *Store) knownWay(ctx context.Context, rules *Rulebook, w Way) error {
	today := record.DayOf(s.db.Now())
	if !slices.ContainsFunc(rules.Routes(today), func(e Entry) bool { return e.Code == w.Route }) {
		return ErrWayRoute
	}
	if w.Scheme != "" && !slices.ContainsFunc(rules.Schemes(today), func(e Entry) bool {
		return e.Code == w.Scheme && e.Country == w.Country && slices.Contains(e.Routes, w.Route)
	}) {
		return ErrWayScheme
	}
	var known struct{ Country, Occupation bool }
	err := s.db.With(ctx).Raw(`SELECT ? = '' OR EXISTS (SELECT FROM countries WHERE code = ?) AS country,
			? = '' OR EXISTS (SELECT FROM occupations WHERE code = ?) AS occupation`,
		w.Country, w.Country, w.Occupation, w.Occupation).Scan(&known).Error
	switch {
	case err != nil:
		return err
	case !known.Country:
		return ErrWayCountry
	case !known.Occupation:
		return ErrWayOccupation
	}
	return nil
}

// namesOf reads how the parts of a way are called.
func (s *Store) namesOf(ctx context.Context, rules *Rulebook, p Plan) (n PlanNames, err error) {
	today := record.DayOf(s.db.Now())
	n.Route = rules.name(routeRows, p.Route, today)
	if p.Scheme != "" {
		n.Scheme = rules.name(schemeRows, p.Scheme, today)
	}
	n.Country = rules.countries[p.Country]
	if p.Occupation == "" {
		return n, nil
	}
	var o models.Occupation
	err = s.db.With(ctx).Where("code = ?", p.Occupation).Limit(1).Find(&o).Error
	n.Occupation = o.Name
	return n, err
}
