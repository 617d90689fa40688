package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// permits are what an owner proposes.
func permits(version string) url.Values {
	return url.Values{"version": {version}, "nib": {"1234567890123"}, "license_no": {"IZIN/9/2026"}, "license_ends.day": {"1"},
		"license_ends.month": {"2"}, "license_ends.year": {"2031"}, "note": {"Izin diperpanjang."}}
}

func permitPaper(t *testing.T, shade uint8) *http.Request {
	t.Helper()
	return testportal.Multipart(t, urls.LicencePapers(), url.Values{"kind": {models.PaperLicence}}, "paper",
		testportal.Sent("izin.jpg", "image/jpeg", testportal.Photo(t, 40, 40, shade)))
}

// proposed is a change that the owner of an institution has sent, with its reference.
func proposed(t *testing.T, p *testportal.Portal, owner *testportal.Client) string {
	t.Helper()
	owner.Post(urls.ManageLicence(), permits("0")).LeadsTo(urls.LicencePapers())
	owner.Do(permitPaper(t, 90)).LeadsTo(urls.LicencePapers())
	p.CheckPapers()
	owner.Post(urls.LicenceSend(), url.Values{"version": {"2"}}).LeadsTo(urls.ManageLicence())
	return p.One("SELECT ref FROM licence_changes")
}

