package seeker_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Two posts over the same page in the same instant: both have read what is kept before either writes. One is kept, the
// other hears of it, with its own text on the page.
func TestF170TwoPhonesInTheSameInstant(t *testing.T) {
	for slug, field := range map[string]string{"bahasa": "rows[0].language", "kebutuhan": "text"} {
		texts := []string{"Korea", "Jepang"}
		t.Run(slug, func(t *testing.T) {
			_, u, first := testportal.StartFiles(t)
			p := first.Portal
			first.Post(section("pengalaman"), url.Values{"none": {"yes"}}).LeadsTo(urls.Profile())
			held := p.DB.Begin()
			if err := held.Exec("SELECT 1 FROM profiles WHERE user_id = ? FOR UPDATE", u.ID).Error; err != nil {
				t.Fatal(err)
			}
			seen, _ := first.Get(section(slug)).Find("input[name=seen]").Attr("value")
			answers := make([]testportal.Page, len(texts))
			var group sync.WaitGroup
			for n, typed := range texts {
				values := url.Values{"rows[0].ability": {"basic"}, "agreed": {"yes"}, field: {typed}, "seen": {seen}}
				phone := p.As(u)
				group.Go(func() { answers[n] = phone.Post(section(slug), values) })
			}
			awaitLocks(t, p, "2")
			if err := held.Commit().Error; err != nil {
				t.Fatal(err)
			}
			group.Wait()
			codes := map[int]int{}
			for n, page := range answers {
				codes[page.Status]++
				if page.Status == http.StatusConflict {
					page.Has("[data-overtaken]", texts[1-n]).Has("[data-error-summary]", "ponsel atau jendela lain")
					typed := page.Find("[name='" + field + "']")
					if got := typed.AttrOr("value", typed.Text()); got != texts[n] {
						t.Errorf("the field holds %q, want what was typed", got)
					}
				}
			}
			if codes[http.StatusSeeOther] != 1 || codes[http.StatusConflict] != 1 {
				t.Errorf("answers %v, want one kept and one that hears of it", codes)
			}
		})
	}
}

// awaitLocks waits until so many in the database wait for a lock.
func awaitLocks(t *testing.T, p *testportal.Portal, many string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	const waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
	for deadline := time.After(20 * time.Second); p.One(waiting) != many; {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("they do not wait for a lock")
		}
	}
}
