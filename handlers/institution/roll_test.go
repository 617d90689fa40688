package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// formValues are what a browser would send of a form as it stands.
func formValues(form *goquery.Selection) url.Values {
	v := url.Values{}
	form.Find("input[name]").Each(func(_ int, s *goquery.Selection) {
		if _, checked := s.Attr("checked"); s.AttrOr("type", "") != "checkbox" || checked {
			v.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
		}
	})
	return v
}

// rolling are two published programmes with an intake each, and a third without one; staff roll them.
func rolling(t *testing.T) (p *testportal.Portal, staff *testportal.Client, refs []string) {
	t.Helper()
	p, staff, _ = testportal.StartInstitution(t)
	if err := p.DB.Exec("UPDATE institutions SET state = 'verified'").Error; err != nil {
		t.Fatal(err)
	}
	manyDrafts(staff, 2)
	staff.Post(urls.ManageProgrammes(), url.Values{"title": {"Tanpa angkatan"}}).Is(http.StatusSeeOther)
	err := p.DB.Exec(`UPDATE programmes SET state = 'published', published_at = now() WHERE code IN ('KA', 'KB');
		UPDATE intakes SET state = 'published' WHERE programme_id IN (SELECT id FROM programmes WHERE state = 'published');
		INSERT INTO holidays (day, name_id, name_en) VALUES ('2027-04-26', 'Libur Uji', 'Test holiday')`).Error
	if err != nil {
		t.Fatal(err)
	}
	return p, staff, strings.Split(p.One("SELECT string_agg(ref, ' ' ORDER BY code DESC) FROM programmes WHERE code IN ('', 'KA', 'KB')"), " ")
}

// The next batches of several programmes are shown with every date moved by the same weeks and past holidays, and made
// with one press: sent twice, or from another window, nothing is there twice.
func TestNextBatchesAreShownAndMadeOnce(t *testing.T) {
	p, staff, refs := rolling(t)
	q := url.Values{"pilih": refs, "minggu": {"8"}}
	list := staff.Get(urls.ManageProgrammes())
	list.Shows(`button[formaction="` + urls.ManageRoll() + `"]`)
	page := staff.Get(urls.ManageRoll()+"?"+q.Encode()).Is(http.StatusOK).
		Has("[data-others]", "Tanpa angkatan: belum ada angkatan").Has("[data-moved]", "26 April 2027 libur (Libur Uji)")
	row := page.Find(`[data-roll]`)
	if row.Length() != 2 {
		t.Fatalf("%d rows", row.Length())
	}
	var days []string
	row.First().Find("input[type=date]").Each(func(_ int, s *goquery.Selection) { days = append(days, s.AttrOr("value", "")) })
	// 1 February is 29 March eight weeks later, and 1 March is 26 April, a holiday.
	if got := strings.Join(days, " "); got != "2027-03-29 2027-04-12 2027-04-17  2027-04-27 2027-06-05" {
		t.Errorf("the dates are %s", got)
	}
	sent := formValues(page.Find(`form[method=post][action="` + urls.ManageRoll() + `"]`))
	if n := p.One("SELECT count(*)::text FROM intakes"); n != "3" {
		t.Fatalf("made before the press: %s", n)
	}
	to := staff.Post(urls.ManageRoll(), sent).Is(http.StatusSeeOther).Header.Get("Location")
	staff.Get(to).Is(http.StatusOK).Has("[data-done]", "2 dari 2").Has("main", "Las KA").Has("main", "Sudah dibuat")
	if again := staff.Post(urls.ManageRoll(), sent).Is(http.StatusSeeOther).Header.Get("Location"); again != to {
		t.Errorf("the second press leads to %s", again)
	}
	sent.Set("token", "")
	other := staff.Post(urls.ManageRoll(), sent).Is(http.StatusSeeOther).Header.Get("Location")
	staff.Get(other).Has("[data-done]", "0 dari 2").Has("main", "Nomor dan sesi angkatan ini sudah ada")
	got := p.One(`SELECT string_agg(n.number || ' ' || n.state || ' ' || n.starts_on || ' ' || n.quota, ', ' ORDER BY n.id)
		FROM intakes n WHERE n.number = 2`)
	if got != "2 published 2027-04-27 16, 2 published 2027-04-27 16" {
		t.Errorf("there are %s", got)
	}
	p.As(p.AddUser(models.Owner, "Lain")).Get(to).Is(http.StatusNotFound)
}

