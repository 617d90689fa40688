package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// withCertificate is a portal with one certificate that waits, its owner and an officer.
func withCertificate(t *testing.T) (p *testportal.Portal, c models.Certificate, owner, officer *testportal.Client) {
	t.Helper()
	p, _, u, owner := testportal.StartApplicant(t)
	p.AddReasons()
	c = p.AddCertificate(u)
	p.DB.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at WHERE id = ?", c.ID)
	return p, c, owner, p.As(p.AddUser(models.Officer, "Rina"))
}

func certificateVersion(p *testportal.Portal, ref string) string {
	return p.One("SELECT version::text FROM certificates WHERE ref = '" + ref + "'")
}

// An officer takes the oldest certificate, decides it, and its owner reads why and sends it again.
func TestCertificateDeskAndItsOwner(t *testing.T) {
	p, c, owner, officer := withCertificate(t)
	officer.Get(urls.OfficerCertificates()).Is(http.StatusOK).
		Has("table", "Suparmi").Has("table", "Menunggu diperiksa").Has("nav[aria-label='Daftar sertifikat']", "Menunggu keputusan (1)")
	officer.Get(urls.OfficerCertificate(c.Ref)).Has("#keputusan", "Belum ada petugas").Lacks(`form[action$="/putuskan"]`)
	officer.Post(urls.OfficerCertificates(), url.Values{}).LeadsTo(urls.OfficerCertificate(c.Ref))
	officer.Get(urls.OfficerCertificates()+"?daftar=mine").Has("table", c.Ref)
	officer.Get(urls.OfficerCertificate(c.Ref)).Is(http.StatusOK).Has("main", "Sedang diperiksa").
		Has("#f-method-"+c.Ref+" option[value='']", "Pilih cara memeriksa").
		Has("main", "Nama menurut pengisian (KTP belum dicek)").Has("#keputusan", "Verifikasi")
	officer.Get(urls.OfficerCertificates()).Has("table", "Rina")
	officer.Post(urls.OfficerReleaseCertificate(c.Ref), url.Values{}).LeadsTo(urls.OfficerCertificates())
	officer.Get(urls.OfficerCertificates()).Has(".notice", c.Ref+" kembali ke antrean").Has("table", "Menunggu diperiksa").Lacks("#keputusan")
	owner.Get(urls.Certificate(c.Ref)).Has("main", "Kembali menunggu petugas")
	officer.Post(urls.OfficerCertificates(), url.Values{}).LeadsTo(urls.OfficerCertificate(c.Ref))
	officer.Get(urls.OfficerCertificate(c.Ref)).Has("form[action$='/lepas']", "Lepaskan ke antrean")

	decide := urls.OfficerDecideCertificate(c.Ref)
	values := url.Values{"outcome": {"verified"}, "method": {"qr"}, "recheck": {"besok"}, "version": {certificateVersion(p, c.Ref)}}
	officer.Post(decide, values).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "tidak ada di kalender").Has("#f-recheck-"+c.Ref+"-error", "tidak ada di kalender")
	values.Set("recheck", "2026-11-25")
	officer.Post(decide, values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "setelah hari ini")
	values.Del("recheck")
	officer.Post(decide, values).LeadsTo(urls.OfficerCertificates())
	owner.Get(urls.Certificate(c.Ref)).Is(http.StatusOK).Has("main", "Terverifikasi").Lacks(`form[action$="/perbarui"]`)

	values = url.Values{
		"outcome": {"suspended"},
		"reason":  {"certificate_suspended_x"},
		"note":    {"Menunggu jawaban penerbit."},
		"version": {certificateVersion(p, c.Ref)},
	}
	officer.Post(decide, values).LeadsTo(urls.OfficerCertificates())
	officer.Get(urls.OfficerCertificates()+"?daftar=suspended").Has("table", "Ditangguhkan")
	owner.Get(urls.Certificate(c.Ref)).Has("main", "Menunggu jawaban penerbit.").
		Has("main", "Alasan certificate_suspended").Has("main", "Sertifikat ini ditangguhkan")
	owner.Post(urls.RenewCertificate(c.Ref), url.Values{}).LeadsTo(urls.Certificate(c.Ref))
	owner.Get(urls.Certificate(c.Ref)).Has("main", "Perlu diperbaiki").
		Has("main", "Ubah isian").Has("main", "Dibuka lagi oleh pemiliknya").Has("main .notice", "Sertifikat ini ditangguhkan")
	// It stays suspended, and the officers' to decide, until one of them verifies it.
	officer.Get(urls.OfficerCertificate(c.Ref)).Has("#keputusan", "Pemiliknya membuka").Has(".notice-error", "masih berlaku").
		Has(".notice", "Ditangguhkan oleh Rina").Has(".notice", "Menunggu jawaban penerbit.").Has(".notice", "tidak ada yang diubah")
	officer.Get(urls.OfficerCertificates()+"?daftar=suspended").Has("table", "Penangguhan masih berlaku")
	values = url.Values{"outcome": {"verified"}, "method": {"email"}, "version": {certificateVersion(p, c.Ref)}}
	officer.Post(decide, values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "berkasnya belum lengkap")
	p.DB.Exec(`INSERT INTO certificate_files (certificate_id, upload_id, position)
		SELECT c.id, u.id, 1
		FROM certificates c
		JOIN uploads u ON u.owner_id = c.seeker_id`)
	officer.Post(decide, values).LeadsTo(urls.OfficerCertificates())
	officer.Get(urls.OfficerCertificates()+"?daftar=suspended").
		Has(".notice", "terverifikasi").Has("main", "Tidak ada sertifikat yang ditangguhkan")
	officer.Get(urls.OfficerCertificates()+"?daftar=decided").Has("table", "Suparmi").Has("table", c.Ref)
}

