package journey

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// calendarFeed is the private address of a person's calendar, of which only the hash is known.
type calendarFeed struct {
	UserID    int64 `gorm:"primaryKey"`
	TokenHash []byte
	MadeAt    time.Time
}

// MakeCalendar gives the acting person a new private address for their calendar; an earlier one ends. It is shown once.
func (s *Store) MakeCalendar(ctx context.Context, actor record.User) (token string, err error) {
	if actor.Role != record.Seeker {
		return "", record.ErrForbidden
	}
	token, hash := record.NewToken()
	err = s.transact(ctx, "make a calendar", func(tx *Store) error {
		anew := clause.OnConflict{
			Columns: []clause.Column{{Name: "user_id"}}, DoUpdates: clause.AssignmentColumns([]string{"token_hash", "made_at"}),
		}
		if err := tx.db.With(ctx).Clauses(anew).Create(&calendarFeed{actor.ID, hash, tx.db.Now()}).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "calendar_made", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
	return token, err
}

// EndCalendar ends the private address of the acting person's calendar. Where there is none, nothing happens.
func (s *Store) EndCalendar(ctx context.Context, actor record.User) error {
	return s.transact(ctx, "end a calendar", func(tx *Store) error {
		gone := tx.db.With(ctx).Where("user_id = ?", actor.ID).Delete(&calendarFeed{})
		if gone.Error != nil || gone.RowsAffected == 0 {
			return gone.Error
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "calendar_ended", SubjectKind: "user", SubjectID: actor.ID, PersonID: actor.ID})
	})
}

// CalendarSince is since when the acting person's calendar has its address, nil where it has none.
func (s *Store) CalendarSince(ctx context.Context, actor record.User) (*time.Time, error) {
	var at []time.Time
	err := s.db.With(ctx).Model(&calendarFeed{}).Where("user_id = ?", actor.ID).Limit(1).Pluck("made_at", &at).Error
	if err != nil || len(at) == 0 {
		return nil, err
	}
	return &at[0], nil
}

// A CalendarDay is a day of a calendar: what kind it is, and nothing that says of what.
type CalendarDay struct {
	ID   int64
	Kind string // start, expires, appointment or departs
	On   time.Time
}

// Calendar is what the private address of a calendar shows, and in which language. It says neither whose it is nor of what. An
// address that ended, or whose account is closed, is not found.
func (s *Store) Calendar(ctx context.Context, token string) (days []CalendarDay, language string, err error) {
	var u record.User
	err = s.db.With(ctx).Joins("JOIN calendar_feeds f ON f.user_id = users.id").
		Where("f.token_hash = ? AND users.closed_at IS NULL", record.TokenHash(token)).Take(&u).Error
	if err != nil {
		return nil, "", err
	}
	p, err := s.openPlan(ctx, u.ID)
	if err != nil {
		return nil, u.Language, unlessClosed(err)
	}
	err = s.db.With(ctx).Raw(`SELECT d.id, d.kind, d."on"
		FROM readiness_plans p
		CROSS JOIN LATERAL (
			SELECT i.id, 'start' AS kind, i.start_by AS "on"
			FROM readiness_items i
			WHERE i.plan_id = p.id AND i.wanted AND i.state = 'not_yet' AND i.start_by IS NOT NULL
			UNION ALL
			SELECT i.id, 'appointment', i.on_date
			FROM readiness_items i
			WHERE i.plan_id = p.id AND i.state = 'under_way' AND i.on_date IS NOT NULL
			UNION ALL
			SELECT i.id, 'expires', i.expires_on
			FROM readiness_items i
			WHERE i.plan_id = p.id AND i.state = 'done' AND i.expires_on IS NOT NULL
			UNION ALL
			SELECT 0, 'departs', p.departs_on
			WHERE p.departs_on IS NOT NULL
		) d
		WHERE p.id = ?
		ORDER BY d."on", d.kind, d.id
		LIMIT 500`, p.ID).Scan(&days).Error
	return days, u.Language, err
}
