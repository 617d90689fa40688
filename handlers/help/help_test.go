package help_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record/dated"
	"naikkelas/static"
)

// abroad adds two missions in Japan, whose numbers are checked, and one in Cambodia, whose number is not.
func abroad(p *testportal.Portal) {
	p.T.Helper()
	follow(p, "missions",
		dated.Seed{Code: "JP_A", Says: dated.Values{"name": "KBRI Contoh", "country_code": "JP", "public": "true",
			"emergency": "+81 80-0000-0001", "whatsapp": "+818000000003"}},
		dated.Seed{Code: "JP_B", Says: dated.Values{"name": "KJRI Contoh", "country_code": "JP", "public": "true", "phone": "+818000000004",
			"note_id": "Untuk barat."}},
		dated.Seed{Code: "KH_A", Says: dated.Values{"name": "KBRI Tua", "country_code": "KH", "public": "false", "emergency": "+85500000009"}})
	follow(p, "offices", dated.Seed{Code: "A", Says: dated.Values{"name": "Dinas Contoh", "kind": "dinas", "address": "Jl. Contoh 1",
		"hours_id": "Senin 08.00", "phone": "+62210000001", "public": "true"}})
}

// helpPages are the help pages that anybody may read.
func helpPages() []string {
	return []string{
		urls.Help(), urls.HelpIn("JP"), urls.HelpIn("KH"), urls.HelpCountries(), urls.HelpCountry("JP"), urls.Places(), urls.HelpSafely(),
		urls.HelpWrite("luar-negeri"), urls.HelpWriteIn("keluarga", "JP"), urls.HelpWrite("pulang"), urls.HelpWrite("dekat"),
	}
}

// In one press somebody has numbers; a country puts its mission first, and where nobody has called its numbers yet, the
// ministries, with a word about it. Doors, places and the safer ways are one press further.
func TestNumbersComeFirst(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	page := p.Client().Get(urls.Help()).Is(http.StatusOK).Has("main", "Riwayat ponsel dan daftar panggilan tidak ikut terhapus").
		Has("main .call.first", "Halo KP2MI").Has("main", "Dinas Contoh").Has("main", "Senin 08.00").Shows("main a[href='tel:+62210000001']").
		Shows("main option[value=JP]").Has("title", "Informasi: hubungi").Lacks("title:contains('Naik Kelas')")
	for _, door := range []string{"luar-negeri", "keluarga", "pulang", "dekat"} {
		page.Shows("main a[href='" + urls.HelpWrite(door) + "']")
	}
	for _, link := range []string{urls.Places(), urls.HelpSafely(), urls.Questions(), urls.Safety()} {
		page.Shows("main a[href='" + link + "']")
	}
	for _, in := range []string{"JP", "jp"} {
		page = p.Client().Get(urls.HelpIn(in)).Is(http.StatusOK).Has("#telepon", "Anda di Jepang").Has("main .call.first", "KBRI Contoh").
			Has("main", "KJRI Contoh").Has("main", "Untuk barat").Shows("main a[href='" + urls.HelpWriteIn("dekat", "JP") + "']").
			Shows("main a[href='" + urls.HelpCountry("JP") + "']").Shows("main a[href='" + urls.HelpCountries() + "']")
		if href := page.Find("main a[href^='tel:'], main a[href^='https://wa.me/']").First().AttrOr("href", ""); href != "tel:+818000000001" {
			t.Errorf("%s: %s comes first", in, href)
		}
	}
	page = p.Client().Get(urls.HelpIn("KH")).Is(http.StatusOK).Has("main", "sedang diperiksa").Lacks("a[href='tel:+85500000009']")
	if href := page.Find("main .call").First().AttrOr("href", ""); href != "tel:+6281200000027" {
		t.Errorf("unchecked: %s comes first", href)
	}
	p.Client().Get(urls.HelpIn("XX")).Is(http.StatusOK).Has("#telepon", "Nomor yang bisa dihubungi")
}

