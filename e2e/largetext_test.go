//go:build deep

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

// outside lists what stands beyond the edge of the window where nobody can bring it in, and words of the header that
// are cut. Boxes that roll by themselves, and what only screen readers find, are left out.
const outside = `(() => {
	const rolls = (e) => { for (; e && e !== document.body; e = e.parentElement) {
		const s = getComputedStyle(e);
		if (e.matches(".sr-only, .skip-link, svg, .data-stack thead") || s.position === "fixed" || /auto|scroll/.test(s.overflowX)) return true;
	} return false; };
	const wide = document.documentElement.clientWidth;
	const faults = [];
	if (document.documentElement.scrollWidth > wide) faults.push("rolls to " + document.documentElement.scrollWidth);
	for (const e of document.querySelectorAll("body *")) {
		if (!e.checkVisibility({ visibilityProperty: true }) || rolls(e)) continue;
		const b = e.getBoundingClientRect();
		if (b.width && (b.right > wide + 1 || b.left < -1)) faults.push(e.outerHTML.slice(0, 120) + " ends at " + b.right);
	}
	return faults.slice(0, 6);
})()`

// sizes are text as large as phones and browsers make it, and a window as narrow as any. Where the browser is told to
// write larger, widths that are counted in letters follow; where letters alone grow, they do not.
var sizes = []struct {
	name    string
	letters int64 // of the browser, in pixels
	percent int   // of those
	width   int64
}{{"narrow", 16, 100, 240}, {"130", 16, 130, 360}, {"200", 16, 200, 360},
	{"200 of the browser", 32, 100, 360}, {"400 of the browser", 64, 100, 1280}}

// Large letters and narrow windows push nothing over the edge, under the bar of everybody, in both languages.
func TestF163LargeTextStaysInTheWindow(t *testing.T) {
	t.Parallel()
	p := start(t)
	application, applicant := p.applicationOf("suparmi@contoh.example"), p.applicationOf("budi@contoh.example")
	intake, programme := p.ref(`SELECT n.ref`+staffed), p.ref(`SELECT p.ref`+staffed)
	institution := p.ref(`SELECT ref FROM institutions WHERE external_key = 'PPKPI'`)
	for _, desk := range []struct {
		name  string
		enter func(*person)
		paths []string
	}{
		{"nobody", func(*person) {}, []string{
			urls.Home(), urls.Programmes(), urls.Programme(programme), urls.Institutions(), urls.Institution(institution), urls.Occupations(),
			urls.Help(), urls.HelpWrite("keluarga"), urls.HelpCountry("HK"),
			urls.Safety(), urls.Privacy(), urls.Accessibility(), urls.ReportAbout(programme), urls.Register(), urls.SignIn(),
			urls.Recover(), "/tidak-ada",
		}},
		{"seeker", func(w *person) { w.signIn("suparmi@contoh.example", demoPassword).at(urls.Me()) }, []string{
			urls.Me(), urls.Profile(), urls.ProfileSection("identitas"), urls.Certificates(), urls.NewCertificateOf("TOEFL"), urls.Uploads(),
			urls.Applications(), urls.Application(application), urls.ApplicationPrint(application), urls.Account(), urls.Sessions(), urls.MyData(),
		}},
		{"staff", func(w *person) { w.asStaff() }, []string{
			urls.Manage(), urls.ManageProgrammes(), urls.ManageProgramme(programme), urls.ManageEditProgramme(programme),
			urls.ManageIntake(intake), urls.ManageApplicants(intake), urls.ManageApplicant(applicant), urls.Imports(),
		}},
		{"officer", func(w *person) { w.asOfficer(t) }, []string{
			urls.OfficerQueue(), urls.OfficerApplication(application), urls.OfficerCertificates(), urls.OfficerProgrammes(),
			urls.OfficerReports(), urls.OfficerInstitutions(), urls.Counter(), urls.InstitutionImports(),
		}},
	} {
		t.Run(desk.name, func(t *testing.T) {
			w := p.person(t, way{name: desk.name, width: 360})
			w.t = t
			desk.enter(w)
			for _, path := range desk.paths {
				for _, english := range []bool{false, true} {
					w.english = english
					w.visit(path).stretched()
				}
			}
		})
	}
}

// stretched looks at the page with every size of letters.
func (w *person) stretched() {
	w.t.Helper()
	for _, size := range sizes {
		w.letters(size.letters, size.percent, size.width)
		for _, fault := range eval[[]string](w, outside) {
			w.t.Errorf("%s, %s: %s", w.path(), size.name, fault)
		}
		w.keep(strings.ReplaceAll(w.path()+" "+size.name, "/", "-"), size.width)
	}
	w.letters(16, 100, w.width)
}

// letters sets how large the browser writes, and how wide its window is.
func (w *person) letters(pixels int64, percent int, width int64) {
	w.t.Helper()
	w.do("resize the window", chromedp.EmulateViewport(width, 800))
	size := &page.FontSizes{Standard: pixels, Fixed: pixels}
	if _, err := chromedp.Call(w.ctx, page.SetFontSizes, page.SetFontSizesParams{FontSizes: size}); err != nil {
		w.t.Fatal(err)
	}
	eval[string](w, fmt.Sprintf(`document.documentElement.style.fontSize = "%d%%"`, percent))
}
