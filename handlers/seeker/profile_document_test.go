package seeker_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// The page of the KTP photo replaces a photo without leaving a second one, says what is wrong beside the field
// that takes the new one, and keeps another's out.
func TestPhotoOfKTPIsReplaced(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	page := urls.ProfileSection("foto-ktp")
	c.Do(testportal.Multipart(t, page, url.Values{},
		"ktp", testportal.Sent("keliru.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90)))).LeadsTo(page)
	old := p.One("SELECT ref FROM uploads")
	field := "new-" + old
	c.Get(page).Has("details:has(#f-"+field+")", "Ganti foto ini")
	c.Do(testportal.Multipart(t, page, url.Values{"replaces": {old}}, field)).Is(http.StatusUnprocessableEntity).
		Has("#f-"+field+"-error", "Pilih foto").Has("details[open]", "Ganti foto ini")
	c.Do(testportal.Multipart(t, page, url.Values{"replaces": {old}},
		field, testportal.Sent("benar.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 95)))).LeadsTo(page)
	c.Get(page).Has("[data-flash]", "Foto sudah diganti").Has("#periksa", "benar.jpg")
	if n := c.Get(page).Find("#periksa article").Length(); n != 1 {
		t.Errorf("%d photos stand on the page", n)
	}
	// Sent before the form, in pieces.
	c.Do(testportal.Multipart(t, page, url.Values{},
		"ktp", testportal.Sent("lagi.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 99)))).LeadsTo(page)
	current, sent := p.One("SELECT ref FROM uploads WHERE name = 'benar.jpg'"), p.One("SELECT ref FROM uploads WHERE name = 'lagi.jpg'")
	c.Post(page, url.Values{"replaces": {current}, "uploads": {sent}}).LeadsTo(page)
	if n := c.Get(page).Has("#periksa", "lagi.jpg").Find("#periksa article").Length(); n != 1 {
		t.Errorf("%d photos stand on the page", n)
	}
	p.As(p.AddUser("seeker", "Orang Lain")).Post(page, url.Values{"replaces": {sent}, "uploads": {sent}}).Is(http.StatusNotFound)
}

// A file's page says why it cannot be deleted, or offers it; and of what it is part, by name.
func TestFilePageSaysWhatIsTrueOfIt(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	values.Set("title", "Juru las kapal")
	to := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusSeeOther).Header.Get("Location")
	file := urls.Upload(p.One("SELECT ref FROM uploads"))
	c.Get(file).Has("main a", "Juru las kapal").Has("form[action$='/hapus'] button", "Hapus berkas ini").
		Has("main", "Bisa dikembalikan dalam satu hari")
	c.Get(urls.Uploads()).Has("main a[href^='"+urls.Certificates()+"/']", "Juru las kapal")
	c.Post(to+"/kirim", nil).Is(http.StatusSeeOther)
	c.Get(file).Has("main", "bagian dari sertifikat yang sudah dikirim").Lacks("form[action$='/hapus']")
	c.Post(file+"/hapus", nil).Is(http.StatusUnprocessableEntity).Has("[data-flash]", "bagian dari sertifikat")
	c.Post(to+"/tarik", nil).LeadsTo(to)
	c.Get(to)
	c.Post(file+"/hapus", nil).LeadsTo(urls.Uploads())
	c.Get(urls.Uploads()).Has("[data-flash] form[action$='/kembalikan']", "Batalkan").Has("main a[href='#tambah']", "Tambah berkas")
}