// Staff see what permits their institution to train, with its ends; an owner proposes a change with papers, and an officer who
// sees old beside new sends it back with a reason or confirms it.
func TestF210OwnerProposesAChangeOfPermitsWithPapers(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	boss := p.AddUser(models.Owner, "Pemilik")
	p.DB.Exec("UPDATE institutions SET license_no = 'IZIN/1', license_expires_on = '2026-12-31' WHERE id = ?", *boss.InstitutionID)
	owner, officer := p.As(boss), p.As(p.AddDesk("Rina", models.DutyInstitutions))
	owner.Get(urls.ManageInstitution()).Has("#izin", "IZIN/1").Has("#izin", "31 Desember 2026").Shows(`#izin a[href="/kelola/lembaga/izin"]`)
	owner.Get(urls.ManageLicence()).Is(http.StatusOK).Holds("license_no", "IZIN/1")
	owner.Get(urls.LicencePapers()).Is(http.StatusOK).Holds("license_no", "IZIN/1") // nothing is proposed yet
	wrong := permits("0")
	wrong.Set("nib", "12")
	owner.Post(urls.ManageLicence(), wrong).Is(http.StatusUnprocessableEntity).Holds("license_no", "IZIN/9/2026")
	owner.Post(urls.ManageLicence(), permits("0")).LeadsTo(urls.LicencePapers())
	owner.Post(urls.ManageLicence(), permits("0")).Is(http.StatusConflict).Holds("license_no", "IZIN/9/2026")
	owner.Post(urls.LicenceSend(), url.Values{"version": {"1"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "paling sedikit satu berkas")
	owner.Do(permitPaper(t, 90)).LeadsTo(urls.LicencePapers())
	p.CheckPapers()
	for range 2 {
		owner.Post(urls.LicenceSend(), url.Values{"version": {"2"}}).LeadsTo(urls.ManageLicence())
	}
	owner.Get(urls.ManageLicence()).Has(".notice", "sedang diperiksa").Lacks("main form")
	owner.Post(urls.ManageLicence(), permits("3")).Is(http.StatusUnprocessableEntity)

	ref := p.One("SELECT ref FROM licence_changes")
	officer.Get(urls.LicenceChanges()).Is(http.StatusOK).Has("table", "LPK Pemilik")
	change := officer.Get(urls.LicenceChange(ref)).Is(http.StatusOK).Has("table", "IZIN/1").Has("table strong", "IZIN/9/2026")
	change.Has("main", "Izin diperpanjang.").Shows("main a[href^='/petugas/berkas-lembaga/']")
	paper := p.One("SELECT ref FROM institution_papers")
	officer.Get(urls.JoinPaper(paper)).Is(http.StatusOK).Shows("main img")
	officer.Get(urls.LicenceStepTo(ref, "returned")).Is(http.StatusOK).Shows("[data-letter]")
	officer.Post(urls.LicenceStep(ref), url.Values{"version": {"3"}, "to": {"returned"}}).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.LicenceStep(ref), url.Values{"version": {"3"}, "to": {"returned"}, "note": {"Foto kurang jelas."}}).
		LeadsTo(urls.LicenceChange(ref))
	if l := p.LastLetter(); l.Template != "licence_returned" || l.Data["Path"] != urls.ManageLicence() {
		t.Errorf("the owner was told %s", l.Template)
	}
	owner.Get(urls.ManageLicence()).Has(".notice", "Foto kurang jelas.").Holds("license_no", "IZIN/9/2026")
	owner.Do(permitPaper(t, 200)).LeadsTo(urls.LicencePapers())
	owner.Post(urls.LicencePaperOff(paper), nil).LeadsTo(urls.LicencePapers())
	owner.Post(urls.LicenceSend(), url.Values{"version": {"6"}}).LeadsTo(urls.ManageLicence())
	officer.Post(urls.LicenceStep(ref), url.Values{"version": {"3"}, "to": {"confirmed"}}).Is(http.StatusConflict)
	officer.Post(urls.LicenceStep(ref), url.Values{"version": {"7"}, "to": {"confirmed"}}).LeadsTo(urls.LicenceChange(ref))
	if l := p.LastLetter(); l.Template != "licence_confirmed" {
		t.Errorf("the owner was told %s", l.Template)
	}
	kept := p.One("SELECT license_no || ' ' || license_expires_on FROM institutions WHERE id = ?", *boss.InstitutionID)
	if kept != "IZIN/9/2026 2031-02-01" {
		t.Errorf("kept is %s", kept)
	}
	owner.Get(urls.ManageLicence()).Holds("license_no", "IZIN/9/2026")
	owner.Post(urls.ManageLicence(), permits("0")).LeadsTo(urls.LicencePapers())
	owner.Do(permitPaper(t, 90)).LeadsTo(urls.LicencePapers())
	owner.Post(urls.LicenceSend(), url.Values{"version": {"2"}}).Is(http.StatusUnprocessableEntity).Has("main", "sama dengan yang tercatat")
}

// Staff without the role of an owner see the permits and propose nothing; only officers with the duty decide.
func TestPermitsAreProposedByOwnersAndDecidedByTheDuty(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	ref := proposed(t, p, owner)
	staff := p.AddUser(models.Staff, "Staf")
	p.DB.Exec("UPDATE users SET institution_id = (SELECT institution_id FROM licence_changes) WHERE id = ?", staff.ID)
	page := p.As(staff).Get(urls.ManageLicence()).Is(http.StatusOK).Lacks("main form")
	if !strings.Contains(page.Find("main").Text(), "IZIN/9/2026") {
		t.Error("staff do not see what is proposed")
	}
	p.As(staff).Post(urls.ManageLicence(), permits("3")).Is(http.StatusForbidden)
	other := p.As(p.AddUser(models.Owner, "Pemilik Lain"))
	other.Get(urls.ManageLicence()).Is(http.StatusOK).Holds("license_no", "")
	other.Post(urls.LicenceSend(), url.Values{"version": {"3"}}).Is(http.StatusNotFound)
	plain := p.As(p.AddUser(models.Officer, "Yanto"))
	for _, path := range []string{urls.LicenceChanges(), urls.LicenceChange(ref), urls.LicenceStepTo(ref, "confirmed")} {
		plain.Get(path).Is(http.StatusForbidden)
	}
	plain.Post(urls.LicenceStep(ref), url.Values{"version": {"3"}, "to": {"confirmed"}}).Is(http.StatusForbidden)
}

// Officers who decide at once write the permits once, and the owner reads one letter.
func TestDecidingPermitsAtOnceDecidesOnce(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	owner := p.As(p.AddUser(models.Owner, "Pemilik"))
	one, two := p.AddDesk("Rina", models.DutyInstitutions), p.AddDesk("Joko", models.DutyInstitutions)
	ref := proposed(t, p, owner)
	before := p.One("SELECT version::text FROM institutions WHERE id = (SELECT institution_id FROM licence_changes)")
	var all sync.WaitGroup
	for i, who := range []models.User{one, two, one, two} {
		all.Go(func() {
			_ = p.Store.DecideLicenceChange(t.Context(), who, ref, models.ChangeDecision{Confirm: i%2 == 0, Version: 3, Note: "Ya."})
		})
	}
	all.Wait()
	if n := p.One("SELECT count(*)::text FROM notices WHERE template IN ('licence_confirmed', 'licence_returned')"); n != "1" {
		t.Errorf("%s letters", n)
	}
	after := p.One("SELECT version::text FROM institutions WHERE id = (SELECT institution_id FROM licence_changes)")
	if state := p.One("SELECT state FROM licence_changes"); (state == "confirmed") != (after != before) {
		t.Errorf("%s, version %s after %s", state, after, before)
	}
}

// The day after the licence ended nobody new is taken, and the public page says why; on its last day, and where its end is not
// known, registrations are open.
func TestEndedLicenceClosesNewRegistrations(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	programme := p.AddProgramme(nil)
	title := p.One("SELECT title FROM programmes WHERE ref = ?", programme.Programme)
	seeker, officer := p.As(p.AddReadySeeker("Suparmi")), p.As(p.AddUser(models.Officer, "Rina"))
	staff := p.AddUser(models.Staff, "Staf")
	p.DB.Exec("UPDATE users SET institution_id = (SELECT id FROM institutions WHERE ref = ?) WHERE id = ?", programme.Institution, staff.ID)
	open := urls.WithQuery(urls.Programmes(), "buka", "1")
	for _, tt := range []struct {
		ends  string
		takes bool
	}{{"NULL", true}, {"@today", true}, {"@today - 1", false}} {
		ends := strings.ReplaceAll(tt.ends, "@today", "CAST('"+p.Clock().Format("2006-01-02")+"' AS date)")
		if err := p.DB.Exec("UPDATE institutions SET license_expires_on = "+ends+" WHERE ref = ?", programme.Institution).Error; err != nil {
			t.Fatal(err)
		}
		// Pages of who is signed in are made anew each time.
		list, page := seeker.Get(open).Is(http.StatusOK), seeker.Get(urls.Programme(programme.Programme)).Is(http.StatusOK)
		if listed := strings.Contains(list.Find("main").Text(), title); listed != tt.takes {
			t.Errorf("licence until %s: listed as open: %t", tt.ends, listed)
		}
		if said := strings.Contains(page.Find(".notice").Text(), "Izin lembaga ini berakhir"); said == tt.takes {
			t.Errorf("licence until %s: said to have ended: %t", tt.ends, said)
		}
		seeker.Post(urls.Apply(programme.Intakes[0]), url.Values{})
		if n := p.One("SELECT count(*)::text FROM applications"); (n == "1") != tt.takes {
			t.Errorf("licence until %s: %s applications", tt.ends, n)
		}
		p.DB.Exec("DELETE FROM application_events")
		p.DB.Exec("DELETE FROM applications")
		desk := officer.Get(urls.OfficerInstitution(programme.Institution)).Is(http.StatusOK).Find(".notice").Text()
		if said := strings.Contains(desk, "tidak diketahui"); said != (tt.ends == "NULL") {
			t.Errorf("licence until %s: officers read %q", tt.ends, desk)
		}
	}
	seeker.Get(urls.Institution(programme.Institution)).Has(".notice", "Izin lembaga ini berakhir")
	p.As(staff).Get(urls.Manage()).Has(".notice", "pendaftaran baru ditutup")
}
