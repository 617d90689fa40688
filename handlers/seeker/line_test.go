package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Who is new is asked one question with three answers; after the first step the line stands there with one button.
func TestLineBeginsWithThreeChoices(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.As(p.AddUser(models.Seeker, "Dimas"))
	first := c.Get(urls.Me()).Is(http.StatusOK).Has("h1", "Mau mulai dari mana?").Lacks(".next-panel")
	if n := first.Find("main .card-link").Length(); n != 3 {
		t.Errorf("%d choices, want 3", n)
	}
	if n := first.Find("main .station-ahead").Length(); n != 8 {
		t.Errorf("%d stations lie ahead, want 8", n)
	}
	c.Post(urls.Interest(), url.Values{"country": {"JP"}}).LeadsTo(urls.Interest())
	c.Get(urls.Me()).Is(http.StatusOK).Has("h1", "Perjalanan saya").Has(".station-now", "Identitas diperiksa").
		Has(".next-panel h2", "Lengkapi profil Anda").Has("main", "Dimas · Jepang").Has("main", "Stasiun 3 dari 9")
	c.Get(urls.InEnglish(urls.Me())).Is(http.StatusOK).Has(".station-now", "Identity checked").Has("main", "Dimas · Japan")
}

// A verified certificate leads to what has to be ready, whatever was passed over; the dates stand at what is done.
func TestLineOfACertificateSeesReady(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	kinds(p)
	u := p.AddReadySeeker("Suparmi")
	paper := p.AddCertificate(u)
	err := p.DB.Exec(`UPDATE certificates SET state = 'verified', method = 'qr', officer_id = ?, decided_at = ? WHERE ref = ?`,
		p.AddUser(models.Officer, "Rina").ID, p.Clock(), paper.Ref).Error
	if err != nil {
		t.Fatal(err)
	}
	page := p.As(u).Get(urls.Me()).Is(http.StatusOK).Has(".station-now", "Siap berangkat").Has(".station-skipped", "Dilewati").
		Has(".station-done", "Selesai 25 November 2026").Has(".next-panel", "tidak ikut memutuskan").
		Has(".next-panel", "Lamanya belum diketahui")
	if n := page.Find(".next-panel .btn-primary").Length(); n != 1 {
		t.Errorf("%d filled buttons", n)
	}
}

// Whatever waits for its person comes before what the station asks, and the desk's own time stands with its day.
func TestLineKeepsWhatWaitsFirst(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	c.Get(urls.Me()).Has(".next-panel h2", "Lanjutkan pendaftaran Anda").Has(".next-panel a", "Buka pendaftaran")
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Get(urls.Me()).Has(".next-panel h2", "Pendaftaran Anda sedang berjalan").
		Has(".next-panel", "Paling lama 5 hari kerja").Has(".next-panel", "berlaku sejak 1 Januari 2026")
	if text := p.As(u).Get(urls.Me()).Find(".next-panel").Text(); strings.Contains(text, "belum diketahui") {
		t.Errorf("a known time is said to be unknown: %s", text)
	}
}

func TestInterestShowsCoursesThatFit(t *testing.T) {
	p, _, _, c := testportal.StartApplicant(t)
	sector := p.One("SELECT sector_code FROM programmes WHERE state = 'published' LIMIT 1")
	c.Post(urls.Interest(), url.Values{"sector": {sector}}).LeadsTo(urls.Interest())
	c.Get(urls.Interest()).Is(http.StatusOK).Has("main", "Pelatihan yang cocok").
		Has("main a[href^='/pelatihan/']", p.One("SELECT title FROM programmes WHERE state = 'published' LIMIT 1"))
	c.Post(urls.Interest(), url.Values{"sector": {"tambang"}}).Is(http.StatusUnprocessableEntity).
		Has("#f-sector-error", "Bidang ini tidak ada di daftar")
}
