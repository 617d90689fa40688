package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// cardOf is the photo of a person's KTP, with its image.
func cardOf(t *testing.T, p *testportal.Portal, u models.User) string {
	t.Helper()
	p.As(u).PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("kartu.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))).
		LeadsTo(urls.Uploads())
	p.RenderAll()
	err := p.DB.Exec(`UPDATE uploads
		SET replaced_at = CASE WHEN purpose = 'ktp' THEN created_at END, purpose = 'ktp'
		WHERE owner_id = ?`, u.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	return p.One("SELECT ref FROM uploads WHERE owner_id = ? AND replaced_at IS NULL", u.ID)
}

// The file of a closed application and the KTP of a client of the counter are opened with a reason, which their owner
// reads; nobody else is let near the form.
func TestF071ClosedFilesAreOpenedWithAReason(t *testing.T) {
	p, _, _ := testportal.StartFiles(t)
	l, u, officer := p.AddProgramme(nil), p.AddReadySeeker("Ani Wulandari"), p.As(p.AddUser(models.Officer, "Rina"))
	a, seeker, ref := p.AddSubmitted(u, l.Intakes[0]), p.As(u), cardOf(t, p, u)
	image, page := urls.UploadImage(ref, "1"), urls.OfficerApplication(a.Ref)
	officer.Get(image).Is(http.StatusOK)
	officer.Get(page).Has("article", "KTP").Lacks("a[href*='/petugas/berkas/']")
	p.DB.Exec("UPDATE applications SET state = 'withdrawn' WHERE id = ?", a.ID)
	form := urls.OfficerFileFrom(ref, page)
	officer.Get(page).Has("article", "tidak sedang diperiksa").Lacks("img[src='" + image + "']").
		Lacks("a[href='" + urls.UploadOriginal(ref) + "']")
	if href := officer.Get(page).Find("article a").AttrOr("href", ""); href != form {
		t.Errorf("the page leads to %s, want %s", href, form)
	}
	for _, path := range []string{image, urls.UploadThumb(ref, "1"), urls.UploadOriginal(ref)} {
		officer.Get(path).LeadsTo(urls.OfficerFileFrom(ref, path))
	}
	officer.Get(form).Is(http.StatusOK).Has("main", "dibaca pemilik berkas").Lacks("main img")
	officer.Post(form, url.Values{"reason": {" "}, "back": {page}}).Is(http.StatusUnprocessableEntity).Has("#f-reason-error", "mengapa")
	officer.Post(form, url.Values{"reason": {"Pemilik bertanya di loket."}, "back": {"https://jahat.example/"}}).LeadsTo(image)
	officer.Get(image).Is(http.StatusOK)
	officer.Get(page).Has("main a:has(img[src='"+image+"'])", "tab baru").Lacks("a[href*='/petugas/berkas/']")
	seeker.Get(urls.Looks()).Has("main li", "Membuka berkas di luar pemeriksaan").Has("main li", "Alasan: Pemilik bertanya di loket.")
	p.As(p.AddUser(models.Officer, "Joko")).Get(image).LeadsTo(urls.OfficerFileFrom(ref, image))
	officer.Get(urls.OfficerFile("BK-TIDAKADA")).Is(http.StatusNotFound)

	client := p.AddReadySeeker("Klien Loket")
	p.DB.Exec("UPDATE users SET registered_by = ? WHERE id = ?", officer.UserNamed("Rina").ID, client.ID)
	card := cardOf(t, p, client)
	officer.Get(urls.UploadOriginal(card)).LeadsTo(urls.OfficerFileFrom(card, urls.UploadOriginal(card)))
	officer.Post(urls.OfficerFile(card), url.Values{"reason": {"Foto KTP diulang di loket."}}).LeadsTo(urls.UploadImage(card, "1"))
	officer.Get(urls.UploadOriginal(card)).Is(http.StatusOK)

	others := map[string]*testportal.Client{"the owner": seeker}
	for _, role := range []models.Role{models.Seeker, models.Staff, models.Owner, models.Admin} {
		others[string(role)] = p.As(p.AddUser(role, "Bukan "+string(role)))
	}
	for who, other := range others {
		if got := other.Post(form, url.Values{"reason": {"x"}}); got.Status != http.StatusForbidden {
			t.Errorf("%s opens files: status %d", who, got.Status)
		}
		if got := other.Get(form); got.Status != http.StatusForbidden {
			t.Errorf("%s sees the form: status %d", who, got.Status)
		}
	}
	if n := p.One("SELECT count(*) FROM file_openings"); n != "2" {
		t.Errorf("%s openings, want 2", n)
	}
}
