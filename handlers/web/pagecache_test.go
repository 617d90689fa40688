package web

import (
	"strconv"
	"strings"
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

// Addresses that are asked for once, by a robot or by somebody who means harm, drive out nothing that people read,
// and nothing is packed for them that is kept (F259).
func TestF259PagesAskedForOnceMakeRoom(t *testing.T) {
	pages := NewPageCache()
	pages.Drop()
	_, generation, _ := pages.find("", noon)
	pages.end(generation, noon.Add(time.Hour))
	read := newCachedPage("read", contentHTML, []byte(strings.Repeat("a", 5000)))
	read.made = noon
	pages.keep(read, generation)
	pages.find("read", noon)
	for _, coding := range []string{codingBrotli, codingGzip} {
		if _, err := pages.packed(read, coding); err != nil {
			t.Fatal(err)
		}
	}
	if len(read.packed) != 2 || pages.bytes != read.size() {
		t.Errorf("%d codings of a page that was asked for again are kept, %d bytes counted", len(read.packed), pages.bytes)
	}
	for i := range 10000 {
		page := newCachedPage(strconv.Itoa(i), contentHTML, []byte(strings.Repeat("b", 8000)))
		page.made = noon
		pages.keep(page, generation)
		if _, err := pages.packed(page, codingBrotli); err != nil {
			t.Fatal(err)
		}
		if len(page.packed) > 0 {
			t.Fatal("a coding of a page that was asked for once is kept")
		}
	}
	if page, _, _ := pages.find("read", noon); page != read {
		t.Error("a page that people read was driven out")
	}
	if pages.bytes > cacheBytes {
		t.Errorf("%d bytes are kept", pages.bytes)
	}
}