// Of two officers on one certificate the second is shown the first one's decision, and nothing changes.
func TestSecondOfficerOnACertificateIsToldSo(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	other := p.As(p.AddUser(models.Officer, "Joko"))
	seen := certificateVersion(p, c.Ref)
	officer.Post(urls.OfficerTakeCertificate(c.Ref), url.Values{"version": {seen}}).LeadsTo(urls.OfficerCertificate(c.Ref))
	other.Post(urls.OfficerTakeCertificate(c.Ref), url.Values{"version": {seen}}).Is(http.StatusConflict).
		Has("main", "Sertifikat ini sudah berubah").Has("main", "Rina")
	page := other.Get(urls.OfficerCertificate(c.Ref)).Is(http.StatusOK).Has("#keputusan", "Ambil alih")
	page.Lacks(`form[action$="/putuskan"]`)
	verified := url.Values{"outcome": {"verified"}, "method": {"qr"}, "note": {"Sudah dicek di situs LSP."}}
	other.Post(urls.OfficerDecideCertificate(c.Ref), verified).Is(http.StatusConflict).
		Has("main", "Rina").Has(".notice", "Sudah dicek di situs LSP.")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), verified).LeadsTo(urls.OfficerCertificates())
	if got := p.One("SELECT u.name FROM certificates c JOIN users u ON u.id = c.officer_id"); got != "Rina" {
		t.Errorf("decided by %s", got)
	}
	other.Post(urls.OfficerReleaseCertificate(c.Ref), url.Values{}).Is(http.StatusConflict).Has("main", "Sertifikat ini sudah berubah")
	officer.Post(urls.OfficerCertificates(), url.Values{}).LeadsTo(urls.OfficerCertificates())
}

