package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// Holiday is a day on which the offices are closed, by officers' own table.
type Holiday struct {
	Day  time.Time
	Name Text `gorm:"embedded;embeddedPrefix:name_"`
}

// ClosedDays is the table of holidays around now, for counting working days, here and in areas.
func ClosedDays(ctx context.Context, db *record.DB) (map[record.Day]bool, error) {
	var days []time.Time
	now := db.Now()
	err := db.With(ctx).Model(&Holiday{}).
		Where("day BETWEEN ? AND ?", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0)).
		Limit(800).Pluck("day", &days).Error
	closed := make(map[record.Day]bool, len(days))
	for _, d := range days {
		closed[record.DateDay(d)] = true
	}
	return closed, err
}

func (s *Store) closedDays(ctx context.Context) (map[record.Day]bool, error) {
	return ClosedDays(ctx, s.db)
}

// Deadline gives the end of the n-th working day from now, here and in areas.
func Deadline(ctx context.Context, db *record.DB, n int) (time.Time, error) {
	closed, err := ClosedDays(ctx, db)
	return record.DayOf(db.Now()).PlusWorking(n, closed).End(), err
}

func (s *Store) deadline(ctx context.Context, n int) (time.Time, error) {
	return Deadline(ctx, s.db, n)
}

// HolidaysMissing says whether the year of now has no row in the table of holidays, a
// warning for administrators: deadlines then count every weekday.
func (s *Store) HolidaysMissing(ctx context.Context) (bool, error) {
	var n int64
	year := s.db.Now().In(i18n.WIB).Year()
	err := s.db.With(ctx).Model(&Holiday{}).Where("day BETWEEN make_date(?, 1, 1) AND make_date(?, 12, 31)", year, year).Count(&n).Error
	return n == 0, err
}

// ErrHolidayOther says that the day has another name than the one that the officer saw, or has one where they saw
// none: a colleague was there meanwhile.
var ErrHolidayOther = &Refusal{Key: "officer.holidays.other"}

// AddHoliday adds a day on which officers do not work, or names it anew. seen is the Indonesian name under which the
// officer saw the day, empty for none: what a colleague wrote meanwhile is not overwritten unseen.
func (s *Store) AddHoliday(ctx context.Context, officer User, day Holiday, seen string) error {
	return s.changeHoliday(ctx, officer, day.Day, func(tx *Store, kept Holiday) error {
		if kept.Name == day.Name {
			return nil // the second press, or a colleague wrote the same
		}
		if kept.Name.ID != seen {
			return ErrHolidayOther
		}
		anew := clause.OnConflict{
			Columns:   []clause.Column{{Name: "day"}},
			DoUpdates: clause.AssignmentColumns([]string{"name_id", "name_en"}),
		}
		if err := tx.db.With(ctx).Clauses(anew).Create(&day).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "holiday_added", SubjectKind: EditHoliday, SubjectID: dayNumber(day.Day),
			Detail: editDetail(1, []string{"name"})})
	})
}

// RemoveHoliday takes a day out again, unless a colleague named it otherwise meanwhile. A day that is out already is
// done.
func (s *Store) RemoveHoliday(ctx context.Context, officer User, day time.Time, seen string) error {
	return s.changeHoliday(ctx, officer, day, func(tx *Store, kept Holiday) error {
		switch kept.Name.ID {
		case "":
			return nil
		case seen:
		default:
			return ErrHolidayOther
		}
		if err := tx.db.With(ctx).Where("day = ?", day).Delete(&Holiday{}).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "holiday_removed", SubjectKind: EditHoliday, SubjectID: dayNumber(day),
			Detail: editDetail(1, nil)})
	})
}

// changeHoliday runs f with what is kept of a day, whose name is empty where it is none. A day that is not there
// cannot be locked, so officers change the table one after the other.
func (s *Store) changeHoliday(ctx context.Context, officer User, day time.Time, f func(tx *Store, kept Holiday) error) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "change holiday", func(tx *Store) error {
		if err := tx.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext('holidays'))").Error; err != nil {
			return err
		}
		var kept []Holiday
		if err := tx.db.With(ctx).Where("day = ?", day).Limit(1).Find(&kept).Error; err != nil {
			return err
		}
		return f(tx, append(kept, Holiday{})[0])
	})
}

// HolidayNow is what is kept of a day, and who changed it last, nil where nobody is known.
func (s *Store) HolidayNow(ctx context.Context, officer User, day time.Time) (kept Holiday, last *Edit, err error) {
	if officer.Role != Officer {
		return kept, nil, ErrForbidden
	}
	var list []Holiday
	if err := s.db.With(ctx).Where("day = ?", day).Limit(1).Find(&list).Error; err != nil {
		return kept, nil, err
	}
	edits, err := s.EditsSince(ctx, officer, EditHoliday, dayNumber(day), 0)
	if len(edits) > 0 {
		last = &edits[0]
	}
	return append(list, Holiday{})[0], last, err
}

// dayNumber counts days since 1970: a day's name in the audit trail.
func dayNumber(day time.Time) int64 { return day.Unix() / (24 * 60 * 60) }

// Holidays lists the days from the start of this year on, at most two hundred.
func (s *Store) Holidays(ctx context.Context) ([]Holiday, error) {
	var list []Holiday
	first := time.Date(record.DayOf(s.db.Now()).Date().Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	err := s.db.With(ctx).Where("day >= ?", first).Order("day").Limit(200).Find(&list).Error
	return list, err
}
