package models

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"
)

const (
	// actStep is how many records one step of a chore acts on, each in its own transaction.
	actStep = 100
	// stepTime is after how long a step that acts on records leaves the rest to the next.
	stepTime = 20 * time.Second
)

// Cursor is how far a chore of several steps has come, empty at its beginning.
func (s *Store) Cursor(ctx context.Context, chore string) (string, error) {
	var past string
	err := s.db.With(ctx).Raw(`SELECT past
		FROM job_cursors
		WHERE chore = ?`, chore).Scan(&past).Error
	if err != nil {
		return "", fmt.Errorf("read the cursor of %s: %w", chore, err)
	}
	return past, nil
}

// MoveCursor notes how far a chore has come; empty says that it begins anew.
func (s *Store) MoveCursor(ctx context.Context, chore, past string) error {
	err := s.db.With(ctx).Exec(`INSERT INTO job_cursors (chore, past)
		VALUES (?, ?)
		ON CONFLICT (chore) DO UPDATE
		SET past = excluded.past`, chore, past).Error
	if err != nil {
		return fmt.Errorf("move the cursor of %s: %w", chore, err)
	}
	return nil
}

// act is one step of a chore that acts on records: on the next ones of those that found selects, for as
// long as a step may take. One that fails stops no other: the cursor passes it, and the next round
// comes to it again.
func (s *Store) act(ctx context.Context, chore string, found *gorm.DB, do func(id int64) error) (more bool, err error) {
	past, err := s.Cursor(ctx, chore)
	if err != nil {
		return false, err
	}
	var ids []int64
	if past != "" {
		found = found.Where("id > ?::bigint", past)
	}
	if err := found.Order("id").Limit(actStep).Pluck("id", &ids).Error; err != nil {
		return false, err
	}
	var failed []error
	end, next := time.Now().Add(stepTime), ""
	for i, id := range ids {
		failed = append(failed, do(id))
		if i+1 == actStep || time.Now().After(end) {
			more, next = true, strconv.FormatInt(id, 10)
			break
		}
	}
	if next != past {
		failed = append(failed, s.MoveCursor(ctx, chore, next))
	}
	return more, errors.Join(failed...)
}