// A reason that says nothing by itself comes back with what was typed, beside its own field.
func TestReasonWithoutNoteIsAskedFor(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	p.DB.Exec("UPDATE reason_codes SET needs_note = true WHERE kind = 'certificate_rejected'")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"verified"}}).Is(http.StatusUnprocessableEntity).
		Has("#f-method-"+c.Ref+"-error", "Pilih cara")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"rejected"}}).Is(http.StatusUnprocessableEntity).
		Has("#f-reason-rejected-"+c.Ref+"-error", "Pilih alasan")
	page := officer.Post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"rejected"}, "reason": {"certificate_rejected_x"}}).
		Is(http.StatusUnprocessableEntity)
	page.Has("#f-note-rejected-"+c.Ref+"-error", "perlu penjelasan").Has("details[open]", "Tolak sertifikat")
	page.Has(`[data-error-summary] a[href="#f-note-rejected-`+c.Ref+`"]`, "perlu penjelasan")
}

// An officer who wants it gets the next certificate after each decision, and the list when none waits.
func TestNextCertificateComesByItself(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	u := p.AddReadySeeker("Budi")
	second := p.AddCertificate(u)
	p.DB.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at + interval '1 minute' WHERE id = ?", second.ID)
	officer.Post(urls.OfficerCertificates(), url.Values{}).LeadsTo(urls.OfficerCertificate(c.Ref))
	officer.Get(urls.OfficerCertificates()).Has("main", "daftar sertifikat dibuka").Has("main a[href$='lanjut=ya']", "Ganti")
	officer.Get(urls.OfficerCertificates()+"?lanjut=ya").Has("main", "langsung diambil")
	next, _ := officer.Get(urls.OfficerCertificate(c.Ref)).Find("#keputusan input[name=next]").Attr("value")
	verified := url.Values{"outcome": {"verified"}, "method": {"qr"}, "next": {next}}
	officer.Post(urls.OfficerDecideCertificate(c.Ref), verified).LeadsTo(urls.OfficerCertificate(second.Ref))
	officer.Get(urls.OfficerCertificate(second.Ref)).Has(".notice", c.Ref+" terverifikasi")
	// A decision that is changed takes nothing; what the officer has in hand comes before what waits.
	corrected, _ := officer.Get(urls.OfficerCertificate(c.Ref)).Find("#keputusan input[name=next]").Attr("value")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), url.Values{
		"outcome": {"rejected"}, "reason": {"certificate_rejected_x"}, "next": {corrected},
	}).LeadsTo(urls.OfficerCertificates())
	third := p.AddCertificate(u)
	p.DB.Exec(`UPDATE certificates
		SET state = 'checking', officer_id = (SELECT id FROM users WHERE name = 'Rina'), submitted_at = updated_at
		WHERE id = ?`, third.ID)
	officer.Post(urls.OfficerDecideCertificate(second.Ref), verified).LeadsTo(urls.OfficerCertificate(third.Ref))
	officer.Post(urls.OfficerDecideCertificate(third.Ref), verified).LeadsTo(urls.OfficerCertificates())
}

// After an error the address in the bar takes only what a form sends; opening it again leads to its page.
func TestAddressOfAFormLeadsToItsPage(t *testing.T) {
	p, c, owner, officer := withCertificate(t)
	officer.Get(urls.OfficerDecideCertificate(c.Ref)).LeadsTo(urls.OfficerCertificate(c.Ref))
	officer.Get("/en" + urls.OfficerTakeCertificate(c.Ref)).LeadsTo("/en" + urls.OfficerCertificate(c.Ref))
	owner.Get(urls.DeleteCertificate(c.Ref)).LeadsTo(urls.Certificate(c.Ref))
	p.Client().Get(urls.SignOut()).LeadsTo(urls.Home())
}

