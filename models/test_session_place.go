package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"
)

// How people are placed in sessions, where it is none of them: a session's reference says that one, and nothing says a new
// session at the time and place that are given.
const (
	SpreadByOrder  = "urutan"
	SpreadBySchool = "sekolah"
)

// A placing is what an invitation would do: which sessions have how many of whom.
type placing struct {
	refs     []string
	sessions []int64 // for each of refs; 0 where no session has room
}

// SessionShare is how many people a way of placing would put into a session.
type SessionShare struct {
	Session SessionRow
	Count   int64
	Levels  []LevelCount // by school, the lowest first
}

// LevelCount is how many people have a level of education; of some it is not known.
type LevelCount struct {
	Name  Text
	Count int64
}

// SessionWay is a way of placing people with what would come of it, before anything goes.
type SessionWay struct {
	Way     string // SpreadByOrder, SpreadBySchool, or a session's reference
	Shares  []SessionShare
	Kept    int64 // who has a place already and keeps it
	Without int64 // for whom no session has room
}

// A placed is somebody who is to be placed.
type placed struct {
	Ref       string
	SessionID *int64
	Holds     bool
	LevelRank int
	Level     Text `gorm:"embedded;embeddedPrefix:level_"`
}

// toPlace are those of a choice who can be invited, in the order in which they applied.
func (s *Store) toPlace(ctx context.Context, actor User, intakeID int64, c Chosen) (list []placed, err error) {
	err = s.chosen(ctx, actor, intakeID, c).Where(selectFrom[SelectInvited].in("a.state") + " AND d.id IS NULL").
		Select("a.ref, a.session_id, " + holdsPlace + " AND a.state = 'invited' AS holds, coalesce(el.rank, 0) AS level_rank, " +
			"coalesce(el.name_id, '') AS level_id, coalesce(el.name_en, '') AS level_en").
		Order("a.first_submitted_at, a.id").Scan(&list).Error
	return list, err
}

// spread places people in sessions with room, one session after the other. Who holds a place in one of them keeps it, and
// nobody is placed where they cannot come.
func spread(people []placed, sessions []SessionRow, way string) (p placing, w SessionWay) {
	people = slices.Clone(people)
	if way == SpreadBySchool {
		slices.SortStableFunc(people, func(a, b placed) int { return a.LevelRank - b.LevelRank })
	}
	free := make([]int64, len(sessions))
	w = SessionWay{Way: way, Shares: make([]SessionShare, len(sessions))}
	for i, t := range sessions {
		free[i], w.Shares[i].Session = t.Free(), t
	}
	for _, one := range people {
		own := slices.IndexFunc(sessions, func(t SessionRow) bool { return one.SessionID != nil && *one.SessionID == t.ID })
		at := own
		if own >= 0 && one.Holds && (way == SpreadByOrder || way == SpreadBySchool || way == sessions[own].Ref) {
			w.Kept++
		} else if at = firstFree(sessions, free, own, way); at >= 0 {
			free[at]--
			w.Shares[at].add(one)
		} else {
			w.Without++
		}
		id := int64(0)
		if at >= 0 {
			id = sessions[at].ID
		}
		p.refs, p.sessions = append(p.refs, one.Ref), append(p.sessions, id)
	}
	return p, w
}

// firstFree is the first session with room that a way allows, -1 for none. A spreading leaves the person's own one out.
func firstFree(sessions []SessionRow, free []int64, own int, way string) int {
	for i, t := range sessions {
		spreads := way == SpreadByOrder || way == SpreadBySchool
		if free[i] > 0 && (spreads && i != own || t.Ref == way) {
			return i
		}
	}
	return -1
}

func (h *SessionShare) add(one placed) {
	h.Count++
	if i := slices.IndexFunc(h.Levels, func(l LevelCount) bool { return l.Name == one.Level }); i >= 0 {
		h.Levels[i].Count++
		return
	}
	h.Levels = append(h.Levels, LevelCount{one.Level, 1})
}

// placingWays are the ways in which a choice can be placed in the open sessions of an intake, with what each would do.
func (s *Store) placingWays(ctx context.Context, actor User, intakeID int64, c Chosen) (
	sessions []SessionRow, ways []SessionWay, err error,
) {
	if sessions, err = s.openSessions(ctx, intakeID); err != nil || len(sessions) == 0 {
		return nil, nil, err
	}
	people, err := s.toPlace(ctx, actor, intakeID, c)
	if err != nil {
		return nil, nil, err
	}
	names := []string{SpreadByOrder, SpreadBySchool}
	if len(sessions) == 1 {
		names = nil // both would be that session
	}
	for _, t := range sessions {
		names = append(names, t.Ref)
	}
	for _, name := range names {
		_, way := spread(people, sessions, name)
		ways = append(ways, way)
	}
	return sessions, ways, nil
}

