package journey

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

// offerKept is for how long what somebody said about an offer is kept for their browser.
const offerKept = 30 * time.Minute

// The ranks of what is found: do not go on, ask first, good to know.
const (
	RankStop = "stop"
	RankAsk  = "ask"
	RankNote = "note"
)

// OfferRanks lists the ranks, the gravest first.
func OfferRanks() []string { return []string{RankStop, RankAsk, RankNote} }

// What answers a sign: the person; the country or the name that they gave, so that they are not asked twice.
const (
	byPerson  = "person"
	byCountry = "country"
	byName    = "name"
)

// An OfferSign is a question about an offer of work abroad, and what it says where the answer warns. Source is empty where
// nobody found one.
type OfferSign struct {
	Code       string
	Topic      string
	Question   models.Text `gorm:"embedded;embeddedPrefix:question_"`
	Warns      string      // answers with _ between
	Says       models.Text `gorm:"embedded;embeddedPrefix:says_"`
	Rank       string
	AnsweredBy string
	CheckAt    string
	Countries  string // codes with ; between; empty for all
	Source     string
	CheckedOn  *time.Time
}

// An Offer is what somebody says of an offer: whatever they left empty they do not know. Says holds their answers by
// code of the sign: yes, no, unknown.
type Offer struct {
	Name, Country, Job string
	Says               map[string]string
}

// holdsIn says whether the sign is about a country; where the country is not known it may be.
func (s OfferSign) holdsIn(country string) bool {
	return s.Countries == "" || country == "" || slices.Contains(strings.Split(s.Countries, ";"), country)
}

// answer is what an offer says about the sign, and whether that follows from what was typed already.
func (s OfferSign) answer(o Offer) (says string, known bool) {
	switch {
	case s.AnsweredBy == byCountry && o.Country != "", s.AnsweredBy == byName && o.Name != "":
		return "yes", true
	}
	return o.Says[s.Code], false
}

// An OfferResult is what the signs say about an offer: what was found by rank, how many questions were asked, and how
// many of them answered with more than "I do not know".
type OfferResult struct {
	Findings map[string][]OfferSign
	Asked    int
	Answered int
}

// Empty says that nobody said anything, which is not that nothing was found.
func (r OfferResult) Empty() bool { return r.Answered == 0 && len(r.Findings) == 0 }

// OfferQuestions are the signs about which an offer leaves something to ask.
func OfferQuestions(signs []OfferSign, o Offer) (asked []OfferSign) {
	for _, s := range signs {
		if _, known := s.answer(o); !known && s.holdsIn(o.Country) {
			asked = append(asked, s)
		}
	}
	return asked
}

// JudgeOffer says what the signs find in an offer. It never says that an offer is safe.
func JudgeOffer(signs []OfferSign, o Offer) OfferResult {
	r := OfferResult{Findings: map[string][]OfferSign{}}
	for _, s := range signs {
		if !s.holdsIn(o.Country) {
			continue
		}
		says, known := s.answer(o)
		if !known {
			r.Asked++
		}
		if !known && (says == "yes" || says == "no") {
			r.Answered++
		}
		if says != "" && slices.Contains(strings.Split(s.Warns, "_"), says) {
			r.Findings[s.Rank] = append(r.Findings[s.Rank], s)
		}
	}
	return r
}

// OfferSigns are the questions of today in the order in which they are asked.
func (s *Store) OfferSigns(ctx context.Context) ([]OfferSign, error) {
	var list []OfferSign
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Table("offer_signs").Where("valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", today, today).
		Order("position, code").Limit(200).Find(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read offer signs: %w", err)
	}
	return list, nil
}

// offerCheck is what is kept of an offer for one session.
type offerCheck struct {
	SessionID int64
	Answers   []byte
	EndsAt    time.Time
}

func (offerCheck) TableName() string { return "offer_checks" }

// offerPlace is where the answers of a session are sealed for.
func offerPlace(session int64) seal.Place { return seal.At("offer_checks", session, "answers") }

// KeepOffer keeps for half an hour what somebody said about an offer, for the session of their browser alone.
func (s *Store) KeepOffer(ctx context.Context, session int64, o Offer) error {
	plain, err := json.Marshal(o)
	if err != nil {
		return err
	}
	sealed, err := s.db.Box().Seal(plain, offerPlace(session))
	if err != nil {
		return err
	}
	err = s.db.With(ctx).Exec(`INSERT INTO offer_checks (session_id, answers, ends_at)
		VALUES (?, ?, ?)
		ON CONFLICT (session_id) DO UPDATE
		SET answers = excluded.answers, ends_at = excluded.ends_at`, session, sealed, s.db.Now().Add(offerKept)).Error
	if err != nil {
		return fmt.Errorf("keep offer: %w", err)
	}
	return nil
}

// KeptOffer is what the session said about an offer, and until when it is kept. After that, and for every other session,
// there is nothing to find.
func (s *Store) KeptOffer(ctx context.Context, session int64) (o Offer, until time.Time, err error) {
	var c offerCheck
	err = s.db.With(ctx).Take(&c, "session_id = ? AND ends_at > ?", session, s.db.Now()).Error
	if errors.Is(err, record.ErrNotFound) {
		return o, until, err
	}
	if err != nil {
		return o, until, fmt.Errorf("find offer: %w", err)
	}
	plain, err := s.db.Box().Unseal(c.Answers, offerPlace(session))
	if err != nil {
		return o, until, err
	}
	return o, c.EndsAt, json.Unmarshal(plain, &o)
}

// ForgetOffer forgets at once what the session said.
func (s *Store) ForgetOffer(ctx context.Context, session int64) error {
	return s.db.With(ctx).Exec("DELETE FROM offer_checks WHERE session_id = ?", session).Error
}

// offersAtOnce is how many offers one step forgets.
const offersAtOnce = 1000

// ForgetOffers forgets what browsers said whose half hour is over. It is a step of a chore.
func (s *Store) ForgetOffers(ctx context.Context) (more bool, err error) {
	gone := s.db.With(ctx).Exec(`DELETE FROM offer_checks
		WHERE session_id IN (
			SELECT session_id
			FROM offer_checks
			WHERE ends_at <= ?
			LIMIT ?)`, s.db.Now(), offersAtOnce)
	return gone.RowsAffected == offersAtOnce, gone.Error
}
