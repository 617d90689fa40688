package handlers

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// withCertificate is a portal with one certificate that waits, its owner and an officer.
func withCertificate(t *testing.T) (p *testPortal, c models.Certificate, owner, officer *client) {
	t.Helper()
	p, _, u, owner := applicant(t)
	p.addReasons()
	c = p.addCertificate(u)
	p.db.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at WHERE id = ?", c.ID)
	return p, c, owner, p.as(p.addUser(models.Officer, "Rina"))
}

func (p *testPortal) certificateVersion(ref string) string {
	return p.one("SELECT version::text FROM certificates WHERE ref = '" + ref + "'")
}

// An officer takes the oldest certificate, decides it, and its owner reads why and sends it again.
func TestCertificateDeskAndItsOwner(t *testing.T) {
	p, c, owner, officer := withCertificate(t)
	officer.get(urls.OfficerCertificates()).is(http.StatusOK).has("table", "Suparmi").has("table", "Menunggu diperiksa").has("nav[aria-label='Daftar sertifikat']", "Menunggu keputusan (1)")
	officer.get(urls.OfficerCertificate(c.Ref)).has("#keputusan", "Belum ada petugas").lacks(`form[action$="/putuskan"]`)
	officer.post(urls.OfficerCertificates(), url.Values{}).leadsTo(urls.OfficerCertificate(c.Ref))
	officer.get(urls.OfficerCertificates()+"?daftar=mine").has("table", c.Ref)
	officer.get(urls.OfficerCertificate(c.Ref)).is(http.StatusOK).has("main", "Sedang diperiksa").has("#f-method-"+c.Ref+" option[value='']", "Pilih cara memeriksa").has("main", "Nama menurut KTP").has("#keputusan", "Verifikasi")
	officer.get(urls.OfficerCertificates()).has("table", "Rina")
	officer.post(urls.OfficerReleaseCertificate(c.Ref), url.Values{}).leadsTo(urls.OfficerCertificates())
	officer.get(urls.OfficerCertificates()).has(".notice", c.Ref+" kembali ke antrean").has("table", "Menunggu diperiksa").lacks("#keputusan")
	owner.get(urls.Certificate(c.Ref)).has("main", "Kembali menunggu petugas")
	officer.post(urls.OfficerCertificates(), url.Values{}).leadsTo(urls.OfficerCertificate(c.Ref))
	officer.get(urls.OfficerCertificate(c.Ref)).has("form[action$='/lepas']", "Lepaskan ke antrean")

	decide := urls.OfficerDecideCertificate(c.Ref)
	values := url.Values{"outcome": {"verified"}, "method": {"qr"}, "recheck": {"besok"}, "version": {p.certificateVersion(c.Ref)}}
	officer.post(decide, values).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "tidak ada di kalender").has("#f-recheck-"+c.Ref+"-error", "tidak ada di kalender")
	values.Set("recheck", "2026-11-25")
	officer.post(decide, values).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "setelah hari ini")
	values.Del("recheck")
	officer.post(decide, values).leadsTo(urls.OfficerCertificates())
	owner.get(urls.Certificate(c.Ref)).is(http.StatusOK).has("main", "Terverifikasi").lacks(`form[action$="/perbarui"]`)

	values = url.Values{"outcome": {"suspended"}, "reason": {"certificate_suspended_x"}, "note": {"Menunggu jawaban penerbit."}, "version": {p.certificateVersion(c.Ref)}}
	officer.post(decide, values).leadsTo(urls.OfficerCertificates())
	officer.get(urls.OfficerCertificates()+"?daftar=suspended").has("table", "Ditangguhkan")
	owner.get(urls.Certificate(c.Ref)).has("main", "Menunggu jawaban penerbit.").has("main", "Alasan certificate_suspended").has("main", "Sertifikat ini ditangguhkan")
	owner.post(urls.RenewCertificate(c.Ref), url.Values{}).leadsTo(urls.Certificate(c.Ref))
	owner.get(urls.Certificate(c.Ref)).has("main", "Perlu diperbaiki").has("main", "Ubah isian").has("main", "Dibuka lagi oleh pemiliknya").has("main .notice", "Sertifikat ini ditangguhkan")
	// It stays suspended, and the officers' to decide, until one of them verifies it.
	officer.get(urls.OfficerCertificate(c.Ref)).has("#keputusan", "Pemiliknya membuka").has(".notice-error", "masih berlaku").has(".notice", "Ditangguhkan oleh Rina").has(".notice", "Menunggu jawaban penerbit.").has(".notice", "tidak ada yang diubah")
	officer.get(urls.OfficerCertificates()+"?daftar=suspended").has("table", "Penangguhan masih berlaku")
	values = url.Values{"outcome": {"verified"}, "method": {"email"}, "version": {p.certificateVersion(c.Ref)}}
	officer.post(decide, values).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "berkasnya belum lengkap")
	p.db.Exec("INSERT INTO certificate_files (certificate_id, upload_id, position) SELECT c.id, u.id, 1 FROM certificates c JOIN uploads u ON u.owner_id = c.seeker_id")
	officer.post(decide, values).leadsTo(urls.OfficerCertificates())
	officer.get(urls.OfficerCertificates()+"?daftar=suspended").has(".notice", "terverifikasi").has("main", "Tidak ada sertifikat yang ditangguhkan")
	officer.get(urls.OfficerCertificates()+"?daftar=decided").has("table", "Suparmi").has("table", c.Ref)
}

