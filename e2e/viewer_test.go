package e2e

import (
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"naikkelas/internal/urls"
)

// An officer turns, enlarges and pages through papers by keyboard alone, while the focus is in their pane.
func TestViewerIsHandledByKeyboard(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.until(t, "the demo's images are made", "SELECT (count(*) >= 2)::text FROM upload_pages")
	w := p.person(t, way{name: "desk", scripts: true, width: wide}).asOfficer(t)
	w.visit(urls.OfficerApplication(p.applicationOf("suparmi@contoh.example")))
	before := eval[float64](w, `document.querySelector("[data-page]").getBoundingClientRect().width`)
	w.do("handle the papers", chromedp.Focus("[data-papers-roll]"), chromedp.KeyEvent("+"), chromedp.KeyEvent("n"), chromedp.KeyEvent("r"))
	if after := eval[float64](w, `document.querySelector("[data-page]").getBoundingClientRect().width`); after < before*1.2 {
		t.Errorf("the first page is %.0f pixels wide, was %.0f", after, before)
	}
	if place := w.text("[data-place]"); !strings.HasPrefix(place, "Halaman 2 dari") {
		t.Errorf("the viewer says %q, want the second page", place)
	}
	size := eval[[]float64](w, `(({ width, height }) => [width, height])(
		document.querySelectorAll("[data-page]")[1].getBoundingClientRect())`)
	if size[0] > size[1] {
		t.Errorf("the turned page lies flat: %v", size)
	}
	w.check()
}

