package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// The figures of a year count whom each step was reached by, whatever came after; the middle of all is shown from five
// institutions on.
func TestFiguresOfAnInstitution(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi", "Tini", "Wati")
	c.DB.Exec(`INSERT INTO application_events (application_id, actor_role, at, from_state, to_state)
		SELECT id, 'officer', now(), 'in_review', 'verified'
		FROM applications
		UNION ALL
		SELECT id, 'staff', now(), 'invited', 'attended'
		FROM applications`)
	c.record(c.refs[0], "outcome", "accepted").LeadsTo(urls.ManageApplicant(c.refs[0]))
	c.announce()
	c.record(c.refs[0], "outcome", "enrolled").LeadsTo(urls.ManageApplicant(c.refs[0]))
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	seeker.Post(urls.ApplicationWithdraw(c.refs[0]), url.Values{"reason": {"withdraw_x"}}).LeadsTo(urls.Application(c.refs[0]))
	c.staff.Get(urls.ManageFigures()).Is(http.StatusOK).Has("main", "Belum ada angka")
	count(t, c.Portal)
	page := c.staff.Get(urls.ManageFigures()).Is(http.StatusOK)
	var steps []string
	page.Find("tbody").First().Find("tr").Each(func(_ int, row *goquery.Selection) {
		steps = append(steps, row.Find("td.num").First().Text())
	})
	want := []string{"3", "3", "3", "1", "1", "0", "0"}
	for i, n := range want {
		if i >= len(steps) || steps[i] != n {
			t.Fatalf("the steps are %q, want %q", steps, want)
		}
	}
	page.Has("section table", "Pengelasan").Lacks("svg rect[x]")

	for range 4 {
		other := c.AddUser(models.Owner, "Lain "+c.One("SELECT count(*)::text FROM users"))
		c.DB.Exec(`INSERT INTO programme_figures (institution_id, year, applied, passed, tested, accepted, enrolled, finished,
				competent, counted_at)
			VALUES (?, ?, 10, 5, 5, 5, 5, 5, 5, now())`, *other.InstitutionID, c.Clock().Year())
	}
	page = c.staff.Get(urls.ManageFigures()).Has("main table", "50%")
	if n := page.Find("svg rect[x]").Length(); n != 7 {
		t.Errorf("%d bars show the middle, want 7", n)
	}
	c.staff.Get(urls.ManageFigures()+"?tahun=99").Is(http.StatusOK).Has("main", "50%")
	counter := c.Counted()
	few := counter.Count(func() { c.staff.Get(urls.ManageFigures()) })
	if few > 8 {
		t.Errorf("%d queries", few)
	}
	stranger := c.As(c.AddUser(models.Owner, "Orang Lain"))
	stranger.Get(urls.ManageFigures()).Is(http.StatusOK).Has("main", "Belum ada angka")
}

func count(t *testing.T, p *testportal.Portal) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = p.Store.CountFigures(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
