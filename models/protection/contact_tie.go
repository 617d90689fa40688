package protection

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ErrNoAccount says that there is no account of a seeker to tie a case to.
var ErrNoAccount = &record.Refusal{Key: "safe.tie.no_account"}

// Tie ties the person of a help session to an account, because they ticked it. Officers see that there is a tie and
// nothing of the account; the account shows nothing of the case, which goes on being read behind number and PIN alone.
func (s *Store) Tie(ctx context.Context, token string, account record.User) error {
	return s.asOwner(ctx, "tie a case to an account", token, func(tx *Store, p Person, c Case) error {
		var open int64
		lock := clause.Locking{Strength: "SHARE"} // an account that is being closed is closed first, or cuts this tie
		err := tx.db.With(ctx).Raw("SELECT count(*) FROM (?) u", tx.db.With(ctx).Model(&record.User{}).Clauses(lock).Select("id").
			Where("id = ? AND role = ? AND closed_at IS NULL", account.ID, record.Seeker)).Scan(&open).Error
		if err == nil && open == 0 {
			err = ErrNoAccount
		}
		if err != nil || p.UserID != nil && *p.UserID == account.ID {
			return err
		}
		return tx.tie(ctx, p, c, &account.ID, EventTied)
	})
}

// Untie cuts the tie of the person of a help session, if there is one.
func (s *Store) Untie(ctx context.Context, token string) error {
	return s.asOwner(ctx, "untie a case", token, func(tx *Store, p Person, c Case) error {
		if p.UserID == nil {
			return nil
		}
		return tx.tie(ctx, p, c, nil, EventUntied)
	})
}

// tie sets the account of a person, and notes it without naming the account.
func (s *Store) tie(ctx context.Context, p Person, c Case, account *int64, kind string) error {
	if err := s.db.With(ctx).Model(&p).Update("user_id", account).Error; err != nil {
		return err
	}
	if err := s.happened(ctx, &c, Event{Kind: kind, PersonID: &p.ID}, ""); err != nil {
		return err
	}
	return s.db.Audit(ctx, record.SystemUser, record.Act{
		Action: "case_" + kind, SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"person": p.Ref},
	})
}
