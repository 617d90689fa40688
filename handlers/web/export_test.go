package web

// What tests look at from outside.
const (
	MostOfVisitors = mostOfVisitors
	MostPages      = mostPages
)

// Count is how many pages are kept.
func (p *PageCache) Count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pages)
}
