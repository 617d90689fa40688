package public_test

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func visitorPages(l testportal.Listed) []string {
	return []string{
		urls.Home(), urls.Programmes(), urls.Programme(l.Programme), urls.Institutions(), urls.Institution(l.Institution),
		urls.Occupations(), urls.Help(),
		urls.HelpCountries(), urls.HelpSafely(), urls.Questions(), urls.Safety(), urls.Privacy(), urls.Accessibility(),
		urls.Report(), urls.ReportAbout(l.Programme),
		urls.Programmes() + "?q=las&sektor=teknik&kota=31.75&pendidikan=SMP&dana=apbd&cara=tatap-muka&hasil=sertifikat" +
			"&buka=1&urut=termurah",
	}
}

func TestP098VisitorsReadOneLanguageAndGetNoCookie(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	for _, path := range visitorPages(l) {
		for lang, address := range map[string]string{"id": path, "en": urls.InEnglish(path)} {
			page := p.Client().Get(address).Is(http.StatusOK)
			if got, _ := page.Find("html").Attr("lang"); got != lang {
				t.Errorf("%s: lang %q, want %q", address, got, lang)
			}
			if page.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s sets a cookie", address)
			}
			if n := page.Find("h1").Length(); n != 1 {
				t.Errorf("%s: %d first headings", address, n)
			}
			if strings.Contains(page.Find("body").Text(), "[public.") || strings.Contains(page.Find("body").Text(), "[programme.") {
				t.Errorf("%s shows a key", address)
			}
			page.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
				href, _ := a.Attr("href")
				_, switches := a.Attr("data-language")
				english := strings.HasPrefix(href, "/en")
				if strings.HasPrefix(href, "/") && !switches && english != (lang == "en") {
					t.Errorf("%s leads to %s", address, href)
				}
			})
		}
	}
}

func TestP020DeadlineHoldsUntilMidnightInJakarta(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	apply := "a[href='" + urls.Apply(l.Intakes[0]) + "']"
	for _, tt := range []struct {
		at    time.Time
		open  bool
		label string
	}{
		{time.Date(2026, 11, 30, 7, 30, 0, 0, i18n.WIB), true, "Buka sampai hari ini, 23.59 WIB"},
		{time.Date(2026, 11, 30, 23, 30, 0, 0, i18n.WIB), true, "Buka sampai hari ini, 23.59 WIB"},
		{time.Date(2026, 11, 30, 23, 59, 59, 0, i18n.WIB), true, "Buka sampai hari ini, 23.59 WIB"},
		{time.Date(2026, 12, 1, 0, 0, 0, 0, i18n.WIB), false, "Pendaftaran ditutup"},
	} {
		p.Pass(tt.at.Sub(p.Clock()))
		page := p.Client().Get(urls.Programme(l.Programme)).Is(http.StatusOK).
			Has("#jadwal", tt.label).Has("#jadwal", "Senin, 30 November 2026 pukul 23.59 WIB")
		if got := page.Find(apply).Length() > 0; got != tt.open {
			t.Errorf("%v: can be applied for: %v, want %v", tt.at, got, tt.open)
		}
	}
}

func TestP027OpeningTomorrowIsCalledTomorrow(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(func(d *models.DemoProgramme) {
		d.Intakes[0].OpensAt = new(time.Date(2026, 11, 26, 8, 0, 0, 0, i18n.WIB))
	})
	p.Pass(10 * time.Hour) // 22.00
	p.Client().Get(urls.Programme(l.Programme)).Has("#jadwal", "Dibuka besok, 08.00 WIB").Lacks("a[href^='/saya/daftar']")
	p.Client().Get(urls.Programmes()).Has("#daftar", "Dibuka besok, 08.00 WIB")
	p.Client().Get(urls.Home()).Has("main", "Dibuka besok, 08.00 WIB")
}

