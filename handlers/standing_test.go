package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// relied is a portal with an application in the queue that rests on a certificate which waits for officers.
func relied(t *testing.T) (p *testPortal, a models.Application, c models.Certificate, owner, officer *client) {
	t.Helper()
	p, l, u, owner := applicant(t)
	p.addReasons()
	c = p.addCertificate(u)
	p.db.Exec("UPDATE certificates SET title = 'Operator CNC', number = '77/2026', state = 'submitted', submitted_at = updated_at")
	a = p.addSubmitted(u, l.intakes[0])
	p.db.Exec("UPDATE applications SET no_certificate = false")
	p.db.Exec("INSERT INTO application_certificates (application_id, certificate_id) SELECT a.id, c.id FROM applications a, certificates c")
	return p, a, c, owner, p.as(p.addUser(models.Officer, "Rina"))
}

// decideApplication takes a file, ticks everything and decides it.
func (p *testPortal) decideApplication(officer *client, ref string, values url.Values) {
	p.t.Helper()
	officer.post(urls.OfficerTake(ref), url.Values{"version": {p.version(ref)}}).leadsTo(urls.OfficerApplication(ref))
	officer.post(urls.OfficerCheck(ref), url.Values{"field": {"all"}}).leadsTo(urls.OfficerApplication(ref) + "#cek")
	values.Set("version", p.version(ref))
	officer.post(urls.OfficerDecide(ref), values).leadsTo(urls.OfficerQueue())
}

func (c *client) decideCertificate(ref string, values ...string) {
	c.t.Helper()
	v := url.Values{}
	for i := 0; i < len(values); i += 2 {
		v.Set(values[i], values[i+1])
	}
	c.post(urls.OfficerDecideCertificate(ref), v).is(http.StatusSeeOther)
}

// A decided application says that its certificates stand there as they did on the day of the decision, and
// how they stand now, on the screen and on paper.
func TestDecidedApplicationSaysOfWhichDayItsCertificatesAre(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	officer.decideCertificate(c.Ref, "outcome", "rejected", "reason", "certificate_rejected_x")
	p.decideApplication(officer, a.Ref, url.Values{"outcome": {"not_eligible"}, "reason": {"not_eligible_x"}, "text": {"Sertifikat ditolak."}})
	owner.get(urls.Application(a.Ref)).has("aside", "Ditolak").has("aside", "saat petugas memutuskan pendaftaran ini, Rabu, 25 November 2026")
	if page := owner.get(urls.Application(a.Ref)); strings.Contains(page.body, "Sekarang:") {
		t.Error("says how it stands now though nothing changed")
	}
	p.db.Exec("UPDATE certificates SET state = 'submitted'") // its owner sent it again
	officer.decideCertificate(c.Ref, "outcome", "verified", "method", "qr")
	owner.get(urls.Certificate(c.Ref)).has("main", "Terverifikasi")
	owner.get(urls.Application(a.Ref)).has("aside li", "Ditolak").has("aside li", "Sekarang: Terverifikasi")
	owner.get(urls.ApplicationPrint(a.Ref)).has("main", "Operator CNC ("+c.Ref+"): Ditolak. Sekarang: Terverifikasi").has("main", "saat petugas memutuskan pendaftaran ini")
	owner.get("/en"+urls.Application(a.Ref)).has("aside li", "Now: Verified")
}

// An application that was verified although a certificate was turned down does not say that all files are right.
func TestVerifiedApplicationDoesNotPraiseACertificateThatWasTurnedDown(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	officer.decideCertificate(c.Ref, "outcome", "rejected", "reason", "certificate_rejected_x")
	p.decideApplication(officer, a.Ref, url.Values{"outcome": {"verified"}, "without": {"1"}})
	for _, state := range []string{"rejected", "needs_fix", "submitted"} { // then its owner opens it, and sends it again
		p.db.Exec("UPDATE certificates SET state = ?", state)
		page := owner.get(urls.Application(a.Ref)).has("main h2", "Pemeriksaan berkas sudah selesai")
		if strings.Contains(page.body, "Data dan berkas Anda benar") {
			t.Errorf("%s: the page says that all is right", state)
		}
	}
}

