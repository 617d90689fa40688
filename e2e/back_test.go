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

// forthAndBack follows a link off the page and comes Back to it.
func (w *person) forthAndBack(link string) *person {
	w.t.Helper()
	w.leave("follow "+link, chromedp.Evaluate[chromedp.Void](`document.querySelector('`+link+`').click()`))
	w.leave("go back", chromedp.NavigateBack())
	if at := eval[string](w, `location.protocol`); at != "http:" {
		w.t.Fatalf("Back shows %s, no page of ours", eval[string](w, `document.documentElement.innerText`))
	}
	return w
}

// typed is what stands in a field.
func (w *person) typed(name string) string {
	return eval[string](w, `document.querySelector('[name="`+name+`"]').value`)
}

// Back to a form that was refused shows it again, with what was typed and what is wrong, and so does a reload: never the
// browser's own question whether to send the form again. A form with files as well, for visitors and people signed in,
// with scripts and without.
func TestF172BackToARefusedFormShowsWhatWasTyped(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, scripts := range []bool{true, false} {
		w := p.person(t, way{name: "phone", scripts: scripts, width: 360})
		again := func(name, want string) {
			t.Helper()
			if got := w.sees("[data-error-summary]").typed(name); got != want {
				t.Errorf("scripts %v: %s holds %q, want %q", scripts, name, got, want)
			}
		}
		w.visit(urls.Register()).fill("name", "Siti Aminah").send()
		again("name", "Siti Aminah")
		w.forthAndBack("footer a")
		again("name", "Siti Aminah")
		w.leave("reload", chromedp.Reload())
		again("name", "Siti Aminah")

		w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
		w.visit(urls.NewCertificateOf("OTHER")).fill("title", "Kursus Las")
		w.attach("files", photo(t, "sertifikat.jpg")).send()
		again("title", "Kursus Las")
		w.forthAndBack("footer a")
		again("title", "Kursus Las")
		w.leave("reload", chromedp.Reload())
		again("title", "Kursus Las")
		w.fill("issuer", "LKP Contoh").date("issued", time.Now().AddDate(-1, 0, 0)).send()
		if !strings.HasPrefix(w.path(), urls.Certificates()+"/SR-") {
			t.Errorf("scripts %v: saved to %s", scripts, w.path())
		}
	}
}

// After an error and then a receipt, Back shows a page of ours that says the form was sent, without scripts too; after
// signing out nothing that was typed comes back.
func TestF172BackAfterErrorAndReceipt(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, scripts := range []bool{true, false} {
		w := p.person(t, way{name: "phone", scripts: scripts, width: 360})
		w.visit(urls.Report()).fill("kontak", "081234567890").send().sees("[data-error-summary]")
		w.tick("#f-jenis").fill("cerita", "Adik saya disekap.").send()
		if !strings.HasPrefix(w.path(), urls.Report()+"/terkirim/") {
			t.Fatalf("sent to %s", w.path())
		}
		w.leave("go back", chromedp.NavigateBack())
		if at, said := w.path(), w.text("[data-flash]"); at != urls.Report() || !strings.Contains(said, "sudah kami terima") {
			t.Errorf("scripts %v: Back shows %s: %s", scripts, at, said)
		}

		w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
		w.visit(urls.ChangeAddress()).fill("address", "rahasia").send().sees("[data-error-summary]")
		w.leave("sign out", chromedp.Evaluate[chromedp.Void](`document.querySelector('form[action$="/keluar"]').submit()`))
		w.leave("go back", chromedp.NavigateBack())
		if body := eval[string](w, `document.documentElement.outerHTML`); strings.Contains(body, "rahasia") || w.path() != urls.SignIn() {
			t.Errorf("scripts %v: after signing out Back shows %s", scripts, w.path())
		}
	}
}

// The same on the officers' desk.
func TestF172BackAtADesk(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "desk", scripts: true, width: 1280}).asOfficer(t)
	w.visit(urls.Holidays()).send().sees("[data-error-summary]")
	w.date("day", time.Now().AddDate(0, 2, 0)).fill("name", "Hari libur contoh").send()
	w.leave("go back", chromedp.NavigateBack())
	if said := w.at(urls.Holidays()).text("[data-flash]"); !strings.Contains(said, "sudah kami terima") {
		t.Errorf("Back says %q", said)
	}
}
