package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// relied is a portal with an application in the queue that rests on a certificate which waits for officers.
func relied(t *testing.T) (p *testportal.Portal, a models.Application, c models.Certificate, owner, officer *testportal.Client) {
	t.Helper()
	p, l, u, owner := testportal.StartApplicant(t)
	p.AddReasons()
	c = p.AddCertificate(u)
	p.DB.Exec("UPDATE certificates SET title = 'Operator CNC', number = '77/2026', state = 'submitted', submitted_at = updated_at")
	a = p.AddSubmitted(u, l.Intakes[0])
	p.DB.Exec("UPDATE applications SET no_certificate = false")
	p.DB.Exec("INSERT INTO application_certificates (application_id, certificate_id) SELECT a.id, c.id FROM applications a, certificates c")
	return p, a, c, owner, p.As(p.AddUser(models.Officer, "Rina"))
}

// decideApplication takes a file, ticks everything and decides it.
func decideApplication(p *testportal.Portal, officer *testportal.Client, ref string, values url.Values) {
	p.T.Helper()
	officer.Post(urls.OfficerTake(ref), url.Values{"version": {p.Version(ref)}}).LeadsTo(urls.OfficerApplication(ref))
	officer.Post(urls.OfficerCheck(ref), url.Values{"field": {"all"}}).LeadsTo(urls.OfficerApplication(ref) + "#cek")
	values.Set("version", p.Version(ref))
	officer.Post(urls.OfficerDecide(ref), values).LeadsTo(urls.OfficerQueue())
}

func decideCertificate(c *testportal.Client, ref string, values ...string) {
	c.T.Helper()
	v := url.Values{}
	for i := 0; i < len(values); i += 2 {
		v.Set(values[i], values[i+1])
	}
	c.Post(urls.OfficerDecideCertificate(ref), v).Is(http.StatusSeeOther)
}

// A decided application says that its certificates stand there as they did on the day of the decision, and
// how they stand now, on the screen and on paper.
func TestDecidedApplicationSaysOfWhichDayItsCertificatesAre(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	decideCertificate(officer, c.Ref, "outcome", "rejected", "reason", "certificate_rejected_x")
	decideApplication(p, officer, a.Ref,
		url.Values{"outcome": {"not_eligible"}, "reason": {"not_eligible_x"}, "text": {"Sertifikat ditolak."}})
	owner.Get(urls.Application(a.Ref)).Has("aside", "Ditolak").Has("aside", "saat petugas memutuskan pendaftaran ini, Rabu, 25 November 2026")
	if page := owner.Get(urls.Application(a.Ref)); strings.Contains(page.Body, "Sekarang:") {
		t.Error("says how it stands now though nothing changed")
	}
	p.DB.Exec("UPDATE certificates SET state = 'submitted'") // its owner sent it again
	decideCertificate(officer, c.Ref, "outcome", "verified", "method", "qr")
	owner.Get(urls.Certificate(c.Ref)).Has("main", "Terverifikasi")
	owner.Get(urls.Application(a.Ref)).Has("aside li", "Ditolak").Has("aside li", "Sekarang: Terverifikasi")
	owner.Get(urls.ApplicationPrint(a.Ref)).Has("main", "Operator CNC ("+c.Ref+"): Ditolak. Sekarang: Terverifikasi").
		Has("main", "saat petugas memutuskan pendaftaran ini")
	owner.Get("/en"+urls.Application(a.Ref)).Has("aside li", "Now: Verified")
}

// An application that was verified although a certificate was turned down does not say that all files are right.
func TestVerifiedApplicationDoesNotPraiseACertificateThatWasTurnedDown(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	decideCertificate(officer, c.Ref, "outcome", "rejected", "reason", "certificate_rejected_x")
	decideApplication(p, officer, a.Ref, url.Values{"outcome": {"verified"}, "without": {"1"}})
	for _, state := range []string{"rejected", "needs_fix", "submitted"} { // then its owner opens it, and sends it again
		p.DB.Exec("UPDATE certificates SET state = ?", state)
		page := owner.Get(urls.Application(a.Ref)).Has("main h2", "Pemeriksaan berkas sudah selesai")
		if strings.Contains(page.Body, "Data dan berkas Anda benar") {
			t.Errorf("%s: the page says that all is right", state)
		}
	}
}

