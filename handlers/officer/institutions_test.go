package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestInstitutionFromImportToRevoked(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	key := "uji-baru"
	err := p.Store.SeedInstitutions(t.Context(), []models.Institution{{Kind: "lpk", Name: "LPK Contoh Cahaya", ExternalKey: &key}})
	if err != nil {
		t.Fatal(err)
	}
	p.DB.Exec("UPDATE institutions SET state = 'submitted', verified_at = NULL WHERE external_key = ?", key)
	ref := p.One("SELECT ref FROM institutions WHERE external_key = ?", key)
	staff := p.AddUser(models.Staff, "Staf Lembaga")
	p.DB.Exec("UPDATE users SET institution_id = (SELECT id FROM institutions WHERE ref = ?) WHERE id = ?", ref, staff.ID)

	officer.Get(urls.OfficerInstitutions()).Is(http.StatusOK).Has("table", "LPK Contoh Cahaya").Has("select", "Terverifikasi (2)")
	officer.Get(urls.OfficerInstitutions()+"?nama=tidak+ada").Has("main", "Tidak ada lembaga di sini")
	officer.Get(urls.OfficerInstitutions()+"?nama=%25").Has("main", "Tidak ada lembaga di sini")
	officer.Get(urls.OfficerInstitutions()+"?keadaan=verified&nama=cahaya").Has("main", "Tidak ada lembaga di sini")
	officer.Get(urls.OfficerInstitution(ref)).Is(http.StatusOK).Has("h1", "LPK Contoh Cahaya").Has("main", "Belum ada keputusan")
	p.Client().Get(urls.Institution(ref)).Is(http.StatusNotFound)
	p.As(staff).Get(urls.Manage()).Has("main", "belum memeriksa lembaga Anda")

	officer.Post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"revoked"}, "note": {" "}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis alasannya")
	officer.Post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"suspended"}, "note": {"x"}}).Is(http.StatusConflict)
	officer.Post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"verified"}}).LeadsTo(urls.OfficerInstitution(ref))
	p.Client().Get(urls.Institution(ref)).Is(http.StatusOK).Has("main", "Sudah diperiksa petugas")
	p.As(staff).Get(urls.Manage()).Lacks(".notice")
	if l := p.LastLetter(); l.Template != "institution_decided" || l.Data["Path"] != urls.Manage() {
		t.Errorf("the institution was told %+v", l)
	}
	stale := officer.Post(urls.OfficerInstitution(ref), url.Values{"version": {"1"}, "to": {"suspended"}, "note": {"Izin habis."}}).
		Is(http.StatusConflict)
	stale.Has("main", "sudah diubah orang lain").Has("textarea", "Izin habis.").Has("h1", "LPK Contoh Cahaya")
	officer.Post(urls.OfficerInstitution(ref), url.Values{"version": {"2"}, "to": {"suspended"}, "note": {"Izin habis."}}).
		LeadsTo(urls.OfficerInstitution(ref))
	p.As(staff).Get(urls.Manage()).Has(".notice", "dibekukan petugas").Has(".notice", "Izin habis.")
	officer.Post(urls.OfficerInstitution(ref), url.Values{"version": {"3"}, "to": {"revoked"}, "note": {"Surat palsu."}}).
		LeadsTo(urls.OfficerInstitution(ref))
	p.Client().Get(urls.Institution(ref)).Is(http.StatusGone)
	officer.Get(urls.OfficerInstitution(ref)).Has("ol", "Surat palsu.").Lacks("form[action='" + urls.OfficerInstitution(ref) + "']")
	officer.Get(urls.OfficerInstitution("LB-TIDAKADA")).Is(http.StatusNotFound)
	officer.Post(urls.OfficerInstitution("LB-TIDAKADA"), url.Values{"version": {"1"}, "to": {"verified"}}).Is(http.StatusNotFound)
}

func TestSuspendedInstitutionTakesNobody(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	programme := p.AddProgramme(nil)
	seeker := p.As(p.AddReadySeeker("Suparmi"))
	seeker.Get(urls.Apply(programme.Intakes[0])).Is(http.StatusOK)
	version := p.One("SELECT version::text FROM institutions WHERE ref = ?", programme.Institution)
	officer.Post(urls.OfficerInstitution(programme.Institution), url.Values{
		"version": {version}, "to": {"suspended"}, "note": {"Diperiksa."},
	}).LeadsTo(urls.OfficerInstitution(programme.Institution))
	p.Client().Get(urls.Programme(programme.Programme)).Has("main", "dibekukan")
	seeker.Post(urls.Apply(programme.Intakes[0]), url.Values{})
	if n := p.One("SELECT count(*)::text FROM applications"); n != "0" {
		t.Errorf("%s applications to a suspended institution", n)
	}
}

