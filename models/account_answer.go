package models

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// The bounds of what is kept of refused forms, so that a flood of them fills nothing.
const (
	answerKept  = 15 * time.Minute
	mostAnswers = 5 // of a session
	// LargestAnswer is how many bytes a kept page may have, packed.
	LargestAnswer = 64 << 10
)

var (
	answerLimit = record.Limit{Name: "answer", Most: 100, Window: answerKept} // of a person, or of an address of visitors
	// visitorAnswerLimit is for all visitors of the installation together: addresses are cheap.
	visitorAnswerLimit = record.Limit{Name: "answer_visitors", Most: 2000, Window: answerKept}
)

// SessionAnswer is the page with which a form was refused. It belongs to the session that sent the form, and is shown
// to it alone.
type SessionAnswer struct {
	ID        int64
	Ref       string
	SessionID int64
	Path      string // to which the form was sent, with the language in front
	Status    int
	Page      []byte    // as it was kept; nil once the form was taken
	CreatedAt time.Time `gorm:"autoCreateTime:false"`
}

// MayKeepAnswer counts one page that answers a refused form of somebody, nil for a visitor, and says whether it is
// still to be kept.
func (s *Store) MayKeepAnswer(ctx context.Context, who *User) (bool, error) {
	if who != nil {
		return s.db.Attempt(ctx, answerLimit, strconv.FormatInt(who.ID, 10))
	}
	ok, err := s.db.Attempt(ctx, answerLimit, "address "+record.OriginOf(ctx).Address)
	if err != nil || !ok {
		return false, err
	}
	return s.db.Attempt(ctx, visitorAnswerLimit, "all")
}

// KeepAnswer keeps the page that answers a refused form, and gives what it is asked for by. Of a session the last few
// are kept; one that ended meanwhile is ErrSessionGone.
func (s *Store) KeepAnswer(ctx context.Context, sess Session, path string, status int, page []byte) (ref string, err error) {
	a := SessionAnswer{Ref: uuid.NewString(), SessionID: sess.ID, Path: path, Status: status, CreatedAt: s.db.Now()}
	if a.Page, err = s.db.Box().Seal(page, a.place()); err != nil {
		return "", err
	}
	err = s.transact(ctx, "keep answer", func(tx *Store) error {
		locked := tx.db.With(ctx).Exec("SELECT FROM sessions WHERE id = ? AND ended_at IS NULL FOR UPDATE", sess.ID)
		if err := record.Changed(locked, ErrSessionGone); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Create(&a).Error; err != nil {
			return err
		}
		return tx.db.With(ctx).Exec(`DELETE FROM session_answers
			WHERE id IN (
				SELECT id
				FROM session_answers
				WHERE session_id = ?
				ORDER BY id DESC
				OFFSET ?)`, sess.ID, mostAnswers).Error
	})
	return a.Ref, err
}

// place is where the page is sealed for.
func (a SessionAnswer) place() seal.Place { return seal.At("session_answers", a.Ref, "page") }

// KeptAnswer finds the page that answers a form of the session, as long as it is kept. Without a page the form was taken
// since.
func (s *Store) KeptAnswer(ctx context.Context, sess Session, ref, path string) (SessionAnswer, error) {
	var a SessionAnswer
	if uuid.Validate(ref) != nil {
		return a, ErrNotFound
	}
	err := s.db.With(ctx).Where("ref = ? AND session_id = ? AND path = ? AND created_at > ?", ref, sess.ID, path, s.db.Now().Add(-answerKept)).
		Take(&a).Error
	if err != nil || a.Page == nil {
		return a, err
	}
	a.Page, err = s.db.Box().Unseal(a.Page, a.place())
	return a, err
}

// FormTaken forgets what was typed into a form of the session that is done now, but not that there was one.
func (s *Store) FormTaken(ctx context.Context, sess Session, path string) error {
	return s.db.With(ctx).Exec(`UPDATE session_answers
		SET page = NULL
		WHERE session_id = ?
			AND path = ?
			AND page IS NOT NULL`, sess.ID, path).Error
}

// ForgetAnswers deletes pages that are shown no more, so many at a time; more says that some are left.
func (s *Store) ForgetAnswers(ctx context.Context) (more bool, err error) {
	const most = 1000
	gone := s.db.With(ctx).Exec(`DELETE FROM session_answers
		WHERE id IN (
			SELECT id
			FROM session_answers
			WHERE created_at <= ?
			ORDER BY created_at
			LIMIT ?
			FOR UPDATE SKIP LOCKED)`, s.db.Now().Add(-answerKept), most)
	return gone.RowsAffected == most, gone.Error
}
