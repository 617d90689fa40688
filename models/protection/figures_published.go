package protection

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"naikkelas/internal/disclosure"
	"naikkelas/models/record"
)

// publishedFigures are the figures of a month as they were published.
type publishedFigures struct {
	Month       time.Time `gorm:"primaryKey"`
	Figures     string
	PublishedAt time.Time
}

// TableName is where published figures lie.
func (publishedFigures) TableName() string { return "case_figures" }

// monthFigures are what is published of a month. Seen is what could be seen last of each figure of what is open, its sum
// first: in this month or in one before.
type monthFigures struct {
	Grid    []FigureLine
	Columns []Figure
	Total   Figure
	Lists   []FigureList
	Seen    []Figure
}

// PublishFigures publishes the figures of the months that have ended, each once: what is judged, reached, closed or opened
// again later moves no figure that somebody may have seen. It is a step of a chore, and of the first look.
func (s *Store) PublishFigures(ctx context.Context) (more bool, err error) {
	months, err := s.figureMonths(ctx)
	if err != nil || len(months) == 0 {
		return false, err
	}
	return false, s.publishFigures(ctx, months)
}

// publishFigures publishes those of some months, the last one first, that are not yet.
func (s *Store) publishFigures(ctx context.Context, months []record.Day) error {
	if rest, err := s.unpublished(ctx, months); err != nil || len(rest) == 0 {
		return err
	}
	return s.transact(ctx, "publish figures of cases", func(tx *Store) error {
		// One after the other, so that each month is hidden against what was published before it.
		if err := tx.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtextextended('case_figures', 0))").Error; err != nil {
			return err
		}
		rest, err := tx.unpublished(ctx, months)
		for _, month := range slices.Backward(rest) {
			if err == nil {
				err = tx.publishMonth(ctx, month)
			}
		}
		return err
	})
}

// unpublished are those of some months of which no figures are published.
func (s *Store) unpublished(ctx context.Context, months []record.Day) ([]record.Day, error) {
	var there []time.Time
	err := s.db.With(ctx).Model(&publishedFigures{}).Pluck("month", &there).Error
	return slices.DeleteFunc(slices.Clone(months), func(m record.Day) bool {
		return slices.ContainsFunc(there, func(t time.Time) bool { return record.DateDay(t) == m })
	}), err
}

func (s *Store) publishMonth(ctx context.Context, month record.Day) error {
	before, err := s.publishedFigures(ctx, month.PlusMonths(-1))
	if err != nil && !missing(err) {
		return err
	}
	m, err := s.countMonth(ctx, month, before.Seen)
	if err != nil {
		return err
	}
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("write figures of cases down: %w", err)
	}
	return s.db.With(ctx).Create(&publishedFigures{Month: month.Date(), Figures: string(text), PublishedAt: s.db.Now()}).Error
}

// publishedFigures reads what was published of a month. ErrNotFound says that nothing was.
func (s *Store) publishedFigures(ctx context.Context, month record.Day) (m monthFigures, err error) {
	var p publishedFigures
	if err := s.db.With(ctx).Take(&p, "month = ?", month.Date()).Error; err != nil {
		return m, err
	}
	if err := json.Unmarshal([]byte(p.Figures), &m); err != nil {
		return m, fmt.Errorf("read figures of cases: %w", err)
	}
	return m, nil
}

// countMonth counts the cases of a month and hides what must be hidden.
func (s *Store) countMonth(ctx context.Context, month record.Day, seen []Figure) (m monthFigures, err error) {
	if err := s.filedFigures(ctx, month, &m); err != nil {
		return m, err
	}
	for _, name := range []string{FiguresKind, FiguresOutcome, FiguresAfter} {
		list, err := s.figureList(ctx, name, month)
		if err != nil {
			return m, err
		}
		list.hide(nil)
		m.Lists = append(m.Lists, list)
	}
	list, err := s.figureList(ctx, FiguresOpen, month)
	if err != nil {
		return m, err
	}
	list.hide(seen)
	m.Lists, m.Seen = append(m.Lists, list), list.seenAfter(seen)
	return m, nil
}

// hide hides in a list what must be, also against what could be seen of it before, the sum first; none for nothing.
func (l *FigureList) hide(seen []Figure) {
	now := disclosure.Figures{Total: disclosure.Figure{Value: l.Total.Count}, Lists: [][]disclosure.Figure{openFigureList(l.Rows)}}
	if len(seen) != len(l.Rows)+1 {
		now.Hide(nil)
	} else {
		before := openFigureList(seen)
		now.Hide(&disclosure.Figures{Total: before[0], Lists: [][]disclosure.Figure{before[1:]}})
	}
	l.take(now.Lists[0], now.Total)
}

// seenAfter is what could be seen last of each figure of a list, once it is published as well.
func (l FigureList) seenAfter(seen []Figure) []Figure {
	now := append([]Figure{l.Total}, l.Rows...)
	for i, f := range now {
		if f.Hidden && len(seen) == len(now) {
			now[i] = seen[i]
		}
	}
	return now
}
