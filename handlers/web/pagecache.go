package web

import (
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"
)

// The bounds of a PageCache: bytes over all forms of all pages, and the largest single page.
const (
	cacheBytes    = 32 << 20
	cachePageMost = 1 << 20
)

// cacheLongest is how old a kept page may become. Whoever listens for changes proves that it hears them, but a
// server that has been put aside goes on answering and tells of none.
const cacheLongest = 5 * time.Minute

// A PageCache keeps finished public pages in memory, packed, until the catalogue changes or an
// instant passes at which they read differently. It keeps nothing until Drop was called once,
// because without somebody who listens for changes a page would stay for ever.
type PageCache struct {
	mu         sync.Mutex
	listening  bool
	generation uint64    // of the catalogue; a page made for an older one is not kept
	until      time.Time // when all pages of this generation end; zero when not known yet
	pages      map[string]*list.Element
	recent     *list.List // of *cachedPage, the one asked for last in front
	bytes      int
}

// cachedPage is a page in every form in which it is sent.
type cachedPage struct {
	key                 string
	made                time.Time
	generation          uint64
	contentType, etag   string
	plain, gzip, brotli []byte
}

func (p *cachedPage) size() int { return len(p.plain) + len(p.gzip) + len(p.brotli) }

// NewPageCache makes an empty cache that keeps nothing yet.
func NewPageCache() *PageCache {
	return &PageCache{pages: map[string]*list.Element{}, recent: list.New()}
}

// Drop forgets every page: the catalogue has changed, or somebody has begun to listen.
func (p *PageCache) Drop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listening = true
	p.clear()
}

// Pause takes every page for an old one and keeps none until Drop: nobody hears of changes.
func (p *PageCache) Pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.listening = false
	p.generation++
}

func (p *PageCache) clear() {
	p.generation++
	p.until = time.Time{}
	clear(p.pages)
	p.recent.Init()
	p.bytes = 0
}

// find looks for a page. generation is what a page made now must be kept for, and ends says
// whether the cache knows when this generation ends.
func (p *PageCache) find(key string, now time.Time) (page *cachedPage, generation uint64, ends bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if page = p.young(key, now); page != nil && page.generation == p.generation {
		return page, p.generation, true
	}
	return nil, p.generation, !p.until.IsZero()
}

// last looks for a page whose changes, if any, nobody heard of: better than none while the database is away.
func (p *PageCache) last(key string, now time.Time) *cachedPage {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.young(key, now)
}

// young looks for a page that is neither too old nor reads differently by now.
func (p *PageCache) young(key string, now time.Time) *cachedPage {
	if !p.until.IsZero() && !now.Before(p.until) {
		p.clear()
	}
	e, ok := p.pages[key]
	if !ok {
		return nil
	}
	page := e.Value.(*cachedPage)
	if now.Sub(page.made) >= cacheLongest {
		p.forget(e)
		return nil
	}
	p.recent.MoveToFront(e)
	return page
}

// end sets the instant at which the pages of a generation read differently.
func (p *PageCache) end(generation uint64, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if generation == p.generation {
		p.until = at
	}
}

// keep takes a page of a generation, and lets go of those not asked for longest.
func (p *PageCache) keep(page *cachedPage, generation uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.listening || generation != p.generation || p.until.IsZero() || page.size() > cachePageMost {
		return
	}
	if e, ok := p.pages[page.key]; ok {
		p.forget(e)
	}
	page.generation = generation
	p.pages[page.key] = p.recent.PushFront(page)
	p.bytes += page.size()
	for p.bytes > cacheBytes {
		p.forget(p.recent.Back())
	}
}

func (p *PageCache) forget(e *list.Element) {
	page := p.recent.Remove(e).(*cachedPage)
	delete(p.pages, page.key)
	p.bytes -= page.size()
}

// newCachedPage packs a page.
func newCachedPage(key, contentType string, body []byte) (*cachedPage, error) {
	sum := sha256.Sum256(body)
	page := &cachedPage{key: key, contentType: contentType, etag: `W/"` + hex.EncodeToString(sum[:8]) + `"`, plain: body}
	var err error
	if page.gzip, err = packGzip(body); err != nil {
		return nil, err
	}
	page.brotli, err = packBrotli(body)
	return page, err
}