func TestInstitutionsGoOnFromPageToPage(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	var list []models.Institution
	for range 60 {
		key := uuid.NewString()
		list = append(list, models.Institution{Kind: "lpk", Name: "LPK Sama", ExternalKey: &key})
	}
	if err := p.Store.SeedInstitutions(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	next, pages := urls.OfficerInstitutions()+"?keadaan=verified&nama=LPK+Sama", 0
	for next != "" && pages < 5 {
		page := officer.Get(next).Is(http.StatusOK)
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
	p, _, officer := testportal.StartInstitution(t)
	programme := p.AddProgramme(nil)
	officer.Get(urls.OfficerReports()).Is(http.StatusOK).Has("main", "Tidak ada laporan yang menunggu")
	ref, other := p.AddReport(programme.Programme), p.AddReport("")
	page := officer.Get(urls.OfficerReports()).Has("table", "Diminta uang").Has("table", "Tidak menyebut lembaga")
	if first := strings.TrimSpace(page.Find("tbody th").First().Text()); first != ref {
		t.Errorf("%s comes first, want the older %s", first, ref)
	}
	officer.Get(urls.OfficerReport(ref)).Is(http.StatusOK).Has("main", "Diminta lima juta").Has("main", "0812 0000 1111")
	officer.Get(urls.OfficerReport(other)).Is(http.StatusOK)
	officer.Post(urls.OfficerReport(ref), url.Values{"note": {""}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Tulis apa yang sudah dilakukan")
	officer.Post(urls.OfficerReport(ref), url.Values{"note": {"Lembaga ditelepon."}}).LeadsTo(urls.OfficerReports())
	second := p.As(p.AddUser(models.Officer, "Yanto"))
	second.Post(urls.OfficerReport(ref), url.Values{"note": {"Saya juga."}}).Is(http.StatusConflict).
		Has("main", "Lembaga ditelepon.").Has("main", "Rina")
	if n := officer.Get(urls.OfficerReports()).Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d reports wait, want 1", n)
	}
	officer.Post(urls.OfficerReport("LP-TIDAKADA"), url.Values{"note": {"x"}}).Is(http.StatusNotFound)
}

// F073, F074, F090: before an institution is suspended the officer sees whom it touches; then applications are put
// off, participants of a running course are told and go on, and staff select nobody.
func TestF090SuspensionAsksTellsAndStopsSelection(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	programme := p.AddProgramme(nil)
	p.DB.Exec("UPDATE programmes SET institution_id = (SELECT institution_id FROM users WHERE name = 'Staf')")
	ref := p.One("SELECT i.ref FROM institutions i JOIN users u ON u.institution_id = i.id WHERE u.name = 'Staf'")
	waiting := p.AddSubmitted(p.AddReadySeeker("Suparmi"), programme.Intakes[0])
	inside := p.AddSubmitted(p.AddReadySeeker("Tini"), programme.Intakes[0])
	p.DB.Exec("UPDATE applications SET state = 'verified' WHERE ref = ?", waiting.Ref)
	p.DB.Exec(`INSERT INTO intakes
		(ref, programme_id, number, state, selection, opens_at, closes_at, starts_on, ends_on, quota, created_at, updated_at)
		SELECT 'AN-BERJALAN', programme_id, 77, state, selection, opens_at - interval '60 days', now() - interval '30 days',
			'2026-11-20', '2027-02-20', quota, created_at, updated_at
		FROM intakes
		WHERE ref = ?`, programme.Intakes[0])
	p.DB.Exec(`UPDATE applications
		SET state = 'enrolled', intake_id = (SELECT id FROM intakes WHERE ref = 'AN-BERJALAN')
		WHERE ref = ?`, inside.Ref)
	page := officer.Get(urls.OfficerInstitution(ref)).Is(http.StatusOK)
	if n := page.Find("button[value=suspended], button[value=revoked]").Length(); n != 0 {
		t.Error("an institution is suspended at one press")
	}
	officer.Get(urls.OfficerInstitutionStepTo(ref, "suspended")).Is(http.StatusOK).Has("[data-whom]", "1 pendaftaran berakhir").
		Has("[data-whom]", "1 peserta yang sedang belajar diteruskan").Has("[data-letter]", "ditunda")
	officer.Post(urls.OfficerInstitution(ref), url.Values{
		"version": {p.One("SELECT version::text FROM institutions WHERE ref = ?", ref)}, "to": {"suspended"}, "note": {"Diperiksa."},
	}).LeadsTo(urls.OfficerInstitution(ref))
	staff.Post(urls.ManageApplicant(waiting.Ref), url.Values{"version": {p.Version(waiting.Ref)}, "outcome": {"accepted"}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "dibekukan petugas")
	p.Tell()
	if l := p.LastLetter(); l.Template != "institution_halted" || l.Data["Ref"] != inside.Ref {
		t.Errorf("participants were told %+v", l)
	}
	p.End()
	if got := p.One("SELECT state FROM applications WHERE ref = ?", waiting.Ref); got != "deferred" {
		t.Errorf("who waited is %s", got)
	}
	if got := p.One("SELECT state FROM applications WHERE ref = ?", inside.Ref); got != "enrolled" {
		t.Errorf("the participant is %s", got)
	}
	// Lifted, the same people hear of it, once, and who works there too.
	officer.Post(urls.OfficerInstitution(ref), url.Values{
		"version": {p.One("SELECT version::text FROM institutions WHERE ref = ?", ref)}, "to": {"verified"},
	}).LeadsTo(urls.OfficerInstitution(ref))
	if l := p.LastLetter(); l.Template != "institution_decided" {
		t.Errorf("who works there was told %+v", l)
	}
	p.Tell()
	if l := p.LastLetter(); l.Template != "institution_resumed" || l.Data["Ref"] != inside.Ref {
		t.Errorf("participants were told %+v", l)
	}
}
