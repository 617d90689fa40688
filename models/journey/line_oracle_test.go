package journey

import (
	"slices"
	"testing"
	"time"

	"naikkelas/models/record"
)

// The oracle is the definition of a line a second time, in Go over the bare rows.

type oracleRows struct {
	users []struct {
		ID        int64
		Role      string
		ClosedAt  *time.Time
		CreatedAt time.Time
	}
	joins []struct{ JoinedID, IntoID int64 }
	tells []struct {
		UserID      int64
		CountryCode *string
		ToldAt      time.Time
		ChangedAt   time.Time
	}
	applications []struct {
		ID, SeekerID int64
		State        string
		CourseResult *string
		CreatedAt    time.Time
		SubmittedAt  *time.Time
	}
	completions []struct {
		ApplicationID int64
		At            time.Time
	}
	checks []struct {
		UserID int64
		At     time.Time
	}
	certificates []struct {
		SeekerID  int64
		DecidedAt time.Time
	}
	plans      []oraclePlan
	departures []oracleDeparture
	homecoming []oracleHome
}

type oraclePlan struct {
	ID, UserID        int64
	Country           string
	OpenedAt          time.Time
	ReadyAt, ClosedAt *time.Time
}

type oracleDeparture struct {
	ID, UserID        int64
	Country           string
	RecordedAt        time.Time
	LeftOn, WorksFrom *time.Time
	OverAt            *time.Time
	Abroad, AtWork    bool
}

type oracleHome struct {
	ID, UserID  int64
	DepartureID *int64
	RecordedAt  time.Time
	ReturnedOn  time.Time
	RoseOn      *time.Time
	ClosedAt    *time.Time
}

