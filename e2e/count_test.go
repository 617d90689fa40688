package e2e

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// What a class of twenty may cost the staff who choose and record it.
const (
	mostPresses = 90
	mostLoads   = 60
)

// counted counts what somebody presses, each field that is written in once, and the pages that come. What is typed into the
// cells of a sheet of scores is typing, and counted apart.
type counted struct {
	*person
	intake                string
	presses, loads, cells int
}

// opens goes to a page by its address, as from a bookmark or a letter.
func (c *counted) opens(path string) *counted {
	c.t.Helper()
	c.visit(path)
	c.presses, c.loads = c.presses+1, c.loads+1
	return c
}

// goes follows a link or presses a button that leads on.
func (c *counted) goes(selector string) *counted {
	c.t.Helper()
	c.press(selector)
	c.presses, c.loads = c.presses+1, c.loads+1
	return c
}

func (c *counted) ticks(selector string) *counted {
	c.t.Helper()
	c.tick(selector)
	c.presses++
	return c
}

func (c *counted) writes(name, text string) *counted {
	c.t.Helper()
	c.fill(name, text)
	c.presses++
	return c
}

// picks picks the first reason of a list.
func (c *counted) picks(selector string) *counted {
	c.t.Helper()
	c.pick(selector, eval[string](c.person, fmt.Sprintf(`document.querySelector(%q + " option[value]:not([value=''])").value`, selector)))
	c.presses++
	return c
}

const mainButton = "main form.form button[type=submit]"

// choosesAll ticks everybody of a list, with at least a score where one is given, and begins an act for them.
func (c *counted) choosesAll(list, lowest, act string) *counted {
	c.t.Helper()
	c.opens(urls.ManageApplicants(c.intake)).goes(fmt.Sprintf("nav a[href*='daftar=%s']", list))
	if lowest != "" {
		c.writes("nilai", lowest).goes("form.filters button")
	}
	all := "a[href*='pilih=semua']"
	if eval[int](c.person, `document.querySelectorAll("a[href*='pilih=semua']").length`) == 0 {
		all = "a[href*='pilih=halaman']"
	}
	return c.goes(all).goes(fmt.Sprintf("button[value=%s]", act))
}

// records sends a sheet of a class and its check.
func (c *counted) records(act string) {
	c.t.Helper()
	c.goes(mainButton).sees("[data-whom]")
	c.goes("main form button[value=save]").at(urls.ClassOf(c.intake, act))
}

// Sixty applicants become a class of twenty with results of course and competence test: five do not come to the test, three
// give their seat back, reserves take it, one leaves the course. It costs staff few presses and pages.
func TestClassOfTwentyCostsFewPresses(t *testing.T) {
	t.Parallel()
	p := start(t)
	intake, _ := p.openIntake()
	p.crowdAtTest(intake)
	p.exec("UPDATE intakes SET quota = 20, reserve_seats = 5 WHERE ref = $1", intake)
	p.exec("UPDATE applications SET state = 'verified' WHERE ref LIKE 'NK-%'")
	p.exec(`UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email = 'budi@contoh.example') WHERE ref LIKE 'AK-%'`)
	staff := &counted{person: p.person(t, way{name: "desk", scripts: true, width: 1280}).asStaff(), intake: intake}
	staff.invitesAll()
	staff.recordsThePresence()
	staff.scoresAll()
	staff.choosesAll("attended", p.rank(intake, 20), "accepted").goes(mainButton)
	staff.choosesAll("attended", p.rank(intake, 25), "reserve").goes(mainButton)
	staff.choosesAll("attended", "", "not_selected").picks("#f-reason").goes(mainButton)
	staff.opens(urls.ManageAnnounce(intake)).goes(mainButton)
	p.until(t, "outcomes are known", "SELECT (count(*) = 20)::text FROM applications WHERE ref LIKE 'NK-%' AND state = 'accepted'")
	for i, login := range p.offered() {
		p.answersOffer(t, login, i >= 3)
	}
	p.until(t, "reserves move up", `SELECT (count(*) = 3)::text
		FROM applications
		WHERE ref LIKE 'NK-%' AND state = 'accepted' AND confirmed_at IS NULL`)
	for _, login := range p.offered() {
		p.answersOffer(t, login, true)
	}
	staff.recordsTheClass()

	t.Logf("a class of twenty from sixty: %d presses of at most %d, %d pages of at most %d; %d scores typed",
		staff.presses, mostPresses, staff.loads, mostLoads, staff.cells)
	if staff.presses > mostPresses || staff.loads > mostLoads {
		t.Errorf("%d presses and %d pages", staff.presses, staff.loads)
	}
	got := strings.Join(p.rows(`SELECT concat_ws(' ', state, course_result, assessment, count(*))
		FROM applications
		WHERE ref LIKE 'NK-%' AND state IN ('completed', 'dropped')
		GROUP BY state, course_result, assessment
		ORDER BY 1`), ", ")
	if got != "completed passed competent 19, dropped 1" {
		t.Errorf("the class ends as %q", got)
	}
}

