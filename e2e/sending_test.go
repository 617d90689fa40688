package e2e

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// line makes the person's connection as fast as is given, in bytes a second; zero cuts it, and less is no bound.
func (w *person) line(speed float64) {
	w.t.Helper()
	conditions := []*network.Conditions{{Offline: speed == 0, DownloadThroughput: -1, UploadThroughput: speed}}
	rules := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: conditions}
	if _, err := chromedp.Call(w.ctx, network.EmulateNetworkConditionsByRule, rules); err != nil {
		w.t.Fatal(err)
	}
	state := network.OverrideNetworkStateParams{Offline: speed == 0, DownloadThroughput: -1, UploadThroughput: -1}
	if _, err := chromedp.Call(w.ctx, network.OverrideNetworkState, state); err != nil {
		w.t.Fatal(err)
	}
}

// row waits until the row of a file in a list of what is sent has a state, and gives its words.
func (w *person) row(name, state string) string {
	w.t.Helper()
	selector := fmt.Sprintf("[data-upload-list] [data-name=%q]", name)
	w.await(name+" is "+state, fmt.Sprintf(`document.querySelector(%q)?.dataset.state === %q`, selector, state))
	return w.text(selector)
}

// attachOnly chooses files and waits for nothing.
func (w *person) attachOnly(name string, files ...string) {
	w.t.Helper()
	w.do("attach to "+name, chromedp.SetUploadFiles("#f-"+name, files))
}

// heavy is a photo of 1.4 MB, which no browser makes smaller.
func heavy(t *testing.T, name string) string {
	t.Helper()
	path := photo(t, name)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, 1_400_000-len(content))
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(content, noise...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// certificateForm opens the form for a certificate and fills in what it must have, but for files.
func (w *person) certificateForm() *person {
	w.t.Helper()
	return w.visit(urls.NewCertificateOf("BNSP_LSP")).
		fill("issuer", "LSP Contoh").date("issued", time.Now().AddDate(-1, 0, 0)).set("number", "12/2025")
}

// What can never pass is refused by name, at once and before it is sent, and looks so: nothing is offered but to
// take it off the list. A good file takes the fault off the field.
func TestRefusedFileLooksRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.NewCertificateOf("BNSP_LSP")).send().sees("#f-files-error")
	empty := filepath.Join(t.TempDir(), "kosong.pdf")
	page := filepath.Join(t.TempDir(), "halaman.jpg")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(page, []byte("<!DOCTYPE html><html><body>bukan foto</body></html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.attachOnly("files", empty, page, photo(t, "sertifikat.jpg"))
	for name, want := range map[string]string{"kosong.pdf": "kosong.pdf kosong", "halaman.jpg": "halaman.jpg adalah halaman web"} {
		if got := w.row(name, "refused"); !strings.Contains(got, want) || strings.Contains(got, "Coba lagi") || !strings.Contains(got, "Buang") {
			t.Errorf("%s: %q", name, got)
		}
	}
	w.row("sertifikat.jpg", "arrived")
	wrong := "#f-files-error, [data-upload] .field-wrong, [data-upload] [data-state=refused] progress"
	if eval[bool](w, fmt.Sprintf(`document.querySelector(%q) !== null`, wrong)) {
		t.Error("the field is still wrong, or a refused file has a bar")
	}
	w.check()
	w.widened()
	w.do("discard", chromedp.Click(`[data-name="kosong.pdf"] [data-drop]`))
	w.await("the row goes", `document.querySelector('[data-name="kosong.pdf"]') === null && document.activeElement.id === "f-files"`)
}

// Saving while a file is on its way says that it waits, and saves by itself. A broken connection is told at
// once, and goes on by itself.
func TestSaveWaitsForFilesOverABrokenLine(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.certificateForm()
	w.line(0)
	w.attachOnly("files", photo(t, "sertifikat.jpg"))
	if got := w.row("sertifikat.jpg", "offline"); !strings.Contains(got, "Sambungan terputus") {
		t.Errorf("without a connection the row says %q", got)
	}
	w.do("save", chromedp.Click("main form.form > div > button[type=submit]"))
	w.await("the page says that it waits", `document.querySelector(".upload-note")?.innerText.includes("Menunggu berkas terkirim")`)
	if got := w.path(); got != urls.NewCertificate() {
		t.Errorf("the page was left for %s", got)
	}
	w.line(-1)
	w.await("it is saved by itself", fmt.Sprintf(`location.pathname !== %q && document.readyState === "complete"`, urls.NewCertificate()))
	w.check()
	if got := w.text("main"); !strings.Contains(got, "sertifikat.jpg") {
		t.Errorf("the file is not part of it: %s", got)
	}
}

// A connection that breaks in the middle of a file is told, and what arrived before is not sent again.
func TestBrokenLineIsToldInTheMiddleOfAFile(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.NewCertificateOf("BNSP_LSP"))
	w.line(300_000)
	file := heavy(t, "sertifikat.jpg")
	w.attachOnly("files", file)
	p.until(t, "a piece is there", "SELECT (coalesce(max(received), 0) > 0)::text FROM partial_uploads")
	w.line(0)
	w.row("sertifikat.jpg", "offline")
	w.line(-1)
	w.row("sertifikat.jpg", "arrived")
	if n := p.ref("SELECT count(*)::text FROM partial_uploads"); n != "1" {
		t.Errorf("the file was begun %s times", n)
	}
}

