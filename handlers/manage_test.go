package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// institution is a portal with staff of a verified institution and an officer.
func institution(t *testing.T) (p *testPortal, staff, officer *client) {
	t.Helper()
	p = newPortal(t, withFiles(t))
	p.addReference()
	p.addReasons()
	return p, p.as(p.addUser(models.Staff, "Staf")), p.as(p.addUser(models.Officer, "Rina"))
}

func wholeProgramme(change ...string) url.Values {
	v := url.Values{"title": {"Pengelasan SMAW 3G"}, "description": {"Belajar mengelas pelat."}, "sector": {"teknik"}, "occupation": {"ENG01"}, "hours": {"240"}, "minutes": {"45"}, "days": {"30"}, "age_min": {"18"},
		"education": {"SMP"}, "funding": {"self_paid"}, "costs[0].label": {"Kursus"}, "costs[0].amount": {"Rp1.250.000"}, "refund": {"Uang kembali penuh."}, "method": {"onsite"}, "regency": {"31.75"},
		"outcome_training": {"yes"}, "destinations": {"JP"}}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func wholeIntake(change ...string) url.Values {
	v := url.Values{"number": {"1"}, "selection": {"test"}, "quota": {"1"}, "reserve": {"1"}, "enrol_days": {"3"}}
	for name, day := range map[string][2]string{"opens": {"25", "11"}, "closes": {"30", "11"}, "test": {"7", "12"}, "starts": {"14", "12"}, "ends": {"30", "12"}} {
		v.Set(name+".day", day[0])
		v.Set(name+".month", day[1])
		v.Set(name+".year", "2026")
	}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func (p *testPortal) one(query string, args ...any) string {
	p.t.Helper()
	var s string
	if err := p.db.Raw(query, args...).Scan(&s).Error; err != nil {
		p.t.Fatal(err)
	}
	return s
}

// draftProgramme makes a programme as staff do and gives its reference.
func (c *client) draftProgramme() string {
	c.t.Helper()
	to := c.post(urls.ManageProgrammes(), url.Values{"token": {uuid.NewString()}, "title": {"Pengelasan"}}).is(http.StatusSeeOther).header.Get("Location")
	return strings.Split(to, "/")[3]
}

func TestProgrammeFromNothingToPublic(t *testing.T) {
	p, staff, officer := institution(t)
	staff.get(urls.Manage()).is(http.StatusOK).has("main", "Belum ada angkatan yang terbit")
	staff.get(urls.ManageProgrammes()).is(http.StatusOK).has("main", "Belum ada pelatihan")
	staff.post(urls.ManageProgrammes(), url.Values{"title": {" "}}).is(http.StatusUnprocessableEntity)
	ref := staff.draftProgramme()
	page := staff.get(urls.ManageProgramme(ref)).is(http.StatusOK).has("main", "Bidang belum dipilih").has("main", "Belum ada angkatan")
	if n := page.Find(`a[href="` + urls.ManageEditProgramme(ref) + `#f-sector"]`).Length(); n != 1 {
		t.Errorf("%d links lead to the missing sector", n)
	}
	staff.post(urls.ManageSubmitProgramme(ref), url.Values{}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Masih ada yang kurang")
	staff.get(urls.ManageEditProgramme(ref)).is(http.StatusOK)
	staff.post(urls.ManageEditProgramme(ref), wholeProgramme("costs[0].amount", "1,25 juta")).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "rupiah bulat")
	staff.post(urls.ManageEditProgramme(ref), wholeProgramme()).leadsTo(urls.ManageProgramme(ref))
	staff.get(urls.ManageEditProgramme(ref)).has("form", "Biaya")
	staff.post(urls.ManageNewIntake(ref), wholeIntake("closes.month", "10")).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "setelah tanggal buka")
	staff.post(urls.ManageNewIntake(ref), wholeIntake()).leadsTo(urls.ManageProgramme(ref))
	staff.get(urls.ManagePreview(ref)).is(http.StatusOK).has("main", "Rp1.250.000").has("main", "Senin, 30 November 2026 pukul 23.59 WIB")
	p.client().get(urls.Programme(ref)).is(http.StatusNotFound)
	staff.post(urls.ManageSubmitProgramme(ref), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	staff.get(urls.ManageEditProgramme(ref)).leadsTo(urls.ManageProgramme(ref))
	officer.get(urls.OfficerProgrammes()).is(http.StatusOK).has("table", "Pengelasan SMAW 3G")
	officer.get(urls.OfficerProgramme(ref)).is(http.StatusOK).has("main", "Rp1.250.000")
	officer.get(urls.OfficerPreview(ref)).is(http.StatusOK)
	officer.post(urls.OfficerReturnProgramme(ref), url.Values{}).is(http.StatusUnprocessableEntity)
	officer.post(urls.OfficerReturnProgramme(ref), url.Values{"reason": {"programme_refused_x"}, "note": {"Biaya kurang jelas."}}).leadsTo(urls.OfficerProgrammes())
	staff.get(urls.ManageProgramme(ref)).has("main", "Biaya kurang jelas.")
	staff.post(urls.ManageSubmitProgramme(ref), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	officer.post(urls.OfficerPublishProgramme(ref), url.Values{}).leadsTo(urls.OfficerProgrammes())
	p.client().get(urls.Programme(ref)).is(http.StatusOK).has("main", "Pengelasan SMAW 3G").has("#jadwal", "Buka sampai")
	officer.post(urls.OfficerPublishProgramme(ref), url.Values{}).is(http.StatusConflict)
}

func TestChangeOfPublishedProgrammeWaitsForApproval(t *testing.T) {
	p, staff, officer := institution(t)
	ref := staff.publishedProgramme(officer)
	staff.get(urls.ManageEditProgramme(ref)).has("main", "Pelatihan ini sudah terbit")
	staff.post(urls.ManageEditProgramme(ref), wholeProgramme("costs[0].amount", "2.000.000")).leadsTo(urls.ManageProgramme(ref))
	p.client().get(urls.Programme(ref)).has("main", "Rp1.250.000")
	applicant := p.addReadySeeker("Suparmi")
	p.addSubmitted(applicant, p.one("SELECT ref FROM intakes"))
	staff.post(urls.ManageSubmitProgramme(ref), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	p.client().get(urls.Programme(ref)).has("main", "Rp1.250.000")
	officer.get(urls.OfficerProgramme(ref)).is(http.StatusOK).has("main", "Perubahan").has("main", "Rp2.000.000")
	officer.post(urls.OfficerPublishProgramme(ref), url.Values{}).leadsTo(urls.OfficerProgrammes())
	p.client().get(urls.Programme(ref)).has("main", "Rp2.000.000")
	if n := p.one("SELECT count(*)::text FROM notices WHERE template = 'programme_changed'"); n != "1" {
		t.Errorf("%s applicants were told, want 1", n)
	}
}

// publishedProgramme makes a programme with one intake of one seat and has it approved.
func (c *client) publishedProgramme(officer *client) string {
	c.t.Helper()
	ref := c.draftProgramme()
	c.post(urls.ManageEditProgramme(ref), wholeProgramme()).leadsTo(urls.ManageProgramme(ref))
	c.post(urls.ManageNewIntake(ref), wholeIntake()).leadsTo(urls.ManageProgramme(ref))
	c.post(urls.ManageSubmitProgramme(ref), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	officer.post(urls.OfficerPublishProgramme(ref), url.Values{}).leadsTo(urls.OfficerProgrammes())
	return ref
}

// Bug report P024: an intake without a closing date never becomes public.
func TestP024IntakeWithoutClosingDateIsRefused(t *testing.T) {
	p, staff, officer := institution(t)
	ref := staff.draftProgramme()
	staff.post(urls.ManageEditProgramme(ref), wholeProgramme()).leadsTo(urls.ManageProgramme(ref))
	open := wholeIntake("closes.day", "", "closes.month", "", "closes.year", "")
	staff.post(urls.ManageNewIntake(ref), open).leadsTo(urls.ManageProgramme(ref))
	staff.get(urls.ManageProgramme(ref)).has("main", "termasuk tanggal tutup")
	staff.post(urls.ManageSubmitProgramme(ref), url.Values{}).is(http.StatusUnprocessableEntity)
	intake := p.one("SELECT ref FROM intakes")
	staff.post(urls.ManageIntake(intake), wholeIntake()).leadsTo(urls.ManageProgramme(ref))
	staff.post(urls.ManageSubmitProgramme(ref), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	officer.post(urls.OfficerPublishProgramme(ref), url.Values{}).leadsTo(urls.OfficerProgrammes())
	staff.post(urls.ManageIntake(intake), open).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Isi tanggal buka")
	open.Set("number", "2")
	staff.post(urls.ManageNewIntake(ref), open).is(http.StatusUnprocessableEntity)
}

// passed are applicants whom an officer has verified, for the only intake there is.
func (p *testPortal) passed(names ...string) []string {
	p.t.Helper()
	refs := make([]string, len(names))
	for i, name := range names {
		u := p.addReadySeeker(name)
		refs[i] = p.addSubmitted(u, p.one("SELECT ref FROM intakes")).Ref
		if err := p.db.Exec("UPDATE applications SET state = 'verified' WHERE ref = ?", refs[i]).Error; err != nil {
			p.t.Fatal(err)
		}
	}
	return refs
}

func TestSelectionFromInvitationToResult(t *testing.T) {
	p, staff, officer := institution(t)
	staff.publishedProgramme(officer)
	refs := p.passed("Suparmi", "Tini")
	intake := p.one("SELECT ref FROM intakes")
	home := staff.get(urls.Manage()).is(http.StatusOK).has("table", "Pengelasan SMAW 3G").has("main", "0 konsep, 0 menunggu persetujuan")
	if n := home.Find("main .tabular-nums").First().Text(); n != "2" {
		t.Errorf("%q wait to be invited, want 2", n)
	}
	list := staff.get(urls.ManageApplicants(intake)).is(http.StatusOK).has("table", "Suparmi").has("table", "37")
	for _, secret := range []string{"3175", "Melati", "Duren Sawit"} {
		if strings.Contains(list.body, secret) {
			t.Errorf("staff see %q", secret)
		}
	}
	invite := url.Values{"applications": refs, "at.day": {"7"}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {"09.00"}, "place": {"Bengkel Las"}}
	staff.post(urls.ManageInvite(intake), url.Values{}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "paling sedikit satu orang")
	staff.post(urls.ManageInvite(intake), invite).leadsTo(urls.ManageApplicants(intake))
	seeker := p.as(p.client().userNamed("Suparmi"))
	seeker.get(urls.Application(refs[0])).has("main", "Bengkel Las").has("main", "Senin, 7 Desember 2026 pukul 09.00 WIB")
	record := func(ref string, what ...string) page {
		v := url.Values{"version": {p.version(ref)}}
		for i := 0; i < len(what); i += 2 {
			v.Set(what[i], what[i+1])
		}
		return staff.post(urls.ManageApplicant(ref), v)
	}
	record(refs[0], "outcome", "accepted").is(http.StatusUnprocessableEntity) // nobody is accepted before the test
	record(refs[0], "outcome", "attended").leadsTo(urls.ManageApplicant(refs[0]))
	record(refs[1], "outcome", "attended").leadsTo(urls.ManageApplicant(refs[1]))
	record(refs[0], "outcome", "accepted").leadsTo(urls.ManageApplicant(refs[0]))
	record(refs[1], "outcome", "accepted").is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Kuota sudah penuh")
	record(refs[1], "outcome", "reserve").leadsTo(urls.ManageApplicant(refs[1]))
	seeker.get(urls.Application(refs[0])).has("main", "Diterima").has("main", "Senin, 30 November 2026 pukul 23.59 WIB")
	p.as(p.client().userNamed("Tini")).get(urls.Application(refs[1])).has("main", "Cadangan nomor 1")
	stale := url.Values{"version": {"1"}, "outcome": {"enrolled"}}
	staff.post(urls.ManageApplicant(refs[0]), stale).is(http.StatusConflict)
	record(refs[0], "outcome", "enrolled").leadsTo(urls.ManageApplicant(refs[0]))
	record(refs[0], "outcome", "assessment", "assessment", "competent", "lsp", "LSP Las").leadsTo(urls.ManageApplicant(refs[0]))
	record(refs[0], "outcome", "dropped").is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Pilih alasan")
	record(refs[0], "outcome", "dropped", "reason", "dropped_x").leadsTo(urls.ManageApplicant(refs[0]))
	if got := p.one("SELECT state FROM applications WHERE ref = ?", refs[1]); got != "accepted" {
		t.Errorf("the freed seat: the reserve is %s", got)
	}
	record(refs[1], "outcome", "enrolled").leadsTo(urls.ManageApplicant(refs[1]))
	record(refs[1], "outcome", "passed").leadsTo(urls.ManageApplicant(refs[1]))
	p.as(p.client().userNamed("Tini")).get(urls.Application(refs[1])).has("main", "Lulus")
}

func TestLastSeatIsGivenOnceThroughTheDesk(t *testing.T) {
	p, staff, officer := institution(t)
	staff.publishedProgramme(officer)
	refs := p.passed("Satu", "Dua", "Tiga", "Empat")
	u := staff.userNamed("Staf")
	errs := make([]error, len(refs))
	var group sync.WaitGroup
	for i, ref := range refs {
		group.Go(func() {
			errs[i] = p.store.Record(context.Background(), u, ref, models.Outcome{What: models.RecordAccepted})
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
	p, staff, _ := institution(t)
	staff.get(urls.ManageInstitution()).is(http.StatusOK)
	staff.post(urls.ManageInstitution(), url.Values{"email": {"bukan alamat"}, "website": {"javascript:alert(1)"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "https://")
	staff.post(urls.ManageInstitution(), url.Values{"about": {"Kami melatih juru las."}, "website": {"https://lpk.example"}}).leadsTo(urls.ManageInstitution())
	ref := p.one("SELECT ref FROM institutions WHERE name = 'LPK Staf'")
	p.client().get(urls.Institution(ref)).is(http.StatusOK).has("main", "Kami melatih juru las.")
}

func TestCancelledIntakeTellsItsApplicants(t *testing.T) {
	p, staff, officer := institution(t)
	ref := staff.publishedProgramme(officer)
	p.passed("Suparmi")
	intake := p.one("SELECT ref FROM intakes")
	staff.post(urls.ManageCancelIntake(intake), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	if n := p.one("SELECT count(*)::text FROM notices WHERE template = 'intake_cancelled'"); n != "1" {
		t.Errorf("%s were told", n)
	}
	staff.post(urls.ManageIntake(intake), wholeIntake()).is(http.StatusUnprocessableEntity)
	staff.post(urls.ManageCloseProgramme(ref), url.Values{}).leadsTo(urls.ManageProgramme(ref))
	p.client().get(urls.Programme(ref)).is(http.StatusOK).has("main", "ditutup")
}