func TestP055P100FullMorningLeavesEveningOpen(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(func(d *models.DemoProgramme) {
		morning, evening := testportal.OpenIntake(1), testportal.OpenIntake(1)
		morning.Session, morning.Selection, morning.Quota = "morning", models.ByFirstCome, 1
		evening.Session, evening.Selection, evening.Quota = "evening", models.ByFirstCome, 1
		d.Intakes = []models.Intake{morning, evening}
	})
	siti := p.AddUser(models.Seeker, "Siti")
	err := p.DB.Exec(`INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, created_at, updated_at)
		SELECT 'NK-UJI', id, ?, 'accepted', now(), now(), now()
		FROM intakes
		WHERE ref = ?`, siti.ID, l.Intakes[0]).Error
	if err != nil {
		t.Fatal(err)
	}
	page := p.Client().Get(urls.Programme(l.Programme)).
		Has("#jadwal", "kelas pagi").Has("#jadwal", "Kursi penuh").Has("#jadwal", "1 kursi tersisa")
	evening := page.Find("#jadwal article").
		FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "kelas malam") })
	if evening.Find("a[href='"+urls.Apply(l.Intakes[1])+"']").Length() != 1 {
		t.Error("the evening class cannot be chosen")
	}
	p.Client().Get(urls.InEnglish(urls.Programme(l.Programme))).Has("#jadwal", "1 seat left")
}

func TestProgrammePageSaysWhatItCosts(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	free := p.AddProgramme(nil)
	page := p.Client().Get(urls.Programme(free.Programme)).Is(http.StatusOK)
	for _, text := range []string{
		"Gratis (APBD)", "240 JP, 30 hari", "sekitar 180 jam", "Usia 17 sampai 50 tahun", "KTP DKI Jakarta",
		"dua hal yang berbeda", "LPK tidak boleh menempatkan", "bukan janji kerja", "Jepang", "Contoh",
		"Sudah diperiksa petugas", "Peserta tidak membayar",
	} {
		page.Has("main", text)
	}
	paid := p.AddProgramme(func(d *models.DemoProgramme) {
		d.Programme.Code, d.Programme.Funding = "B", new(models.FundingSelfPaid)
		d.Programme.CostTotal, d.Programme.RefundRule = 1_250_000, "Uang kembali penuh."
		d.Costs = []models.ProgrammeCost{{Label: "Kursus", Amount: 1_000_000}, {Label: "Buku", Amount: 250_000}}
	})
	p.Client().Get(urls.Programme(paid.Programme)).
		Has("table", "Rp1.000.000").Has("table", "Rp250.000").Has("table", "Rp1.250.000").Has("main", "Uang kembali penuh.")
}

func TestSuspendedRevokedAndUnknownPages(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	programme, institution := urls.Programme(l.Programme), urls.Institution(l.Institution)
	set := func(state string) { p.DB.Exec("UPDATE institutions SET state = ?", state) }
	set("suspended")
	p.Client().Get(programme).Is(http.StatusOK).Has("main", "dibekukan").Lacks("a[href^='/saya/daftar']")
	p.Client().Get(institution).Is(http.StatusOK).Has("main", "dibekukan")
	p.Client().Get(urls.Programmes()).Has("#daftar", "0 pelatihan")
	set("revoked")
	p.Client().Get(programme).Is(http.StatusGone).Has("h1", "sudah tidak ada")
	p.Client().Get(institution).Is(http.StatusGone)
	p.Client().Get(urls.Programme("PL-TIDAKADA")).Is(http.StatusNotFound).Has("h1", "tidak ada")
	p.Client().Get("/en/tidak-ada").Is(http.StatusNotFound).Has("h1", "There is no such page")
}

func TestFiltersWorkWithoutScripts(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.AddProgramme(nil)
	page := p.Client().Get(urls.Programmes()+"?q=mengelas&sektor=teknik&buka=1").Has("#daftar h2", "1 pelatihan")
	if n := page.Find("[aria-label='Saringan yang dipakai'] a[href^='/pelatihan']").Length(); n != 4 { // three, and all at once
		t.Errorf("%d links take filters off, want 4", n)
	}
	if v, _ := page.Find("#f-q").Attr("value"); v != "mengelas" {
		t.Errorf("the search is forgotten: %q", v)
	}
	if page.Find("#f-sektor option[selected][value=teknik]").Length() != 1 || page.Find("#f-buka[checked]").Length() != 1 {
		t.Error("a filter is forgotten")
	}
	if method, _ := page.Find("form#saring").Attr("method"); method != "get" {
		t.Errorf("the filters are sent by %q", method)
	}
	empty := p.Client().Get(urls.Programmes()+"?q=pengelsan&hasil=bnsp").
		Has("#daftar h2", "0 pelatihan").Has("#daftar", "Maksud Anda pengelasan")
	if empty.Find("#daftar a[href='/pelatihan?q=pengelasan']").Length() != 1 {
		t.Error("the other spelling is no link")
	}
	p.Client().Get(urls.Programmes()+"?sektor=%27%22%3E&setelah=x").Is(http.StatusOK).Has("#daftar h2", "0 pelatihan")
}

