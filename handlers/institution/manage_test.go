package institution_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func wholeProgramme(change ...string) url.Values {
	v := url.Values{
		"title": {"Pengelasan SMAW 3G"}, "description": {"Belajar mengelas pelat."}, "sector": {"teknik"}, "occupation": {"ENG01"},
		"hours": {"240"}, "minutes": {"45"}, "days": {"30"}, "method": {"onsite"}, "regency": {"31.75"},
		"age_min": {"18"}, "education": {"SMP"},
		"funding": {"self_paid"}, "costs[0].label": {"Kursus"}, "costs[0].amount": {"Rp1.250.000"}, "refund": {"Uang kembali penuh."},
		"outcome_training": {"yes"}, "destinations": {"JP"},
	}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func wholeIntake(change ...string) url.Values {
	v := url.Values{"number": {"1"}, "selection": {"test"}, "quota": {"1"}, "reserve": {"1"}, "enrol_days": {"3"}}
	for name, day := range map[string][2]string{
		"opens": {"25", "11"}, "closes": {"30", "11"}, "test": {"7", "12"}, "starts": {"14", "12"}, "ends": {"30", "12"},
	} {
		v.Set(name+".day", day[0])
		v.Set(name+".month", day[1])
		v.Set(name+".year", "2026")
	}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

// draftProgramme makes a programme as staff do and gives its reference.
func draftProgramme(c *testportal.Client) string {
	c.T.Helper()
	to := c.Post(urls.ManageProgrammes(), url.Values{"token": {uuid.NewString()}, "title": {"Pengelasan"}}).
		Is(http.StatusSeeOther).Header.Get("Location")
	return strings.Split(to, "/")[3]
}

func TestProgrammeFromNothingToPublic(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	staff.Get(urls.Manage()).Is(http.StatusOK).Has("main", "Belum ada angkatan yang terbit")
	staff.Get(urls.ManageProgrammes()).Is(http.StatusOK).Has("main", "Belum ada pelatihan")
	staff.Post(urls.ManageProgrammes(), url.Values{"title": {" "}}).Is(http.StatusUnprocessableEntity)
	ref := draftProgramme(staff)
	page := staff.Get(urls.ManageProgramme(ref)).Is(http.StatusOK).Has("main", "Bidang belum dipilih").Has("main", "Belum ada angkatan")
	if n := page.Find(`a[href="` + urls.ManageEditProgramme(ref) + `#f-sector"]`).Length(); n != 1 {
		t.Errorf("%d links lead to the missing sector", n)
	}
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Masih ada yang kurang")
	staff.Get(urls.ManageEditProgramme(ref)).Is(http.StatusOK)
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("costs[0].amount", "1,25 juta")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "rupiah bulat")
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme()).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageEditProgramme(ref)).Has("form", "Biaya")
	staff.Post(urls.ManageNewIntake(ref), wholeIntake("closes.month", "10")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "setelah tanggal buka")
	staff.Post(urls.ManageNewIntake(ref), wholeIntake("session", "malam")).Is(http.StatusUnprocessableEntity).Has("#f-session-error", "Pilih")
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManagePreview(ref)).Is(http.StatusOK).Has("main", "Rp1.250.000").Has("main", "Senin, 30 November 2026 pukul 23.59 WIB")
	p.Client().Get(urls.Programme(ref)).Is(http.StatusNotFound)
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageEditProgramme(ref)).LeadsTo(urls.ManageProgramme(ref))
	officer.Get(urls.OfficerProgrammes()).Is(http.StatusOK).Has("table", "Pengelasan SMAW 3G")
	officer.Get(urls.OfficerProgramme(ref)).Is(http.StatusOK).Has("main", "Rp1.250.000")
	officer.Get(urls.OfficerPreview(ref)).Is(http.StatusOK)
	officer.Post(urls.OfficerReturnProgramme(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.OfficerReturnProgramme(ref), url.Values{"reason": {"programme_refused_x"}, "note": {"Biaya kurang jelas."}}).
		LeadsTo(urls.OfficerProgrammes())
	staff.Get(urls.ManageProgramme(ref)).Has("main", "Biaya kurang jelas.")
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	p.Client().Get(urls.Programme(ref)).Is(http.StatusOK).Has("main", "Pengelasan SMAW 3G").Has("#jadwal", "Buka sampai")
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).Is(http.StatusConflict)
}

