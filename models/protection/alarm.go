package protection

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// Why somebody is alarmed.
const (
	AlarmFiled  = "filed"  // a case came in
	AlarmLate   = "late"   // its hour has passed
	AlarmWrote  = "wrote"  // somebody in danger wrote, or somebody wrote after the end
	AlarmUrgent = "urgent" // life is in danger now
	AlarmSecond = "second" // a second officer is needed
)

// Who is alarmed: who is on duty; who holds the case; the head, who also hears of everything while nobody is on duty.
const (
	LevelDuty = "duty"
	LevelLead = "lead"
	LevelHead = "head"
)

const (
	// alarmsApart is how long the next alarm of a level waits, which then counts all that came meanwhile.
	alarmsApart = 5 * time.Minute
	// alarmUseful is for how long an alarm is of use on its way.
	alarmUseful = 6 * time.Hour
	// alarmsAtOnce is how many late cases one step looks at.
	alarmsAtOnce = 200
)

// headAfter is how long after its hour a case that still waits comes to the head.
func headAfter(u Urgency) time.Duration {
	if u == UrgencyLife {
		return 30 * time.Minute
	}
	return 4 * time.Hour
}

// Alarm is something that the desk must hear of. DueAt is the hour that it is about, or the instant at which somebody asked
// for something; ToldAt when a letter about it was
// handed over to whoever carries it.
type Alarm struct {
	ID     int64
	CaseID int64
	Reason string
	Level  string
	DueAt  time.Time
	At     time.Time
	ToldAt *time.Time
}

// TableName is where alarms lie.
func (Alarm) TableName() string { return "case_alarms" }

// RaiseAlarms is the job that tells the desk at once; the chore of each minute finds what it missed.
type RaiseAlarms struct{}

// Kind names the job.
func (RaiseAlarms) Kind() string { return "raise_alarms_now" }

// InsertOpts lets it try some times: the chore follows.
func (RaiseAlarms) InsertOpts() river.InsertOpts { return river.InsertOpts{MaxAttempts: 3} }

// alarm writes down that the desk must hear of a case; the same hour of the same case makes one alarm.
func (s *Store) alarm(ctx context.Context, c Case, reason, level string) error {
	about := c.CreatedAt
	if c.DueAt != nil {
		about = *c.DueAt
	}
	return s.alarmAbout(ctx, c, reason, level, about)
}

// alarmNow writes down that the desk must hear of what somebody has just asked for: each wish makes an alarm, though the
// hour of its case stays as it is.
func (s *Store) alarmNow(ctx context.Context, c Case, reason, level string) error {
	return s.alarmAbout(ctx, c, reason, level, s.db.Now())
}

func (s *Store) alarmAbout(ctx context.Context, c Case, reason, level string, about time.Time) error {
	a := Alarm{CaseID: c.ID, Reason: reason, Level: level, DueAt: about, At: s.db.Now()}
	r := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&a)
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	return s.db.Enqueue(ctx, RaiseAlarms{})
}

// level is who hears of a case first: who holds it, or who is on duty.
func (c Case) level() string {
	if c.LeadID != nil {
		return LevelLead
	}
	return LevelDuty
}

// AlarmOfLate writes down the cases whose hour has passed: first for who holds it or is on duty, later for the
// head; of a sensitive case, which who is on duty may not see, at once. It is a step of a chore.
func (s *Store) AlarmOfLate(ctx context.Context) (more bool, err error) {
	err = s.transact(ctx, "alarm of late cases", func(tx *Store) error {
		now := tx.db.Now()
		var late []Case
		err := tx.db.With(ctx).Raw(`SELECT c.*
			FROM cases c
			WHERE c.state <> 'closed'
				AND c.due_at < @now
				AND NOT EXISTS (SELECT
					FROM case_alarms a
					WHERE a.case_id = c.id
						AND a.reason = 'late'
						AND a.due_at = c.due_at
						AND (a.level = 'head'
							OR c.due_at > CASE c.urgency WHEN 'life' THEN CAST(@life AS timestamptz) ELSE @other END))
			ORDER BY c.due_at, c.id
			LIMIT @most
			FOR UPDATE SKIP LOCKED`,
			map[string]any{"now": now, "life": now.Add(-headAfter(UrgencyLife)), "other": now.Add(-headAfter(UrgencyNormal)),
				"most": alarmsAtOnce}).Scan(&late).Error
		more = len(late) == alarmsAtOnce
		for _, c := range late {
			if err == nil {
				err = tx.alarm(ctx, c, AlarmLate, c.level())
			}
			if err == nil && (c.level() == LevelLead && c.Sensitive || now.Sub(*c.DueAt) > headAfter(c.Urgency)) {
				err = tx.alarm(ctx, c, AlarmLate, LevelHead)
			}
		}
		return err
	})
	return more, err
}

