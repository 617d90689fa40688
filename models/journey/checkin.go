package journey

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// CheckinWords is the version of the words by which somebody agrees to the steps of a check-in.
const CheckinWords = "2026-12"

// Checkin asks somebody abroad, on the days that they chose, whether they are well, and says what happens when nothing is
// heard. EndedAt is when they switched it off, which takes back what they agreed to.
type Checkin struct {
	ID           int64
	Ref          string
	UserID       int64
	Channel      string
	AddressIndex []byte
	EveryDays    int
	FromHour     int // the window of hours in which it asks, in WIB
	ToHour       int
	RemindDays   *int
	RelativeDays *int
	CaseDays     int
	WordIndex    []byte
	TiesAccount  bool
	Version      int
	AgreedAt     time.Time
	AgreedWords  string
	NextAt       time.Time
	QuietFrom    *time.Time
	QuietUntil   *time.Time
	RaisedAt     *time.Time
	StuckWhy     string // why it could not ask last time; see Stuck
	EndedAt      *time.Time
}

// The states of a check-in as its person and the desk see them. It is on only where it can ask and raise the alarm.
const (
	CheckinOff    = "off"
	CheckinOn     = "on"
	CheckinQuiet  = "quiet"  // paused, or on holiday
	CheckinRaised = "raised" // nothing was heard and a case was made: it rests until they answer
	CheckinStuck  = "stuck"  // it cannot ask
)

// Why a check-in cannot ask.
const (
	StuckContact = "contact" // the address is the person's no more
	StuckConsent = "consent" // they want no messages on their phone
	StuckRefused = "refused" // their rule at the address lets nothing be left there
)

// The bounds of what a person can choose.
const (
	MostEvery    = 60
	MostRemind   = 7
	MostRelative = 14
	LeastCase    = 2
	MostCase     = 21
	MostQuiet    = 60 // days of a pause
	WordRunes    = 60
	WordsMost    = 4
)

// The refusals of a check-in.
var (
	ErrCheckinContact = &record.Refusal{Key: "checkin.contact_missing", Field: "channel"}
	ErrCheckinConsent = &record.Refusal{Key: "checkin.phone_consent", Field: "channel"}
	ErrCheckinRefused = &record.Refusal{Key: "checkin.contact_refused", Field: "channel"}
	ErrCheckinAgreed  = &record.Refusal{Key: "checkin.agree_missing", Field: "agree"}
	ErrCheckinSteps   = &record.Refusal{Key: "checkin.steps_wrong", Field: "case_days"}
	ErrCheckinEvery   = &record.Refusal{Key: "checkin.every_wrong", Field: "every"}
	ErrCheckinHours   = &record.Refusal{Key: "checkin.hours_wrong", Field: "from_hour"}
	ErrCheckinWord    = &record.Refusal{Key: "checkin.word_wrong", Field: "word"}
	ErrCheckinQuiet   = &record.Refusal{Key: "checkin.quiet_wrong", Field: "until"}
	ErrNoRelative     = &record.Refusal{Key: "checkin.no_relative", Field: "relative_days"}
)

// CheckinInput is what a person chooses. Word is empty where they keep the one they have, or want none; NoWord takes it away.
type CheckinInput struct {
	Channel      string
	EveryDays    int
	FromHour     int
	ToHour       int
	RemindDays   *int
	RelativeDays *int
	CaseDays     int
	Word         string
	NoWord       bool
	TiesAccount  bool
	Agreed       bool
}

func (in CheckinInput) check() error {
	between := func(n *int, low, high int) bool { return n == nil || *n >= low && *n <= high }
	last := 0
	switch {
	case !in.Agreed:
		return ErrCheckinAgreed
	case in.EveryDays < 1 || in.EveryDays > MostEvery:
		return ErrCheckinEvery
	case in.FromHour < 0 || in.FromHour > 23 || in.ToHour < 0 || in.ToHour > 23 || in.FromHour == in.ToHour:
		return ErrCheckinHours
	case !between(in.RemindDays, 1, MostRemind), !between(in.RelativeDays, 1, MostRelative), !between(&in.CaseDays, LeastCase, MostCase):
		return ErrCheckinSteps
	}
	for _, n := range []*int{in.RemindDays, in.RelativeDays, &in.CaseDays} {
		if n != nil && *n <= last {
			return ErrCheckinSteps
		}
		if n != nil {
			last = *n
		}
	}
	word := foldWord(in.Word)
	letters := utf8.RuneCountInString(word)
	if strings.TrimSpace(in.Word) != "" && (len(strings.Fields(word)) > WordsMost || letters < 4 || letters > WordRunes) {
		return ErrCheckinWord
	}
	return nil
}

