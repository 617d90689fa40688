package seeker_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Who came back says what they need and did abroad, is led to the desk of each need, reads which course fits, and is asked
// how they are until they take it back.
func TestComingHomeLeadsOn(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.As(p.AddUser(models.Seeker, "Ani"))
	c.Get(urls.Homecoming()).Is(http.StatusOK).Lacks("main [data-needs]")
	c.Post(urls.HomecomingNeeds(), url.Values{"day.day": {"31"}, "day.month": {"2"}, "day.year": {"2026"}}).Is(http.StatusUnprocessableEntity)
	form := url.Values{
		"day.day": {"1"}, "day.month": {"11"}, "day.year": {"2026"}, "needs": {"health", "talk"}, "wishes": {"course"}, "ask": {"1"},
	}
	c.Post(urls.HomecomingNeeds(), form).LeadsTo(urls.Homecoming())
	page := c.Get(urls.Homecoming()).Is(http.StatusOK)
	if at := page.Find("[data-needs] a").First().AttrOr("href", ""); at != urls.HelpWrite("pulang") {
		t.Errorf("health leads to %q", at)
	}
	c.Post(urls.HomecomingRise(), url.Values{"rise": {"work"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Has("[data-rose]", "Pekerjaan")
	p.Pass(100 * 24 * time.Hour)
	if _, err := p.Journey.AskHomes(t.Context()); err != nil {
		t.Fatal(err)
	}
	c = p.As(c.UserNamed("Ani"))
	q := c.Get(urls.Homecoming()).Has("[data-question]", "3 bulan").Find("[name=question]").AttrOr("value", "")
	c.Post(urls.HomecomingAnswer(), url.Values{"question": {q}, "answer": {"need"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Lacks("[data-question]")
	c.Post(urls.HomecomingAnswer(), url.Values{"question": {"KP-00000000"}, "answer": {"need"}}).Is(http.StatusNotFound)
	c.Post(urls.HomecomingStop(), url.Values{"ask": {"0"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Has("main", "Kami tidak menanyakan kabar Anda")
}
