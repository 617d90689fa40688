package journey

import (
	"context"

	"naikkelas/models/record"
)

// A Preview is the checklist of somebody made up, by the rules of a day, and what it says otherwise than the published rules
// of today.
type Preview struct {
	Routes, Schemes []Entry
	Questions       []Question
	Needs           []Need
	Was             []Need     // the list of today, by what is published
	Asked           []Question // what that list asks
	Differences     []Difference
	Holes           []Hole // of the published rules
}

// PreviewRules makes the list of somebody made up; with drafts as if every open draft were published.
func (s *Store) PreviewRules(ctx context.Context, officer record.User, day record.Day, drafts bool, f Facts) (p Preview, err error) {
	if officer.Role != record.Officer {
		return p, record.ErrForbidden
	}
	now, err := s.Rules(ctx)
	if err != nil {
		return p, err
	}
	then := now
	if drafts {
		if then, err = s.rules(ctx, true); err != nil {
			return p, err
		}
	}
	today := record.DayOf(s.db.Now())
	p.Routes, p.Schemes, p.Questions = then.Routes(day), then.Schemes(day), then.Questions(day, f)
	p.Needs, p.Holes = then.Checklist(day, f), now.Holes(today)
	p.Was, p.Asked = now.Checklist(today, f), now.Questions(today, f)
	p.Differences = Compare(p.Was, p.Needs)
	return p, nil
}