func (s *lineStore) oracleRows(t *testing.T) (r oracleRows) {
	t.Helper()
	for query, into := range map[string]any{
		"SELECT * FROM users": &r.users, "SELECT * FROM account_joins WHERE agreed AND undone_at IS NULL": &r.joins,
		"SELECT * FROM interests": &r.tells, "SELECT * FROM applications": &r.applications,
		"SELECT * FROM application_events WHERE to_state = 'completed'":                                       &r.completions,
		"SELECT * FROM identity_checks WHERE field = 'nik' AND outcome = 'checked' AND superseded_at IS NULL": &r.checks,
		"SELECT * FROM certificates WHERE state = 'verified' AND deleted_at IS NULL":                          &r.certificates,
		"SELECT * FROM readiness_plans ORDER BY opened_at DESC, id DESC":                                      &r.plans,
		"SELECT * FROM departures ORDER BY recorded_at DESC, id DESC":                                         &r.departures,
		"SELECT * FROM homecomings ORDER BY recorded_at DESC, id DESC":                                        &r.homecoming,
	} {
		if err := s.sql.Raw(query).Scan(into).Error; err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	return r
}

// earliest gathers the first of several moments.
type earliest struct{ at *time.Time }

func (e *earliest) see(at time.Time) {
	if e.at == nil || at.Before(*e.at) {
		e.at = &at
	}
}

// jakarta is the day of a moment.
func jakarta(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	day := record.DayOf(*at).Date()
	return &day
}

// lines derives the line of every person who has one.
func (r oracleRows) lines() map[int64]Line {
	list := map[int64]Line{}
	for _, u := range r.users {
		joined := func(id int64) bool {
			return slices.ContainsFunc(r.joins, func(j struct{ JoinedID, IntoID int64 }) bool { return j.JoinedID == id })
		}
		if u.Role != "seeker" || u.ClosedAt != nil || joined(u.ID) {
			continue
		}
		ids := []int64{u.ID}
		for _, j := range r.joins {
			if j.IntoID == u.ID {
				ids = append(ids, j.JoinedID)
			}
		}
		list[u.ID] = r.line(u.ID, ids)
	}
	return list
}

func (r oracleRows) line(person int64, ids []int64) Line {
	mine := func(id int64) bool { return slices.Contains(ids, id) }
	l := Line{UserID: person}
	l.InterestOn, l.AccountOn, l.IdentityOn, l.SkillOn = r.proven(mine)
	var told time.Time
	for _, x := range r.tells {
		if mine(x.UserID) && x.CountryCode != nil && x.ChangedAt.After(told) {
			told, l.Country = x.ChangedAt, *x.CountryCode
		}
	}
	began, home := r.round(mine)
	plan, departure := r.present(mine, began)
	var entered int
	var since *time.Time
	if began != nil {
		entered, since = StationReady.Place(), began
	}
	if departure != nil {
		l.AwayStartOn = departure.LeftOn
		if departure.AtWork {
			l.WorkingOn = departure.WorksFrom
		}
		if departure.OverAt == nil && departure.LeftOn == nil {
			entered, since = StationAway.Place(), &departure.RecordedAt
		}
	}
	if plan != nil {
		if plan.Country != "" {
			l.Country = plan.Country
		}
		l.ReadyOn = jakarta(plan.ReadyAt)
		if plan.ClosedAt == nil && plan.ReadyAt == nil {
			entered, since = StationReady.Place(), &plan.OpenedAt
		}
	}
	if departure != nil && departure.Abroad && departure.OverAt == nil && departure.LeftOn == nil {
		entered, since = StationWorking.Place(), &departure.RecordedAt
	}
	if departure != nil && departure.Country != "" {
		l.Country = departure.Country
	}
	if home != nil {
		l.ReturnOn, l.RiseOn = &home.ReturnedOn, home.RoseOn
	}
	furthest := StationAccount
	for _, s := range Stations[2:] {
		if l.On(s) != nil {
			furthest = s
		}
	}
	now := max(furthest.Place()+1, entered)
	if furthest == StationWorking || furthest == StationRise { // they stay there
		now = max(furthest.Place(), entered)
	}
	l.Station, l.Since = Stations[now-1], *l.On(furthest)
	if entered > furthest.Place()+1 || began != nil && furthest.Place() <= StationSkill.Place() {
		l.Since = *jakarta(since)
	}
	return l
}

func (r oracleRows) proven(mine func(int64) bool) (interest, account, identity, skill *time.Time) {
	var first, opened, checked, able earliest
	for _, x := range r.tells {
		if mine(x.UserID) {
			first.see(x.ToldAt)
		}
	}
	for _, x := range r.plans {
		if mine(x.UserID) {
			first.see(x.OpenedAt)
		}
	}
	for _, x := range r.users {
		if mine(x.ID) {
			opened.see(x.CreatedAt)
		}
	}
	for _, x := range r.checks {
		if mine(x.UserID) {
			checked.see(x.At)
		}
	}
	for _, x := range r.certificates {
		if mine(x.SeekerID) {
			able.see(x.DecidedAt)
		}
	}
	for _, x := range r.applications {
		if !mine(x.SeekerID) {
			continue
		}
		first.see(x.CreatedAt)
		if x.State == "completed" && *x.CourseResult == "passed" {
			at := *x.SubmittedAt
			for _, c := range r.completions {
				if c.ApplicationID == x.ID && c.At.After(at) {
					at = c.At
				}
			}
			able.see(at)
		}
	}
	return jakarta(first.at), jakarta(opened.at), jakarta(checked.at), jakarta(able.at)
}

// round is when the present round began, nil for the first one, and the homecoming in it.
func (r oracleRows) round(mine func(int64) bool) (began *time.Time, home *oracleHome) {
	for _, h := range r.homecoming {
		switch {
		case !mine(h.UserID):
		case h.ClosedAt == nil && home == nil:
			home = &h
		case h.ClosedAt != nil && (began == nil || h.ClosedAt.After(*began)):
			began = h.ClosedAt
		}
	}
	if home == nil {
		return began, nil
	}
	again := false
	for _, d := range r.departures {
		linked := home.DepartureID != nil && *home.DepartureID == d.ID
		again = again || mine(d.UserID) && d.OverAt == nil && !d.RecordedAt.Before(home.RecordedAt) && !linked
	}
	for _, p := range r.plans {
		again = again || mine(p.UserID) && p.ClosedAt == nil && !p.OpenedAt.Before(home.RecordedAt)
	}
	if !again {
		return began, home
	}
	if began == nil || home.RecordedAt.After(*began) {
		began = &home.RecordedAt
	}
	return began, nil
}

// present are the plan and the departure of the present round.
func (r oracleRows) present(mine func(int64) bool, began *time.Time) (plan *oraclePlan, departure *oracleDeparture) {
	held := func(until *time.Time) bool { return until == nil || began == nil || until.After(*began) }
	for _, p := range r.plans { // the newest first, an open one before all
		if mine(p.UserID) && held(p.ClosedAt) && (plan == nil || plan.ClosedAt != nil && p.ClosedAt == nil) {
			plan = &p
		}
	}
	for _, d := range r.departures {
		calledOff := d.OverAt != nil && d.LeftOn == nil && !d.Abroad
		if mine(d.UserID) && held(d.OverAt) && !calledOff && (departure == nil || departure.OverAt != nil && d.OverAt == nil) {
			departure = &d
		}
	}
	return plan, departure
}