// The owner reads in the history why a certificate was turned down, and nothing of what officers will ask once
// they have decided. One that they take back by themselves is not called in need of mending.
func TestOwnerReadsWhatBecameOfACertificate(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	p.DB.Exec("UPDATE certificates SET holder_name = 'Orang Lain'")
	page := urls.Certificate(c.Ref)
	owner.Get(page).Has("main", "akan ditanyakan petugas")
	owner.Get(urls.Certificates()).Has("main dd", "1")
	owner.Post(urls.TakeBackCertificate(c.Ref), url.Values{}).LeadsTo(page)
	for _, path := range []string{page, urls.Certificates(), urls.Me()} {
		got := owner.Get(path).Body
		mending := strings.Contains(got, "Perlu diperbaiki") || strings.Contains(got, "Perbaiki sertifikat")
		if mending || !strings.Contains(got, "elum dikirim lagi") {
			t.Errorf("%s says that it needs mending", path)
		}
	}
	p.DB.Exec("UPDATE certificates SET state = 'submitted'")
	decideCertificate(officer, c.Ref, "outcome", "rejected", "reason", "certificate_rejected_x")
	got := owner.Get(page).Has("main li", "Alasan certificate_rejected")
	if strings.Contains(got.Body, "akan ditanyakan petugas") {
		t.Error("the page says what officers will ask after they have decided")
	}
	p.DB.Exec("UPDATE applications SET state = 'withdrawn' WHERE ref = ?", a.Ref)
	owner.Get(urls.Certificates()).Lacks("main dl:contains('Dipakai')")
}

// What an officer takes away after the decision is said at the top of the application and on its copy.
func TestApplicationSaysThatACertificateIsTakenAway(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	decideCertificate(officer, c.Ref, "outcome", "verified", "method", "qr")
	decideCertificate(officer, c.Ref, "outcome", "suspended", "reason", "certificate_suspended_x")
	early := owner.Get(urls.Application(a.Ref)).Has("main .notice", "Operator CNC ditangguhkan petugas")
	if strings.Contains(early.Body, "tidak perlu melakukan apa-apa") {
		t.Error("the page says that nothing is to be done")
	}
	decideCertificate(officer, c.Ref, "outcome", "verified", "method", "qr")
	decideApplication(p, officer, a.Ref, url.Values{"outcome": {"verified"}})
	owner.Get(urls.Application(a.Ref)).Has("main h2", "Data dan berkas Anda benar").Lacks("main .notice")
	owner.Get(urls.ApplicationPrint(a.Ref)).Has("main", "Operator CNC ("+c.Ref+"): Terverifikasi")
	decideCertificate(officer, c.Ref, "outcome", "suspended", "reason", "certificate_suspended_x")
	page := owner.Get(urls.Application(a.Ref)).Has("main .notice", "Operator CNC ditangguhkan petugas").
		Has("main .notice a[href='"+urls.Certificate(c.Ref)+"']", "Buka sertifikat").
		Has("main .notice", "juga melihat keadaan ini").Has("aside li", "Terverifikasi").Has("aside li", "Sekarang: Ditangguhkan")
	if strings.Contains(page.Body, "Data dan berkas Anda benar") {
		t.Error("the page still says that all is right")
	}
	owner.Get(urls.ApplicationPrint(a.Ref)).Has("main", "Terverifikasi. Sekarang: Ditangguhkan")
	decideCertificate(officer, c.Ref, "outcome", "verified", "method", "qr")
	owner.Get(urls.Application(a.Ref)).Lacks("main .notice")
	p.Pass(3 * 365 * 24 * time.Hour)
	p.As(owner.UserNamed("Suparmi")).Get(urls.Application(a.Ref)).
		Has("main .notice", "Masa berlaku Operator CNC sudah habis").Has("aside li", "Sekarang: Sudah habis masa berlakunya")
}