// invitesAll plans a session, sets criteria, and invites everybody who passed the review.
func (c *counted) invitesAll() {
	c.t.Helper()
	c.opens(urls.TestSessions(c.intake)).date("at", time.Now().In(i18n.WIB).AddDate(0, 0, 5))
	c.presses++
	c.writes("hour", "09.00").writes("place", "Bengkel Las").writes("room", "Ruang 2").writes("capacity", "60").goes(mainButton)
	c.opens(urls.ManageCriteria(c.intake))
	for i, row := range [][3]string{{"Teori", "1", "100"}, {"Praktik", "2", "100"}} {
		for k, field := range []string{"name", "weight", "best"} {
			c.set(fmt.Sprintf("criteria[%d].%s", i, field), row[k])
			c.presses++
		}
	}
	c.writes("pass_mark", "40").goes(mainButton)
	session := c.ref("SELECT ref FROM test_sessions WHERE capacity = 60")
	c.choosesAll("verified", "", "invited").ticks(fmt.Sprintf("input[name=session][value=%q]", session)).goes(mainButton)
}

// recordsThePresence records on the day of the session that all came but five.
func (c *counted) recordsThePresence() {
	c.t.Helper()
	session := c.ref("SELECT ref FROM test_sessions WHERE capacity = 60")
	c.exec("UPDATE test_sessions SET starts_at = now() WHERE ref = $1", session)
	c.exec("UPDATE applications SET test_at = now() WHERE session_id IS NOT NULL")
	c.opens(urls.TestDoor(c.intake, session))
	for n := 1; n <= 5; n++ {
		c.ticks(fmt.Sprintf("input[name=absent][value='%d']", n*7))
	}
	c.goes("main form button")
}

// scoresAll types the sheet of scores, which goes over as many pages as it has.
func (c *counted) scoresAll() {
	c.t.Helper()
	c.opens(urls.ManageScores(c.intake))
	for more := true; more; {
		c.cells += eval[int](c.person, `(() => {
			const cells = [...document.querySelectorAll("td input.input")];
			cells.forEach((cell) => (cell.value = 20 + (7 * Number(cell.name.match(/\d+/)[0])) % 80));
			return cells.length;
		})()`)
		more = eval[string](c.person, `document.querySelector("main form input[name=next]").value`) != ""
		c.goes(mainButton)
	}
}

// recordsTheClass records enrolment, and after the course its results and the competence test.
func (c *counted) recordsTheClass() {
	c.t.Helper()
	c.opens(urls.ClassOf(c.intake, "enrol")).records("enrol")
	c.exec(`UPDATE intakes SET opens_at = now() - interval '100 days', closes_at = now() - interval '70 days', test_on = NULL,
			announce_on = NULL, starts_on = current_date - 60, ends_on = current_date - 20
		WHERE ref = $1`, c.intake)
	c.opens(urls.ClassOf(c.intake, "result")).ticks("input[name='rows[0].what'][value=dropped]").
		picks("select[name='rows[0].reason']").records("result")
	c.opens(urls.WithQuery(urls.ClassOf(c.intake, "assess"), "semua", "competent")).writeToday("on")
	c.presses++
	c.writes("lsp", "LSP Contoh").records("assess")
}

// offered are the sign-in names of those of the crowd who have not answered the offer of a seat.
func (p *portal) offered() []string {
	p.t.Helper()
	return p.rows(`SELECT u.username
		FROM users u
		JOIN applications a ON a.seeker_id = u.id
		WHERE a.ref LIKE 'NK-%' AND a.state = 'accepted' AND a.confirmed_at IS NULL
		ORDER BY a.id`)
}

// rank is the total of whoever has the nth place, as it is typed.
func (p *portal) rank(intake string, n int) string {
	p.t.Helper()
	return p.ref(`SELECT replace(round(sum(sc.score * k.weight / k.best * 100) / sum(k.weight), 2)::text, '.', ',')
		FROM application_scores sc
		JOIN intake_criteria k ON k.id = sc.criterion_id
		JOIN intakes n ON n.id = k.intake_id AND n.ref = $1
		GROUP BY sc.application_id
		ORDER BY sum(sc.score * k.weight / k.best) DESC
		OFFSET $2 LIMIT 1`, intake, n-1)
}

// answersOffer takes the seat that somebody was offered, or gives it back, as their own phone does.
func (p *portal) answersOffer(t *testing.T, login string, takes bool) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	post := func(path string, values url.Values) {
		t.Helper()
		answer, err := client.PostForm(p.base+path, values)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: POST %s: %s", login, path, answer.Status)
		}
	}
	post(urls.SignIn(), url.Values{"login": {login}, "password": {demoPassword}})
	ref := p.ref("SELECT a.ref FROM applications a JOIN users u ON u.id = a.seeker_id WHERE u.username = $1 AND a.ref LIKE 'NK-%'", login)
	if takes {
		post(urls.ApplicationConfirm(ref), nil)
		return
	}
	reason := p.ref("SELECT code FROM reason_codes WHERE kind = 'withdraw' ORDER BY code LIMIT 1")
	post(urls.ApplicationWithdraw(ref), url.Values{"reason": {reason}})
}
