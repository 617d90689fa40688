package journey

import (
	"context"
	"errors"
	"fmt"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// remindAtOnce is how many people one step of a chore reminds.
const remindAtOnce = 100

// nearDays is how many days before the latest start of something its person is reminded.
const nearDays = 7

// expiringDays are the days before the end of a paper at which its person is told, the nearest first.
var expiringDays = []int{7, 30, 90}

// dueExpiry finds what ends soon and of which its person was not told; days is which of the reminders it is. That it was told is
// noted on the item, because who has no way to get a letter gets none. What a certificate proves is told of as a certificate.
const dueExpiry = `SELECT d.id, d.user_id, d.expires_on, d.days
	FROM (
		SELECT i.id, p.user_id, i.expires_on, i.end_told, i.end_told_days,
			CASE WHEN i.expires_on - CAST(@today AS date) <= 7 THEN 7 WHEN i.expires_on - CAST(@today AS date) <= 30 THEN 30 ELSE 90 END AS days
		FROM readiness_items i
		JOIN readiness_plans p ON p.id = i.plan_id AND p.closed_at IS NULL
		WHERE i.state = 'done'
			AND i.wanted
			AND i.proof <> 'certificate'
			AND i.expires_on BETWEEN CAST(@today AS date) AND CAST(@last AS date)
	) d
	WHERE (d.end_told IS DISTINCT FROM d.expires_on OR d.end_told_days IS DISTINCT FROM d.days)`

type expiryDue struct {
	ID        int64
	UserID    int64
	ExpiresOn time.Time
	Days      int
}

// RemindItems tells people of papers of their plan that end soon: 90, 30 and 7 days before, once each. One that came in late
// gets only the nearest reminder.
func (s *Store) RemindItems(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now())
	args := map[string]any{"today": today.Date(), "last": today.Plus(expiringDays[len(expiringDays)-1]).Date(), "most": remindAtOnce}
	var list []expiryDue
	if err := s.db.With(ctx).Raw(dueExpiry+" ORDER BY d.id LIMIT @most", args).Scan(&list).Error; err != nil {
		return false, err
	}
	var failed []error
	for _, due := range list {
		failed = append(failed, s.remindItem(ctx, due, args))
	}
	return len(list) == remindAtOnce && errors.Join(failed...) == nil, errors.Join(failed...)
}

// remindItem tells of one, unless its day has moved meanwhile.
func (s *Store) remindItem(ctx context.Context, due expiryDue, args map[string]any) error {
	return s.transact(ctx, "remind of an item", func(tx *Store) error {
		p, err := tx.lockPlan(ctx, due.UserID)
		if err != nil {
			return unlessClosed(err)
		}
		var again []expiryDue
		args := map[string]any{"today": args["today"], "last": args["last"], "item": due.ID}
		if err := tx.db.With(ctx).Raw(dueExpiry+" AND d.id = @item", args).Scan(&again).Error; err != nil || len(again) == 0 {
			return err
		}
		u, err := tx.planReaderOf(ctx, p.ID)
		if err != nil {
			return err
		}
		now := again[0]
		err = tx.db.With(ctx).Model(&Item{}).Where("id = ?", now.ID).Select("EndTold", "EndToldDays").
			Updates(Item{EndTold: &now.ExpiresOn, EndToldDays: &now.Days}).Error
		if err != nil {
			return err
		}
		key := fmt.Sprintf("plan_expiring:%d:%s:%d", now.ID, now.ExpiresOn.Format(time.DateOnly), now.Days)
		return tx.db.Tell(ctx, u, key, "plan_expiring", planWords(u, i18n.Date(i18n.With(ctx, i18n.Lang(u.Language)), now.ExpiresOn)))
	})
}

// The latest starts of which people are told: those that come near, and those that have passed.
const (
	nearStart = "i.start_by BETWEEN CAST(@today AS date) AND CAST(@soon AS date) AND i.near_told IS DISTINCT FROM i.start_by"
	lateStart = "i.start_by < CAST(@today AS date) AND i.late_told IS DISTINCT FROM i.start_by"
)

// A startReminder is one of the two letters about a latest start: which are due, where it is noted that people were told,
// and the letter.
type startReminder struct{ due, column, template string }

// RemindStarts tells people once that the latest start of something comes near, and once that it has passed. Of several at one
// time there is one letter.
func (s *Store) RemindStarts(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now())
	args := map[string]any{"today": today.Date(), "soon": today.Plus(nearDays).Date(), "most": remindAtOnce}
	var failed []error
	near, late := startReminder{nearStart, "near_told", "plan_start_near"}, startReminder{lateStart, "late_told", "plan_start_late"}
	for _, kind := range []startReminder{near, late} {
		var people []int64
		err := s.db.With(ctx).Raw(`SELECT DISTINCT p.user_id
			FROM readiness_items i
			JOIN readiness_plans p ON p.id = i.plan_id AND p.closed_at IS NULL
			WHERE i.state = 'not_yet'
				AND i.wanted
				AND i.required
				AND `+kind.due+`
			ORDER BY p.user_id
			LIMIT @most`, args).Scan(&people).Error
		failed = append(failed, err)
		for _, id := range people {
			failed = append(failed, s.remindStart(ctx, id, kind, args))
		}
		more = more || len(people) == remindAtOnce
	}
	err = errors.Join(failed...)
	return more && err == nil, err
}

// remindStart tells one person of the starts that are due, and notes of which they were told.
func (s *Store) remindStart(ctx context.Context, userID int64, kind startReminder, args map[string]any) error {
	return s.transact(ctx, "remind of a start", func(tx *Store) error {
		p, err := tx.lockPlan(ctx, userID)
		if err != nil {
			return unlessClosed(err)
		}
		var starts []time.Time
		args := map[string]any{"today": args["today"], "soon": args["soon"], "plan": p.ID}
		err = tx.db.With(ctx).Raw(`UPDATE readiness_items i
			SET `+kind.column+` = i.start_by
			WHERE i.plan_id = @plan
				AND i.state = 'not_yet'
				AND i.wanted
				AND i.required
				AND `+kind.due+`
			RETURNING i.start_by`, args).Scan(&starts).Error
		if err != nil || len(starts) == 0 {
			return err
		}
		u, err := tx.planReaderOf(ctx, p.ID)
		if err != nil {
			return err
		}
		first := starts[0]
		for _, day := range starts {
			if day.Before(first) {
				first = day
			}
		}
		key := fmt.Sprintf("%s:%d:%s:%s", kind.template, p.ID, first.Format(time.DateOnly),
			record.DayOf(tx.db.Now()).Date().Format(time.DateOnly))
		return tx.db.Tell(ctx, u, key, kind.template, planWords(u, i18n.Date(i18n.With(ctx, i18n.Lang(u.Language)), first)))
	})
}

// planWords are what a letter about a plan is filled with: to whom it goes, the day it is about, if any, and where to read more.
func planWords(u record.User, when string) map[string]string {
	return map[string]string{"Name": u.Name, "Path": urls.Readiness(), "When": when}
}

// noPlan says that there is no such row.
func noPlan(err error) bool { return errors.Is(err, record.ErrNotFound) }

// unlessClosed is nil where a plan was closed meanwhile.
func unlessClosed(err error) error {
	if noPlan(err) {
		return nil
	}
	return err
}
