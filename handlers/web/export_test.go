package web

import "time"

// What tests look at from outside.
const (
	MostOfAddress  = mostOfAddress
	MostOfVisitors = mostOfVisitors
	MostPages      = mostPages
	FooterLasts    = footerLasts
	CacheLongest   = cacheLongest
)

// Count is how many pages are kept.
func (p *PageCache) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pages)
}

// KeptForBadTimes says whether the Indonesian page of a path would be served while the database is away.
func (p *PageCache) KeptForBadTimes(path string, now time.Time) bool {
	return p.last("id "+path+"?", now) != nil
}
