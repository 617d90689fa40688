package web

import (
	"context"
	"sync"
	"time"

	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/public"
)

// footerLasts is how long the numbers at the foot of every page are remembered.
const footerLasts = time.Minute

// hotlineMemory remembers the help numbers for a while, because every page shows some.
type hotlineMemory struct {
	mu   sync.Mutex
	list []models.Hotline
	at   time.Time
}

// footerHotlines are the numbers for the foot of a page. When the database fails, those known
// before are shown: the page itself will say what is wrong.
func (p *Portal) footerHotlines(ctx context.Context) []ambient.Hotline {
	m := &p.footer
	m.mu.Lock()
	defer m.mu.Unlock()
	if now := p.Store.Now(); m.at.IsZero() || now.Sub(m.at) >= footerLasts {
		if list, err := p.Store.Hotlines(ctx); err == nil {
			m.list, m.at = list, now
		}
	}
	return public.FooterHotlines(ctx, m.list)
}