func TestChangeOfPublishedProgrammeWaitsForApproval(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	staff.Get(urls.ManageEditProgramme(ref)).Has("main", "Pelatihan ini sudah terbit")
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("costs[0].amount", "2.000.000")).LeadsTo(urls.ManageProgramme(ref))
	p.Client().Get(urls.Programme(ref)).Has("main", "Rp1.250.000")
	applicant := p.AddReadySeeker("Suparmi")
	p.AddSubmitted(applicant, p.One("SELECT ref FROM intakes"))
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	p.Client().Get(urls.Programme(ref)).Has("main", "Rp1.250.000")
	officer.Get(urls.OfficerProgramme(ref)).Is(http.StatusOK).Has("main", "Perubahan").Has("main", "Rp2.000.000")
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	p.Client().Get(urls.Programme(ref)).Has("main", "Rp2.000.000")
	p.Tell()
	if n := p.One("SELECT count(*)::text FROM notices WHERE template = 'programme_changed'"); n != "1" {
		t.Errorf("%s applicants were told, want 1", n)
	}
}

// publishedProgramme makes a programme with one intake of one seat and has it approved.
func publishedProgramme(c *testportal.Client, officer *testportal.Client) string {
	c.T.Helper()
	ref := draftProgramme(c)
	c.Post(urls.ManageEditProgramme(ref), wholeProgramme()).LeadsTo(urls.ManageProgramme(ref))
	c.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	c.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	return ref
}

// Bug report P024: an intake without a closing date never becomes public.
func TestP024IntakeWithoutClosingDateIsRefused(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme()).LeadsTo(urls.ManageProgramme(ref))
	open := wholeIntake("closes.day", "", "closes.month", "", "closes.year", "")
	staff.Post(urls.ManageNewIntake(ref), open).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageProgramme(ref)).Has("main", "termasuk tanggal tutup")
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	intake := p.One("SELECT ref FROM intakes")
	staff.Post(urls.ManageIntake(intake), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	staff.Post(urls.ManageIntake(intake), open).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Isi tanggal buka")
	open.Set("number", "2")
	staff.Post(urls.ManageNewIntake(ref), open).Is(http.StatusUnprocessableEntity)
}

// passed are applicants whom an officer has verified, for the only intake there is.
func passed(p *testportal.Portal, names ...string) []string {
	p.T.Helper()
	refs := make([]string, len(names))
	for i, name := range names {
		u := p.AddReadySeeker(name)
		refs[i] = p.AddSubmitted(u, p.One("SELECT ref FROM intakes")).Ref
		if err := p.DB.Exec("UPDATE applications SET state = 'verified' WHERE ref = ?", refs[i]).Error; err != nil {
			p.T.Fatal(err)
		}
	}
	return refs
}

