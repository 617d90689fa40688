package testdb

import (
	"context"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// A Counter counts the statements that pass through a *gorm.DB.
type Counter struct {
	n atomic.Int64
	logger.Interface
}

// Trace counts one statement; GORM calls it after each.
func (c *Counter) Trace(context.Context, time.Time, func() (string, int64), error) { c.n.Add(1) }

// LogMode keeps counting whatever the level.
func (c *Counter) LogMode(logger.LogLevel) logger.Interface { return c }

// Total is how many statements were sent so far.
func (c *Counter) Total() int { return int(c.n.Load()) }

// Count runs f and says how many statements it sent.
func (c *Counter) Count(f func()) int {
	before := c.Total()
	f()
	return c.Total() - before
}

// Counting returns a handle on the same database whose statements are counted.
func Counting(db *gorm.DB) (*gorm.DB, *Counter) {
	c := &Counter{Interface: logger.Discard}
	return db.Session(&gorm.Session{Logger: c}), c
}