// SwitchOn begins a check-in, or changes the one that is on: each time the person agrees to the steps anew. It needs a
// contact of theirs that was confirmed and lets a word be left there.
func (s *Store) SwitchOn(ctx context.Context, actor record.User, in CheckinInput) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.transact(ctx, "switch a check-in on", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		c, err := tx.checkin(ctx, u.ID)
		if err != nil && !missing(err) {
			return err
		}
		if err := tx.choose(ctx, u, &c, in); err != nil {
			return err
		}
		now := tx.db.Now()
		if c.RaisedAt != nil {
			if err := tx.tellRaised(ctx, u, c, "checkin.case.changed"); err != nil {
				return err
			}
		}
		c.AgreedAt, c.AgreedWords, c.RaisedAt, c.StuckWhy = now, CheckinWords, nil, ""
		c.NextAt = window(c.FromHour, c.ToHour).Opens(now)
		if c.ID == 0 {
			c.Ref, c.UserID, c.Version = record.NewRef("KB"), u.ID, 1
			err = tx.db.With(ctx).Create(&c).Error
		} else {
			c.Version++
			err = tx.db.With(ctx).Save(&c).Error
		}
		if err != nil {
			return err
		}
		if err := tx.setWord(ctx, c, in); err != nil {
			return err
		}
		if err := tx.lookNow(ctx, c); err != nil {
			return err
		}
		return tx.auditCheckin(ctx, u, c, "checkin_on")
	})
}

// lookNow has the open asking looked at by the steps that hold now: shorter ones may be due.
func (s *Store) lookNow(ctx context.Context, c Checkin) error {
	return s.db.With(ctx).Model(&Round{}).Where("checkin_id = ? AND closed_at IS NULL", c.ID).Update("look_at", s.db.Now()).Error
}

// lockedUser is the acting seeker's own row, locked: one act about their check-in after the other.
func (s *Store) lockedUser(ctx context.Context, actor record.User) (record.User, error) {
	var u record.User
	if actor.Role != record.Seeker {
		return u, record.ErrForbidden
	}
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&u, "id = ? AND closed_at IS NULL", actor.ID).Error
	return u, err
}

// checkin is the check-in of a person that is not switched off, locked.
func (s *Store) checkin(ctx context.Context, userID int64) (c Checkin, err error) {
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&c, "user_id = ? AND ended_at IS NULL", userID).Error
	return c, err
}

// choose puts what a person chose into their check-in.
func (s *Store) choose(ctx context.Context, u record.User, c *Checkin, in CheckinInput) error {
	w, ok := wayBy(u, in.Channel)
	if !ok {
		return ErrCheckinContact
	}
	switch why, err := s.stuckAt(ctx, u, w); {
	case err != nil:
		return err
	case why == StuckConsent:
		return ErrCheckinConsent
	case why == StuckRefused:
		return ErrCheckinRefused
	}
	if in.RelativeDays != nil {
		list, err := s.trusted(ctx, u.ID)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return ErrNoRelative
		}
	}
	c.Channel, c.AddressIndex = w.Channel, s.addressIndexes(w)[0]
	c.EveryDays, c.FromHour, c.ToHour = in.EveryDays, in.FromHour, in.ToHour
	c.RemindDays, c.RelativeDays, c.CaseDays, c.TiesAccount = in.RemindDays, in.RelativeDays, in.CaseDays, in.TiesAccount
	return nil
}

// setWord keeps the hash of the word by which the person calls for help unseen.
func (s *Store) setWord(ctx context.Context, c Checkin, in CheckinInput) error {
	word := foldWord(in.Word)
	if word == "" && !in.NoWord {
		return nil
	}
	var index []byte
	if word != "" {
		index = s.db.Box().Index(word, wordPurpose(c))
	}
	return s.db.With(ctx).Model(&c).Update("word_index", index).Error
}

