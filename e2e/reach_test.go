package e2e

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// After an upload by keyboard alone the focus is on the line that says what became of it, so that
// the person neither hears the page from its top nor looks for the file (bug report P092).
func TestP092FocusAfterUploadIsOnWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.register("Suparmi", "0812 3456 7892").at(urls.Me())
	w.visit(urls.Uploads()).attach("files", photo(t, "ijazah.jpg")).at(urls.Uploads())
	if got := eval[string](w, `document.activeElement.innerText.trim()`); !strings.HasPrefix(got, "ijazah.jpg") {
		t.Errorf("the focus is on %q, want the row of the file", got)
	}
	w.visit(urls.NewCertificateOf("BNSP_LSP")).attach("files", photo(t, "sertifikat.jpg"))
	if got := eval[string](w, `document.activeElement.innerText.trim()`); !strings.Contains(got, "sertifikat.jpg") {
		t.Errorf("the focus is on %q, want the row of the file", got)
	}
	if role := eval[string](w, `document.activeElement.querySelector("p").getAttribute("role")`); role != "status" {
		t.Errorf("the line has the role %q, want one that is read aloud", role)
	}
	// More pages of a certificate go with it at once: there is no second button to miss.
	w.choose("type", "BNSP_LSP").fill("issuer", "LSP Contoh").date("issued", time.Now().AddDate(-1, 0, 0)).send()
	certificate := w.path()
	w.leave("choose another page", chromedp.SetUploadFiles("#f-files", []string{photo(t, "halaman dua.jpg")}))
	if got := w.at(certificate).text("main"); !strings.Contains(got, "halaman dua.jpg") {
		t.Error("the second page is not part of the certificate")
	}
	// Turning a page leads back to its file, with a message there.
	w.until(t, "its images are made", `SELECT (count(*) FILTER (WHERE state <> 'ready') = 0)::text FROM uploads`)
	w.visit(certificate).press(`form[action$="/putar"] button`)
	w.await("the focus is on the file",
		`document.activeElement.id.startsWith("berkas-") && document.activeElement.innerText.includes("sudah diputar")`)
	w.visit(urls.Uploads())
	if eval[bool](w, `document.activeElement !== document.body`) {
		t.Error("the focus is moved on a page without news")
	}
}

// crowded lists controls that cover text or each other.
const crowded = `(() => {
	const shown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest(".sr-only");
	const box = (e) => e.getBoundingClientRect();
	const controls = [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main summary, " +
		"header a, header summary")].filter(shown);
	const texts = [...document.querySelectorAll("main *, header *")]
		.filter((e) => shown(e) && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
	const faults = [];
	for (const c of controls) for (const other of new Set([...controls, ...texts])) {
		if (c === other || c.contains(other) || other.contains(c) || c.closest("label")?.contains(other)) continue;
		const a = box(c), b = box(other);
		const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
		if (a.width && b.width && wide > 1 && high > 1)
			faults.push((c.innerText || c.name) + " / " + (other.innerText || other.name).slice(0, 60));
	}
	return faults;
})()`

// At 320 pixels (a screen of 1280 at 400 %) with the longest names nothing covers anything and
// nothing rolls sideways (bug report P090).
func TestP090NothingIsCoveredAtFourHundredPercent(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{"at 320 pixels", true, false, 320})
	name := "Raden Ajeng Kusumaningtyaswardhanikartikasari " + strings.Repeat("Panjangsekali ", 2) + "binti Abdurrachman"
	w.register(name, "0812 3456 7893").at(urls.Me())
	w.fillProfile()
	intake := p.ref(`SELECT n.ref
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE now() BETWEEN n.opens_at AND n.closes_at
			AND p.state = 'published'
			AND p.required_certificates = '{}'
			AND coalesce(p.age_max, 99) >= 40
			AND n.state = 'published'
		ORDER BY char_length(p.title) DESC
		LIMIT 1`)
	w.visit(urls.Apply(intake)).send().tick("#f-none").send()
	ref := strings.Split(w.path(), "/")[3]
	for _, path := range []string{
		urls.ApplicationCheck(ref), urls.Application(ref), urls.Profile(), urls.Me(), urls.Home(), urls.Programmes(),
	} {
		w.visit(path)
		for _, fault := range eval[[]string](w, crowded) {
			t.Errorf("%s: %s", path, fault)
		}
	}
}

// A check that finds nothing looks the same as one that cannot find anything.
func TestCoveredTextIsFound(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.visit(urls.SignIn())
	eval[string](w, `document.querySelector("main form button[type=submit]").style.marginTop = "-4rem"`)
	if faults := eval[[]string](w, crowded); len(faults) == 0 {
		t.Error("a button over a field is not found")
	}
}
