package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// footed asks for a page of which the database knows the foot alone, and fails the test when it takes longer than
// the limit. Statements have all their patience, so that only the foot's own rules can end a wait for it.
func footed(p *testportal.Portal, limit time.Duration) testportal.Page {
	p.T.Helper()
	begun := time.Now()
	page := p.Client().Get(urls.DataRight()).Is(http.StatusOK)
	if took := time.Since(begun); took > limit {
		p.T.Errorf("the page took %v, want %v at most", took, limit)
	}
	return page
}

// Nobody waits for the foot of a page: while the database is asked for it, pages show what was known last.
func TestF150FooterIsRefreshedBesideThePages(t *testing.T) {
	p, _ := testportal.StartWired(t)
	p.Client().Get(urls.DataRight()).Has("footer", "0800-1000")
	tx := p.DB.Begin()
	defer tx.Rollback()
	if err := tx.Exec("LOCK TABLE hotlines IN ACCESS EXCLUSIVE MODE").Error; err != nil { // a query that takes long
		t.Fatal(err)
	}
	p.Pass(2 * web.FooterLasts)
	for range 20 {
		footed(p, time.Second/2).Has("footer", "0800-1000")
	}
	tx.Rollback()
	p.DB.Exec("UPDATE hotlines SET number = '0800-2000' WHERE number = '0800-1000'")
	shown := func() string { return p.Client().Get(urls.DataRight()).Find("footer").Text() }
	p.Pass(2 * web.FooterLasts)
	for late := time.Now().Add(5 * time.Second); !strings.Contains(shown(), "0800-2000"); {
		if time.Now().After(late) {
			t.Fatal("the new number never shows")
		}
		p.Pass(2 * web.FooterLasts)
	}
}

// Whoever comes first to a portal whose database hangs waits no longer for its foot than a second.
func TestFirstPageDoesNotWaitForItsFoot(t *testing.T) {
	p, w := testportal.StartWired(t)
	w.Hold()
	footed(p, 2*time.Second) // a second for the page itself
}
