package models

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals of test sessions.
var (
	ErrSessionFull     = &Refusal{Key: "session.full"}
	ErrSessionOver     = &Refusal{Key: "session.over"}
	ErrSessionTwice    = &Refusal{Key: "session.twice", Field: "place"}
	ErrSessionsMany    = &Refusal{Key: "session.many", Args: []any{"Max", SessionsMost}}
	ErrSessionCapacity = &Refusal{Key: "session.capacity", Field: "capacity", Args: []any{"Max", SessionMost}}
	ErrSessionSmaller  = &Refusal{Key: "session.smaller", Field: "capacity"}
	ErrSessionPresence = &Refusal{Key: "session.presence"}
	ErrSessionReason   = &Refusal{Key: "session.reason", Field: "reason"}
	ErrSessionLong     = &Refusal{Key: "session.long", Field: "place", Args: []any{"Max", SessionPlaceMost}}
)

const (
	// SessionMost is how many people one test session takes at most.
	SessionMost = 300
	// SessionsMost is how many sessions an intake has at most, also counting cancelled ones.
	SessionsMost = 100
	// SessionPlaceMost is how many letters the place of a session has, and its room.
	SessionPlaceMost = 200
)

// TestSession is a time and a place at which some of an intake's applicants are tested.
type TestSession struct {
	ID           int64
	Ref          string
	IntakeID     int64
	StartsAt     time.Time
	Place        string
	Room         string
	Capacity     int
	LastNumber   int // of the people who were ever in it; none is given twice
	Version      int
	CreatedBy    *int64    // nil: made of invitations that were sent before there were sessions
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt    time.Time `gorm:"autoUpdateTime:false"`
	CancelledAt  *time.Time
	CancelledBy  *int64
	CancelReason string
	DoorAt       *time.Time // when presence was recorded for all of it
	DoorBy       *int64
	DoorToken    *string // of the list that was recorded last, also after that was taken back
}

// Where is place and room as people are told.
func (t TestSession) Where() string {
	if t.Room == "" {
		return t.Place
	}
	return t.Place + ", " + t.Room
}

// Open says whether people can still be placed in it.
func (t TestSession) Open(at time.Time) bool {
	return t.CancelledAt == nil && t.DoorAt == nil && at.Before(t.StartsAt)
}

// SessionRow is a session with how many people hold a place in it, and what they answered.
type SessionRow struct {
	TestSession
	Taken    int64
	Coming   int64
	Cannot   int64 // they hold no place any more
	Attended int64
	DoorName string // who recorded presence
}

// Free is how many places are left.
func (r SessionRow) Free() int64 { return max(0, int64(r.Capacity)-r.Taken) }

// TestAnswer is what somebody who is invited says of their session.
type TestAnswer string

// The answers; empty is none.
const (
	AnswerComing TestAnswer = "coming"
	AnswerCannot TestAnswer = "cannot"
)

// holdsPlace is the condition that the application whose row is a holds a place in its session.
var holdsPlace = "(" + leftStates.notIn("a.state") + " AND a.test_answer <> 'cannot')"

// HoldsPlace says whether the application holds a place in its test session.
func (a Application) HoldsPlace() bool {
	return a.SessionID != nil && !leftStates.has(a.State) && a.TestAnswer != AnswerCannot
}

// SessionInput is a session as an institution writes it.
type SessionInput struct {
	At       time.Time
	Place    string
	Room     string
	Capacity int
}

// check tidies what was typed and refuses what cannot be a session of the intake.
func (in *SessionInput) check(intake Intake, now time.Time) error {
	in.Place, in.Room = strings.TrimSpace(in.Place), strings.TrimSpace(in.Room)
	if in.Capacity < 1 || in.Capacity > SessionMost {
		return ErrSessionCapacity
	}
	if utf8.RuneCountInString(in.Place) > SessionPlaceMost || utf8.RuneCountInString(in.Room) > SessionPlaceMost {
		return ErrSessionLong
	}
	return refuseInvitation(intake, in.At, now, in.Place)
}

// refuseInvitation refuses a test that nobody could come to.
func refuseInvitation(in Intake, at, now time.Time, place string) error {
	switch {
	case !at.After(now):
		return ErrTestPast
	case place == "":
		return ErrTestPlace
	case in.StartsOn != nil && !at.Before(record.DateDay(*in.StartsOn).Start()):
		return ErrTestLate
	}
	return nil
}

// sessionRows are the sessions t of an intake with their counts.
func (s *Store) sessionRows(ctx context.Context, intakeID int64) *gorm.DB {
	return s.db.With(ctx).Table("test_sessions t").
		Select(`t.*, coalesce(u.name, '') AS door_name, coalesce(c.taken, 0) AS taken, coalesce(c.coming, 0) AS coming,
			coalesce(c.cannot, 0) AS cannot, coalesce(c.attended, 0) AS attended`).
		Joins("LEFT JOIN users u ON u.id = t.door_by").
		Joins(`LEFT JOIN (SELECT a.session_id,
				count(*) FILTER (WHERE `+holdsPlace+`) AS taken,
				count(*) FILTER (WHERE a.state = 'invited' AND a.test_answer = 'coming') AS coming,
				count(*) FILTER (WHERE a.state = 'invited' AND a.test_answer = 'cannot') AS cannot,
				count(*) FILTER (WHERE `+leftStates.notIn("a.state")+` AND a.state NOT IN ('invited', 'absent')) AS attended
			FROM applications a
			WHERE a.intake_id = ?
				AND a.session_id IS NOT NULL
			GROUP BY a.session_id) c ON c.session_id = t.id`, intakeID).
		Where("t.intake_id = ?", intakeID)
}

