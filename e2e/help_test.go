package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/jackc/pgx/v5"

	"naikkelas/internal/urls"
)

// leavesTo serves the page of somebody else to which people leave, and has the portal lead there.
func (p *portal) leavesTo(t *testing.T) (address string, referrers func() []string) {
	t.Helper()
	var seen []string
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Referer())
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><html lang="id"><title>Cuaca</title><link rel="icon" href="data:,"><main><h1>Cuaca</h1></main></html>`)
	}))
	t.Cleanup(elsewhere.Close)
	p.exec(`DELETE FROM exit_pages`)
	p.exec(`INSERT INTO exit_pages (code, name, url, position, valid_from)
		VALUES ('exit', 'Cuaca', $1, 1, '2020-01-01')`, elsewhere.URL+"/")
	return elsewhere.URL + "/", func() []string { return seen }
}

// exec changes the portal's database.
func (p *portal) exec(query string, args ...any) {
	p.t.Helper()
	db, err := pgx.Connect(p.t.Context(), p.dsn)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close(p.t.Context())
	if _, err := db.Exec(p.t.Context(), query, args...); err != nil {
		p.t.Fatal(err)
	}
}

// tells fills in the form behind a door and sends it.
func (w *person) tells(door string) *person {
	w.t.Helper()
	w.visit(urls.HelpWrite(door)).tick("input[name=danger][value=afraid]")
	w.fill("country", "Hong Kong").fill("story", "Paspor adik saya disimpan majikan.")
	return w.press("main form button[type=submit]").at(urls.HelpReceipt())
}

// A family member at night, with no account and no scripts: numbers, form, number and PIN, and the answers again.
func TestFamilyAtNight(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, w := range []way{{name: "Indonesian without scripts", width: 360}, {name: "English", scripts: true, english: true, width: 320}} {
		t.Run(w.name, func(t *testing.T) {
			who := p.person(t, w)
			who.visit(urls.Home()).press("header a[href$='/bantuan']").at(urls.Help())
			who.press("main a[href$='/bantuan/tulis/keluarga']").at(urls.HelpWrite("keluarga"))
			who.tick("input[name=danger][value=afraid]").press("main form button[type=submit]")
			who.sees("[data-error-summary]")
			who.tells("keluarga")
			number, pin := who.text(".code dd"), who.text(".code dd:last-child")
			who.press("main a.door[href$='/tambahan']").at(urls.HelpMore()).fill("relation", "Kakak")
			who.press("main form button").at(urls.HelpAnswers())
			again := p.person(t, w)
			again.visit(urls.Help()).press("main a[href$='/bantuan/kabar']").at(urls.HelpEnter())
			again.fill("ref", strings.ToLower(number)).fill("pin", "AAAA").press("main form button").sees("#pin-salah")
			again.fill("pin", strings.ToLower(pin)).press("main form button").at(urls.HelpAnswers())
			again.fill("text", "Apakah sudah ada kabar?").press("#tulis button").at(urls.HelpAnswers())
			if got := again.text(".said"); !strings.Contains(got, "Apakah sudah ada kabar?") {
				t.Errorf("the message reads %q", got)
			}
			again.visit(urls.HelpReach()).visit(urls.HelpStop()).visit(urls.HelpCopy())
		})
	}
}

// The pages behind a door have no fault and fit on a small phone, with a picture of each.
func TestHelpPagesBehindADoor(t *testing.T) {
	t.Parallel()
	p := start(t)
	who := p.person(t, ways[0])
	who.visit(urls.HelpWrite("luar-negeri")).tick("input[name=danger][value=afraid]").press("main form button[type=submit]")
	who.sees("[data-error-summary]").picture("help-form-error")
	who.tells("luar-negeri").picture("help-receipt")
	who.visit(urls.HelpMore()).picture("help-more")
	who.visit(urls.HelpAnswers()).fill("text", "Saya aman malam ini.").press("#tulis button").at(urls.HelpAnswers()).picture("help-answers")
	who.visit(urls.HelpReach()).picture("help-reach")
	who.visit(urls.HelpStop()).picture("help-stop")
	who.visit(urls.HelpCopy()).picture("help-copy")
	who.visit(urls.HelpEnter()).picture("help-enter")
}

// Leaving shows another page at once, which learns nothing of this one, and Back brings neither number nor PIN again: by
// the link with and without scripts, and by three presses of Shift.
func TestExitAndBack(t *testing.T) {
	t.Parallel()
	p := start(t)
	elsewhere, referrers := p.leavesTo(t)
	for _, w := range []way{
		{name: "with scripts", scripts: true, width: 360}, {name: "without scripts", width: 360}, {name: "by Shift", scripts: true, width: 360},
	} {
		who := p.person(t, w)
		who.tells("luar-negeri")
		number, pin := who.text(".code dd"), who.text(".code dd:last-child")
		if w.name == "by Shift" {
			who.do("press Shift three times", chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent(kb.Shift), chromedp.KeyEvent(kb.Shift))
		} else {
			who.do("leave", chromedp.Click("header a[data-exit]"))
		}
		who.await("the other page is there", `location.href === "`+elsewhere+`" && document.readyState === "complete"`)
		eval[any](who, `history.back(), 0`)
		who.await("another page is there", `location.host === "`+strings.TrimPrefix(p.base, "http://")+`" && document.readyState === "complete"`)
		text := eval[string](who, `document.documentElement.textContent + [...document.querySelectorAll("textarea")].map((t) => t.value)`)
		if strings.Contains(text, number) || strings.Contains(text, pin) || strings.Contains(text, "Paspor adik") {
			t.Errorf("%s: Back shows %s", w.name, text)
		}
		who.visit(urls.HelpAnswers()).at(urls.HelpEnter())
	}
	for _, from := range referrers() {
		if from != "" {
			t.Errorf("the other page learns of %s", from)
		}
	}
}

