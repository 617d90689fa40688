package handlers

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

func ptr[T any](v T) *T { return &v }

// listed is a catalogue of one institution and one programme with its intakes.
type listed struct {
	institution, programme string   // references
	intakes                []string // references, in the order given
}

// addReference puts in the few rows of reference data that programmes name.
func (p *testPortal) addReference() {
	p.t.Helper()
	err := p.store.SeedReference(context.Background(), models.ReferenceData{
		Sectors:         []models.Sector{{Code: "teknik", Name: models.Text{ID: "Teknik", EN: "Engineering"}, About: models.Text{ID: "Las dan listrik", EN: "Welding and electrics"}, Icon: "wrench", Position: 1}},
		EducationLevels: []models.EducationLevel{{Code: "SMP", Rank: 2, Name: models.Text{ID: "SMP", EN: "Junior secondary"}}, {Code: "SD", Rank: 1, Name: models.Text{ID: "SD", EN: "Primary"}}},
		Provinces:       []models.Province{{Code: "31", Name: "DKI Jakarta"}, {Code: "36", Name: "Banten"}},
		Regencies:       []models.Regency{{Code: "36.71", ProvinceCode: "36", Name: "Kota Tangerang"}, {Code: "31.75", ProvinceCode: "31", Name: "Kota Administrasi Jakarta Timur", Jakarta: true}},
		Countries: []models.Country{{Code: "JP", Name: models.Text{ID: "Jepang", EN: "Japan"}, CallingCode: "+81", Destination: true, Note: models.Text{ID: "Catatan Jepang.", EN: "Note on Japan."}},
			{Code: "KH", Name: models.Text{ID: "Kamboja", EN: "Cambodia"}, CallingCode: "+855", Caution: true, Note: models.Text{ID: "Hati-hati.", EN: "Be careful."}}},
		Occupations: []models.Occupation{{Code: "ENG01", SectorCode: "teknik", Name: models.Text{ID: "Juru las", EN: "Welder"}, Training: models.Text{ID: "Kelas las.", EN: "A welding course."}, Destinations: record.Codes{"JP"}}},
		Hotlines: []models.Hotline{
			{Code: "A", Name: models.Text{ID: "Halo KP2MI", EN: "KP2MI"}, Kind: "phone", Number: "0800-1000", Dial: "08001000", CheckedOn: ptr(time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)), Position: 1, ValidFrom: noon.AddDate(-1, 0, 0)},
			{Code: "B", Name: models.Text{ID: "Polisi", EN: "Police"}, Kind: "phone", Number: "110", Dial: "110", Position: 2, ValidFrom: noon.AddDate(-1, 0, 0)},
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// addProgramme publishes a free welding course; change adjusts it and its intakes first.
func (p *testPortal) addProgramme(change func(*models.DemoProgramme)) listed {
	p.t.Helper()
	ctx := context.Background()
	key := "uji"
	if err := p.store.SeedInstitutions(ctx, []models.Institution{{Kind: "lpk", Name: "LPK Uji", ExternalKey: &key}}); err != nil {
		p.t.Fatal(err)
	}
	d := models.DemoProgramme{Institution: key, Programme: models.Programme{ProgrammeContent: models.ProgrammeContent{
		Title: "Pengelasan SMAW 3G", Description: "Belajar mengelas pelat.", SectorCode: ptr("teknik"), OccupationCode: ptr("ENG01"), HoursJP: ptr(240), MinutesPerJP: 45, Days: ptr(30),
		Funding: ptr(models.FundingAPBD), AgeMin: ptr(17), AgeMax: ptr(50), EducationMin: ptr("SMP"), RequiresDKI: true, Method: ptr("onsite"), RegencyCode: ptr("31.75"),
		OutcomeTraining: true, Destinations: record.Codes{"JP"},
	}}, Intakes: []models.Intake{openIntake(1)}}
	if change != nil {
		change(&d)
	}
	if err := p.store.SeedDemo(ctx, []models.DemoProgramme{d}, nil); err != nil {
		p.t.Fatal(err)
	}
	var l listed
	p.db.Raw("SELECT ref FROM institutions WHERE external_key = ?", key).Scan(&l.institution)
	p.db.Raw("SELECT ref FROM programmes ORDER BY id DESC LIMIT 1").Scan(&l.programme)
	p.db.Raw("SELECT ref FROM intakes WHERE programme_id = (SELECT max(id) FROM programmes) ORDER BY id").Scan(&l.intakes)
	return l
}

// openIntake opened yesterday and closes on 30 November at 23.59.59 WIB.
func openIntake(number int) models.Intake {
	date := func(month time.Month, day int) *time.Time {
		return ptr(time.Date(2026, month, day, 0, 0, 0, 0, time.UTC))
	}
	return models.Intake{Number: number, Selection: models.ByTest, OpensAt: ptr(noon.AddDate(0, 0, -1)), ClosesAt: ptr(record.DateDay(*date(11, 30)).End()),
		StartsOn: date(12, 14), EndsOn: date(12, 30), Quota: 20, ReserveSeats: 3, EnrolDays: 3}
}

func visitorPages(l listed) []string {
	return []string{urls.Home(), urls.Programmes(), urls.Programme(l.programme), urls.Institutions(), urls.Institution(l.institution), urls.Occupations(), urls.Help(), urls.Safety(),
		urls.Privacy(), urls.Accessibility(), urls.Report(), urls.ReportAbout(l.programme), urls.Programmes() + "?q=las&sektor=teknik&kota=31.75&pendidikan=SMP&dana=apbd&cara=tatap-muka&hasil=sertifikat&buka=1&urut=termurah"}
}

func TestP098VisitorsReadOneLanguageAndGetNoCookie(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(nil)
	for _, path := range visitorPages(l) {
		for lang, address := range map[string]string{"id": path, "en": urls.InEnglish(path)} {
			page := p.client().get(address).is(http.StatusOK)
			if got, _ := page.Find("html").Attr("lang"); got != lang {
				t.Errorf("%s: lang %q, want %q", address, got, lang)
			}
			if page.header.Get("Set-Cookie") != "" {
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
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(nil)
	apply := "a[href='" + urls.Apply(l.intakes[0]) + "']"
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
		p.pass(tt.at.Sub(p.clock()))
		page := p.client().get(urls.Programme(l.programme)).is(http.StatusOK).has("#jadwal", tt.label).has("#jadwal", "Senin, 30 November 2026 pukul 23.59 WIB")
		if got := page.Find(apply).Length() > 0; got != tt.open {
			t.Errorf("%v: can be applied for: %v, want %v", tt.at, got, tt.open)
		}
	}
}

func TestP027OpeningTomorrowIsCalledTomorrow(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(func(d *models.DemoProgramme) {
		d.Intakes[0].OpensAt = ptr(time.Date(2026, 11, 26, 8, 0, 0, 0, i18n.WIB))
	})
	p.pass(10 * time.Hour) // 22.00
	p.client().get(urls.Programme(l.programme)).has("#jadwal", "Dibuka besok, 08.00 WIB").lacks("a[href^='/saya/daftar']")
	p.client().get(urls.Programmes()).has("#daftar", "Dibuka besok, 08.00 WIB")
	p.client().get(urls.Home()).has("main", "Dibuka besok, 08.00 WIB")
}

func TestP055P100FullMorningLeavesEveningOpen(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(func(d *models.DemoProgramme) {
		morning, evening := openIntake(1), openIntake(1)
		morning.Session, morning.Selection, morning.Quota = "morning", models.ByFirstCome, 1
		evening.Session, evening.Selection, evening.Quota = "evening", models.ByFirstCome, 1
		d.Intakes = []models.Intake{morning, evening}
	})
	siti := p.addUser(models.Seeker, "Siti")
	err := p.db.Exec(`INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, created_at, updated_at)
		SELECT 'NK-UJI', id, ?, 'accepted', now(), now(), now() FROM intakes WHERE ref = ?`, siti.ID, l.intakes[0]).Error
	if err != nil {
		t.Fatal(err)
	}
	page := p.client().get(urls.Programme(l.programme)).has("#jadwal", "kelas pagi").has("#jadwal", "Kursi penuh").has("#jadwal", "1 kursi tersisa")
	evening := page.Find("#jadwal article").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "kelas malam") })
	if evening.Find("a[href='"+urls.Apply(l.intakes[1])+"']").Length() != 1 {
		t.Error("the evening class cannot be chosen")
	}
	p.client().get(urls.InEnglish(urls.Programme(l.programme))).has("#jadwal", "1 seat left")
}

func TestProgrammePageSaysWhatItCosts(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	free := p.addProgramme(nil)
	page := p.client().get(urls.Programme(free.programme)).is(http.StatusOK)
	for _, text := range []string{"Gratis (APBD)", "240 JP, 30 hari", "sekitar 180 jam", "Usia 17 sampai 50 tahun", "KTP DKI Jakarta", "dua hal yang berbeda", "LPK tidak boleh menempatkan",
		"bukan janji kerja", "Jepang", "Contoh", "Sudah diperiksa petugas", "Peserta tidak membayar"} {
		page.has("main", text)
	}
	paid := p.addProgramme(func(d *models.DemoProgramme) {
		d.Programme.Code, d.Programme.Funding, d.Programme.CostTotal, d.Programme.RefundRule = "B", ptr(models.FundingSelfPaid), 1_250_000, "Uang kembali penuh."
		d.Costs = []models.ProgrammeCost{{Label: "Kursus", Amount: 1_000_000}, {Label: "Buku", Amount: 250_000}}
	})
	p.client().get(urls.Programme(paid.programme)).has("table", "Rp1.000.000").has("table", "Rp250.000").has("table", "Rp1.250.000").has("main", "Uang kembali penuh.")
}

func TestSuspendedRevokedAndUnknownPages(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(nil)
	programme, institution := urls.Programme(l.programme), urls.Institution(l.institution)
	set := func(state string) { p.db.Exec("UPDATE institutions SET state = ?", state) }
	set("suspended")
	p.client().get(programme).is(http.StatusOK).has("main", "dibekukan").lacks("a[href^='/saya/daftar']")
	p.client().get(institution).is(http.StatusOK).has("main", "dibekukan")
	p.client().get(urls.Programmes()).has("#daftar", "0 pelatihan")
	set("revoked")
	p.client().get(programme).is(http.StatusGone).has("h1", "sudah tidak ada")
	p.client().get(institution).is(http.StatusGone)
	p.client().get(urls.Programme("PL-TIDAKADA")).is(http.StatusNotFound).has("h1", "tidak ada")
	p.client().get("/en/tidak-ada").is(http.StatusNotFound).has("h1", "There is no such page")
}

func TestFiltersWorkWithoutScripts(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	p.addProgramme(nil)
	page := p.client().get(urls.Programmes()+"?q=mengelas&sektor=teknik&buka=1").has("#daftar h2", "1 pelatihan")
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
	empty := p.client().get(urls.Programmes()+"?q=pengelsan&hasil=bnsp").has("#daftar h2", "0 pelatihan").has("#daftar", "Maksud Anda pengelasan")
	if empty.Find("#daftar a[href='/pelatihan?q=pengelasan']").Length() != 1 {
		t.Error("the other spelling is no link")
	}
	p.client().get(urls.Programmes()+"?sektor=%27%22%3E&setelah=x").is(http.StatusOK).has("#daftar h2", "0 pelatihan")
}

func TestHelpNumbersSayWhenTheyWereChecked(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	p.client().get(urls.Help()).has("main", "Terakhir diperiksa April 2025").has("main", "Belum diperiksa ulang").has("main", "peduliwni.com adalah blog pribadi").has("footer", "0800-1000")
	p.client().get(urls.InEnglish(urls.Help())).has("main", "Last checked April 2025")
}

func TestAnyoneCanReport(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(nil)
	c := p.client()
	form := c.get(urls.ReportAbout(l.programme)).is(http.StatusOK).has("main", "Pengelasan SMAW 3G")
	token, _ := form.Find("input[name=token]").Attr("value")
	values := url.Values{"token": {token}, "tentang": {l.programme}, "jenis": {"money"}, "cerita": {""}, "kontak": {"siti@contoh.example"}}
	wrong := c.post(urls.Report(), values).is(http.StatusUnprocessableEntity).has("title", "Kesalahan:").has("#f-cerita-error", "Isi kolom ini")
	if v, _ := wrong.Find("#f-kontak").Attr("value"); v != "siti@contoh.example" {
		t.Errorf("what was typed is gone: %q", v)
	}
	values.Set("cerita", "Diminta uang di luar daftar.")
	first := c.post(urls.Report(), values).header.Get("Location")
	again := c.post(urls.Report(), values).header.Get("Location")
	if first == "" || first != again {
		t.Errorf("the same form gave %q and %q", first, again)
	}
	receipt := c.get(first).is(http.StatusOK).has("main", "Laporan sudah diterima").has("main", "Rabu, 25 November 2026 pukul 12.00 WIB")
	if strings.Contains(receipt.body, "Diminta uang di luar daftar.") {
		t.Error("the receipt shows the report")
	}
	if len(c.cookies) > 0 {
		t.Error("reporting sets a cookie")
	}
	var n int64
	if p.db.Raw("SELECT count(*) FROM reports WHERE kind = 'money' AND programme_id IS NOT NULL").Scan(&n); n != 1 {
		t.Errorf("%d reports, want 1", n)
	}
	c.get(urls.ReportReceipt("LP-TIDAKADA")).is(http.StatusNotFound)
	c.get(urls.ReportAbout("PL-TIDAKADA")).is(http.StatusNotFound)
}

func TestMachinesFindTheirWay(t *testing.T) {
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(nil)
	robots := p.client().get(urls.RobotsPattern).is(http.StatusOK)
	if !strings.Contains(robots.body, "Disallow: /saya\n") || !strings.Contains(robots.body, "Sitemap: http://127.0.0.1/sitemap.xml") {
		t.Errorf("robots.txt: %s", robots.body)
	}
	var m sitemap
	if err := xml.Unmarshal([]byte(p.client().get(urls.Sitemap()).is(http.StatusOK).body), &m); err != nil {
		t.Fatal(err)
	}
	listedPages := map[string]bool{}
	for _, page := range m.Pages {
		listedPages[page.Address] = true
	}
	for _, path := range []string{urls.Home(), urls.Programme(l.programme), urls.InEnglish(urls.Programme(l.programme)), urls.Institution(l.institution)} {
		if !listedPages["http://127.0.0.1"+path] {
			t.Errorf("sitemap.xml lacks %s", path)
		}
	}
	var phone manifest
	if err := json.Unmarshal([]byte(p.client().get(urls.Manifest()).is(http.StatusOK).body), &phone); err != nil || phone.Start != "/" || len(phone.Icons) == 0 {
		t.Errorf("manifest: %+v (%v)", phone, err)
	}
}