// leaves writes as many upright pages, each a JPEG that nobody has sent before.
func leaves(t *testing.T, many int) []string {
	t.Helper()
	folder := t.TempDir()
	var paths []string
	for n := range many {
		img := image.NewGray(image.Rect(0, 0, 600, 850))
		for y := range 850 {
			for x := range 600 {
				img.SetGray(x, y, color.Gray{Y: uint8(x/4 + y/(8+n))})
			}
		}
		path := filepath.Join(folder, "halaman-"+strconv.Itoa(n+1)+".jpg")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := jpeg.Encode(f, img, nil); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// manyPages is a certificate of five pages, whose owner has sent no paper of identity, and an officer at a desk.
func manyPages(t *testing.T) (officer *person, ref string) {
	t.Helper()
	p := start(t)
	seeker := p.person(t, ways[0])
	seeker.register("Suparmi", "0812 3456 7894").at(urls.Me())
	seeker.visit(urls.NewCertificateOf("BNSP_LSP")).attach("files", leaves(t, 5)...)
	seeker.choose("level", "BNSP_LSP-OKUPASI").fill("issuer", "LSP Contoh").date("issued", time.Now().AddDate(-1, 0, 0)).send()
	ref = strings.TrimPrefix(seeker.path(), urls.Certificate(""))
	p.until(t, "the pages are made", `SELECT (count(*) = 5)::text
		FROM certificate_files f
		JOIN uploads u ON u.id = f.upload_id
		JOIN upload_pages g ON g.upload_id = u.id
		JOIN certificates c ON c.id = f.certificate_id
		WHERE c.ref = $1`, ref)
	seeker.visit(seeker.path()).press(`form[action$="/kirim"] button`)
	return p.person(t, way{name: "desk", scripts: true, width: wide}).asOfficer(t), ref
}

// box is where an element lies on the screen.
type box struct{ Left, Top, Right, Bottom float64 }

func (w *person) box(expression string) box {
	w.t.Helper()
	return eval[box](w, `(({ left, top, right, bottom }) => ({ Left: left, Top: top, Right: right, Bottom: bottom }))(
		(`+expression+`).getBoundingClientRect())`)
}

// page is one page of the papers, counted from 1.
func (w *person) page(n int) box {
	w.t.Helper()
	return w.box(`document.querySelectorAll("[data-page]")[` + strconv.Itoa(n-1) + `]`)
}

// reads fails unless the viewer names a page, and that page lies in the middle of the pane.
func (w *person) reads(n int) {
	w.t.Helper()
	if place := w.text("[data-place]"); place != "Halaman "+strconv.Itoa(n)+" dari 5" {
		w.t.Errorf("the viewer says %q, want page %d", place, n)
	}
	pane, page := w.box(`document.querySelector("[data-papers-roll]")`), w.page(n)
	if middle := (pane.Top + pane.Bottom) / 2; page.Top > middle || page.Bottom < middle {
		w.t.Errorf("page %d lies from %.0f to %.0f, the pane's middle is at %.0f", n, page.Top, page.Bottom, middle)
	}
}

// rolled waits until the browser has told the viewer that the pane has rolled.
func (w *person) rolled() {
	w.t.Helper()
	eval[bool](w, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
}

func (w *person) tool(act string) {
	w.t.Helper()
	w.do("press "+act, chromedp.Click(`[data-act=`+act+`]`))
	w.rolled()
}

func (w *person) key(key string, modifiers ...chromedp.Modifier) {
	w.t.Helper()
	w.do("press the key "+key, chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers...)))
	w.rolled()
}

// size is how large the viewer shows the pages.
func (w *person) size() string {
	w.t.Helper()
	return w.text("[data-zoom]")
}

// An officer reads a certificate of many pages at a desk, by mouse and keys, and on a phone.
func TestManyPagesAreRead(t *testing.T) {
	t.Parallel()
	w, ref := manyPages(t)
	page := urls.OfficerCertificate(ref)
	readPageStays(t, w.visit(page))
	pagesAreEnlargedInPlace(t, w.visit(page))
	missingIdentityIsSaid(t, w.visit(urls.WithQuery(page, "banding", "ya")))
	w.do("take a phone", chromedp.EmulateViewport(360, 800))
	viewerOnAPhone(t, w.visit(urls.WithQuery(page, "banding", "tidak")))
}

// Enlarging and turning act on the page that is read, and keep it and the spot in the middle; a page
// that is gone to lies whole below the buttons; keys work after a press of a button too.
func readPageStays(t *testing.T, w *person) {
	t.Helper()
	w.reads(1)
	for range 3 {
		w.tool("next")
	}
	w.reads(4)
	if page, tools := w.page(4), w.box(`document.querySelector("[data-papers-tools]")`); page.Top < tools.Bottom {
		t.Errorf("page 4 begins at %.0f, under the buttons that end at %.0f", page.Top, tools.Bottom)
	}
	spot := func() float64 {
		pane, page := w.box(`document.querySelector("[data-papers-roll]")`), w.page(4)
		return ((pane.Top+pane.Bottom)/2 - page.Top) / (page.Bottom - page.Top)
	}
	before := spot()
	w.tool("larger")
	w.tool("larger")
	w.reads(4)
	if after := spot(); after-before > 0.02 || before-after > 0.02 {
		t.Errorf("the middle of the pane lies at %.2f of the page, was %.2f", after, before)
	}
	if got := w.size(); got != "150%" {
		t.Errorf("the size is %s, want 150%%", got)
	}
	w.key("r")
	w.reads(4)
	if page := w.page(4); page.Right-page.Left < page.Bottom-page.Top {
		t.Errorf("the page that is read is not the one that is turned: %v", page)
	}
	w.key(kb.ArrowLeft)
	w.reads(3)
	aside := `document.querySelector("[data-papers-roll]").scrollLeft`
	from := eval[float64](w, aside)
	w.key(kb.ArrowRight, chromedp.ModifierShift)
	if to := eval[float64](w, aside); to <= from {
		t.Errorf("a page that is wider than the pane is moved from %.0f to %.0f", from, to)
	}
	w.reads(3)
	w.key("0")
	w.reads(3)
	if got := w.size(); got != "100%" {
		t.Errorf("the size is %s after fitting it to the width", got)
	}
	w.do("focus a page", chromedp.Focus(`li:nth-child(1) > [data-page]`))
	w.rolled()
	w.key("n")
	w.reads(2)
	w.check()
}

// A click enlarges a page where it lies and a drag moves it: neither leaves what is typed beside it.
func pagesAreEnlargedInPlace(t *testing.T, w *person) {
	t.Helper()
	here := w.path()
	w.do("click on a page", chromedp.Click("[data-page]"))
	if got := w.at(here).size(); got != "200%" {
		t.Errorf("the size is %s after a click on the page, want 200%%", got)
	}
	from := w.page(1)
	pane := w.box(`document.querySelector("[data-papers-roll]")`)
	x, y := (pane.Left+pane.Right)/2, (pane.Top+pane.Bottom)/2
	w.do("drag the page",
		chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent(chromedp.MouseMoved, x-50, y-40, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseMoved, x-100, y-80, chromedp.ButtonLeft),
		chromedp.MouseEvent(chromedp.MouseReleased, x-100, y-80, chromedp.ButtonLeft, chromedp.ClickCount(1)))
	w.rolled()
	if to := w.page(1); from.Left-to.Left < 90 || from.Top-to.Top < 70 {
		t.Errorf("the page lies at %.0f, %.0f after the drag, was %.0f, %.0f", to.Left, to.Top, from.Left, from.Top)
	}
	if got := w.size(); got != "200%" {
		t.Errorf("the size is %s after the drag: it was taken for a click", got)
	}
	w.do("click again", chromedp.MouseClickXY(x, y))
	if got := w.at(here).size(); got != "100%" {
		t.Errorf("the size is %s after a second click, want 100%%", got)
	}
}

// A person without a paper of identity has a pane that says so, no higher than that.
func missingIdentityIsSaid(t *testing.T, w *person) {
	t.Helper()
	w.sees(`a[href$="banding=tidak"]`)
	if got := w.text("#identitas"); !strings.Contains(got, "Belum ada foto KTP") {
		t.Errorf("the pane without papers says %q", got)
	}
	if empty := w.box(`document.querySelector("#identitas")`); empty.Bottom-empty.Top > 150 {
		t.Errorf("the pane without papers is %.0f pixels high", empty.Bottom-empty.Top)
	}
}

// On a phone enlarged pages roll inside their pane, and the decision is near: below a pane that is no
// higher than the screen, and two presses from the top of the page.
func viewerOnAPhone(t *testing.T, w *person) {
	t.Helper()
	for range 3 {
		w.tool("larger")
	}
	w.check()
	if page := w.page(1); page.Right-page.Left < 360 {
		t.Errorf("the page is %.0f pixels wide and was not enlarged", page.Right-page.Left)
	}
	if pane := w.box(`document.querySelector("#sertifikat-berkas")`); pane.Bottom-pane.Top > 800 {
		t.Errorf("the pane is %.0f pixels high", pane.Bottom-pane.Top)
	}
	w.visit(w.path())
	w.key(kb.Tab)
	w.key(kb.Tab)
	w.key(kb.Enter)
	if decision := w.box(`document.querySelector("#keputusan")`); decision.Top < 0 || decision.Top > 400 {
		t.Errorf("the second skip link leads to %.0f pixels from the decision", decision.Top)
	}
}