// A date that does not go is named at its row, what was typed stays, and nothing is made; a row that is not ticked is
// not made; somebody else's intake is not found.
func TestNextBatchesNameWhatDoesNotGo(t *testing.T) {
	p, staff, refs := rolling(t)
	q := url.Values{"pilih": refs, "mulai.day": {"3"}, "mulai.month": {"5"}, "mulai.year": {"2027"}}
	page := staff.Get(urls.ManageRoll() + "?" + q.Encode())
	if got := page.Find(`input[name="rows[0].starts"]`).AttrOr("value", ""); got != "2027-05-03" {
		t.Errorf("it begins on %s", got)
	}
	sent := formValues(page.Find(`form[method=post][action="` + urls.ManageRoll() + `"]`))
	sent.Set("rows[0].starts", "26 April 2027")
	sent.Set("rows[1].test", "besok")
	staff.Post(urls.ManageRoll(), sent).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis tanggal").
		Shows(`input[name="rows[0].starts"][value="26 April 2027"]`)
	sent.Set("rows[1].test", "2027-12-31")
	staff.Post(urls.ManageRoll(), sent).Is(http.StatusUnprocessableEntity).
		Has(`[data-roll]:has(input[name="rows[0].starts"])`, "Libur: Libur Uji").
		Has(`[data-roll]:has(input[name="rows[1].test"])`, "sebelum pelatihan mulai")
	sent.Del("rows[1].take")
	sent.Set("rows[0].starts", "3-5-2027")
	to := staff.Post(urls.ManageRoll(), sent).Is(http.StatusSeeOther).Header.Get("Location")
	staff.Get(to).Has("[data-done]", "1 dari 1")
	sent.Del("rows[0].take")
	staff.Post(urls.ManageRoll(), sent).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Centang dulu angkatan")
	sent.Set("rows[0].take", "yes")
	p.As(p.AddUser(models.Owner, "Lain")).Post(urls.ManageRoll(), sent).Is(http.StatusNotFound)
	staff.Get(urls.ManageRoll()+"?minggu=abc&semua=ya").Is(http.StatusOK).Has("main", "dari 1 sampai 104").Has("main", "Las KA")
}

// Published programmes are closed together after a page that says whom it touches and asks for one reason.
func TestManyProgrammesAreClosedTogether(t *testing.T) {
	p, staff, refs := rolling(t)
	q := url.Values{"apa": {"tutup"}, "pilih": refs}
	page := staff.Get(urls.ManageMany()+"?"+q.Encode()).Is(http.StatusOK).Has("h1", "Tutup 2 pelatihan?").
		Has("[data-whom]", "Tidak ada pendaftaran").Has("[data-others]", "Tanpa angkatan").Shows("[data-letter]")
	sent := formValues(page.Find("main form[method=post]"))
	staff.Post(urls.ManageMany(), sent).Is(http.StatusUnprocessableEntity).Shows("#f-reason-error")
	sent.Set("reason", "Gedung diperbaiki.")
	to := staff.Post(urls.ManageMany(), sent).Is(http.StatusSeeOther).Header.Get("Location")
	staff.Get(to).Is(http.StatusOK).Has("[data-flash]", "2 pelatihan ditutup")
	staff.Post(urls.ManageMany(), sent).Is(http.StatusSeeOther)
	if got := p.One("SELECT count(*) || ' ' || count(DISTINCT reason) FROM endings WHERE kind = 'programme_closed'"); got != "2 1" {
		t.Errorf("endings: %s", got)
	}
}