// An owner may delete a certificate while an officer looks at it; the officer is told so.
func TestDeletedCertificateIsSaidToBeGone(t *testing.T) {
	p, c, owner, officer := withCertificate(t)
	owner.Post(urls.DeleteCertificate(c.Ref), url.Values{})
	if n := p.One("SELECT count(*)::text FROM certificates WHERE deleted_at IS NOT NULL"); n != "1" {
		t.Fatalf("%s deleted", n)
	}
	for _, path := range []string{
		urls.OfficerTakeCertificate(c.Ref),
		urls.OfficerDecideCertificate(c.Ref),
		urls.OfficerReleaseCertificate(c.Ref),
	} {
		officer.Post(path, url.Values{"outcome": {"verified"}, "method": {"qr"}}).LeadsTo(urls.OfficerCertificates())
		officer.Get(urls.OfficerCertificates()).Has(".notice-error", "sudah menghapus sertifikat itu")
	}
	officer.Get(urls.OfficerCertificate(c.Ref)).LeadsTo(urls.OfficerCertificates())
}

// A search finds certificates beside applications: one alone is opened at once.
func TestCertificatesAreSearched(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	p.DB.Exec("UPDATE certificates SET number = 'LSP 77/2025'")
	officer.Post(urls.OfficerSearch(), url.Values{"q": {c.Ref}}).LeadsTo(urls.OfficerCertificate(c.Ref))
	officer.Post(urls.OfficerSearch(), url.Values{"q": {"lsp-77.2025"}}).LeadsTo(urls.OfficerCertificate(c.Ref))
	second := p.AddCertificate(p.AddReadySeeker("Suparmi Kedua"))
	p.DB.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at WHERE id = ?", second.ID)
	officer.Post(urls.OfficerSearch(), url.Values{"q": {"suparmi"}}).LeadsTo(urls.OfficerSearch())
	officer.Get(urls.OfficerSearch()).Is(http.StatusOK).
		Has("h1", "suparmi").Has("main", "Tidak ada pendaftaran yang cocok").Has("table", c.Ref).Has("table", second.Ref)
}

// Papers can stand in two panes, on the certificate's page and on the file's.
func TestUploadsAreCompared(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	officer.Get(urls.OfficerCertificate(c.Ref)).
		Has("[data-papers]", "Sertifikat").Lacks("#identitas").Has("a[href$='banding=ya']", "berdampingan")
	officer.Get(urls.OfficerCertificate(c.Ref)+"?banding=ya").
		Has("#identitas", "KTP").Has("#sertifikat-berkas", "Sertifikat").Has("main a", "satu kolom")
	officer.Get(urls.OfficerCertificate(c.Ref)).Has("#identitas", "KTP")
	p.DB.Exec("DELETE FROM uploads WHERE purpose = 'ktp'")
	officer.Get(urls.OfficerCertificate(c.Ref)).Has("#identitas", "Belum ada foto KTP").Has("a[href$='banding=tidak']", "satu kolom")
	officer.Get(urls.OfficerCertificate(c.Ref) + "?banding=tidak").Lacks("#identitas").Lacks("a[href$='banding=ya']")
	if n := p.One("SELECT count(*)::text FROM audit_rows WHERE action = 'profile_seen'"); n != "5" {
		t.Errorf("%s looks are written down", n)
	}
}

// What must be known of a file stands above all papers too, with its name. Without a script a page opens
// beside the work, and says so; a second skip link leads past the papers.
func TestUploadsWithDoubtsAreNamedOnTop(t *testing.T) {
	p, _, owner := testportal.StartFiles(t)
	to := owner.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("sertifikat.jpg", "image/jpeg", testportal.Photo(t, 200, 300, 90))).Header.Get("Location")
	p.RenderAll()
	p.DB.Exec("UPDATE uploads SET warnings = '{javascript}'")
	ref := p.One("SELECT ref FROM certificates")
	owner.Post(urls.SubmitCertificate(ref), url.Values{}).Is(http.StatusSeeOther)
	page := p.As(p.AddUser(models.Officer, "Rina")).Get(urls.OfficerCertificate(ref)).Is(http.StatusOK)
	page.Has(".papers-head", "sertifikat.jpg: PDF ini berisi skrip").
		Has(".papers-head a[href='#berkas-"+p.One("SELECT ref FROM uploads")+"']", "sertifikat.jpg")
	page.Has("a[data-page][target=_blank][rel=noopener]", "buka di tab baru").
		Has("a.skip-link[href='#keputusan']", "Ke keputusan").Has("main a[href='#keputusan']", "Ke keputusan")
	owner.Get(to).Has("main", "PDF ini berisi skrip").Lacks("main a[target=_blank]")
}

