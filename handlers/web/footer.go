package web

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/public"
)

const (
	// footerLasts is how long the numbers at the foot of every page are remembered.
	footerLasts = time.Minute
	// footerAgain is how long nobody asks for them again when the database did not answer.
	footerAgain = 10 * time.Second
	// footerLimit is how long anybody waits for them: a page is worth more than its foot.
	footerLimit = time.Second
)

// hotlineMemory remembers the help numbers for a while, because every page shows some. Nobody waits for it
// while somebody asks the database.
type hotlineMemory struct {
	asking singleflight.Group

	mu    sync.Mutex
	list  []models.Hotline
	known bool      // the database has told them once
	due   time.Time // when to ask again
}

// footerHotlines are the numbers for the foot of a page: those known last, while the database is asked for
// newer ones beside the page. Only whoever comes first waits for them, and not for long.
func (p *Portal) footerHotlines(ctx context.Context) []ambient.Hotline {
	list, known, due := p.footer.last(p.Store.Now())
	if due {
		answered := p.footer.asking.DoChan("", func() (any, error) {
			p.refreshHotlines(context.WithoutCancel(ctx))
			return nil, nil
		})
		if !known {
			select {
			case <-answered:
			case <-ctx.Done():
			}
			list, _, _ = p.footer.last(p.Store.Now())
		}
	}
	return public.FooterHotlines(ctx, list)
}

func (p *Portal) refreshHotlines(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, footerLimit)
	defer cancel()
	list, err := p.Store.Hotlines(ctx)
	p.footer.learn(p.Store.Now(), list, err)
}

func (m *hotlineMemory) last(now time.Time) (list []models.Hotline, known, due bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.list, m.known, !now.Before(m.due)
}

// learn keeps what the database told, or what was known before when it told nothing.
func (m *hotlineMemory) learn(now time.Time, list []models.Hotline, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil {
		m.due = now.Add(footerAgain)
		return
	}
	m.list, m.known, m.due = list, true, now.Add(footerLasts)
}
