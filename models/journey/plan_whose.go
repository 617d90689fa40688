package journey

import (
	"context"

	"naikkelas/models/record"
)

// planReader is the account under which the open plan p is read: the one into which that of the plan is joined, unless an open
// plan of its own stands before it there.
const planReader = `coalesce((SELECT t.into_id
	FROM account_joins t
	WHERE t.joined_id = p.user_id
		AND ` + record.JoinStands + `
		AND NOT EXISTS (SELECT FROM readiness_plans o WHERE o.user_id = t.into_id AND o.closed_at IS NULL)), p.user_id)`

// Which plans are looked for, and whether nobody else changes the one that is found meanwhile.
const (
	openPlans   = "p.closed_at IS NULL"
	allPlans    = "true"
	planLocked  = "FOR UPDATE OF p"
	planAsItIs  = ""
	ownPlanIDs  = "p." + theirs
	newestFirst = "p.closed_at IS NULL DESC, p.user_id = @me DESC, p.opened_at DESC, p.id DESC"
)

// planOf finds the plan that counts for a person: an open one before those that are closed, one of the account itself before one
// of an account that is joined into it, the newest before older ones.
func (s *Store) planOf(ctx context.Context, userID int64, which, lock string) (p Plan, err error) {
	err = s.db.With(ctx).Raw(`SELECT p.*
		FROM readiness_plans p
		WHERE `+ownPlanIDs+`
			AND `+which+`
		ORDER BY `+newestFirst+`
		LIMIT 1 `+lock, map[string]any{"me": userID}).Scan(&p).Error
	if err == nil && p.ID == 0 {
		err = record.ErrNotFound
	}
	return p, err
}

// openPlan finds the open plan of a person.
func (s *Store) openPlan(ctx context.Context, userID int64) (Plan, error) {
	return s.planOf(ctx, userID, openPlans, planAsItIs)
}

// lockPlan finds it too, and nobody else changes it meanwhile.
func (s *Store) lockPlan(ctx context.Context, userID int64) (Plan, error) {
	return s.planOf(ctx, userID, openPlans, planLocked)
}

// planReaderOf is to whom letters about a plan go.
func (s *Store) planReaderOf(ctx context.Context, planID int64) (u record.User, err error) {
	err = s.db.With(ctx).Raw(`SELECT u.*
		FROM readiness_plans p
		JOIN users u ON u.id = `+planReader+`
		WHERE p.id = ?`, planID).Scan(&u).Error
	if err == nil && u.ID == 0 {
		err = record.ErrNotFound
	}
	return u, err
}
