package e2e

import (
	"fmt"
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// The forms behind number and PIN stay on their page where no line takes them, with all that was typed, are kept on the
// phone only for who asks, and are gone when they were sent, and when their writer leaves.
func TestFormsBehindThePINStayOnTheirPage(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.leavesTo(t)
	who := p.person(t, ways[0])
	who.tells("luar-negeri")
	forms := []struct{ path, form, field, name, words, table string }{
		{urls.HelpAnswers(), "#tulis", "text", "say", "Majikan mengunci pintu", "case_messages"},
		{urls.HelpMore(), "form", "hope", "hope", "Pulang sebelum Lebaran", "case_messages"},
		{urls.HelpReach(), "form", "address", "address", "+852 5550 9876", "case_events WHERE kind = 'reach_changed'"},
	}
	send := func(form string) string { return "main " + form + " button[type=submit]" }
	counts := func() (list []string) {
		for _, f := range forms {
			list = append(list, p.rows("SELECT count(*)::text FROM "+f.table)...)
		}
		return list
	}
	before := strings.Join(counts(), " ")
	for _, f := range forms {
		who.visit(f.path).fill(f.field, f.words)
		if f.path == urls.HelpReach() {
			who.tick("input[name=channel][value=whatsapp]")
		}
		p.gone()
		who.sendsWithoutALine(f.form, "open")
		who.keepsNot(f.path+" without asking", f.words)
		who.tick(f.form+" [data-keep] input").sendsWithoutALine(f.form, "stored")
		if kept := eval[string](who, `JSON.stringify(localStorage)`); !strings.Contains(kept, f.words) {
			t.Errorf("%s: kept after asking: %s", f.path, kept)
		}
		if got := who.typed(f.name); got != f.words || who.path() != f.path {
			t.Errorf("%s: %q stands at %s", f.path, got, who.path())
		}
		who.complaints = nil // of what was asked for in vain
		p.serve(p.settings)
		who.visit(urls.HelpSafely()).visit(f.path)
		if got := who.typed(f.name); got != f.words {
			t.Errorf("%s: %q is there again", f.path, got)
		}
		who.press(send(f.form)).at(urls.HelpAnswers())
		who.await("nothing is kept", `localStorage.length === 0`)
		who.keepsNot(f.path+" after sending", f.words)
	}
	if after := strings.Join(counts(), " "); before != "0 0 0" || after != "2 2 1" {
		t.Errorf("%s, then %s", before, after)
	}
	who.visit(urls.HelpAnswers()).fill("text", "Belum terkirim").tick("#tulis [data-keep] input")
	eval[int](who, `document.querySelector("header a[data-exit]").click(), 0`)
	who.await("the other page is there", `document.title === "Cuaca"`)
	who.visit(urls.HelpSafely()).keepsNot("after leaving", "Belum terkirim")
}

// sendsWithoutALine presses the button of a form where nothing takes it.
func (w *person) sendsWithoutALine(form, which string) {
	w.t.Helper()
	eval[int](w, fmt.Sprintf(`document.querySelector("main %s button[type=submit]").click(), 0`, form))
	w.await("it says that nothing was sent", `document.activeElement.matches("[data-waits] > *")`)
	if !eval[bool](w, fmt.Sprintf(`document.querySelector("main %s [data-waits] [data-%s]").checkVisibility()`, form, which)) {
		w.t.Errorf("it does not say that the words are %s", which)
	}
}
