package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// The photo is seen as soon as it is chosen, beside a button of ours; the field is reached by the keyboard and shows it.
func TestF133PictureIsSeenAtOnce(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, scripts := range []bool{true, false} {
		w := p.person(t, way{name: "phone", scripts: scripts, width: 360})
		w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
		for _, page := range []struct{ path, name string }{
			{urls.ProfileSection("foto-ktp"), "ktp"}, {urls.NewCertificateOf("TOEFL"), "files"}, {urls.NewCertificateOf("BNSP_LSP"), "files"},
		} {
			w.visit(page.path)
			eval[bool](w, `document.querySelector("#f-`+page.name+`").focus() ?? true`)
			w.do("press Tab and back", chromedp.KeyEvent("\t"))
			eval[bool](w, `document.querySelector("#f-`+page.name+`").focus({focusVisible: true}) ?? true`)
			w.await(page.path+" shows the focus", `getComputedStyle(document.querySelector("#f-`+page.name+` + label")).outlineStyle === "solid"`)
			w.attach(page.name, photo(t, "foto.jpg"))
			if scripts {
				w.await(page.path+" shows the picture", `((canvas) =>
					canvas && !canvas.hidden && canvas.getBoundingClientRect().height > 20)(document.querySelector("[data-picture]"))`)
				w.check()
			}
		}
	}
}
