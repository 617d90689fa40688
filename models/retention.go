package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// erasedAtOnce is how many closed accounts one step looks at again.
const erasedAtOnce = 20

// ApplyRetention takes one step of deleting what has outlived its term in all areas; more says that another
// one is needed.
func (s *Store) ApplyRetention(ctx context.Context) (more bool, err error) {
	rows, err := s.db.Retain(ctx, s.personal)
	accounts, remains := s.eraseRemains(ctx)
	return rows || accounts, errors.Join(err, remains)
}

// eraseRemains erases closed accounts once more after their term: somebody else may just have been writing
// about the person, or an earlier release left something standing. The same term after the answer to a request for a right
// of data law that was open when the account was closed, the request goes too.
func (s *Store) eraseRemains(ctx context.Context) (more bool, err error) {
	before, err := s.db.KeptSince(ctx, "closed_account")
	if err != nil {
		return false, err
	}
	var ids []int64
	err = s.db.With(ctx).Raw(`SELECT id
		FROM users
		WHERE closed_at < @before AND erased_at IS NULL AND role = 'seeker'
		UNION
		SELECT u.id
		FROM conversations c
		JOIN users u ON u.id = c.person_id AND u.closed_at < @before AND u.role = 'seeker'
		WHERE c.subject = 'right' AND c.name <> '' AND c.due_at IS NULL AND c.answered_at < @before
		ORDER BY 1
		LIMIT @most`, map[string]any{"before": before, "most": erasedAtOnce}).Scan(&ids).Error
	if err != nil {
		return false, fmt.Errorf("closed accounts: %w", err)
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, s.transact(ctx, "erase remains", func(tx *Store) error { return tx.eraseAgain(ctx, id) }))
	}
	return len(ids) == erasedAtOnce, errors.Join(failed...)
}

func (s *Store) eraseAgain(ctx context.Context, id int64) error {
	var u User
	if err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&u, "id = ?", id).Error; err != nil {
		return err
	}
	if err := s.db.Erase(ctx, s.personal, id); err != nil {
		return err
	}
	err := s.db.With(ctx).Exec(`UPDATE users
		SET erased_at = ?
		WHERE id = ?`, s.db.Now(), id).Error
	if err != nil {
		return err
	}
	return s.db.Audit(ctx, SystemUser, record.Act{Action: "account_erased_again", SubjectKind: "user", SubjectID: id, PersonID: id})
}
