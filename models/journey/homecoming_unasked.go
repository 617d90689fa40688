package journey

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// theirs is the condition for rows of a person, @me: of their own account, and of those that are joined into it.
const theirs = `(user_id = @me OR user_id IN (SELECT t.joined_id FROM account_joins t WHERE t.into_id = @me AND ` + record.JoinStands + `))`

// ownFirst orders such rows: those of the person's own account first, then the newest.
func ownFirst(userID int64) clause.OrderBy {
	return clause.OrderBy{Expression: clause.Expr{SQL: "user_id = ? DESC, id DESC", Vars: []any{userID}}}
}

// homeUnasked ends the check-ins of somebody who is back, under whichever of their accounts: who is home is not looked for
// abroad. A case that silence made is told.
func (s *Store) homeUnasked(ctx context.Context, u record.User) error {
	var list []Checkin
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("ended_at IS NULL").
		Where(theirs, map[string]any{"me": u.ID}).Order("id").Find(&list).Error
	for _, c := range list {
		if err == nil {
			err = s.endCheckin(ctx, u, c, "homecoming.case")
		}
	}
	return err
}
