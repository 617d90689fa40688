package web

import (
	"testing"
	"time"
)

// noon is some time of a day.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

func TestPageMadeBeforeAChangeIsNotCached(t *testing.T) {
	pages := NewPageCache()
	pages.Drop()
	_, generation, _ := pages.find("a", noon)
	pages.end(generation, noon.Add(time.Hour))
	pages.Drop()
	pages.keep(&cachedPage{key: "a", plain: []byte("old")}, generation)
	if pages.Count() != 0 {
		t.Error("a page of the old catalogue is kept")
	}
}

func TestCacheIsBounded(t *testing.T) {
	pages := NewPageCache()
	pages.Drop()
	_, generation, _ := pages.find("", noon)
	pages.end(generation, noon.Add(time.Hour))
	const size = cachePageMost / 2
	for i := range 2 * cacheBytes / size {
		pages.keep(&cachedPage{key: string(rune('a' + i)), plain: make([]byte, size)}, generation)
	}
	if got, want := pages.Count(), cacheBytes/size; got != want || pages.bytes > cacheBytes {
		t.Errorf("%d pages of %d bytes are kept, want %d", got, pages.bytes, want)
	}
	pages.keep(&cachedPage{key: "huge", plain: make([]byte, cachePageMost+1)}, generation)
	if page, _, _ := pages.find("huge", noon); page != nil {
		t.Error("a page beyond the bound is kept")
	}
}