func TestSelectionFromInvitationToResult(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	publishedProgramme(staff, officer)
	refs := passed(p, "Suparmi", "Tini")
	intake := p.One("SELECT ref FROM intakes")
	home := staff.Get(urls.Manage()).Is(http.StatusOK).Has("table", "Pengelasan SMAW 3G").Has("main", "Konsep0Menunggu persetujuan0")
	if n := home.Find("main .tabular-nums").First().Text(); n != "2" {
		t.Errorf("%q wait to be invited, want 2", n)
	}
	list := staff.Get(urls.ManageApplicants(intake)).Is(http.StatusOK).Has("table", "Suparmi").Has("table", "37")
	for _, secret := range []string{"3175", "Melati", "Duren Sawit"} {
		if strings.Contains(list.Body, secret) {
			t.Errorf("staff see %q", secret)
		}
	}
	invite := url.Values{
		"applications": refs, "at.day": {"7"}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {"09.00"}, "place": {"Bengkel Las"},
	}
	staff.Post(urls.ManageInvite(intake), url.Values{}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "paling sedikit satu orang")
	staff.Post(urls.ManageInvite(intake), invite).LeadsTo(urls.ManageApplicants(intake))
	seeker := p.As(p.Client().UserNamed("Suparmi"))
	seeker.Get(urls.Application(refs[0])).Has("main", "Bengkel Las").Has("main", "Senin, 7 Desember 2026 pukul 09.00 WIB")
	record := func(ref string, what ...string) testportal.Page {
		v := url.Values{"version": {p.Version(ref)}}
		for i := 0; i < len(what); i += 2 {
			v.Set(what[i], what[i+1])
		}
		return staff.Post(urls.ManageApplicant(ref), v)
	}
	record(refs[0], "outcome", "accepted").Is(http.StatusUnprocessableEntity) // nobody is accepted before the test
	record(refs[0], "outcome", "attended").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Senin, 7 Desember 2026")
	p.Pass(12 * 24 * time.Hour) // the day of the test
	seeker, staff = p.As(p.Client().UserNamed("Suparmi")), p.As(staff.UserNamed("Staf"))
	record(refs[0], "outcome", "attended").LeadsTo(urls.ManageApplicant(refs[0]))
	record(refs[1], "outcome", "attended").LeadsTo(urls.ManageApplicant(refs[1]))
	record(refs[0], "outcome", "accepted").LeadsTo(urls.ManageApplicant(refs[0]))
	record(refs[1], "outcome", "accepted").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Kuota sudah penuh")
	record(refs[1], "outcome", "reserve").LeadsTo(urls.ManageApplicant(refs[1]))
	p.Announce(staff.UserNamed("Staf"), intake)
	seeker.Get(urls.Application(refs[0])).Has("main", "Diterima").Has("main", "Kamis, 10 Desember 2026 pukul 23.59 WIB")
	p.As(p.Client().UserNamed("Tini")).Get(urls.Application(refs[1])).Has("main", "Cadangan nomor 1")
	stale := url.Values{"version": {"1"}, "outcome": {"enrolled"}}
	staff.Post(urls.ManageApplicant(refs[0]), stale).Is(http.StatusConflict)
	record(refs[0], "outcome", "enrolled").LeadsTo(urls.ManageApplicant(refs[0]))
	record(refs[0], "outcome", "dropped").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Pilih alasan")
	record(refs[0], "outcome", "dropped", "reason", "dropped_x").LeadsTo(urls.ManageApplicant(refs[0]))
	if got := p.One("SELECT state FROM applications WHERE ref = ?", refs[1]); got != "accepted" {
		t.Errorf("the freed seat: the reserve is %s", got)
	}
	record(refs[1], "outcome", "enrolled").LeadsTo(urls.ManageApplicant(refs[1]))
	record(refs[1], "outcome", "passed").Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "30 Desember 2026")
	p.Pass(24 * 24 * time.Hour)
	staff = p.As(staff.UserNamed("Staf"))
	record(refs[1], "outcome", "passed").LeadsTo(urls.ManageApplicant(refs[1]))
	p.As(p.Client().UserNamed("Tini")).Get(urls.Application(refs[1])).Has("main", "Lulus")
}

func TestLastSeatIsGivenOnceThroughTheDesk(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	publishedProgramme(staff, officer)
	refs := passed(p, "Satu", "Dua", "Tiga", "Empat")
	u := staff.UserNamed("Staf")
	errs := make([]error, len(refs))
	var group sync.WaitGroup
	for i, ref := range refs {
		group.Go(func() {
			errs[i] = p.Store.Record(context.Background(), u, ref, models.Outcome{What: models.RecordAccepted})
		})
	}
	group.Wait()
	given := 0
	for _, err := range errs {
		if err == nil {
			given++
		} else if !errors.Is(err, models.ErrQuotaFull) {
			t.Errorf("got %v", err)
		}
	}
	if given != 1 {
		t.Errorf("%d accepted for one seat", given)
	}
}

func TestInstitutionsPageIsEdited(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	staff.Get(urls.ManageInstitution()).Is(http.StatusOK)
	staff.Post(urls.ManageInstitution(), url.Values{"email": {"bukan alamat"}, "website": {"javascript:alert(1)"}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "https://")
	staff.Post(urls.ManageInstitution(), url.Values{"about": {"Kami melatih juru las."}, "website": {"https://lpk.example"}}).
		LeadsTo(urls.ManageInstitution())
	ref := p.One("SELECT ref FROM institutions WHERE name = 'LPK Staf'")
	p.Client().Get(urls.Institution(ref)).Is(http.StatusOK).Has("main", "Kami melatih juru las.")
}