// Of two officers on one certificate the second is shown the first one's decision, and nothing changes.
func TestSecondOfficerOnACertificateIsToldSo(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	other := p.as(p.addUser(models.Officer, "Joko"))
	seen := p.certificateVersion(c.Ref)
	officer.post(urls.OfficerTakeCertificate(c.Ref), url.Values{"version": {seen}}).leadsTo(urls.OfficerCertificate(c.Ref))
	other.post(urls.OfficerTakeCertificate(c.Ref), url.Values{"version": {seen}}).is(http.StatusConflict).has("main", "Sertifikat ini sudah berubah").has("main", "Rina")
	page := other.get(urls.OfficerCertificate(c.Ref)).is(http.StatusOK).has("#keputusan", "Ambil alih")
	page.lacks(`form[action$="/putuskan"]`)
	verified := url.Values{"outcome": {"verified"}, "method": {"qr"}, "note": {"Sudah dicek di situs LSP."}}
	other.post(urls.OfficerDecideCertificate(c.Ref), verified).is(http.StatusConflict).has("main", "Rina").has(".notice", "Sudah dicek di situs LSP.")
	officer.post(urls.OfficerDecideCertificate(c.Ref), verified).leadsTo(urls.OfficerCertificates())
	if got := p.one("SELECT u.name FROM certificates c JOIN users u ON u.id = c.officer_id"); got != "Rina" {
		t.Errorf("decided by %s", got)
	}
	other.post(urls.OfficerReleaseCertificate(c.Ref), url.Values{}).is(http.StatusConflict).has("main", "Sertifikat ini sudah berubah")
	officer.post(urls.OfficerCertificates(), url.Values{}).leadsTo(urls.OfficerCertificates())
}

// A reason that says nothing by itself comes back with what was typed, beside its own field.
func TestReasonWithoutNoteIsAskedFor(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	p.db.Exec("UPDATE reason_codes SET needs_note = true WHERE kind = 'certificate_rejected'")
	officer.post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"verified"}}).is(http.StatusUnprocessableEntity).has("#f-method-"+c.Ref+"-error", "Pilih cara")
	officer.post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"rejected"}}).is(http.StatusUnprocessableEntity).has("#f-reason-rejected-"+c.Ref+"-error", "Pilih alasan")
	page := officer.post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"rejected"}, "reason": {"certificate_rejected_x"}}).is(http.StatusUnprocessableEntity)
	page.has("#f-note-rejected-"+c.Ref+"-error", "perlu penjelasan").has("details[open]", "Tolak sertifikat")
	page.has(`[data-error-summary] a[href="#f-note-rejected-`+c.Ref+`"]`, "perlu penjelasan")
}

