package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"
)

// AddHoliday adds a day on which officers do not work, or names it anew.
func (s *Store) AddHoliday(ctx context.Context, officer User, day Holiday) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, func(tx *Store) error {
		err := tx.db.WithContext(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "day"}}, DoUpdates: clause.AssignmentColumns([]string{"name_id", "name_en"})}).Create(&day).Error
		if err != nil {
			return err
		}
		return tx.audit(ctx, officer, act{Action: "holiday_added", SubjectKind: "holiday", SubjectID: dayNumber(day.Day)})
	})
}

// RemoveHoliday takes a day out again. A day that is not there is ErrNotFound.
func (s *Store) RemoveHoliday(ctx context.Context, officer User, day time.Time) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, func(tx *Store) error {
		if err := changed(tx.db.WithContext(ctx).Where("day = ?", day).Delete(&Holiday{}), ErrNotFound); err != nil {
			return err
		}
		return tx.audit(ctx, officer, act{Action: "holiday_removed", SubjectKind: "holiday", SubjectID: dayNumber(day)})
	})
}

// dayNumber counts days since 1970: a day's name in the audit trail.
func dayNumber(day time.Time) int64 { return day.Unix() / (24 * 60 * 60) }

// Holidays lists the days from the start of this year on, at most two hundred.
func (s *Store) Holidays(ctx context.Context) ([]Holiday, error) {
	var list []Holiday
	first := time.Date(Today(s.now()).Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	err := s.db.WithContext(ctx).Where("day >= ?", first).Order("day").Limit(200).Find(&list).Error
	return list, err
}
