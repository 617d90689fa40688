package models

import "context"

// laterMost is how many later intakes are offered to choose from.
const laterMost = 30

// LaterIntake is an intake to which somebody can go from an earlier one of its programme.
type LaterIntake struct {
	Intake
	Free    int64 // seats that nobody has and nobody was promised
	Waiting int64 // reserves, who come first
}

// Takes says whether a seat can be offered there.
func (l LaterIntake) Takes() bool { return l.Free > 0 && l.Waiting == 0 }

// LaterChoice is where an applicant could go, and what their going would do here.
type LaterChoice struct {
	Open    *Deferral // what they asked for or were offered, nil for nothing
	Intakes []LaterIntake
	Next    string // the reserve who gets the seat here, empty for nobody
}

// LaterIntakes says where an applicant of the acting staff's institution could go.
func (s *Store) LaterIntakes(ctx context.Context, actor User, ref string) (v LaterChoice, err error) {
	a, o, _, err := s.Applicant(ctx, actor, ref)
	if err != nil {
		return v, err
	}
	if v.Open, err = s.shownDeferral(ctx, a.Application); err != nil {
		return v, err
	}
	if !a.MayDefer(o.Intake, s.db.Now()) {
		return v, nil
	}
	var all []LaterIntake
	err = s.db.With(ctx).Raw(`SELECT n.*,
			n.quota - `+intakeTaken+`
				- (SELECT count(*)
					FROM deferrals f
					WHERE f.intake_id = n.id
						AND f.ended_at IS NULL)
				- (SELECT count(*)
					FROM decisions d
					JOIN applications a ON a.id = d.application_id
					WHERE a.intake_id = n.id
						AND d.arguments->>'What' = 'accepted'
						AND `+outcomeWaits+`) AS free,
			(SELECT count(*)
				FROM applications r
				WHERE r.intake_id = n.id
					AND r.state = 'reserve') AS waiting
		FROM intakes n
		WHERE n.programme_id = ?
			AND n.state = 'published'
			AND n.starts_on > ?
		ORDER BY n.starts_on, n.id
		LIMIT ?`, o.Programme.ID, s.db.Now().AddDate(0, 0, -1), laterMost).Scan(&all).Error
	if err != nil {
		return v, err
	}
	for _, l := range all {
		if l.takesLater(o.Intake, s.db.Now()) {
			v.Intakes = append(v.Intakes, l)
		}
	}
	if !a.TakesSeat() {
		return v, nil
	}
	err = s.applicantsFrom(ctx, actor).Select("coalesce(ci.name, u.name)").Where("a.intake_id = ? AND a.state = 'reserve'", a.IntakeID).
		Order("a.reserve_rank").Limit(1).Scan(&v.Next).Error
	return v, err
}

// shownDeferral is what is open of an application, with the intake that is offered; nil for nothing.
func (s *Store) shownDeferral(ctx context.Context, a Application) (*Deferral, error) {
	if !a.State.Deferrable() {
		return nil, nil
	}
	d, err := s.openDeferral(ctx, a.ID)
	if err != nil || d == nil || d.IntakeID == nil {
		return d, err
	}
	return d, s.db.With(ctx).Take(&d.To, "id = ?", *d.IntakeID).Error
}
