package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// ApplicationReminder is one kind of reminder: before which date, of an application in which state, how many hours
// before.
type ApplicationReminder struct {
	Code  string // "reminder_" and the code is the letter
	State ApplicationState
	Due   string // closes_at and starts_on are the intake's, fix_by, test_at and enrol_by the application's
	Hours int
}

// RemindApplicants tells people of a date that comes, some in each step: each once for each date, none once what was
// to be done is done, nor of a course that does not take place.
func (s *Store) RemindApplicants(ctx context.Context) (more bool, err error) {
	var kinds []ApplicationReminder
	if err := s.db.With(ctx).Order("code").Limit(50).Find(&kinds).Error; err != nil {
		return false, err
	}
	var failed []error
	for _, r := range kinds {
		left, err := s.act(ctx, "remind_"+r.Code, s.remindable(ctx, r), func(id int64) error { return s.remindApplicant(ctx, r, id) })
		failed, more = append(failed, err), more || left
	}
	return more, errors.Join(failed...)
}

// remindable selects the applications whose date comes and whose person was not told of it yet.
func (s *Store) remindable(ctx context.Context, r ApplicationReminder) *gorm.DB {
	now := s.db.Now()
	until := now.Add(time.Duration(r.Hours) * time.Hour)
	q := s.db.With(ctx).Model(&Application{}).Where("state = ?", r.State).
		Where("NOT EXISTS (SELECT 1 FROM notices n WHERE n.dedupe = "+r.key()+")", r.Code)
	intakes := s.db.With(ctx).Model(&Intake{}).Select("id").Where("state = 'published'")
	switch r.Due {
	case "closes_at":
		return q.Where("intake_id IN (?)", intakes.Where("closes_at > ? AND closes_at <= ?", now, until))
	case "starts_on":
		return q.Where("intake_id IN (?)", intakes.Where("starts_on > ? AND starts_on <= ?",
			record.DayOf(now).Date(), record.DayOf(until).Date()))
	}
	return q.Where(r.Due+" > ? AND "+r.Due+" <= ?", now, until).Where("intake_id IN (?)", intakes)
}

// key is the SQL of what is the same about two reminders of one application and date, with a place for the code.
func (r ApplicationReminder) key() string {
	date := "applications." + r.Due
	if r.Due == "closes_at" || r.Due == "starts_on" {
		date = "(SELECT i." + r.Due + " FROM intakes i WHERE i.id = applications.intake_id)"
	}
	if r.Due == "starts_on" {
		date = "to_char(" + date + ", 'YYYY-MM-DD')"
	} else {
		date = "to_char(" + date + ` AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
	}
	return "concat_ws(':', 'reminder', ?::text, applications.id, " + date + ")"
}

// when is the date in question, in words.
func (r ApplicationReminder) when(ctx context.Context, a Application, in Intake) string {
	at := map[string]*time.Time{
		"closes_at": in.ClosesAt, "starts_on": in.StartsOn, "fix_by": a.FixBy, "test_at": a.TestAt, "enrol_by": a.EnrolBy,
	}[r.Due]
	if at == nil {
		return ""
	}
	if r.Due == "starts_on" {
		return i18n.Date(ctx, *at)
	}
	return i18n.Instant(ctx, *at)
}

// remindApplicant writes to one person, unless the date or the state has moved meanwhile.
func (s *Store) remindApplicant(ctx context.Context, r ApplicationReminder, id int64) error {
	return s.transact(ctx, fmt.Sprintf("remind of application %d", id), func(tx *Store) error {
		var a struct {
			Application
			Key string
		}
		err := tx.remindable(ctx, r).Select("applications.*, "+r.key()+" AS key", r.Code).Take(&a, "applications.id = ?", id).Error
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		var in Intake
		if err := tx.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
			return err
		}
		u, err := tx.User(ctx, a.SeekerID)
		if err != nil {
			return err
		}
		when := r.when(i18n.With(ctx, i18n.Lang(u.Language)), a.Application, in)
		data := map[string]string{"Ref": a.Ref, "Name": u.Name, "When": when, "Place": a.TestPlace}
		return tx.db.Tell(ctx, u, a.Key, "reminder_"+r.Code, data)
	})
}
