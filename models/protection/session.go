package protection

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// How long the help pages stay open behind number and PIN, or after the form: on a watched phone not a minute longer
// than they are used.
const (
	helpIdle = 30 * time.Minute
	helpMost = 4 * time.Hour
)

// HelpSession is somebody at the help pages who has just written, or showed number and PIN. It has nothing to do with
// an account. Filed says that it began with the form.
type HelpSession struct {
	ID        int64
	TokenHash []byte
	PersonID  int64
	Filed     bool
	SeenAt    time.Time
	EndsAt    time.Time
}

// startSession begins a help session of a person on a case.
func (s *Store) startSession(ctx context.Context, personID int64, filed bool) (token string, err error) {
	token, hash := record.NewToken()
	now := s.db.Now()
	h := HelpSession{TokenHash: hash, PersonID: personID, Filed: filed, SeenAt: now, EndsAt: now.Add(helpMost)}
	return token, s.db.With(ctx).Create(&h).Error
}

// session finds the living help session of a token and notes that it is used.
func (s *Store) session(ctx context.Context, token string) (HelpSession, error) {
	var h HelpSession
	if token == "" {
		return h, record.ErrNotFound
	}
	now := s.db.Now()
	err := s.db.With(ctx).Raw(`UPDATE help_sessions
		SET seen_at = @now
		WHERE token_hash = @hash
			AND ends_at > @now
			AND seen_at > @idle
		RETURNING *`,
		map[string]any{"hash": record.TokenHash(token), "now": now, "idle": now.Add(-helpIdle)}).Scan(&h).Error
	if err == nil && h.ID == 0 {
		err = record.ErrNotFound
	}
	return h, err
}

// EndHelpSession ends the help session of a token. One that has ended already, or never was, is no fault: whoever
// leaves must not be held up.
func (s *Store) EndHelpSession(ctx context.Context, token string) error {
	return s.db.With(ctx).Where("token_hash = ?", record.TokenHash(token)).Delete(&HelpSession{}).Error
}

// own finds the person of a help session and their case. With lock the case waits for nobody else meanwhile.
func (s *Store) own(ctx context.Context, token string, lock bool) (Person, Case, error) {
	var p Person
	var c Case
	h, err := s.session(ctx, token)
	if err != nil {
		return p, c, err
	}
	if err := s.db.With(ctx).Take(&p, h.PersonID).Error; err != nil {
		return p, c, err
	}
	q := s.db.With(ctx)
	if lock {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	if err := q.Take(&c, p.CaseID).Error; err != nil || !lock {
		return p, c, err
	}
	return p, c, s.db.With(ctx).Take(&p, h.PersonID).Error // as it is now that the case is locked
}

// asOwner runs one act of the person of a help session on their case, which is locked.
func (s *Store) asOwner(ctx context.Context, doing, token string, act func(tx *Store, p Person, c Case) error) error {
	return s.transact(ctx, doing, func(tx *Store) error {
		p, c, err := tx.own(ctx, token, true)
		if err != nil {
			return err
		}
		return act(tx, p, c)
	})
}

// RestPINs takes away the PINs that nobody used within their hour; the people keep what they wrote on paper. It is a
// step of a chore.
func (s *Store) RestPINs(ctx context.Context) (more bool, err error) {
	err = s.db.With(ctx).Model(&Person{}).Where("pin_until < ?", s.db.Now()).
		Updates(map[string]any{"pin_sealed": nil, "pin_until": nil}).Error
	return false, err
}

// missing says whether err is that there is none, or none any more.
func missing(err error) bool { return errors.Is(err, record.ErrNotFound) }
