package journey

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

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
	ErrCheckinContact   = &record.Refusal{Key: "checkin.contact_missing", Field: "channel"}
	ErrCheckinConsent   = &record.Refusal{Key: "checkin.phone_consent", Field: "channel"}
	ErrCheckinRefused   = &record.Refusal{Key: "checkin.contact_refused", Field: "channel"}
	ErrCheckinAgreed    = &record.Refusal{Key: "checkin.agree_missing", Field: "agree"}
	ErrCheckinSteps     = &record.Refusal{Key: "checkin.steps_wrong", Field: "case_days"}
	ErrCheckinEvery     = &record.Refusal{Key: "checkin.every_wrong", Field: "every"}
	ErrCheckinHours     = &record.Refusal{Key: "checkin.hours_wrong", Field: "from_hour"}
	ErrCheckinWord      = &record.Refusal{Key: "checkin.word_wrong", Field: "word"}
	ErrCheckinQuiet     = &record.Refusal{Key: "checkin.quiet_wrong", Field: "until"}
	ErrCheckinWordAgain = &record.Refusal{Key: "checkin.word_again", Field: "word"}
	ErrNoRelative       = &record.Refusal{Key: "checkin.no_relative", Field: "relative_days"}
)

// CheckinInput is what a person chooses. Shown and Version are of the check-in that stood on the page, empty where none was
// on. Word is empty where they keep the one they have, or want none; NoWord takes it away.
type CheckinInput struct {
	Shown        string
	Version      int
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
	if !WordFits(in.Word) {
		return ErrCheckinWord
	}
	return nil
}

// WordFits says whether somebody can call for help by a word; none at all fits too.
func WordFits(text string) bool {
	word := foldWord(text)
	letters := utf8.RuneCountInString(word)
	return strings.TrimSpace(text) == "" || len(strings.Fields(word)) <= WordsMost && letters >= 4 && letters <= WordRunes
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