// A certificate that officers returned was sent: neither the application nor its form says otherwise, and
// what to mend names it and leads to it.
func TestReturnedCertificateIsNotCalledUnsent(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	decideCertificate(officer, c.Ref, "outcome", "needs_fix", "reason", "certificate_needs_fix_x")
	page := owner.Get(urls.Application(a.Ref)).Has("aside li", "Dikembalikan petugas. Perbaiki, lalu kirim lagi.")
	if strings.Contains(page.Body, "Belum dikirim") {
		t.Error("a returned certificate is called unsent")
	}
	p.DB.Exec("UPDATE certificates SET state = 'submitted'")
	officer.Post(urls.OfficerTake(a.Ref), url.Values{"version": {p.Version(a.Ref)}}).LeadsTo(urls.OfficerApplication(a.Ref))
	officer.Post(urls.OfficerDecide(a.Ref), url.Values{
		"outcome": {"needs_fix"}, "version": {p.Version(a.Ref)},
		"fixes[0].target": {"certificate:" + c.Ref}, "fixes[0].reason": {"needs_fix_x"}, "fixes[0].note": {"Halaman dua kabur."},
		"fix_by.day": {"1"}, "fix_by.month": {"12"}, "fix_by.year": {"2026"},
	}).LeadsTo(urls.OfficerQueue())
	owner.Get(urls.Application(a.Ref)).Has("#perbaikan h3", "Operator CNC ("+c.Ref+")").Has("#perbaikan li", "Alasan needs_fix").
		Has("#perbaikan a[href='"+urls.Certificate(c.Ref)+"?pendaftaran="+a.Ref+"']", "Buka sertifikat ini")
	owner.Get(urls.ApplicationCertificates(a.Ref)).Is(http.StatusOK).Has("main", "Dikembalikan petugas.")
	p.DB.Exec("UPDATE certificates SET reason_code = ''") // opened by its owner instead
	owner.Get(urls.ApplicationCertificates(a.Ref)).Has("main", "Terbuka untuk diubah.")
	p.DB.Exec("UPDATE certificates SET state = 'draft'")
	owner.Get(urls.ApplicationCertificates(a.Ref)).Has("main", "Belum dikirim ke petugas.")
}

// An institution reads of each certificate how it stands today, and in words where there is nothing.
func TestInstitutionReadsHowCertificatesStand(t *testing.T) {
	p, a, c, _, officer := relied(t)
	institution := p.One("SELECT p.institution_id::text FROM programmes p")
	u := p.AddUser(models.Staff, "Staf")
	p.DB.Exec("UPDATE users SET institution_id = ? WHERE id = ?", institution, u.ID)
	staff, intake := p.As(u), p.One("SELECT ref FROM intakes")
	decideCertificate(officer, c.Ref, "outcome", "verified", "method", "qr")
	decideApplication(p, officer, a.Ref, url.Values{"outcome": {"verified"}})
	staff.Get(urls.ManageApplicant(a.Ref)).Has("main dl", "SertifikatOperator CNC (terverifikasi)").
		Has("main dl", "Nomor HPTidak ada").Has("main", "Belum ada langkah setelah pemeriksaan petugas.")
	decideCertificate(officer, c.Ref, "outcome", "suspended", "reason", "certificate_suspended_x")
	for _, path := range []string{urls.ManageApplicant(a.Ref), urls.ManageApplicants(intake)} {
		page := staff.Get(path).Has("main", "Operator CNC (ditangguhkan petugas)").Body
		if strings.Contains(page, "Sertifikat terverifikasi") || strings.Contains(page, "tidak berlaku lagi") {
			t.Errorf("%s contradicts itself", path)
		}
	}
	p.DB.Exec(`UPDATE certificates
		SET state = 'verified', method = 'qr', taken_away_at = NULL, taken_away_as = '', valid_until = '2026-11-24'`)
	staff.Get(urls.ManageApplicant(a.Ref)).Has("main dl", "Operator CNC (masa berlaku sudah habis)")
	p.DB.Exec("DELETE FROM application_certificate_files")
	p.DB.Exec("DELETE FROM application_certificates")
	staff.Get(urls.ManageApplicants(intake)).Has("td[data-label='Sertifikat']", "Tidak ada")
}