// openSessions are the sessions of an intake in which people can be placed, the first first.
func (s *Store) openSessions(ctx context.Context, intakeID int64) (list []SessionRow, err error) {
	err = s.sessionRows(ctx, intakeID).Where("t.cancelled_at IS NULL AND t.door_at IS NULL AND t.starts_at > ?", s.db.Now()).
		Order("t.starts_at, t.id").Limit(SessionsMost).Scan(&list).Error
	return list, err
}

// TestSessions lists the test sessions of an intake of the acting staff's institution, the first first. It takes one
// question after the intake's.
func (s *Store) TestSessions(ctx context.Context, actor User, intakeRef string) (
	in PublicIntake, p Programme, list []SessionRow, err error,
) {
	if !actor.Selects() {
		return in, p, nil, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, nil, err
	}
	err = s.sessionRows(ctx, in.ID).Order("t.starts_at, t.id").Limit(SessionsMost).Scan(&list).Error
	return in, p, list, err
}

// TestSessionOf finds one session of an intake of the acting staff's institution.
func (s *Store) TestSessionOf(ctx context.Context, actor User, intakeRef, ref string) (
	in PublicIntake, p Programme, row SessionRow, err error,
) {
	if !actor.Selects() {
		return in, p, row, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, row, err
	}
	err = s.sessionRows(ctx, in.ID).Where("t.ref = ?", ref).Scan(&row).Error
	if err == nil && row.ID == 0 {
		err = gorm.ErrRecordNotFound
	}
	return in, p, row, err
}

// lockSelecting takes the row of an intake of the acting staff's institution, under which people are placed.
func (s *Store) lockSelecting(ctx context.Context, actor User, intakeRef string) (in Intake, err error) {
	if !actor.Selects() {
		return in, ErrForbidden
	}
	own, _, err := s.OwnIntake(ctx, actor, intakeRef)
	if err != nil {
		return in, err
	}
	return s.lockIntake(ctx, own.ID)
}

// lockSession takes a session of an intake that is locked. version is what the person saw, 0 when it does not matter.
func (s *Store) lockSession(ctx context.Context, in Intake, ref string, version int) (t TestSession, err error) {
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&t, "intake_id = ? AND ref = ?", in.ID, ref).Error
	if err == nil && version != 0 && t.Version != version {
		err = ErrStale
	}
	return t, err
}

// AddTestSession adds a session to an intake of the acting staff's institution. The same once more is the second press.
func (s *Store) AddTestSession(ctx context.Context, actor User, intakeRef string, input SessionInput) error {
	return s.transact(ctx, "add test session", func(tx *Store) error {
		in, err := tx.lockSelecting(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if err := input.check(in, tx.db.Now()); err != nil {
			return err
		}
		same, err := tx.sessionAt(ctx, in.ID, input)
		switch {
		case err != nil:
			return err
		case same != nil && same.Capacity == input.Capacity:
			return nil
		case same != nil:
			return ErrSessionTwice
		}
		_, err = tx.addSession(ctx, actor, in, input)
		return err
	})
}

// sessionAt is the session of an intake at just that time and place, nil for none.
func (s *Store) sessionAt(ctx context.Context, intakeID int64, input SessionInput) (*TestSession, error) {
	var list []TestSession
	err := s.db.With(ctx).Where("intake_id = ? AND starts_at = ? AND place = ? AND room = ? AND cancelled_at IS NULL",
		intakeID, input.At, input.Place, input.Room).Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// addSession adds a session to a locked intake.
func (s *Store) addSession(ctx context.Context, actor User, in Intake, input SessionInput) (t TestSession, err error) {
	if in.Selection != ByTest {
		return t, ErrNotNow
	}
	if err := s.refuseHalted(ctx, Application{IntakeID: in.ID}, Invited); err != nil {
		return t, err
	}
	var n int64
	if err := s.db.With(ctx).Model(&TestSession{}).Where("intake_id = ?", in.ID).Count(&n).Error; err != nil {
		return t, err
	}
	if n >= SessionsMost {
		return t, ErrSessionsMany
	}
	now := s.db.Now()
	t = TestSession{
		Ref: record.NewRef("TS"), IntakeID: in.ID, StartsAt: input.At, Place: input.Place, Room: input.Room, Capacity: input.Capacity,
		Version: 1, CreatedBy: &actor.ID, CreatedAt: now, UpdatedAt: now,
	}
	if err := s.db.With(ctx).Create(&t).Error; err != nil {
		return t, err
	}
	return t, s.auditSession(ctx, actor, t, "test_session_added", nil)
}

// auditSession keeps who did what with a session.
func (s *Store) auditSession(ctx context.Context, actor User, t TestSession, action string, detail map[string]any) error {
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "test_session", SubjectID: t.ID, Detail: detail})
}
