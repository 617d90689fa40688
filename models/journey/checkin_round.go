package journey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

const (
	// arrivesWithin is how long a letter has to be reported as delivered, else it counts as not delivered.
	arrivesWithin = 30 * time.Minute
	// askedAtOnce is how many check-ins, or askings, one step of a chore looks at.
	askedAtOnce = 100
)

// Round is one asking with its link, until it is answered or a case is made. Signal is the word by which somebody calls for
// help unseen: nothing of it may show where they are.
type Round struct {
	ID          int64
	CheckinID   int64
	TokenHash   []byte
	TokenSealed []byte
	AskedAt     time.Time
	DueAt       time.Time
	Answer      *string
	AnsweredAt  *time.Time
	NoteSealed  []byte
	Signal      bool
	CaseRef     *string
	LookAt      time.Time
	ClosedAt    *time.Time
}

// TableName is where askings lie.
func (Round) TableName() string { return "checkin_rounds" }

// The steps of an asking, each done once.
const (
	stepAsk      = "ask"
	stepOther    = "other" // by another contact, where nobody reported that the first letter arrived
	stepRemind   = "remind"
	stepRelative = "relative"
	stepCase     = "case"
)

// Step is what was done for an asking. Missing says that nobody reported in time that its letter arrived.
type Step struct {
	RoundID int64
	Step    string
	At      time.Time
	Channel string
	Dedupe  string
	Missing bool
}

// TableName is where those steps lie.
func (Step) TableName() string { return "checkin_steps" }

// AskCheckins asks those whose day and hour have come. It is a step of a chore; one that fails stops no other.
func (s *Store) AskCheckins(ctx context.Context) (more bool, err error) {
	return s.each(ctx, `SELECT id
		FROM checkins
		WHERE ended_at IS NULL
			AND raised_at IS NULL
			AND next_at <= ?
		ORDER BY next_at, id
		LIMIT ?`, "ask a check-in", func(tx *Store, id int64) error { return tx.askDue(ctx, id) })
}

// each runs one act for each of the ids that a query finds for now, each in a transaction of its own.
func (s *Store) each(ctx context.Context, query, doing string, act func(tx *Store, id int64) error) (more bool, err error) {
	var ids []int64
	if err := s.db.With(ctx).Raw(query, s.db.Now(), askedAtOnce).Scan(&ids).Error; err != nil {
		return false, err
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, s.transact(ctx, fmt.Sprintf("%s %d", doing, id), func(tx *Store) error { return act(tx, id) }))
	}
	err = errors.Join(failed...)
	return len(ids) == askedAtOnce && err == nil, err
}

// askDue asks by one check-in, if it is still due.
func (s *Store) askDue(ctx context.Context, id int64) error {
	var c Checkin
	now := s.db.Now()
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
		Take(&c, "id = ? AND ended_at IS NULL AND raised_at IS NULL AND next_at <= ?", id, now).Error
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if c.quiet(record.DayOf(now)) {
		day := record.DateDay(*c.QuietUntil).Plus(1)
		return s.next(ctx, c, day.Start().Add(time.Duration(c.FromHour)*time.Hour))
	}
	if opens := window(c.FromHour, c.ToHour).Opens(now); opens.After(now) {
		return s.next(ctx, c, opens)
	}
	u, err := s.userOf(ctx, c.UserID)
	if err != nil {
		return err
	}
	w, why, err := s.stuck(ctx, u, c)
	if err != nil {
		return err
	}
	if why != "" {
		return s.standStill(ctx, u, c, why)
	}
	var open int64
	if err := s.db.With(ctx).Model(&Round{}).Where("checkin_id = ? AND closed_at IS NULL", c.ID).Limit(1).Count(&open).Error; err != nil {
		return err
	}
	if open == 0 {
		if err := s.beginRound(ctx, u, c, w); err != nil {
			return err
		}
	}
	return s.next(ctx, c, c.after(now))
}

// next sets when a check-in asks next.
func (s *Store) next(ctx context.Context, c Checkin, at time.Time) error {
	return s.db.With(ctx).Model(&c).Updates(map[string]any{"next_at": at, "stuck_why": ""}).Error
}

// standStill notes why a check-in cannot ask, tells its person, each time that it begins, wherever they can be
// told, and tries again a day later.
func (s *Store) standStill(ctx context.Context, u record.User, c Checkin, why string) error {
	known := c.StuckWhy == why
	err := s.db.With(ctx).Model(&c).Updates(map[string]any{"next_at": s.db.Now().AddDate(0, 0, 1), "stuck_why": why}).Error
	if err != nil || known {
		return err
	}
	if u, err = s.mainAccount(ctx, u); err != nil {
		return err
	}
	return s.db.Tell(ctx, u, fmt.Sprintf("checkin:%d:stuck:%d:%s:%s", c.ID, c.Version, why, s.db.Now().Format(time.DateOnly)),
		"checkin_stuck",
		map[string]string{"Name": u.Name, "Path": urls.MyCheckin()})
}

// beginRound asks once, by a link of its own.
func (s *Store) beginRound(ctx context.Context, u record.User, c Checkin, w record.Way) error {
	now := s.db.Now()
	token, hash := record.NewToken()
	due, err := s.opens(ctx, u, w, now)
	if err != nil {
		return err
	}
	r := Round{CheckinID: c.ID, TokenHash: hash, AskedAt: now, DueAt: due, LookAt: due.Add(arrivesWithin)}
	if err := s.db.With(ctx).Create(&r).Error; err != nil {
		return err
	}
	if r.TokenSealed, err = s.sealed(token, "checkin_rounds", r.ID, "token_sealed"); err != nil {
		return err
	}
	if err := s.db.With(ctx).Model(&r).Update("token_sealed", r.TokenSealed).Error; err != nil {
		return err
	}
	return s.ask(ctx, u, c, r, w, stepAsk, "checkin_ask")
}