// On a slow line the page is covered before the other one comes.
func TestExitOnASlowLine(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.leavesTo(t)
	who := p.person(t, way{name: "slow", scripts: true, width: 360})
	who.visit(urls.Help())
	who.slow(2000)
	if !eval[bool](who, `document.querySelector("header a[data-exit]").click(),
		getComputedStyle(document.querySelector(".cover")).position === "fixed" &&
		document.elementFromPoint(100, 300).className === "cover" && !document.title.includes("Informasi")`) {
		t.Error("the page can be seen still")
	}
}

// On a line of 50 kbit a second, each of whose answers takes 400 milliseconds, the numbers are there within three seconds:
// counted from what the first words wait for, because what a busy machine takes besides is not the page's.
func TestHelpIsThereSoonOnASlowLine(t *testing.T) {
	t.Parallel()
	const latency, bytesPerMillisecond = 400.0, 50.0 / 8
	p := start(t)
	who := p.person(t, ways[0])
	who.visit(urls.HelpIn("HK"))
	who.await("something is painted", `performance.getEntriesByName("first-contentful-paint").length > 0`)
	waitedFor := eval[[]float64](who, `[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
		.filter((r) => r.entryType === "navigation" || r.renderBlockingStatus === "blocking").map((r) => r.transferSize)`)
	took := 0.0
	for _, size := range waitedFor {
		took += latency + size/bytesPerMillisecond
	}
	if len(waitedFor) < 2 || slices.Min(waitedFor) < 1000 || took > 3000 {
		t.Errorf("the first words are there after %.0f ms, with answers of %.0f bytes", took, waitedFor)
	}
}

// From everybody's first page help is one press away, on a phone and on a wide screen.
func TestHelpIsSeenInEveryBar(t *testing.T) {
	t.Parallel()
	p := start(t)
	people := map[string]func(*person){
		"visitor": func(w *person) { w.visit(urls.Home()) },
		"seeker":  func(w *person) { w.signIn("budi@contoh.example", demoPassword).at(urls.Me()) },
		"staff":   func(w *person) { w.asStaff() },
		"officer": func(w *person) { w.asOfficer(t) },
		"admin":   func(w *person) { w.worksAs("admin", urls.Admin()) },
	}
	for name, enter := range people {
		who := p.person(t, way{name: name, scripts: true, width: 360})
		enter(who)
		seen := func() {
			if !eval[bool](who, `[...document.querySelectorAll("header a[href='/bantuan']")].some((a) => {
				const at = a.getBoundingClientRect();
				return a.checkVisibility() && at.left >= 0 && at.right <= innerWidth && at.top >= 0 && at.bottom < 400;
			})`) {
				t.Errorf("%s at %s, %d wide: help is not seen", name, who.path(), eval[int](who, `innerWidth`))
			}
		}
		seen()
		who.widened(seen)
	}
}

// slow has every answer come so many milliseconds later.
func (w *person) slow(latency float64) { w.slowly(latency, -1) }

// slowly makes a line that takes so many milliseconds and brings so many bytes a second.
func (w *person) slowly(latency, speed float64) {
	w.t.Helper()
	conditions := []*network.Conditions{{Latency: latency, DownloadThroughput: speed, UploadThroughput: speed}}
	rules := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions}
	if _, err := chromedp.Call(w.ctx, network.EmulateNetworkConditionsByRule, rules); err != nil {
		w.t.Fatal(err)
	}
}
