package journey

import (
	"context"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// personIDs are the account @me, by which somebody signs in, and those that are joined into it: together they are one person.
const personIDs = "(ARRAY(SELECT t.joined_id FROM account_joins t WHERE t.into_id = @me AND " + record.JoinStands +
	") || CAST(@me AS bigint))"

// theirs is the condition for rows of a person, @me, under whichever of their accounts.
const theirs = "user_id = ANY " + personIDs

// ownRowsFirst orders such rows: those of the person's own account first, then the newest.
func ownRowsFirst(userID int64) clause.OrderBy {
	return clause.OrderBy{Expression: clause.Expr{SQL: "user_id = ? DESC, id DESC", Vars: []any{userID}}}
}

// personAccounts finds the accounts of one person: that by which they sign in at place 0, then those that are joined into it.
const personAccounts = `SELECT a.id, a.place
	FROM (SELECT coalesce((SELECT t.into_id
			FROM account_joins t
			WHERE t.joined_id = @person
				AND ` + record.JoinStands + `), @person) AS id) main
	CROSS JOIN LATERAL (SELECT main.id, 0 AS place
		UNION ALL
		SELECT t.joined_id, 1
		FROM account_joins t
		WHERE t.into_id = main.id
			AND ` + record.JoinStands + `) a`

// accounts are the accounts of one person, whichever of them is named: the one by which they sign in first, then those that
// are joined into it. What is kept under any of them is theirs.
func (s *Store) accounts(ctx context.Context, userID int64) (ids []int64, err error) {
	err = s.db.With(ctx).Raw("SELECT id FROM ("+personAccounts+") a ORDER BY place, id", map[string]any{"person": userID}).Scan(&ids).Error
	return ids, err
}

// mainAccount is the account by which the person of an account signs in: there they read what they are told, and to it a
// case is tied.
func (s *Store) mainAccount(ctx context.Context, u record.User) (record.User, error) {
	ids, err := s.accounts(ctx, u.ID)
	if err != nil || ids[0] == u.ID {
		return u, err
	}
	return s.userOf(ctx, ids[0])
}