// The owner reads in the history why a certificate was turned down, and nothing of what officers will ask once
// they have decided. One that they take back by themselves is not called in need of mending.
func TestOwnerReadsWhatBecameOfACertificate(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	p.db.Exec("UPDATE certificates SET holder_name = 'Orang Lain'")
	page := urls.Certificate(c.Ref)
	owner.get(page).has("main", "akan ditanyakan petugas")
	owner.get(urls.Certificates()).has("main dd", "1")
	owner.post(urls.TakeBackCertificate(c.Ref), url.Values{}).leadsTo(page)
	for _, path := range []string{page, urls.Certificates(), urls.Me()} {
		if got := owner.get(path); !strings.Contains(got.body, "elum dikirim lagi") || strings.Contains(got.body, "Perlu diperbaiki") || strings.Contains(got.body, "Perbaiki sertifikat") {
			t.Errorf("%s says that it needs mending", path)
		}
	}
	p.db.Exec("UPDATE certificates SET state = 'submitted'")
	officer.decideCertificate(c.Ref, "outcome", "rejected", "reason", "certificate_rejected_x")
	got := owner.get(page).has("main li", "Alasan certificate_rejected")
	if strings.Contains(got.body, "akan ditanyakan petugas") {
		t.Error("the page says what officers will ask after they have decided")
	}
	p.db.Exec("UPDATE applications SET state = 'withdrawn' WHERE ref = ?", a.Ref)
	owner.get(urls.Certificates()).lacks("main dl:contains('Dipakai')")
}

// What an officer takes away after the decision is said at the top of the application and on its copy.
func TestApplicationSaysThatACertificateIsTakenAway(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	officer.decideCertificate(c.Ref, "outcome", "verified", "method", "qr")
	officer.decideCertificate(c.Ref, "outcome", "suspended", "reason", "certificate_suspended_x")
	early := owner.get(urls.Application(a.Ref)).has("main .notice", "Operator CNC ditangguhkan petugas")
	if strings.Contains(early.body, "tidak perlu melakukan apa-apa") {
		t.Error("the page says that nothing is to be done")
	}
	officer.decideCertificate(c.Ref, "outcome", "verified", "method", "qr")
	p.decideApplication(officer, a.Ref, url.Values{"outcome": {"verified"}})
	owner.get(urls.Application(a.Ref)).has("main h2", "Data dan berkas Anda benar").lacks("main .notice")
	owner.get(urls.ApplicationPrint(a.Ref)).has("main", "Operator CNC ("+c.Ref+"): Terverifikasi")
	officer.decideCertificate(c.Ref, "outcome", "suspended", "reason", "certificate_suspended_x")
	page := owner.get(urls.Application(a.Ref)).has("main .notice", "Operator CNC ditangguhkan petugas").has("main .notice a[href='"+urls.Certificate(c.Ref)+"']", "Buka sertifikat").
		has("main .notice", "juga melihat keadaan ini").has("aside li", "Terverifikasi").has("aside li", "Sekarang: Ditangguhkan")
	if strings.Contains(page.body, "Data dan berkas Anda benar") {
		t.Error("the page still says that all is right")
	}
	owner.get(urls.ApplicationPrint(a.Ref)).has("main", "Terverifikasi. Sekarang: Ditangguhkan")
	officer.decideCertificate(c.Ref, "outcome", "verified", "method", "qr")
	owner.get(urls.Application(a.Ref)).lacks("main .notice")
	p.pass(3 * 365 * 24 * time.Hour)
	p.as(owner.userNamed("Suparmi")).get(urls.Application(a.Ref)).has("main .notice", "Masa berlaku Operator CNC sudah habis").has("aside li", "Sekarang: Sudah habis masa berlakunya")
}