// ask takes one step by a letter to the person.
func (s *Store) ask(ctx context.Context, u record.User, c Checkin, r Round, w record.Way, step, template string) error {
	at, err := s.opens(ctx, u, w, s.db.Now())
	if err != nil {
		return err
	}
	dedupe := fmt.Sprintf("checkin:%d:%s", r.ID, step)
	if done, err := s.did(ctx, Step{RoundID: r.ID, Step: step, At: at, Channel: w.Channel, Dedupe: dedupe}); err != nil || !done {
		return err
	}
	return s.askBy(ctx, u, c, r, w, dedupe, template)
}

// did writes a step down once; done is false where it was done already.
func (s *Store) did(ctx context.Context, st Step) (done bool, err error) {
	r := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&st)
	return r.RowsAffected > 0, r.Error
}

// WatchCheckins takes what is due of the steps of open askings: what was not reported as delivered goes by another contact,
// then the reminder, the relative, the case. It is a step of a chore.
func (s *Store) WatchCheckins(ctx context.Context) (more bool, err error) {
	return s.each(ctx, `SELECT id
		FROM checkin_rounds
		WHERE closed_at IS NULL
			AND look_at <= ?
		ORDER BY look_at, id
		LIMIT ?`, "watch an asking", func(tx *Store, id int64) error { return tx.watch(ctx, id) })
}

// lockedRound locks the check-in of an asking and the asking; f finds it.
func (s *Store) lockedRound(ctx context.Context, where string, args ...any) (Checkin, Round, error) {
	var c Checkin
	var r Round
	if err := s.db.With(ctx).Where(where, args...).Take(&r).Error; err != nil {
		return c, r, err
	}
	if err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&c, r.CheckinID).Error; err != nil {
		return c, r, err
	}
	return c, r, s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&r, r.ID).Error // as it is now
}

func (s *Store) watch(ctx context.Context, id int64) error {
	c, r, err := s.lockedRound(ctx, "id = ?", id)
	now := s.db.Now()
	if err != nil || r.ClosedAt != nil || r.LookAt.After(now) {
		return err
	}
	if c.EndedAt != nil || c.quiet(record.DayOf(now)) {
		return s.stopRound(ctx, c) // in a pause nobody is reminded and nobody looked for
	}
	u, err := s.userOf(ctx, c.UserID)
	if err != nil {
		return err
	}
	steps, err := s.steps(ctx, r)
	if err != nil {
		return err
	}
	if err := s.missed(ctx, u, c, r, steps); err != nil {
		return err
	}
	if err := s.late(ctx, u, c, r); err != nil {
		return err
	}
	return s.lookAgain(ctx, c, r)
}

// steps are those that were taken of an asking.
func (s *Store) steps(ctx context.Context, r Round) (list []Step, err error) {
	err = s.db.With(ctx).Where("round_id = ?", r.ID).Order("at, step").Find(&list).Error
	return list, err
}

// late takes the steps whose day has come, each once.
func (s *Store) late(ctx context.Context, u record.User, c Checkin, r Round) error {
	if c.RemindDays != nil && r.lateBy(s.db.Now(), *c.RemindDays) {
		if w, why, err := s.stuck(ctx, u, c); err != nil {
			return err
		} else if why == "" {
			if err := s.ask(ctx, u, c, r, w, stepRemind, "checkin_remind"); err != nil {
				return err
			}
		}
	}
	if c.RelativeDays != nil && r.lateBy(s.db.Now(), *c.RelativeDays) {
		if err := s.askRelatives(ctx, c, r); err != nil {
			return err
		}
	}
	if r.lateBy(s.db.Now(), c.CaseDays) {
		return s.alarm(ctx, c, r)
	}
	return nil
}

// lateBy says whether nothing was heard for so many days.
func (r Round) lateBy(now time.Time, days int) bool { return !now.Before(r.DueAt.AddDate(0, 0, days)) }

// lookAgain sets when the next step of an open asking may be due.
func (s *Store) lookAgain(ctx context.Context, c Checkin, r Round) error {
	now := s.db.Now()
	steps, err := s.steps(ctx, r)
	if err != nil {
		return err
	}
	next := []time.Time{r.DueAt.AddDate(0, 0, c.CaseDays)}
	for _, days := range []*int{c.RemindDays, c.RelativeDays} {
		if days != nil {
			next = append(next, r.DueAt.AddDate(0, 0, *days))
		}
	}
	for _, st := range steps {
		if !st.Missing {
			next = append(next, st.At.Add(arrivesWithin))
		}
	}
	next = slices.DeleteFunc(next, func(at time.Time) bool { return !at.After(now) })
	if len(next) == 0 {
		return nil // the case was made
	}
	at := slices.MinFunc(next, time.Time.Compare)
	return s.db.With(ctx).Model(&Round{}).Where("id = ? AND closed_at IS NULL", r.ID).Update("look_at", at).Error
}

// stopRound ends the asking that is open without an answer, because the person wants none.
func (s *Store) stopRound(ctx context.Context, c Checkin) error {
	if err := s.dropLetters(ctx, c); err != nil {
		return err
	}
	return s.db.With(ctx).Model(&Round{}).Where("checkin_id = ? AND closed_at IS NULL", c.ID).
		Updates(map[string]any{"closed_at": s.db.Now(), "answer": "stopped", "answered_at": s.db.Now()}).Error
}

// userOf is the person of a check-in; a closed account has none.
func (s *Store) userOf(ctx context.Context, id int64) (record.User, error) {
	var u record.User
	err := s.db.With(ctx).Take(&u, "id = ? AND closed_at IS NULL", id).Error
	return u, err
}