// An officer who wants it gets the next certificate after each decision, and the list when none waits.
func TestNextCertificateComesByItself(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	u := p.addReadySeeker("Budi")
	second := p.addCertificate(u)
	p.db.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at + interval '1 minute' WHERE id = ?", second.ID)
	officer.post(urls.OfficerCertificates(), url.Values{}).leadsTo(urls.OfficerCertificate(c.Ref))
	officer.get(urls.OfficerCertificates()).has("main", "daftar sertifikat dibuka").has("main a[href$='lanjut=ya']", "Ganti")
	officer.get(urls.OfficerCertificates()+"?lanjut=ya").has("main", "langsung diambil")
	next, _ := officer.get(urls.OfficerCertificate(c.Ref)).Find("#keputusan input[name=next]").Attr("value")
	verified := url.Values{"outcome": {"verified"}, "method": {"qr"}, "next": {next}}
	officer.post(urls.OfficerDecideCertificate(c.Ref), verified).leadsTo(urls.OfficerCertificate(second.Ref))
	officer.get(urls.OfficerCertificate(second.Ref)).has(".notice", c.Ref+" terverifikasi")
	// A decision that is changed takes nothing; what the officer has in hand comes before what waits.
	corrected, _ := officer.get(urls.OfficerCertificate(c.Ref)).Find("#keputusan input[name=next]").Attr("value")
	officer.post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"rejected"}, "reason": {"certificate_rejected_x"}, "next": {corrected}}).leadsTo(urls.OfficerCertificates())
	third := p.addCertificate(u)
	p.db.Exec("UPDATE certificates SET state = 'checking', officer_id = (SELECT id FROM users WHERE name = 'Rina'), submitted_at = updated_at WHERE id = ?", third.ID)
	officer.post(urls.OfficerDecideCertificate(second.Ref), verified).leadsTo(urls.OfficerCertificate(third.Ref))
	officer.post(urls.OfficerDecideCertificate(third.Ref), verified).leadsTo(urls.OfficerCertificates())
}

// After an error the address in the bar takes only what a form sends; opening it again leads to its page.
func TestAddressOfAFormLeadsToItsPage(t *testing.T) {
	p, c, owner, officer := withCertificate(t)
	officer.get(urls.OfficerDecideCertificate(c.Ref)).leadsTo(urls.OfficerCertificate(c.Ref))
	officer.get("/en" + urls.OfficerTakeCertificate(c.Ref)).leadsTo("/en" + urls.OfficerCertificate(c.Ref))
	owner.get(urls.DeleteCertificate(c.Ref)).leadsTo(urls.Certificate(c.Ref))
	p.client().get(urls.SignOut()).leadsTo(urls.Home())
}

// An owner may delete a certificate while an officer looks at it; the officer is told so.
func TestDeletedCertificateIsSaidToBeGone(t *testing.T) {
	p, c, owner, officer := withCertificate(t)
	owner.post(urls.DeleteCertificate(c.Ref), url.Values{})
	if n := p.one("SELECT count(*)::text FROM certificates WHERE deleted_at IS NOT NULL"); n != "1" {
		t.Fatalf("%s deleted", n)
	}
	for _, path := range []string{urls.OfficerTakeCertificate(c.Ref), urls.OfficerDecideCertificate(c.Ref), urls.OfficerReleaseCertificate(c.Ref)} {
		officer.post(path, url.Values{"outcome": {"verified"}, "method": {"qr"}}).leadsTo(urls.OfficerCertificates())
		officer.get(urls.OfficerCertificates()).has(".notice-error", "sudah menghapus sertifikat itu")
	}
	officer.get(urls.OfficerCertificate(c.Ref)).leadsTo(urls.OfficerCertificates())
}

// A search finds certificates beside applications: one alone is opened at once.
func TestCertificatesAreSearched(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	p.db.Exec("UPDATE certificates SET number = 'LSP 77/2025'")
	officer.post(urls.OfficerSearch(), url.Values{"q": {c.Ref}}).leadsTo(urls.OfficerCertificate(c.Ref))
	officer.post(urls.OfficerSearch(), url.Values{"q": {"lsp-77.2025"}}).leadsTo(urls.OfficerCertificate(c.Ref))
	second := p.addCertificate(p.addReadySeeker("Suparmi Kedua"))
	p.db.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at WHERE id = ?", second.ID)
	officer.post(urls.OfficerSearch(), url.Values{"q": {"suparmi"}}).leadsTo(urls.OfficerSearch())
	officer.get(urls.OfficerSearch()).is(http.StatusOK).has("h1", "suparmi").has("main", "Tidak ada pendaftaran yang cocok").has("table", c.Ref).has("table", second.Ref)
}