// A browser that ends in the middle loses nothing: what was typed is back, files that arrived are there, and one
// that did not arrive whole is named and goes on. Signing out forgets it all.
func TestP095BrowserThatEndsLosesNothing(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.certificateForm().attach("files", photo(t, "depan.jpg"))
	file := heavy(t, "belakang.jpg")
	w.line(300_000)
	w.attachOnly("files", file)
	p.until(t, "a piece is there", `SELECT (coalesce(max(received), 0) > 0)::text
		FROM partial_uploads
		WHERE name = 'belakang.jpg'`)
	w.visit(urls.NewCertificateOf("BNSP_LSP")).sees(".upload-note") // on the slow line: on a fast one the rest would still go
	w.line(-1)
	got := eval[string](w, `["f-issuer", "f-number", "f-issued-year"].map((id) => document.getElementById(id).value).join("")`)
	if got != fmt.Sprintf("LSP Contoh12/2025%d", time.Now().Year()-1) {
		t.Errorf("what was typed is %q", got)
	}
	w.row("depan.jpg", "arrived")
	if got := w.text("[data-partial]"); !strings.Contains(got, "belakang.jpg baru terkirim") {
		t.Errorf("the page says of the unfinished file: %q", got)
	}
	w.widened()
	w.attachOnly("files", file)
	w.row("belakang.jpg", "arrived")
	if n := p.ref("SELECT count(*)::text FROM partial_uploads WHERE name = 'belakang.jpg'"); n != "1" {
		t.Errorf("the file was begun %s times", n)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if size := p.ref("SELECT size::text FROM uploads WHERE name = 'belakang.jpg'"); size != fmt.Sprint(len(want)) {
		t.Errorf("%s bytes arrived, want %d", size, len(want))
	}

	w.visit(urls.Me()).do("open the menu", chromedp.Click("header details:has(form) summary"))
	w.press(`form[action$="/keluar"] button`)
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.NewCertificateOf("BNSP_LSP"))
	if got := eval[string](w, `document.getElementById("f-issuer").value`); got != "" {
		t.Errorf("after signing out the form still says %q", got)
	}
	// What was sent is not offered again.
	w.certificateForm().attach("files", photo(t, "lain.jpg")).send()
	w.visit(urls.NewCertificateOf("BNSP_LSP"))
	if got := eval[string](w, `document.getElementById("f-issuer").value`); got != "" {
		t.Errorf("after sending the form still says %q", got)
	}
}

// clicks presses something that leads to no other page.
func (w *person) clicks(selector string) {
	w.t.Helper()
	w.do("click "+selector, chromedp.Click(selector))
}

// plays fails unless the sound is played; nobody hears it.
func (w *person) plays(selector string) {
	w.t.Helper()
	eval[int](w, fmt.Sprintf(`{ const sound = document.querySelector(%q); sound.muted = true; sound.play(); 0 }`, selector))
	w.await("it plays", fmt.Sprintf(`document.querySelector(%q).currentTime > 0`, selector))
}

// await waits until a query finds something.
func (p *portal) await(t *testing.T, what, query string) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(patience); len(p.rows(query)) == 0; {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("%s: never", what)
		}
	}
}