// A certificate that officers returned was sent: neither the application nor its form says otherwise, and
// what to mend names it and leads to it.
func TestReturnedCertificateIsNotCalledUnsent(t *testing.T) {
	p, a, c, owner, officer := relied(t)
	officer.decideCertificate(c.Ref, "outcome", "needs_fix", "reason", "certificate_needs_fix_x")
	page := owner.get(urls.Application(a.Ref)).has("aside li", "Dikembalikan petugas. Perbaiki, lalu kirim lagi.")
	if strings.Contains(page.body, "Belum dikirim") {
		t.Error("a returned certificate is called unsent")
	}
	p.db.Exec("UPDATE certificates SET state = 'submitted'")
	officer.post(urls.OfficerTake(a.Ref), url.Values{"version": {p.version(a.Ref)}}).leadsTo(urls.OfficerApplication(a.Ref))
	officer.post(urls.OfficerDecide(a.Ref), url.Values{"outcome": {"needs_fix"}, "version": {p.version(a.Ref)}, "fixes[0].target": {"certificate:" + c.Ref}, "fixes[0].reason": {"needs_fix_x"}, "fixes[0].note": {"Halaman dua kabur."},
		"fix_by.day": {"1"}, "fix_by.month": {"12"}, "fix_by.year": {"2026"}}).leadsTo(urls.OfficerQueue())
	owner.get(urls.Application(a.Ref)).has("main li", "Operator CNC ("+c.Ref+"): Alasan needs_fix").has("main li a[href='"+urls.Certificate(c.Ref)+"']", "Perbaiki Operator CNC")
	owner.get(urls.ApplicationCertificates(a.Ref)).is(http.StatusOK).has("main", "Dikembalikan petugas.")
	p.db.Exec("UPDATE certificates SET reason_code = ''") // opened by its owner instead
	owner.get(urls.ApplicationCertificates(a.Ref)).has("main", "Terbuka untuk diubah.")
	p.db.Exec("UPDATE certificates SET state = 'draft'")
	owner.get(urls.ApplicationCertificates(a.Ref)).has("main", "Belum dikirim ke petugas.")
}

// An institution reads of each certificate how it stands today, and in words where there is nothing.
func TestInstitutionReadsHowCertificatesStand(t *testing.T) {
	p, a, c, _, officer := relied(t)
	institution := p.one("SELECT p.institution_id::text FROM programmes p")
	u := p.addUser(models.Staff, "Staf")
	p.db.Exec("UPDATE users SET institution_id = ? WHERE id = ?", institution, u.ID)
	staff, intake := p.as(u), p.one("SELECT ref FROM intakes")
	officer.decideCertificate(c.Ref, "outcome", "verified", "method", "qr")
	p.decideApplication(officer, a.Ref, url.Values{"outcome": {"verified"}})
	staff.get(urls.ManageApplicant(a.Ref)).has("main dl", "SertifikatOperator CNC (terverifikasi)").has("main dl", "Nomor HPTidak ada").has("main", "Belum ada langkah setelah pemeriksaan petugas.")
	officer.decideCertificate(c.Ref, "outcome", "suspended", "reason", "certificate_suspended_x")
	for _, path := range []string{urls.ManageApplicant(a.Ref), urls.ManageApplicants(intake)} {
		if page := staff.get(path).has("main", "Operator CNC (ditangguhkan petugas)"); strings.Contains(page.body, "Sertifikat terverifikasi") || strings.Contains(page.body, "tidak berlaku lagi") {
			t.Errorf("%s contradicts itself", path)
		}
	}
	p.db.Exec("UPDATE certificates SET state = 'verified', method = 'qr', taken_away_at = NULL, taken_away_as = '', valid_until = '2026-11-24'")
	staff.get(urls.ManageApplicant(a.Ref)).has("main dl", "Operator CNC (masa berlaku sudah habis)")
	p.db.Exec("DELETE FROM application_certificate_files")
	p.db.Exec("DELETE FROM application_certificates")
	staff.get(urls.ManageApplicants(intake)).has("td[data-label='Sertifikat']", "Tidak ada")
}