// SwitchOff ends the acting person's check-in and takes back their consent: no letter of it that waits will leave.
func (s *Store) SwitchOff(ctx context.Context, actor record.User) error {
	return s.transact(ctx, "switch a check-in off", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		c, err := tx.checkin(ctx, u.ID)
		if missing(err) {
			return nil // it is off
		}
		if err != nil {
			return err
		}
		return tx.endCheckin(ctx, u, c, "checkin.case.off")
	})
}

// endCheckin ends a locked check-in of a person; the case that silence made is told why, by the key of its words.
func (s *Store) endCheckin(ctx context.Context, u record.User, c Checkin, why string) error {
	if c.RaisedAt != nil {
		if err := s.tellRaised(ctx, u, c, why); err != nil {
			return err
		}
	}
	now := s.db.Now()
	c.EndedAt = &now
	if err := s.db.With(ctx).Model(&c).Updates(map[string]any{"ended_at": now, "version": c.Version + 1}).Error; err != nil {
		return err
	}
	if err := s.stopRound(ctx, c); err != nil {
		return err
	}
	return s.auditCheckin(ctx, u, c, "checkin_off")
}

// Quiet keeps the acting person's check-in from asking from one day to another, for a pause or a holiday; without days it
// asks again from now on. An asking that is open ends.
func (s *Store) Quiet(ctx context.Context, actor record.User, from, until *time.Time) error {
	today := record.DayOf(s.db.Now())
	if (from == nil) != (until == nil) || from != nil && (until.Before(*from) || until.Before(today.Date()) ||
		until.After(today.Plus(MostQuiet).Date())) {
		return ErrCheckinQuiet
	}
	return s.transact(ctx, "pause a check-in", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		c, err := tx.checkin(ctx, u.ID)
		if err != nil {
			return err
		}
		set := map[string]any{"quiet_from": from, "quiet_until": until, "version": c.Version + 1}
		if from == nil {
			set["next_at"] = window(c.FromHour, c.ToHour).Opens(tx.db.Now())
		}
		if err := tx.db.With(ctx).Model(&c).Updates(set).Error; err != nil {
			return err
		}
		c.QuietFrom, c.QuietUntil = from, until
		if c.quiet(today) {
			if err := tx.stopRound(ctx, c); err != nil {
				return err
			}
		}
		return tx.auditCheckin(ctx, u, c, "checkin_paused")
	})
}

// quiet says whether the check-in does not ask on a day.
func (c Checkin) quiet(day record.Day) bool {
	return c.QuietFrom != nil && !record.DateDay(*c.QuietFrom).After(day) && !day.After(record.DateDay(*c.QuietUntil))
}

// window is the part of the day in which a check-in asks, as the core knows hours.
func window(from, to int) record.ContactRule { return record.ContactRule{FromHour: &from, ToHour: &to} }

// after is when the check-in asks next after it asked at an instant, in its window.
func (c Checkin) after(at time.Time) time.Time {
	y, m, d := record.DayOf(at).Plus(c.EveryDays).Date().Date()
	return time.Date(y, m, d, c.FromHour, 0, 0, 0, i18n.WIB)
}

func (s *Store) auditCheckin(ctx context.Context, u record.User, c Checkin, action string) error {
	act := record.Act{Action: action, SubjectKind: "checkin", SubjectID: c.ID, PersonID: u.ID, Detail: map[string]any{"version": c.Version}}
	return s.db.Audit(ctx, u, act)
}

// wayBy is the address of a person by a channel.
func wayBy(u record.User, channel string) (record.Way, bool) {
	for _, w := range u.Ways() {
		if w.Channel == channel {
			return w, true
		}
	}
	return record.Way{}, false
}

// addressIndexes know an address without saying it, under the newest key first.
func (s *Store) addressIndexes(w record.Way) [][]byte {
	address := w.Address
	if w.Channel == "email" {
		address = record.FoldEmail(address)
	}
	return s.db.Box().Indexes(address, "checkin:"+w.Channel)
}

// foldWord is the form in which a word is compared: without large letters, signs around it and further spaces.
func foldWord(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isLetter(r) })
	return strings.Join(words, " ")
}

func wordPurpose(c Checkin) string { return "checkin:word:" + c.Ref }
