package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"naikkelas/internal/urls"
)

// tabTo goes on with the Tab key until something has the focus, and looks that it is seen.
func (w *person) tabTo(selector string) *person {
	w.t.Helper()
	for range 120 {
		w.do("press Tab", chromedp.KeyEvent(kb.Tab))
		if eval[bool](w, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			if !eval[bool](w, `document.activeElement.getBoundingClientRect().height > 0`) {
				w.t.Errorf("%s has the focus unseen", selector)
			}
			return w
		}
	}
	w.t.Fatalf("120 presses of Tab do not lead to %s\n%s", selector, w.where())
	return w
}

// An officer finds, takes and logs a case by the keyboard alone.
func TestCaseIsHandledByKeyboardAlone(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "keys", scripts: true, width: wide})
	w.worksAs("rina", urls.OfficerQueue())
	ref := p.ref("SELECT ref FROM cases WHERE state = 'new'")
	w.visit(urls.Cases()).tabTo("tbody a[href$='" + urls.Case(ref) + "']")
	w.leave("open the case", chromedp.KeyEvent(kb.Enter))
	w.at(urls.Case(ref)).tabTo("form[action$='/ambil'] button")
	w.leave("take it", chromedp.KeyEvent(kb.Enter))
	w.at(urls.Case(ref)).tabTo("#f-text").do("write", chromedp.KeyEvent("Contoh: belum terjawab."))
	w.tabTo("#catat ~ form button:not([formaction])")
	w.leave("log without the rest", chromedp.KeyEvent(kb.Enter))
	w.sees(".error-summary, [aria-invalid=true]")
	if got := w.typed("text"); got != "Contoh: belum terjawab." {
		t.Errorf("what was written is %q", got)
	}
}