// TellAlarms tells who is on duty, who holds a case, and the head, what waits to be told, at most once in five minutes
// each, with a count. Whom nobody can be told of in their place, because nobody is on duty or their rules hold letters
// back, the head is told of. Told is what was handed over to whoever carries it: until then it stands on the bar, and
// where no letter is on its way any more, others are written. It is a step of a chore, and of RaiseAlarms.
func (s *Store) TellAlarms(ctx context.Context) (more bool, err error) {
	for _, level := range []string{LevelDuty, LevelLead, LevelHead} {
		err := s.transact(ctx, "tell alarms", func(tx *Store) error { return tx.tellLevel(ctx, level) })
		if err != nil {
			return false, err
		}
	}
	return false, nil
}

func (s *Store) tellLevel(ctx context.Context, level string) error {
	// One telling of a level after the other, so that two processes do not tell the same.
	if err := s.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "case_alarms:"+level).Error; err != nil {
		return err
	}
	if err := s.settleAlarms(ctx, level); err != nil {
		return err
	}
	lately, err := s.triedLately(ctx, level)
	if err != nil || lately {
		return err
	}
	waiting, err := s.waitingAlarms(ctx, level)
	if err != nil {
		return err
	}
	for _, group := range together(level, waiting) {
		keys, err := s.tellDesk(ctx, level, group)
		if err == nil && len(keys) > 0 {
			err = s.tried(ctx, group, keys)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A waitingAlarm waits to be told, of a case that somebody may hold.
type waitingAlarm struct {
	ID     int64
	LeadID *int64
	Tries  int // letters that were written and reached nobody
}

// A group of alarms is told together to the same people. lead is zero but at the level of who holds a case; tries is the
// most that any of them was tried.
type group struct {
	lead  int64
	ids   []int64
	tries int
}

// together groups the alarms of a level: those for who holds a case by them, others all as one.
func together(level string, waiting []waitingAlarm) (groups []group) {
	for _, w := range waiting {
		var lead int64
		if level == LevelLead && w.LeadID != nil {
			lead = *w.LeadID
		}
		at := slices.IndexFunc(groups, func(g group) bool { return g.lead == lead })
		if at < 0 {
			at, groups = len(groups), append(groups, group{lead: lead})
		}
		groups[at].ids = append(groups[at].ids, w.ID)
		groups[at].tries = max(groups[at].tries, w.Tries)
	}
	return groups
}

// tellDesk writes to everybody whom a group of alarms concerns, and to the heads where none of them can be told, or where
// letters reached none of them; it gives the keys of the letters that may leave, none where there is nobody.
func (s *Store) tellDesk(ctx context.Context, level string, g group) (keys []string, err error) {
	to, err := s.alarmed(ctx, level, g.lead)
	if err != nil {
		return nil, err
	}
	if keys, err = s.write(ctx, level, g, to); err != nil || level == LevelHead || len(keys) > 0 && g.tries == 0 {
		return keys, err
	}
	if to, err = s.alarmed(ctx, LevelHead, 0); err != nil {
		return nil, err
	}
	more, err := s.write(ctx, level, g, to)
	return append(keys, more...), err
}

// write writes the same letter to several, and gives the keys of those that may leave.
func (s *Store) write(ctx context.Context, level string, g group, to []receiver) (keys []string, err error) {
	data := map[string]string{"Waiting": strconv.Itoa(len(g.ids)), "Path": urls.Cases()}
	for _, r := range to {
		key := fmt.Sprintf("alarm:%s:%d:%d:%d:%s", level, g.ids[len(g.ids)-1], g.tries, r.user.ID, r.way.Channel)
		left, err := s.db.Alarm(ctx, r.user, r.way, s.db.Now().Add(alarmUseful), key, "case_alarm", data)
		if err != nil {
			return nil, err
		}
		if left {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// A receiver is somebody who is alarmed, and where.
type receiver struct {
	user record.User
	way  record.Way
}

// alarmed are those whom a level concerns: who is on duty, at the phone of their shift and wherever else they are
// reached; who holds the case; the heads.
func (s *Store) alarmed(ctx context.Context, level string, lead int64) (list []receiver, err error) {
	var people []record.User
	switch level {
	case LevelDuty:
		return s.alarmedOnDuty(ctx)
	case LevelLead:
		err = s.db.With(ctx).Where("id = ? AND closed_at IS NULL", lead).Find(&people).Error
	default:
		people, err = s.Heads(ctx)
	}
	for _, u := range people {
		for _, w := range u.Ways() {
			list = append(list, receiver{u, w})
		}
	}
	return list, err
}

func (s *Store) alarmedOnDuty(ctx context.Context) (list []receiver, err error) {
	shifts, err := s.OnDuty(ctx)
	for _, sh := range shifts {
		list = append(list, receiver{sh.Officer, record.Way{Channel: "phone", Address: sh.Phone}})
		for _, w := range sh.Officer.Ways() {
			if w.Channel == "email" {
				list = append(list, receiver{sh.Officer, w})
			}
		}
	}
	return list, err
}
