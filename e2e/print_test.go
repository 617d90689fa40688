package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// medium shows the page as a printer or a screen would.
func (w *person) medium(name string) {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
		w.t.Fatal(err)
	}
}

// count gives the expression that counts the parts which the selector finds and which are seen, or not.
func count(selector string, seen bool) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%q)].filter((part) =>
		(part.checkVisibility({contentVisibilityAuto: true}) && part.getBoundingClientRect().height > 0) === %v
	).length`, selector, seen)
}

// What is folded on the screen lies open on paper, without scripts too, and there is nothing to fill in or to press.
func TestF177PaperHasTheAnswersAndNoForms(t *testing.T) {
	t.Parallel()
	p := start(t)
	ref := p.applicationOf("suparmi@contoh.example")
	folded := p.ref(`UPDATE programmes
		SET units = 'C.24LAS01.001.1'
		WHERE id = (SELECT min(id) FROM programmes WHERE state = 'published')
		RETURNING ref`)
	for _, scripts := range []bool{true, false} {
		w := p.person(t, way{name: "phone", scripts: scripts, width: 360})
		w.signIn("suparmi@contoh.example", demoPassword).at(urls.Me())
		for _, page := range []struct{ path, answers string }{
			{urls.Questions(), "main .disclosure > div"}, {urls.Occupations(), "main .disclosure > div"},
			{urls.Programme(folded), "main .disclosure > div"}, {urls.Application(ref), "main .print-only"}, {urls.Programmes(), "main h3"},
			{urls.ApplicationPrint(ref), "main dd"},
		} {
			w.visit(page.path)
			const answers, fields = "main .disclosure > div", "main :is(form, .btn, textarea, select, input)"
			const empty = "main :is(.panel, .panel-soft):not(:has(h1, h2, h3, p, li, dl, table))"
			shut := eval[int](w, count(answers, false))
			w.medium("print")
			w.await(page.path+" has its answers on paper", count(page.answers, true)+" > 0 && "+count(answers, false)+" === 0")
			w.await(page.path+" has nothing to fill in or press on paper", count(fields, true)+" === 0")
			w.await(page.path+" has no empty box on paper", count(empty, true)+" === 0")
			w.medium("")
			w.await(page.path+" is folded on the screen again", count(answers, false)+fmt.Sprint(" === ", shut))
		}
	}
}

// A browser whose stylesheet cannot open what is folded has it opened for the time of printing.
func TestF177ScriptOpensWhatIsFoldedForPaper(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	for _, path := range []string{urls.Questions(), urls.Occupations()} {
		w.visit(path)
		open := `[...document.querySelectorAll("main details")].filter((part) => part.open).length`
		all := eval[int](w, `document.querySelectorAll("main details").length`)
		before := eval[int](w, open)
		if got := eval[int](w, `dispatchEvent(new Event("beforeprint")), `+open); got != all || before == all {
			t.Errorf("%s: %d of %d are open before printing, %d were", path, got, all, before)
		}
		if got := eval[int](w, `dispatchEvent(new Event("afterprint")), `+open); got != before {
			t.Errorf("%s: %d are open after printing, %d were before", path, got, before)
		}
	}
}
