package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// keptPages waits until the worker has kept a page.
func (w *person) keptPage(path string) *person {
	w.t.Helper()
	w.await(path+" is kept", fmt.Sprintf(`caches.match(%q).then((page) => page !== undefined)`, path))
	return w
}

// everythingKept is all that the browser keeps of the portal, as text: stores, caches with what lies in them, databases.
const everythingKept = `(async () => {
	const kept = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(await indexedDB.databases())];
	for (const name of await caches.keys()) {
		const cache = await caches.open(name);
		for (const request of await cache.keys()) kept.push(request.url, await (await cache.match(request)).text());
	}
	return kept.join("\n");
})()`

// keepsNot fails when the browser keeps one of the words.
func (w *person) keepsNot(when string, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if eval[bool](w, everythingKept+`.then((all) => all.includes(`+fmt.Sprintf("%q", word)+`))`) {
			w.t.Errorf("%s: %s: the browser keeps %q", w.name, when, word)
		}
	}
}

// With the network cut the help pages that were opened are there, the numbers for all others, and no page else. What
// was typed waits where its writer asked for that.
func TestHelpWithoutALine(t *testing.T) {
	t.Parallel()
	p := start(t)
	var people []*person
	for _, w := range []way{{name: "Indonesian", scripts: true, width: 360}, {name: "English", scripts: true, english: true, width: 360}} {
		who := p.person(t, w)
		in := func(path string) string {
			if w.english {
				return urls.InEnglish(path)
			}
			return path
		}
		who.visit(urls.Help()).keptPage(in(urls.Help()))
		who.visit(urls.HelpCountry("HK")).keptPage(in(urls.HelpCountry("HK")))
		who.visit(urls.HelpWrite("dekat")).keptPage(in(urls.HelpWrite("dekat")))
		people = append(people, who)
		who.keepsNot("with a line", eval[string](who, `document.querySelector("[name=token]").value`))
	}
	p.gone()
	for _, who := range people {
		who.visit(urls.Help()).sees("main a.call")
		who.visit(urls.HelpIn("HK")).sees("main a.call")
		who.visit(urls.HelpWrite("dekat")).sees("main form")
		if token := eval[string](who, `document.querySelector("[name=token]").value`); len(token) != 36 {
			t.Errorf("the form is called %q", token)
		}
		for _, path := range []string{urls.Home(), urls.HelpAnswers(), urls.HelpReceipt()} {
			if eval[bool](who, fmt.Sprintf(`fetch(%q).then(() => true, () => false)`, path)) {
				t.Errorf("the worker answers for %s", path)
			}
		}
		who.complaints = nil // of what was asked for in vain
	}
}

// What is typed is kept where its writer asked for it, and is gone when it was sent, when they leave, and after a day.
func TestUnsentFormIsForgotten(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.leavesTo(t)
	const secret = "Paspor kakak saya disimpan"
	who := p.person(t, ways[0])
	types := func(keep bool) {
		who.visit(urls.HelpWrite("luar-negeri")).tick("input[name=danger][value=afraid]").fill("country", "Hong Kong").fill("story", secret)
		if keep {
			who.tick("[data-keep] input")
		}
	}
	back := func() string {
		return who.visit(urls.Help()).visit(urls.HelpWrite("luar-negeri")).typed("story")
	}
	types(false)
	who.keepsNot("without asking", secret)
	if got := back(); got != "" {
		t.Errorf("without asking: %q is there again", got)
	}
	types(true)
	if got := back(); got != secret || !eval[bool](who, `document.querySelector("input[name=danger][value=afraid]").checked`) {
		t.Errorf("after asking: %q is there again", got)
	}
	who.press("main form button[type=submit]").at(urls.HelpReceipt())
	pin := who.text(".code dd:last-child")
	who.await("nothing is kept", `localStorage.length === 0`)
	who.keepsNot("after sending", secret, pin)
	types(true)
	eval[int](who, `document.querySelector("header a[data-exit]").click(), 0`)
	who.await("the other page is there", `document.title === "Cuaca"`)
	who.visit(urls.HelpSafely()).keepsNot("after leaving", secret, pin)
	types(true)
	later := time.Now().Add(25 * time.Hour).UnixMilli()
	eval[int](who, fmt.Sprintf(`{
		const key = Object.keys(localStorage).find((k) => k.startsWith("bantuan-isian:"));
		localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), at: Date.now() - (%d - Date.now()) }));
		0
	}`, later))
	who.do("open another page", chromedp.Navigate(who.address(urls.HelpSafely())))
	who.await("nothing is kept", `localStorage.length === 0`)
	who.keepsNot("after a day", secret)
}

// sendsInVain presses the form's button where nothing takes it.
func (w *person) sendsInVain(which string) {
	w.t.Helper()
	w.do("send", chromedp.Click("main form button[type=submit]"))
	w.await("it says that nothing was sent", `document.activeElement.matches("[data-waits] > *")`)
	if !eval[bool](w, fmt.Sprintf(`document.querySelector("[data-waits] [data-%s]").checkVisibility() &&
		document.querySelectorAll("[data-waits] p:not([hidden])").length === 2 &&
		document.activeElement.getBoundingClientRect().top >= document.querySelector("header").getBoundingClientRect().bottom &&
		document.querySelector("[data-waits] a[href^='tel:']").checkVisibility()`, which)) {
		w.t.Errorf("it does not say that the words are %s, or whom to call", which)
	}
}

// Where no line takes the form its page stays with all that was typed, is kept on the phone only for who asks, says
// whom to call, and can be sent from there when the portal is reached again: once.
func TestUnsentFormStaysOnItsPage(t *testing.T) {
	t.Parallel()
	p := start(t)
	const secret, everyCase = "Paspor kakak saya disimpan", `SELECT ref FROM cases`
	before := p.rows(everyCase)
	who := p.person(t, ways[0])
	who.visit(urls.HelpWrite("luar-negeri")).tick("input[name=danger][value=afraid]").fill("country", "Hong Kong").fill("story", secret)
	p.gone()
	who.sendsInVain("open")
	who.keepsNot("without asking", secret)
	who.tick("[data-keep] input").sendsInVain("stored")
	if kept := eval[string](who, `JSON.stringify(localStorage)`); !strings.Contains(kept, secret) {
		t.Errorf("kept after asking: %s", kept)
	}
	if got := who.typed("story"); got != secret || who.path() != urls.HelpWrite("luar-negeri") {
		t.Errorf("%q stands at %s", got, who.path())
	}
	who.complaints = nil // of what was asked for in vain
	p.serve(p.settings)
	who.press("main form button[type=submit]").at(urls.HelpReceipt()).keepsNot("after sending", secret)
	if after := p.rows(everyCase); len(after) != len(before)+1 {
		t.Errorf("%d cases, then %d", len(before), len(after))
	}
}
