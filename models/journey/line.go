package journey

import (
	"context"
	"slices"
	"time"

	"naikkelas/models/record"
)

// A Station is one of nine on the line from first interest to a new start at home.
type Station string

// The stations. What was proven at the first four holds for good, the others are those of the present round.
const (
	StationInterest Station = "interest"
	StationAccount  Station = "account"
	StationIdentity Station = "identity"
	StationSkill    Station = "skill"
	StationReady    Station = "ready"
	StationAway     Station = "away_start"
	StationWorking  Station = "working"
	StationReturn   Station = "return"
	StationRise     Station = "rise"
)

// Stations are all nine in their order.
var Stations = []Station{
	StationInterest, StationAccount, StationIdentity, StationSkill, StationReady, StationAway, StationWorking, StationReturn, StationRise,
}

// Place is the station's number, from 1; 0 is none.
func (s Station) Place() int { return slices.Index(Stations, s) + 1 }

// A Line says where a person is: the station now, since which day, and the day on which each of the nine was reached. It is a
// row that the database keeps in the transaction of whatever changes it, by the view line_of.
type Line struct {
	UserID      int64
	Station     Station
	Since       time.Time
	Country     string // where they are or mean to go; empty while nobody knows
	InterestOn  *time.Time
	AccountOn   *time.Time
	IdentityOn  *time.Time
	SkillOn     *time.Time
	ReadyOn     *time.Time
	AwayStartOn *time.Time
	WorkingOn   *time.Time
	ReturnOn    *time.Time
	RiseOn      *time.Time
}

// TableName is where the lines lie.
func (Line) TableName() string { return "journey_lines" }

// On is the day on which a station was reached, nil for one that was not.
func (l Line) On(s Station) *time.Time {
	days := []*time.Time{
		l.InterestOn, l.AccountOn, l.IdentityOn, l.SkillOn, l.ReadyOn, l.AwayStartOn, l.WorkingOn, l.ReturnOn, l.RiseOn,
	}
	if n := s.Place(); n > 0 {
		return days[n-1]
	}
	return nil
}

// Untouched says that the person has an account and did nothing with it yet that stands on the line.
func (l Line) Untouched() bool {
	return !slices.ContainsFunc(Stations, func(s Station) bool { return s != StationAccount && l.On(s) != nil }) &&
		l.Station == StationIdentity
}

// A Usual is how long the station now usually takes: by our own people where enough are known, else by what the desk gives
// itself from a day on. Days and Amount are both 0 where neither is known.
type Usual struct {
	Days      int // the median of our own
	People    int
	CountedOn *time.Time
	Unit      string // of the desk's own time: working_days or hours
	Amount    int
	ValidFrom *time.Time
}

// LineNow is a line with what stands beside the station now.
type LineNow struct {
	Line
	CountryName string
	Usual       Usual `gorm:"embedded;embeddedPrefix:usual_"`
	Plan        struct {
		Ref       string
		Needed    int
		Done      int
		DepartsOn *time.Time
	} `gorm:"embedded;embeddedPrefix:plan_"`
	LeavesOn *time.Time // of the departure that lies ahead
	Abroad   bool       // they are there, on a day that nobody wrote down
}

// lineNow is what a page of one person needs, in one round trip. Ten people are enough for a median.
const lineNow = `SELECT l.*,
	coalesce(CASE @language WHEN 'en' THEN c.name_en ELSE c.name_id END, '') AS country_name,
	coalesce(t.days, 0) AS usual_days,
	coalesce(t.people, 0) AS usual_people,
	t.counted_on AS usual_counted_on,
	coalesce(s.unit, '') AS usual_unit,
	coalesce(s.amount, 0) AS usual_amount,
	s.valid_from AS usual_valid_from,
	coalesce(p.ref, '') AS plan_ref,
	coalesce(p.needed, 0) AS plan_needed,
	coalesce(p.done, 0) AS plan_done,
	p.departs_on AS plan_departs_on,
	CASE WHEN NOT d.abroad THEN d.leaves_on END AS leaves_on,
	coalesce(d.abroad, false) AS abroad
FROM users u
JOIN journey_lines l ON l.user_id = coalesce((SELECT t.into_id
	FROM account_joins t
	WHERE t.joined_id = u.id
		AND ` + record.JoinStands + `), u.id)
LEFT JOIN countries c ON c.code = l.country
LEFT JOIN station_times t ON t.station = l.station AND t.people >= 10
LEFT JOIN LATERAL (SELECT x.unit, x.amount, x.valid_from
	FROM service_times x
	WHERE x.what = CASE l.station WHEN 'identity' THEN 'application' WHEN 'skill' THEN 'certificate' END
		AND x.valid_from <= @now
	ORDER BY x.valid_from DESC
	LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT ARRAY(SELECT t.joined_id FROM account_joins t WHERE t.into_id = l.user_id AND ` + record.JoinStands + `)
		|| l.user_id AS ids) who ON true
LEFT JOIN LATERAL (SELECT x.ref, x.needed, x.done, x.departs_on
	FROM readiness_plans x
	WHERE x.user_id = ANY (who.ids) AND x.closed_at IS NULL
	ORDER BY x.user_id = l.user_id DESC, x.opened_at DESC, x.id DESC
	LIMIT 1) p ON true
LEFT JOIN LATERAL (SELECT x.leaves_on, x.abroad
	FROM departures x
	WHERE x.user_id = ANY (who.ids) AND x.over_at IS NULL AND x.left_on IS NULL
	ORDER BY x.user_id = l.user_id DESC, x.id DESC
	LIMIT 1) d ON true
WHERE u.ref = @ref
	AND u.role = 'seeker'`

// OwnLine is the acting person's line; accounts that are joined into theirs are part of it.
func (s *Store) OwnLine(ctx context.Context, actor record.User, language string) (LineNow, error) {
	return s.lineNow(ctx, actor.Ref, language)
}

// LineForOfficer is the line of a person whose page an officer opened; that page writes the look down. The person of an
// account that is joined into another one has the line of that one.
func (s *Store) LineForOfficer(ctx context.Context, officer record.User, ref, language string) (LineNow, error) {
	if officer.Role != record.Officer {
		return LineNow{}, record.ErrForbidden
	}
	return s.lineNow(ctx, ref, language)
}

func (s *Store) lineNow(ctx context.Context, ref, language string) (l LineNow, err error) {
	err = s.db.With(ctx).Raw(lineNow, map[string]any{"ref": ref, "language": language, "now": s.db.Now()}).Scan(&l).Error
	if err == nil && l.UserID == 0 {
		err = record.ErrNotFound
	}
	return l, err
}
