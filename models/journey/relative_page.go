package journey

import (
	"cmp"
	"context"
	"crypto/subtle"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// RelativeSession is a browser in which a relative typed their code.
type RelativeSession struct {
	ID         int64
	RelativeID int64
	TokenHash  []byte
	EndsAt     time.Time
}

// relativeStays is for how long the code need not be typed again.
const relativeStays = 4 * time.Hour

// The refusals of the code.
var (
	ErrRelativeCode   = &record.Refusal{Key: "relative.code_wrong", Field: "code"}
	ErrRelativeRested = models.ErrTooOften
)

// codeTries is how often a code can be typed for a link, from anywhere.
var codeTries = record.Limit{Name: "relative_code", Most: 5, Window: 15 * time.Minute}

// relativeOf is the relative whom a link names. Withdrawn, or of an account that was closed, it is not found.
func (s *Store) relativeOf(ctx context.Context, token string) (Relative, record.User, error) {
	var r Relative
	err := s.db.With(ctx).Take(&r, "token_hash = ? AND withdrawn_at IS NULL", record.TokenHash(token)).Error
	if err != nil {
		return r, record.User{}, err
	}
	u, err := s.userOf(ctx, r.UserID)
	return r, u, err
}

// EnterAsRelative opens a link to whoever knows its code.
func (s *Store) EnterAsRelative(ctx context.Context, token, code string) (session string, err error) {
	r, _, err := s.relativeOf(ctx, token)
	if err != nil {
		return "", err
	}
	if allowed, err := s.db.Attempt(ctx, codeTries, r.Ref); err != nil || !allowed {
		if err == nil {
			err = ErrRelativeRested
		}
		return "", err
	}
	right, err := s.opened(r.CodeSealed, "relatives", r.ID, "code_sealed")
	if err != nil {
		return "", err
	}
	if subtle.ConstantTimeCompare([]byte(record.ReadWord(code)), []byte(right)) != 1 {
		return "", ErrRelativeCode
	}
	err = s.transact(ctx, "enter as a relative", func(tx *Store) error {
		var hash []byte
		session, hash = record.NewToken()
		in := RelativeSession{RelativeID: r.ID, TokenHash: hash, EndsAt: tx.db.Now().Add(relativeStays)}
		if err := tx.db.With(ctx).Create(&in).Error; err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&r).Update("seen_at", tx.db.Now()).Error; err != nil {
			return err
		}
		if err := tx.db.Forgive(ctx, codeTries, r.Ref); err != nil {
			return err
		}
		return tx.db.Audit(ctx, record.SystemUser, record.Act{
			Action: "relative_looked", SubjectKind: "relative", SubjectID: r.ID, PersonID: r.UserID,
		})
	})
	return session, err
}

// RelativePage is what a relative sees: what was granted, and whether they are asked now. Open says that the code was typed.
type RelativePage struct {
	Open        bool
	Language    string
	Name        string // of the person
	SeesStation bool
	SeesPlace   bool
	SeesPapers  bool
	Station     string
	Country     string
	City        string
	Contract    *time.Time
	Visa        *time.Time
	Passport    *time.Time
	AskedSince  *time.Time // since when nothing was heard, where they are asked
}

// ForRelative shows a link, in the browser of a session where the code was typed. ErrNotFound says that it opens nothing,
// also where it was withdrawn a moment ago.
func (s *Store) ForRelative(ctx context.Context, token, session string) (p RelativePage, err error) {
	r, u, err := s.relativeOf(ctx, token)
	if err != nil {
		return p, err
	}
	p.Language = r.Language
	if p.Open, err = s.entered(ctx, r, session); err != nil || !p.Open {
		return p, err
	}
	p.Name, p.SeesStation, p.SeesPlace, p.SeesPapers = u.Name, r.SeesStation, r.SeesPlace, r.SeesPapers
	if err := s.granted(ctx, r, &p); err != nil {
		return p, err
	}
	asked, err := s.askedOf(ctx, r)
	if err == nil {
		p.AskedSince = &asked.DueAt
	} else if missing(err) {
		err = nil
	}
	return p, err
}

// entered says whether the code was typed in the browser of a session.
func (s *Store) entered(ctx context.Context, r Relative, session string) (bool, error) {
	if session == "" {
		return false, nil
	}
	var n int64
	err := s.db.With(ctx).Model(&RelativeSession{}).
		Where("relative_id = ? AND token_hash = ? AND ends_at > ?", r.ID, record.TokenHash(session), s.db.Now()).Limit(1).Count(&n).Error
	return n > 0, err
}