// Papers can stand in two panes, on the certificate's page and on the file's.
func TestUploadsAreCompared(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	officer.get(urls.OfficerCertificate(c.Ref)).has("[data-papers]", "Sertifikat").lacks("#identitas").has("a[href$='banding=ya']", "berdampingan")
	officer.get(urls.OfficerCertificate(c.Ref)+"?banding=ya").has("#identitas", "KTP").has("#sertifikat-berkas", "Sertifikat").has("main a", "satu kolom")
	officer.get(urls.OfficerCertificate(c.Ref)).has("#identitas", "KTP")
	p.db.Exec("DELETE FROM uploads WHERE purpose = 'ktp'")
	officer.get(urls.OfficerCertificate(c.Ref)).has("#identitas", "Belum ada foto KTP").has("a[href$='banding=tidak']", "satu kolom")
	officer.get(urls.OfficerCertificate(c.Ref) + "?banding=tidak").lacks("#identitas").lacks("a[href$='banding=ya']")
	if n := p.one("SELECT count(*)::text FROM audit_rows WHERE action = 'profile_seen'"); n != "5" {
		t.Errorf("%s looks are written down", n)
	}
}

// What must be known of a file stands above all papers too, with its name. Without a script a page opens
// beside the work, and says so; a second skip link leads past the papers.
func TestUploadsWithDoubtsAreNamedOnTop(t *testing.T) {
	p, deps, _, owner := filesPortal(t)
	to := owner.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"sertifikat.jpg", "image/jpeg", photo(t, 200, 300, 90)}).header.Get("Location")
	p.renderAll(deps)
	p.db.Exec("UPDATE uploads SET warnings = '{javascript}'")
	ref := p.one("SELECT ref FROM certificates")
	owner.post(urls.SubmitCertificate(ref), url.Values{}).is(http.StatusSeeOther)
	page := p.as(p.addUser(models.Officer, "Rina")).get(urls.OfficerCertificate(ref)).is(http.StatusOK)
	page.has(".papers-head", "sertifikat.jpg: PDF ini berisi skrip").has(".papers-head a[href='#berkas-"+p.one("SELECT ref FROM uploads")+"']", "sertifikat.jpg")
	page.has("a[data-page][target=_blank][rel=noopener]", "buka di tab baru").has("a.skip-link[href='#keputusan']", "Ke keputusan").has("main a[href='#keputusan']", "Ke keputusan")
	owner.get(to).has("main", "PDF ini berisi skrip").lacks("main a[target=_blank]")
}

// While officers wait for a certificate that they gave back, its owner is not told to wait.
func TestReturnedCertificateIsWhatToDoNext(t *testing.T) {
	p, l, u, owner := applicant(t)
	p.addReasons()
	c, officer := p.addCertificate(u), p.as(p.addUser(models.Officer, "Rina"))
	a := p.addSubmitted(u, l.intakes[0])
	p.db.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at")
	p.db.Exec("INSERT INTO application_certificates (application_id, certificate_id) SELECT a.id, c.id FROM applications a, certificates c")
	owner.get(urls.Application(a.Ref)).is(http.StatusOK).has("main", "Menunggu diperiksa").lacks("main a.btn[href='" + urls.Certificate(c.Ref) + "']")
	officer.post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"needs_fix"}, "reason": {"certificate_needs_fix_x"}}).leadsTo(urls.OfficerCertificates())
	owner.get(urls.Application(a.Ref)).has("main", "Perbaiki sertifikat Anda dulu").has("main a.btn[href='"+urls.Certificate(c.Ref)+"']", "Buka sertifikat")
}

// Verifying again does not forget the day that a colleague chose, unless the officer empties it.
func TestDayToCheckAgainStays(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	verified := url.Values{"outcome": {"verified"}, "method": {"qr"}, "recheck": {"2027-02-01"}}
	officer.post(urls.OfficerDecideCertificate(c.Ref), verified).leadsTo(urls.OfficerCertificates())
	field := officer.get(urls.OfficerCertificate(c.Ref)).has("details[open]", "Periksa lagi paling lambat").Find("#f-recheck-" + c.Ref)
	if got, _ := field.Attr("value"); got != "2027-02-01" {
		t.Errorf("the day is %q", got)
	}
	verified.Set("recheck", "")
	officer.post(urls.OfficerDecideCertificate(c.Ref), verified).leadsTo(urls.OfficerCertificates())
	if got := p.one("SELECT coalesce(recheck_on::text, 'none') FROM certificates"); got != "none" {
		t.Errorf("emptied: %s", got)
	}
}
