package seeker_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// A page of one's own asks a bounded number of questions, and who is signed in is part of the first (F261).
func TestF261OwnPagesAskFewQuestions(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	counter := p.Counted()
	c = p.As(u)
	for path, most := range map[string]int{
		urls.Me(): 12, urls.Profile(): 10, urls.Applications(): 2, urls.Account(): 4, urls.Application(ref): 16,
	} {
		c.Get(path).Is(http.StatusOK) // the numbers in the footer are known from here on
		if n := counter.Count(func() { c.Get(path).Is(http.StatusOK) }); n > most || n == 0 {
			t.Errorf("%s: %d questions, at most %d", path, n, most)
		}
	}
}
