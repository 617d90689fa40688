package models

import (
	"context"
	"time"
)

// A limit is how often something may happen in a window of time.
type limit struct {
	name   string
	most   int
	window time.Duration
}

// The limits that must hold over all processes. Accounts are limited strictly, addresses of
// devices loosely, because phones share them (design.md section 4, HTTP).
var (
	signInLimit = limit{"sign_in", 10, 15 * time.Minute}
	codeLimit   = limit{"code", 5, time.Hour}
	reportLimit = limit{"report", 10, time.Hour}
	uploadLimit = limit{"upload", 60, 10 * time.Minute}
)

// attempt counts one try under the limit and says whether it is still allowed. It runs
// outside the caller's transaction, so that a refused try counts too.
func (s *Store) attempt(ctx context.Context, l limit, who string) (bool, error) {
	window := s.now().Truncate(l.window)
	var count int
	err := s.db.WithContext(ctx).Raw(`INSERT INTO attempts (window_at, key, count) VALUES (?, ?, 1)
		ON CONFLICT (key, window_at) DO UPDATE SET count = attempts.count + 1 RETURNING count`,
		window, s.box.Index(who, "attempt:"+l.name)).Scan(&count).Error
	return count <= l.most, err
}

// forgive forgets the tries of somebody who got it right.
func (s *Store) forgive(ctx context.Context, l limit, who string) error {
	return s.db.WithContext(ctx).Exec("DELETE FROM attempts WHERE key = ?", s.box.Index(who, "attempt:"+l.name)).Error
}

// SweepAttempts deletes counters of yesterday.
func (s *Store) SweepAttempts(ctx context.Context) error {
	return s.db.WithContext(ctx).Exec("DELETE FROM attempts WHERE window_at < ?", s.now().Add(-24*time.Hour)).Error
}
