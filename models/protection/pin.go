package protection

import (
	"context"
	"encoding/hex"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals at number and PIN.
var (
	ErrWrongPIN  = &record.Refusal{Key: "case.pin_wrong", Field: "pin"}
	ErrPINRested = &record.Refusal{Key: "case.pin_rested", Field: "pin"}
)

// Five wrong PINs from one address rest a number there for an hour. Others go on: nobody is locked out of their own
// case by a stranger.
const (
	mostWrongPINs = 5
	pinRest       = time.Hour
	pinShown      = time.Hour // for how long the receipt can show a PIN that was not used
)

// PINTry is a wrong PIN for a number, from an address.
type PINTry struct {
	ID  int64
	Key []byte
	At  time.Time
}

// TableName is where wrong PINs are counted.
func (PINTry) TableName() string { return "pin_tries" }

// caseRef reads a number as people type it, with or without its beginning.
func caseRef(typed string) string {
	word := record.ReadWord(typed)
	return refPrefix + "-" + word[max(0, len(word)-refLength):]
}

// The numbers of cases look like those of everything else, so that they tell nothing.
const (
	refPrefix = "NK"
	refLength = 8
)

// pinPurpose binds a PIN to the case of its number.
func pinPurpose(c Case) string { return "case:pin:" + c.Ref }

// Enter opens the pages of a case to whoever knows its number and a PIN of somebody on it. from is the address of the
// client, which is only counted. ErrPINRested says that this number rests there.
func (s *Store) Enter(ctx context.Context, ref, pin, from string) (token string, err error) {
	ref, pin = caseRef(ref), record.ReadWord(pin)
	keys := s.db.Box().Indexes(ref+"|"+from, "case:tries")
	err = s.transact(ctx, "enter a case", func(tx *Store) error {
		token, err = tx.enter(ctx, ref, pin, keys)
		return err
	})
	if err == nil && token == "" {
		err = ErrWrongPIN
	}
	return token, err
}

// enter gives no token for a wrong PIN, which it counts in the same transaction.
func (s *Store) enter(ctx context.Context, ref, pin string, keys [][]byte) (string, error) {
	// One try of a number from an address after the other, so that many at once are counted like many.
	if err := s.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", hex.EncodeToString(keys[0])).Error; err != nil {
		return "", err
	}
	var wrong int64
	err := s.db.With(ctx).Model(&PINTry{}).Where("key IN ? AND at > ?", keys, s.db.Now().Add(-pinRest)).Count(&wrong).Error
	if err != nil {
		return "", err
	}
	if wrong >= mostWrongPINs {
		return "", ErrPINRested
	}
	var p Person
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("case_id = (SELECT id FROM cases WHERE ref = ?) AND pin_index IN ?", ref, s.db.Box().Indexes(pin, pinPurpose(Case{Ref: ref}))).
		Take(&p).Error
	if missing(err) {
		return "", s.db.With(ctx).Create(&PINTry{Key: keys[0], At: s.db.Now()}).Error
	}
	if err != nil {
		return "", err
	}
	if err := s.forgetPIN(ctx, p); err != nil {
		return "", err
	}
	act := record.Act{Action: "case_opened_by_pin", SubjectKind: "case", SubjectID: p.CaseID}
	if err := s.db.Audit(ctx, record.SystemUser, act); err != nil {
		return "", err
	}
	return s.startSession(ctx, p.ID, false)
}

// givePIN makes a PIN for a person and keeps it, sealed, for the receipt.
func (s *Store) givePIN(c Case, p *Person) error {
	pin := record.NewWord()
	until := s.db.Now().Add(pinShown)
	var err error
	if p.PINSealed, err = s.sealed(pin, people, p.ID, "pin_sealed"); err != nil {
		return err
	}
	p.PINIndex, p.PINUntil = s.db.Box().Index(pin, pinPurpose(c)), &until
	return nil
}

// forgetPIN takes a PIN away that was used: its owner has it on paper.
func (s *Store) forgetPIN(ctx context.Context, p Person) error {
	return s.db.With(ctx).Model(&p).Updates(map[string]any{"pin_sealed": nil, "pin_until": nil}).Error
}