// Leaving is the first link of every help page, in both languages, and says nothing of itself to where it leads.
func TestLeavingComesFirst(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	for _, path := range helpPages() {
		for _, path := range []string{path, urls.InEnglish(path)} {
			page := p.Client().Get(path).Is(http.StatusOK)
			first, second := page.Find("a").First(), page.Find("a").Eq(1)
			if href := first.AttrOr("href", ""); !strings.HasSuffix(href, urls.HelpLeave()) || first.AttrOr("rel", "") != "noreferrer" {
				t.Errorf("%s: the first link is %q", path, href)
			}
			if second.AttrOr("href", "") != "#isi" {
				t.Errorf("%s: the second link does not skip to the content", path)
			}
			if n := page.Find("script").Length(); n != 1 {
				t.Errorf("%s: %d scripts", path, n)
			}
			for _, word := range []string{"ilegal", "korban", "pelaku", "kasus", "case", "victim", "danger", "polisi", "Naik Kelas"} {
				if strings.Contains(strings.ToLower(page.Find("title").Text()+" "+path), strings.ToLower(word)) {
					t.Errorf("%s: %q in the title %q or the address", path, word, page.Find("title").Text())
				}
			}
			if !strings.HasPrefix(page.Find("title").Text(), "Inform") {
				t.Errorf("%s: title %q", path, page.Find("title").Text())
			}
		}
	}
}

// No word on a help page judges whoever reads it.
func TestHelpPagesDoNotJudge(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	for _, path := range helpPages() {
		for lang, words := range map[string][]string{
			path:                 {"ilegal", "korban", "pelaku", "wajib", "nonprosedural", "kenapa anda", "mengapa anda"},
			urls.InEnglish(path): {"illegal", "victim", "perpetrator", "why did you"},
		} {
			text := strings.ToLower(p.Client().Get(lang).Find("body").Text())
			for _, word := range words {
				if strings.Contains(text, word) {
					t.Errorf("%s says %q", lang, word)
				}
			}
		}
	}
}

// most is what a help page may weigh over the wire: its HTML with the stylesheet, and with everything.
const (
	mostText = 10 << 10
	mostAll  = 20 << 10
)

// encoded is how many bytes an address costs in a coding.
func encoded(t *testing.T, p *testportal.Portal, path, coding string) int {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", coding)
	w := httptest.NewRecorder()
	p.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != coding {
		t.Fatalf("%s: status %d in %q, want %s", path, w.Code, w.Header().Get("Content-Encoding"), coding)
	}
	return w.Body.Len()
}

// A help page is small enough for a slow line, also where a browser knows gzip alone.
func TestHelpPagesAreLight(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	for _, coding := range []string{"br", "gzip"} {
		style, script := encoded(t, p, static.Path("help.css"), coding), encoded(t, p, static.Path("help.js"), coding)
		icon := encoded(t, p, static.Path("favicon.svg"), coding)
		for _, path := range helpPages() {
			text := encoded(t, p, path, coding) + style
			if text > mostText || text+script+icon > mostAll {
				t.Errorf("%s in %s: %d bytes of HTML and style, %d of everything", path, coding, text, text+script+icon)
			}
		}
	}
}

// From the page of any role the help page is one press away: it stands in the bar at every width, out of any menu.
func TestHelpStandsInEveryBar(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	pages := map[models.Role][]string{
		"":            {urls.Home(), urls.Programmes(), urls.SignIn(), "/tidak-ada"},
		models.Seeker: {urls.Me(), urls.Uploads(), urls.Account(), urls.Home()},
		models.Staff:  {urls.Manage(), urls.Account()}, models.Owner: {urls.Manage()},
		models.Officer: {urls.OfficerQueue(), urls.Account(), urls.Counter()},
		models.Admin:   {urls.Admin(), urls.Account()},
	}
	for role, paths := range pages {
		c := p.Client()
		if role != "" {
			c = p.As(p.AddUser(role, "Uji "+string(role)))
		}
		for _, path := range paths {
			found := c.Get(path).Find("header a[href='" + urls.Help() + "']").FilterFunction(func(_ int, s *goquery.Selection) bool {
				return s.Closest("details").Length() == 0 && !strings.Contains(s.AttrOr("class", ""), "hidden")
			})
			if found.Length() != 1 {
				t.Errorf("%s as %q: %d links to help in the bar", path, role, found.Length())
			}
		}
	}
}

// Only help pages may record sound and keep themselves.
func TestHelpPagesAloneMayRecord(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	for _, path := range append(helpPages(), urls.Home(), urls.Questions(), urls.Report()) {
		header := p.Client().Get(path).Is(http.StatusOK).Header
		policy, permits := header.Get("Content-Security-Policy"), header.Get("Permissions-Policy")
		helps := strings.HasPrefix(path, urls.Help()) && path != urls.Questions()
		records := strings.Contains(policy, "; media-src 'self' blob:; worker-src 'self'")
		if records != helps || strings.Contains(permits, "microphone=(self)") != helps {
			t.Errorf("%s: %s, %s", path, policy, permits)
		}
	}
}