// While officers wait for a certificate that they gave back, its owner is not told to wait.
func TestReturnedCertificateIsWhatToDoNext(t *testing.T) {
	p, l, u, owner := testportal.StartApplicant(t)
	p.AddReasons()
	c, officer := p.AddCertificate(u), p.As(p.AddUser(models.Officer, "Rina"))
	a := p.AddSubmitted(u, l.Intakes[0])
	p.DB.Exec("UPDATE certificates SET state = 'submitted', submitted_at = updated_at")
	p.DB.Exec("INSERT INTO application_certificates (application_id, certificate_id) SELECT a.id, c.id FROM applications a, certificates c")
	owner.Get(urls.Application(a.Ref)).Is(http.StatusOK).
		Has("main", "Menunggu diperiksa").Lacks("main a.btn[href='" + urls.Certificate(c.Ref) + "']")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), url.Values{"outcome": {"needs_fix"}, "reason": {"certificate_needs_fix_x"}}).
		LeadsTo(urls.OfficerCertificates())
	owner.Get(urls.Application(a.Ref)).
		Has("main", "Perbaiki sertifikat Anda dulu").Has("main a.btn[href='"+urls.Certificate(c.Ref)+"']", "Buka sertifikat")
}

// Verifying again does not forget the day that a colleague chose, unless the officer empties it.
func TestDayToCheckAgainStays(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	verified := url.Values{"outcome": {"verified"}, "method": {"qr"}, "recheck": {"2027-02-01"}}
	officer.Post(urls.OfficerDecideCertificate(c.Ref), verified).LeadsTo(urls.OfficerCertificates())
	field := officer.Get(urls.OfficerCertificate(c.Ref)).Has("details[open]", "Periksa lagi paling lambat").Find("#f-recheck-" + c.Ref)
	if got, _ := field.Attr("value"); got != "2027-02-01" {
		t.Errorf("the day is %q", got)
	}
	verified.Set("recheck", "")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), verified).LeadsTo(urls.OfficerCertificates())
	if got := p.One("SELECT coalesce(recheck_on::text, 'none') FROM certificates"); got != "none" {
		t.Errorf("emptied: %s", got)
	}
}

func TestOfficersLearnOfTheSameCertificateOnTwoAccounts(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	programme := p.AddProgramme(nil)
	var ref string
	for _, name := range []string{"Suparmi", "Budi"} {
		u := p.AddReadySeeker(name)
		certificate := p.AddCertificate(u)
		p.DB.Exec("UPDATE certificates SET number = ?, state = 'submitted', submitted_at = updated_at WHERE id = ?",
			map[string]string{"Suparmi": "12/2025", "Budi": "12 - 2025"}[name], certificate.ID)
		a, err := p.Store.StartApplication(t.Context(), u, programme.Intakes[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Store.ChooseCertificates(t.Context(), u, a.Ref, []string{certificate.Ref}, false); err != nil {
			t.Fatal(err)
		}
		if err := p.Store.SaveMotivation(t.Context(), u, a.Ref, "Saya ingin."); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Store.SubmitApplication(t.Context(), u, a.Ref, models.Statements); err != nil {
			t.Fatal(err)
		}
		page := officer.Get(urls.OfficerApplication(a.Ref))
		if strings.Contains(page.Body, "sertifikat lain, milik Suparmi") != (name == "Budi") {
			t.Errorf("%s: the officer is told %t", name, name != "Budi")
		}
		ref = a.Ref
	}
	if own := p.As(officer.UserNamed("Budi")).Get(urls.Application(ref)).Is(http.StatusOK); strings.Contains(own.Body, "milik Suparmi") {
		t.Error("the seeker learns of the other account")
	}
}