func TestHelpNumbersSayWhenTheyWereChecked(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.Client().Get(urls.Help()).Has("main", "Terakhir diperiksa April 2025").
		Has("main", "Belum diperiksa ulang")
	p.Client().Get(urls.Questions()).Has("main", "peduliwni.com adalah blog pribadi").Has("footer", "0800-1000")
	p.Client().Get(urls.InEnglish(urls.Help())).Has("main", "Last checked April 2025")
}

func TestAnyoneCanReport(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	c := p.Client()
	form := c.Get(urls.ReportAbout(l.Programme)).Is(http.StatusOK).Has("main", "Pengelasan SMAW 3G")
	token, _ := form.Find("input[name=token]").Attr("value")
	values := url.Values{"token": {token}, "tentang": {l.Programme}, "jenis": {"money"}, "cerita": {""}, "kontak": {"siti@contoh.example"}}
	wrong := c.Post(urls.Report(), values).Is(http.StatusUnprocessableEntity).
		Has("title", "Kesalahan:").Has("#f-cerita-error", "Isi kolom ini")
	if v, _ := wrong.Find("#f-kontak").Attr("value"); v != "siti@contoh.example" {
		t.Errorf("what was typed is gone: %q", v)
	}
	values.Set("cerita", "Diminta uang di luar daftar.")
	first := c.Post(urls.Report(), values).Header.Get("Location")
	receipt := c.Get(first).Is(http.StatusOK).Has("main", "Laporan sudah diterima").Has("main", "Rabu, 25 November 2026 pukul 12.00 WIB")
	again := c.Post(urls.Report(), values).Header.Get("Location")
	if first == "" || first != again || receipt.Find("dl").Text() != c.Get(again).Find("dl").Text() {
		t.Errorf("the same form gave %q and %q", first, again)
	}
	if strings.Contains(receipt.Body, "Diminta uang di luar daftar.") {
		t.Error("the receipt shows the report")
	}
	var n int64
	if p.DB.Raw("SELECT count(*) FROM reports WHERE kind = 'money' AND programme_id IS NOT NULL").Scan(&n); n != 1 {
		t.Errorf("%d reports, want 1", n)
	}
	c.Get(urls.ReportReceipt("LP-TIDAKADA")).Is(http.StatusNotFound)
	c.Get(urls.ReportAbout("PL-TIDAKADA")).Is(http.StatusNotFound)
}

// Who has sent many reports is asked to wait, with what they wrote still in the form.
func TestReportThatComesTooOftenIsKept(t *testing.T) {
	c := testportal.Start(t).Client()
	values := url.Values{"jenis": {"money"}, "cerita": {"Diminta uang di luar daftar."}, "kontak": {"siti@contoh.example"}}
	got := c.Post(urls.Report(), values)
	for range 20 {
		if got.Status != http.StatusSeeOther {
			break
		}
		got = c.Post(urls.Report(), values)
	}
	got.Is(http.StatusTooManyRequests).Has("[data-error-summary]", "satu jam lagi").Has("#f-cerita", "Diminta uang di luar daftar.")
}

func TestMachinesFindTheirWay(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	robots := p.Client().Get(urls.RobotsPattern).Is(http.StatusOK)
	if !strings.Contains(robots.Body, "Disallow: /saya\n") || !strings.Contains(robots.Body, "Sitemap: http://127.0.0.1/sitemap.xml") {
		t.Errorf("robots.txt: %s", robots.Body)
	}
	var m struct {
		Pages []struct {
			Address string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(p.Client().Get(urls.Sitemap()).Is(http.StatusOK).Body), &m); err != nil {
		t.Fatal(err)
	}
	listedPages := map[string]bool{}
	for _, page := range m.Pages {
		listedPages[page.Address] = true
	}
	for _, path := range []string{
		urls.Home(), urls.Programme(l.Programme), urls.InEnglish(urls.Programme(l.Programme)), urls.Institution(l.Institution),
	} {
		if !listedPages["http://127.0.0.1"+path] {
			t.Errorf("sitemap.xml lacks %s", path)
		}
	}
	var phone struct {
		Start string           `json:"start_url"`
		Icons []map[string]any `json:"icons"`
	}
	err := json.Unmarshal([]byte(p.Client().Get(urls.Manifest()).Is(http.StatusOK).Body), &phone)
	if err != nil || phone.Start != "/" || len(phone.Icons) == 0 {
		t.Errorf("manifest: %+v (%v)", phone, err)
	}
}
