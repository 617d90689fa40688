package handlers

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
)

// The page of the KTP photo replaces a photo without leaving a second one, says what is wrong beside the field
// that takes the new one, and keeps another's out.
func TestPhotoOfKTPIsReplaced(t *testing.T) {
	p, _, _, c := filesPortal(t)
	page := urls.ProfileSection("foto-ktp")
	c.do(multipartRequest(t, page, url.Values{}, "ktp", sentFile{"keliru.jpg", "image/jpeg", photo(t, 300, 200, 90)})).leadsTo(page)
	old := p.one("SELECT ref FROM uploads")
	field := "new-" + old
	c.get(page).has("details:has(#f-"+field+")", "Ganti foto ini")
	c.do(multipartRequest(t, page, url.Values{"replaces": {old}}, field)).is(http.StatusUnprocessableEntity).has("#f-"+field+"-error", "Pilih foto").has("details[open]", "Ganti foto ini")
	c.do(multipartRequest(t, page, url.Values{"replaces": {old}}, field, sentFile{"benar.jpg", "image/jpeg", photo(t, 300, 200, 95)})).leadsTo(page)
	c.get(page).has("[data-flash]", "Foto sudah diganti").has("#periksa", "benar.jpg")
	if n := c.get(page).Find("#periksa article").Length(); n != 1 {
		t.Errorf("%d photos stand on the page", n)
	}
	// Sent before the form, in pieces.
	c.do(multipartRequest(t, page, url.Values{}, "ktp", sentFile{"lagi.jpg", "image/jpeg", photo(t, 300, 200, 99)})).leadsTo(page)
	current, sent := p.one("SELECT ref FROM uploads WHERE name = 'benar.jpg'"), p.one("SELECT ref FROM uploads WHERE name = 'lagi.jpg'")
	c.post(page, url.Values{"replaces": {current}, "uploads": {sent}}).leadsTo(page)
	if n := c.get(page).has("#periksa", "lagi.jpg").Find("#periksa article").Length(); n != 1 {
		t.Errorf("%d photos stand on the page", n)
	}
	p.as(p.addUser("seeker", "Orang Lain")).post(page, url.Values{"replaces": {sent}, "uploads": {sent}}).is(http.StatusNotFound)
}

// A file's page says why it cannot be deleted, or offers it; and of what it is part, by name.
func TestFilePageSaysWhatIsTrueOfIt(t *testing.T) {
	p, _, _, c := filesPortal(t)
	values := certificateValues()
	values.Set("title", "Juru las kapal")
	to := c.postFiles(urls.NewCertificate(), values, sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	file := urls.Upload(p.one("SELECT ref FROM uploads"))
	c.get(file).has("main a", "Juru las kapal").has("form[action$='/hapus'] button", "Hapus berkas ini").has("main", "Bisa dikembalikan dalam satu hari")
	c.get(urls.Uploads()).has("main a[href^='"+urls.Certificates()+"/']", "Juru las kapal")
	c.post(to+"/kirim", nil).is(http.StatusSeeOther)
	c.get(file).has("main", "bagian dari sertifikat yang sudah dikirim").lacks("form[action$='/hapus']")
	c.post(file+"/hapus", nil).leadsTo(file)
	c.get(file).has("[data-flash]", "bagian dari sertifikat")
	c.post(to+"/tarik", nil).leadsTo(to)
	c.get(to)
	c.post(file+"/hapus", nil).leadsTo(urls.Uploads())
	c.get(urls.Uploads()).has("[data-flash] form[action$='/kembalikan']", "Batalkan").has("main a[href='#tambah']", "Tambah berkas")
}
