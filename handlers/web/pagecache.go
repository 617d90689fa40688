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

// A PageCache keeps finished public pages in memory until the catalogue changes or an
// instant passes at which they read differently. Pages that were asked for once make room for those that were asked
// for again, so that asking for thousands of addresses drives out none that people read. It keeps nothing until Drop
// was called once, because without somebody who listens for changes a page would stay for ever.
type PageCache struct {
	mu         sync.Mutex
	listening  bool
	generation uint64    // of the catalogue; a page made for an older one is not kept
	until      time.Time // when all pages of this generation end; zero when not known yet
	pages      map[string]*list.Element
	once       *list.List // of *cachedPage that was asked for once, the newest in front
	recent     *list.List // of *cachedPage that was asked for again, the one asked for last in front
	bytes      int
}

// cachedPage is a page as it was made, and packed in the ways in which it was asked for again.
type cachedPage struct {
	key               string
	made              time.Time
	generation        uint64
	contentType, etag string
	again             bool // it was asked for more than once
	plain             []byte
	packed            map[string][]byte // by coding
}

func (p *cachedPage) size() int {
	n := len(p.plain)
	for _, packed := range p.packed {
		n += len(packed)
	}
	return n
}

// NewPageCache makes an empty cache that keeps nothing yet.
func NewPageCache() *PageCache {
	return &PageCache{pages: map[string]*list.Element{}, once: list.New(), recent: list.New()}
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
	p.once.Init()
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
	p.expire(now)
	e, ok := p.pages[key]
	if !ok {
		return nil
	}
	page := e.Value.(*cachedPage)
	if now.Sub(page.made) >= cacheLongest {
		p.forget(e)
		return nil
	}
	if !page.again {
		p.once.Remove(e)
		page.again = true
		p.pages[key] = p.recent.PushFront(page)
		return page
	}
	p.recent.MoveToFront(e)
	return page
}

// expire ends the generation whose pages read differently by now.
func (p *PageCache) expire(now time.Time) {
	if !p.until.IsZero() && !now.Before(p.until) {
		p.clear()
	}
}

// current is the generation of the catalogue; ok is false while nobody knows when it ends.
func (p *PageCache) current(now time.Time) (generation uint64, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expire(now)
	return p.generation, p.listening && !p.until.IsZero()
}

// end sets the instant at which the pages of a generation read differently.
func (p *PageCache) end(generation uint64, at time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if generation == p.generation {
		p.until = at
	}
}

// keep takes a page of a generation, and lets go of those that are missed least.
func (p *PageCache) keep(page *cachedPage, generation uint64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.listening || generation != p.generation || p.until.IsZero() || page.size() > cachePageMost {
		return
	}
	if e, ok := p.pages[page.key]; ok {
		page.again = true
		p.forget(e)
	}
	page.generation = generation
	if page.again {
		p.pages[page.key] = p.recent.PushFront(page)
	} else {
		p.pages[page.key] = p.once.PushFront(page)
	}
	p.bytes += page.size()
	p.fit()
}

// packed is a page in a coding. What is packed is kept when the page was asked for again: most pages that robots ask
// for are asked for once.
func (p *PageCache) packed(page *cachedPage, coding string) ([]byte, error) {
	p.mu.Lock()
	body, ok := page.packed[coding]
	p.mu.Unlock()
	if ok {
		return body, nil
	}
	body, err := pack(coding, page.plain)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if e, kept := p.pages[page.key]; kept && e.Value == page && page.again && page.packed[coding] == nil {
		if page.packed == nil {
			page.packed = map[string][]byte{}
		}
		page.packed[coding] = body
		p.bytes += len(body)
		p.fit()
	}
	return body, nil
}

// fit lets go of pages until the rest has room.
func (p *PageCache) fit() {
	for p.bytes > cacheBytes {
		oldest := p.once.Back()
		if oldest == nil {
			oldest = p.recent.Back()
		}
		p.forget(oldest)
	}
}

func (p *PageCache) forget(e *list.Element) {
	page := e.Value.(*cachedPage)
	if page.again {
		p.recent.Remove(e)
	} else {
		p.once.Remove(e)
	}
	delete(p.pages, page.key)
	p.bytes -= page.size()
}

// newCachedPage marks a page, so that a browser that has it need not get it again.
func newCachedPage(key, contentType string, body []byte) *cachedPage {
	sum := sha256.Sum256(body)
	return &cachedPage{key: key, contentType: contentType, etag: `W/"` + hex.EncodeToString(sum[:8]) + `"`, plain: body}
}
