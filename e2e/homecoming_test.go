package e2e

import (
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// Somebody abroad says that they are back, from their line, is led from each need to its desk, is proposed certificates and courses
// with the next intake by what they did there, and agrees to be asked how they are. Then they set out again, and the passport that
// they recorded the first time counts at once.
func TestHomecomingAndLeavingAgain(t *testing.T) {
	t.Parallel()
	start(t).onPhones(t, func(t *testing.T, w *person, n int) {
		w.register("Suparmi Contoh", "08129000124"+string(rune('0'+n))).at(urls.Me())
		w.plans().visit(urls.ReadinessItem("PASPOR")).tick("input[name=state][value=done]")
		w.date("expires", time.Now().AddDate(4, 0, 0)).press("main form.form button")
		w.visit(urls.Departure()).press("form:has(input[name=abroad]) button").at(urls.DeparturePart("tujuan"))

		w.visit(urls.Me()).press(`main a[href$="` + urls.Homecoming() + `"]`).at(urls.Homecoming()).picture("homecoming-first")
		w.date("day", time.Now().In(i18n.WIB).AddDate(0, 0, -3)).tick("input[name=needs][value=work]").tick("input[name=needs][value=talk]")
		w.tick("input[name=wishes][value=abroad]").choose("occupation", "ENG01").tick("#f-ask").press("main form.form button")
		w.at(urls.Homecoming()).sees("[data-asked]").sees(`[data-proofs] a[href*="BNSP_LSP"]`).picture("homecoming")
		if n := eval[int](w, `document.querySelectorAll("[data-needs] a").length`); n != 2 {
			t.Errorf("%d desks for two needs", n)
		}
		free := map[bool]string{false: "Gratis", true: "Free"}[w.english]
		if said := w.text("[data-courses]"); !strings.Contains(said, "202") || !strings.Contains(said, free) {
			t.Errorf("no course with its intake: %q", said)
		}
		w.visit(urls.Me()).sees(`main a[href$="` + urls.Homecoming() + `"]`)
		w.visit(urls.Homecoming()).press("[data-again] a").at(urls.ReadinessChoose())
		w.plans().visit(urls.ReadinessItem("PASPOR"))
		if !eval[bool](w, `document.querySelector("main input[name=state][value=done]").checked`) {
			t.Error("the passport does not count any more")
		}
	})
}
