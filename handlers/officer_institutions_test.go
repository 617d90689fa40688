package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// oneReport files a report as a visitor does and gives its reference.
func (p *testPortal) oneReport(about string) string {
	p.t.Helper()
	token := uuid.NewString()
	p.client().post(urls.Report(), url.Values{"token": {token}, "tentang": {about}, "jenis": {models.ReportMoney}, "cerita": {"Diminta lima juta di luar daftar."}, "kontak": {"0812 0000 1111"}}).is(http.StatusSeeOther)
	return p.one("SELECT ref FROM reports WHERE form_token = ?", token)
}

func TestInstitutionFromImportToRevoked(t *testing.T) {
	p, _, officer := institution(t)
	key := "uji-baru"
	if err := p.store.SeedInstitutions(t.Context(), []models.Institution{{Kind: "lpk", Name: "LPK Contoh Cahaya", ExternalKey: &key}}); err != nil {
		t.Fatal(err)
	}
	p.db.Exec("UPDATE institutions SET state = 'submitted', verified_at = NULL WHERE external_key = ?", key)
	ref := p.one("SELECT ref FROM institutions WHERE external_key = ?", key)
	staff := p.addUser(models.Staff, "Staf Lembaga")
	p.db.Exec("UPDATE users SET institution_id = (SELECT id FROM institutions WHERE ref = ?) WHERE id = ?", ref, staff.ID)

	officer.get(urls.OfficerInstitutions()).is(http.StatusOK).has("table", "LPK Contoh Cahaya").has("select", "Terverifikasi (2)")
	officer.get(urls.OfficerInstitutions()+"?nama=tidak+ada").has("main", "Tidak ada lembaga di sini")
	officer.get(urls.OfficerInstitutions()+"?nama=%25").has("main", "Tidak ada lembaga di sini")
	officer.get(urls.OfficerInstitutions()+"?keadaan=verified&nama=cahaya").has("main", "Tidak ada lembaga di sini")
	officer.get(urls.OfficerInstitution(ref)).is(http.StatusOK).has("h1", "LPK Contoh Cahaya").has("main", "Belum ada keputusan")
	p.client().get(urls.Institution(ref)).is(http.StatusNotFound)
	p.as(staff).get(urls.Manage()).has("main", "belum memeriksa lembaga Anda")

	officer.post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"revoked"}, "note": {" "}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Tulis alasannya")
	officer.post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"suspended"}, "note": {"x"}}).is(http.StatusConflict)
	officer.post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"verified"}}).leadsTo(urls.OfficerInstitution(ref))
	p.client().get(urls.Institution(ref)).is(http.StatusOK).has("main", "Sudah diperiksa petugas")
	p.as(staff).get(urls.Manage()).lacks(".notice")
	if l := p.lastLetter(); l.Template != "institution_decided" || l.Data["Path"] != urls.Manage() {
		t.Errorf("the institution was told %+v", l)
	}
	stale := officer.post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"suspended"}, "note": {"Izin habis."}}).is(http.StatusConflict)
	stale.has("main", "sudah diubah orang lain").has("textarea", "Izin habis.").has("ol", "Terverifikasi")
	officer.post(urls.OfficerInstitution(ref), url.Values{"version": {"2"}, "to": {"suspended"}, "note": {"Izin habis."}}).leadsTo(urls.OfficerInstitution(ref))
	p.as(staff).get(urls.Manage()).has(".notice", "dibekukan petugas").has(".notice", "Izin habis.")
	officer.post(urls.OfficerInstitution(ref), url.Values{"version": {"3"}, "to": {"revoked"}, "note": {"Surat palsu."}}).leadsTo(urls.OfficerInstitution(ref))
	p.client().get(urls.Institution(ref)).is(http.StatusGone)
	officer.get(urls.OfficerInstitution(ref)).has("ol", "Surat palsu.").lacks("form[action='" + urls.OfficerInstitution(ref) + "']")
	officer.get(urls.OfficerInstitution("LB-TIDAKADA")).is(http.StatusNotFound)
	officer.post(urls.OfficerInstitution("LB-TIDAKADA"), url.Values{"version": {"1"}, "to": {"verified"}}).is(http.StatusNotFound)
}

func TestSuspendedInstitutionTakesNobody(t *testing.T) {
	p, _, officer := institution(t)
	programme := p.addProgramme(nil)
	seeker := p.as(p.addReadySeeker("Suparmi"))
	seeker.get(urls.Apply(programme.intakes[0])).is(http.StatusOK)
	officer.post(urls.OfficerInstitution(programme.institution), url.Values{"version": {p.one("SELECT version::text FROM institutions WHERE ref = ?", programme.institution)}, "to": {"suspended"}, "note": {"Diperiksa."}}).leadsTo(urls.OfficerInstitution(programme.institution))
	p.client().get(urls.Programme(programme.programme)).has("main", "dibekukan")
	seeker.post(urls.Apply(programme.intakes[0]), url.Values{})
	if n := p.one("SELECT count(*)::text FROM applications"); n != "0" {
		t.Errorf("%s applications to a suspended institution", n)
	}
}

func TestInstitutionsGoOnFromPageToPage(t *testing.T) {
	p, _, officer := institution(t)
	var list []models.Institution
	for range 60 {
		key := uuid.NewString()
		list = append(list, models.Institution{Kind: "lpk", Name: "LPK Sama", ExternalKey: &key})
	}
	if err := p.store.SeedInstitutions(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	next, pages := urls.OfficerInstitutions()+"?keadaan=verified&nama=LPK+Sama", 0
	for next != "" && pages < 5 {
		page := officer.get(next).is(http.StatusOK)
		for _, a := range page.Find("tbody th a").EachIter() {
			seen[a.AttrOr("href", "")] = true
		}
		next, pages = page.Find("a[rel=next]").AttrOr("href", ""), pages+1
	}
	if len(seen) != 60 || pages != 2 {
		t.Errorf("%d institutions on %d pages, want 60 on 2", len(seen), pages)
	}
}

func TestReportReachesAnOfficerAndIsClosedOnce(t *testing.T) {
	p, _, officer := institution(t)
	programme := p.addProgramme(nil)
	officer.get(urls.OfficerReports()).is(http.StatusOK).has("main", "Tidak ada laporan yang menunggu")
	ref, other := p.oneReport(programme.programme), p.oneReport("")
	page := officer.get(urls.OfficerReports()).has("table", "Diminta uang").has("table", "Tidak menyebut lembaga")
	if first := strings.TrimSpace(page.Find("tbody th").First().Text()); first != ref {
		t.Errorf("%s comes first, want the older %s", first, ref)
	}
	officer.get(urls.OfficerReport(ref)).is(http.StatusOK).has("main", "Diminta lima juta").has("main", "0812 0000 1111")
	officer.get(urls.OfficerReport(other)).is(http.StatusOK)
	officer.post(urls.OfficerReport(ref), url.Values{"note": {""}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Tulis apa yang sudah dilakukan")
	officer.post(urls.OfficerReport(ref), url.Values{"note": {"Lembaga ditelepon."}}).leadsTo(urls.OfficerReports())
	second := p.as(p.addUser(models.Officer, "Yanto"))
	second.post(urls.OfficerReport(ref), url.Values{"note": {"Saya juga."}}).is(http.StatusConflict).has("main", "Lembaga ditelepon.").has("main", "Rina")
	if n := officer.get(urls.OfficerReports()).Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d reports wait, want 1", n)
	}
	officer.post(urls.OfficerReport("LP-TIDAKADA"), url.Values{"note": {"x"}}).is(http.StatusNotFound)
}
