package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// Back from a saved certificate leads to it again, after a form with an error too: never to the browser's own
// question whether to send the form again.
func TestBackAfterSavingACertificate(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	for _, wrongFirst := range []bool{true, false} {
		w.visit(urls.Certificates()).visit(urls.NewCertificateOf("BNSP_LSP"))
		w.attach("files", photo(t, "sertifikat.jpg")).date("issued", time.Now().AddDate(-1, 0, 0))
		if wrongFirst {
			w.send().sees("[data-error-summary]")
		}
		w.fill("issuer", "LSP Contoh").send()
		saved := w.path()
		if !strings.HasPrefix(saved, urls.Certificates()+"/SR-") {
			t.Fatalf("saved to %s", saved)
		}
		w.leave("go back", chromedp.NavigateBack())
		w.at(saved).sees("[data-flash]")
	}
}

// A phone that ends the browser while the camera is open, and a reload, come back to the same address: to what
// was typed and to the file that arrived. A page that answers what was sent keeps what it answers with.
func TestReloadKeepsTheFormForACertificate(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.NewCertificateOf("OTHER")).fill("title", "Kursus Las")
	w.attach("files", photo(t, "sertifikat.jpg"))
	address := eval[string](w, `location.pathname + location.search`)
	for _, again := range []func(){
		func() { w.leave("reload", chromedp.Reload()) },
		func() { w.do("end the page", chromedp.Navigate("about:blank")); w.visit(address) },
	} {
		again()
		w.sees(".upload-note")
		w.row("sertifikat.jpg", "arrived")
		if got := eval[string](w, `document.querySelector("#f-title").value`); got != "Kursus Las" {
			t.Errorf("the name is %q", got)
		}
	}
	w.fill("title", "").send().sees("[data-error-summary]")
	if got := eval[string](w, `document.querySelector("#f-title").value`); got != "" {
		t.Errorf("the answer says %q over what was sent", got)
	}
}

// A long title without a space breaks wherever it stands.
func TestLongTitleOfACertificateBreaks(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.NewCertificateOf("OTHER")).fill("title", strings.Repeat("Sertifikat", 9)).
		fill("issuer", "LKP Contoh").date("issued", time.Now().AddDate(-1, 0, 0))
	w.attach("files", photo(t, "sertifikat.jpg")).send()
	for _, path := range []string{w.path(), urls.Certificates(), urls.Uploads(), urls.Me()} {
		w.visit(path)
		if width := eval[int](w, `document.documentElement.scrollWidth`); width > 360 {
			t.Errorf("%s is %d px wide", path, width)
		}
	}
}

// Who lives at the address of the KTP is not shown the boxes for another; they come with the other answer.
func TestOtherAddressIsAskedOnlyWhereThereIsOne(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, scripts := range []bool{true, false} {
		w := p.person(t, way{name: "phone", scripts: scripts, width: 360})
		w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
		w.visit(urls.ProfileSection("alamat"))
		for _, step := range []struct {
			tick  string
			shown bool
		}{{"#f-same", false}, {"#f-same-2", true}, {"#f-same", false}} {
			w.tick(step.tick)
			if shown := eval[bool](w, `document.querySelector(".other-address").checkVisibility()`); shown != step.shown {
				t.Errorf("after %s the other address is shown: %v", step.tick, shown)
			}
		}
	}
}