// granted reads what was granted and nothing else.
func (s *Store) granted(ctx context.Context, r Relative, p *RelativePage) error {
	if !r.SeesStation && !r.SeesPlace && !r.SeesPapers {
		return nil
	}
	list, err := s.departures(ctx, r.UserID, false)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		if r.SeesStation {
			return s.cameHome(ctx, r, p)
		}
		return nil
	}
	d := list[0]
	if r.SeesStation {
		p.Station = d.Stage()
	}
	if r.SeesPapers {
		p.Contract, p.Visa, p.Passport = d.ContractTo, d.VisaUntil, d.PassportUntil
	}
	if !r.SeesPlace {
		return nil
	}
	p.Country = d.In()
	p.City, err = s.opened(d.CitySealed, "departures", d.ID, "city_sealed")
	return err
}

// cameHome says of who is not away whether they are back.
func (s *Store) cameHome(ctx context.Context, r Relative, p *RelativePage) error {
	ids, err := s.accounts(ctx, r.UserID)
	if err != nil {
		return err
	}
	var n int64
	err = s.db.With(ctx).Model(&Homecoming{}).Where("user_id IN ? AND closed_at IS NULL", ids).Limit(1).Count(&n).Error
	if err == nil && n > 0 {
		p.Station = StageHome
	}
	return err
}

// How far a departure is.
const (
	StagePlanned = "planned"
	StageGone    = "gone"
	StageWorking = "working"
	StageHome    = "home" // of who is back: the departure is over
)

// Stage is how far a departure is.
func (d Departure) Stage() string {
	switch {
	case d.AtWork:
		return StageWorking
	case d.Gone():
		return StageGone
	}
	return StagePlanned
}

// askedOf is the open asking about which a relative was asked. ErrNotFound says that there is none.
func (s *Store) askedOf(ctx context.Context, r Relative) (Round, error) {
	var found Round
	ids, err := s.accounts(ctx, r.UserID)
	if err != nil {
		return found, err
	}
	err = s.db.With(ctx).Where(`closed_at IS NULL
		AND checkin_id IN (SELECT id FROM checkins WHERE user_id IN ? AND ended_at IS NULL)
		AND EXISTS (SELECT FROM checkin_steps s WHERE s.round_id = checkin_rounds.id AND s.step = ?)`, ids, stepRelative).
		Order("id DESC").Take(&found).Error
	return found, err
}

// AnswerAsRelative takes what a relative who was asked says: that they know the person is well, which ends the asking, or
// that they are worried, which makes a case at once.
func (s *Store) AnswerAsRelative(ctx context.Context, token, session string, worried bool) error {
	return s.transact(ctx, "answer as a relative", func(tx *Store) error {
		r, _, err := tx.relativeOf(ctx, token)
		if err != nil {
			return err
		}
		held := clause.Locking{Strength: "SHARE"} // whoever withdraws it meanwhile comes after
		if err := tx.db.With(ctx).Clauses(held).Take(&r, "id = ? AND withdrawn_at IS NULL", r.ID).Error; err != nil {
			return err
		}
		if open, err := tx.entered(ctx, r, session); err != nil || !open {
			return cmp.Or(err, error(record.ErrNotFound))
		}
		asked, err := tx.askedOf(ctx, r)
		if missing(err) {
			return nil // it was answered meanwhile
		}
		if err != nil {
			return err
		}
		c, round, err := tx.lockedRound(ctx, "id = ?", asked.ID)
		if err != nil || round.ClosedAt != nil {
			return err
		}
		if worried {
			if done, err := tx.did(ctx, Step{RoundID: round.ID, Step: stepCase, At: tx.db.Now()}); err != nil || !done {
				return err
			}
			err = tx.closeByCase(ctx, c, round, models.TroubleWorried)
		} else {
			err = tx.db.With(ctx).Model(&round).Updates(map[string]any{
				"answer": answerRelative, "answered_at": tx.db.Now(), "closed_at": tx.db.Now(),
			}).Error
		}
		if err != nil {
			return err
		}
		if err := tx.dropLetters(ctx, c); err != nil {
			return err
		}
		act := record.Act{Action: "relative_answered", SubjectKind: "relative", SubjectID: r.ID, PersonID: r.UserID}
		return tx.db.Audit(ctx, record.SystemUser, act)
	})
}