// sessionsSeen tells these sessions, with the room in them, from others.
func sessionsSeen(sessions []SessionRow) string {
	seen := ""
	for _, t := range sessions {
		seen += fmt.Sprintf("%d.%d.%d ", t.ID, t.Version, t.Free())
	}
	return seen
}

// placingFor works out who is invited to which session. The intake must be locked.
func (s *Store) placingFor(ctx context.Context, actor User, in Intake, what SelectionInput, targets []string) (p placing, err error) {
	if what.Session == "" {
		t, err := s.newSessionFor(ctx, actor, in, what, len(targets))
		p.refs = targets
		for range targets {
			p.sessions = append(p.sessions, t.ID)
		}
		return p, err
	}
	sessions, err := s.openSessions(ctx, in.ID)
	if err != nil {
		return p, err
	}
	if sessionsSeen(sessions) != what.Seen {
		return p, ErrStale
	}
	people, err := s.toPlace(ctx, actor, in.ID, what.Chosen)
	if err != nil {
		return p, err
	}
	p, _ = spread(people, sessions, what.Session)
	for _, ref := range targets { // who cannot be invited is named afterwards with the reason
		if !slices.Contains(p.refs, ref) {
			p.refs, p.sessions = append(p.refs, ref), append(p.sessions, 0)
		}
	}
	return p, nil
}

// newSessionFor is the session at the time and place that were typed, with room for so many more people.
func (s *Store) newSessionFor(ctx context.Context, actor User, in Intake, what SelectionInput, people int) (t TestSession, err error) {
	input := SessionInput{At: what.At, Place: what.Place, Capacity: people}
	if err := input.check(in, s.db.Now()); err != nil {
		return t, err
	}
	same, err := s.sessionAt(ctx, in.ID, input)
	if err != nil {
		return t, err
	}
	if same == nil {
		return s.addSession(ctx, actor, in, input)
	}
	var taken int64
	if err := s.taken(ctx, same.ID).Count(&taken).Error; err != nil {
		return t, err
	}
	if room := min(SessionMost, int(taken)+people); room > same.Capacity {
		same.Capacity = room
		err = s.db.With(ctx).Model(same).Updates(map[string]any{"capacity": room, "version": same.Version + 1, "updated_at": s.db.Now()}).Error
	}
	return *same, err
}

// inSession are the applications a of a session, also of people who cannot come, but of nobody who left.
func (s *Store) inSession(ctx context.Context, sessionID int64) *gorm.DB {
	return s.db.With(ctx).Table("applications a").Where("a.session_id = ? AND "+leftStates.notIn("a.state"), sessionID)
}

// taken are those that hold a place in it.
func (s *Store) taken(ctx context.Context, sessionID int64) *gorm.DB {
	return s.inSession(ctx, sessionID).Where(holdsPlace)
}

// inviteToTest asks an applicant to a test session. Who was invited before is told the new time, and who was absent gets a
// second date. The rows must have been locked by lockSeat: under the intake's lock the last place is given once.
func (s *Store) inviteToTest(ctx context.Context, actor User, in Intake, a Application, sessionID int64, set map[string]any) error {
	if err := s.refuseDecided(ctx, a); err != nil {
		return err
	}
	var t TestSession
	if err := s.db.With(ctx).Take(&t, "id = ? AND intake_id = ?", sessionID, in.ID).Error; err != nil {
		return err
	}
	now := s.db.Now()
	if !t.Open(now) {
		return ErrSessionOver
	}
	if err := refuseInvitation(in, t.StartsAt, now, t.Place); err != nil {
		return err
	}
	same := a.SessionID != nil && *a.SessionID == t.ID
	if same && a.State == Invited && a.HoldsPlace() && a.TestAt != nil && a.TestAt.Equal(t.StartsAt) && a.TestPlace == t.Where() {
		return nil // nothing moved
	}
	if !same || !a.HoldsPlace() {
		if err := s.takePlace(ctx, t); err != nil {
			return err
		}
	}
	st := step{to: Invited, note: t.Where(), until: &t.StartsAt, notice: "application_invited", set: map[string]any{
		"test_at": t.StartsAt, "test_place": t.Where(), "session_id": t.ID, "test_answer": "", "test_answered_at": nil,
	}}
	for k, v := range set {
		st.set[k] = v
	}
	if !same {
		st.set["session_number"] = t.LastNumber + 1
		if err := s.db.With(ctx).Model(&t).Update("last_number", t.LastNumber+1).Error; err != nil {
			return err
		}
	}
	if a.State == Invited {
		st.kind = EventMoved
	}
	return s.move(ctx, actor, &a, st)
}

// takePlace makes sure of a place in a session. Its intake must be locked.
func (s *Store) takePlace(ctx context.Context, t TestSession) error {
	var taken int64
	if err := s.taken(ctx, t.ID).Count(&taken).Error; err != nil {
		return err
	}
	if taken >= int64(t.Capacity) {
		return ErrSessionFull
	}
	return nil
}
