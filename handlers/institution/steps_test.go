package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Before the change of a live listing goes to the officers one page shows old and new of every field by its name, how many
// people it touches, and the letter that they will get; what concerns nobody says so.
func TestChangeOfALiveListingIsShownFirst(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	p.AddSubmitted(p.AddReadySeeker("Suparmi"), p.One("SELECT ref FROM intakes"))
	change := func(pairs ...string) testportal.Page {
		staff.Post(urls.ManageEditProgramme(ref), wholeProgramme(pairs...)).LeadsTo(urls.ManageProgramme(ref))
		staff.Get(urls.ManageProgramme(ref)).Shows(`a[href="` + urls.ManageSubmitProgramme(ref) + `"]`)
		return staff.Get(urls.ManageSubmitProgramme(ref)).Is(http.StatusOK)
	}
	change("description", "Belajar mengelas pipa.").Has(`[data-changes] tr[data-field="description"]`, "Belajar mengelas pipa.").
		Has("[data-whom]", "Tidak ada yang diberi tahu").Lacks("[data-letter]")
	page := change("method", "online", "costs[0].amount", "2.000.000").
		Has(`[data-changes] tr[data-field="method"]`, "Daring").Has("[data-changes]", "Rp1.250.000").Has("[data-changes]", "Rp2.000.000").
		Has("[data-whom]", "1 orang yang sudah mendaftar").Has("[data-letter]", "Biaya: Rp1.250.000, sekarang Rp2.000.000")
	if n := page.Find("[data-changes] tbody tr").Length(); n != 2 {
		t.Errorf("%d fields differ", n)
	}
	staff.Post(urls.ManageSubmitProgramme(ref), formValues(page.Find("main form[method=post]"))).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageSubmitProgramme(ref)).LeadsTo(urls.ManageProgramme(ref))
	if got := p.One("SELECT pending_state FROM programmes"); got != "submitted" {
		t.Errorf("the change is %s", got)
	}
}

// What lies with the officers is taken back while they have not decided: at once after it was sent, or later; the officer
// who had it open is told that it is gone.
func TestHandedOverIsTakenBack(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	staff.Get(urls.ManageWithdraw(ref)).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme()).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageSubmitProgramme(ref)).Has("[data-whom]", "Petugas memeriksanya").
		Has(`[data-changes] tr[data-field="regency"]`, "Jakarta Timur").Lacks("[data-faults]")
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	seen := url.Values{"version": {p.One("SELECT version::text FROM programmes")}}
	staff.Get(urls.ManageProgramme(ref)).Shows(`[data-flash] form[action="` + urls.ManageWithdraw(ref) + `"]`).
		Shows(`a[href="` + urls.ManageWithdraw(ref) + `"]`)
	p.As(p.AddUser("staff", "Staf Lain")).Post(urls.ManageWithdraw(ref), url.Values{}).Is(http.StatusNotFound)
	staff.Post(urls.ManageWithdraw(ref), url.Values{"version": {"1"}}).Is(http.StatusConflict)
	staff.Post(urls.ManageWithdraw(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref)) // from the flash, without a version
	staff.Post(urls.ManageWithdraw(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref)) // the second press
	officer.Post(urls.OfficerPublishProgramme(ref), seen).Is(http.StatusConflict)
	staff.Get(urls.ManageEditProgramme(ref)).Is(http.StatusOK)
	public := publishedProgramme(staff, officer)
	staff.Post(urls.ManageEditProgramme(public), wholeProgramme("days", "40")).LeadsTo(urls.ManageProgramme(public))
	staff.Post(urls.ManageSubmitProgramme(public), url.Values{}).LeadsTo(urls.ManageProgramme(public))
	staff.Post(urls.ManageWithdraw(public), url.Values{}).LeadsTo(urls.ManageProgramme(public))
	if got := p.One("SELECT state || ' ' || pending_state FROM programmes WHERE ref = ?", public); got != "published draft" {
		t.Errorf("the change is %s", got)
	}
}

// F220: the strongest button of a programme is the next thing to do with it.
func TestF220StrongestButtonIsTheNextThingToDo(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	next := func(label, path string) {
		t.Helper()
		page := staff.Get(urls.ManageProgramme(ref)).Is(http.StatusOK)
		strong := page.Find("main .btn-primary")
		if strong.Length() != 1 || strings.TrimSpace(strong.Text()) != label || strong.AttrOr("href", "") != path {
			t.Errorf("the strongest are %d: %s, %s; want %s, %s", strong.Length(), strong.Text(), strong.AttrOr("href", ""), label, path)
		}
	}
	next("Lengkapi yang kurang", urls.ManageEditProgramme(ref)+"#f-description")
	check := staff.Get(urls.ManageSubmitProgramme(ref)).Is(http.StatusOK).Has("main form .btn-primary", "Lengkapi yang kurang")
	if n := check.Find("main form button").Length(); n != 0 {
		t.Errorf("%d buttons hand over what is not whole", n)
	}
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme()).LeadsTo(urls.ManageProgramme(ref))
	next("Lengkapi yang kurang", urls.ManageNewIntake(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	next("Ajukan ke petugas", urls.ManageSubmitProgramme(ref))
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageProgramme(ref)).Lacks("main .btn-primary") // officers do the next thing
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	staff.Get(urls.ManageProgramme(ref)).Lacks("main .btn-primary") // people can apply
	if err := p.DB.Exec("UPDATE intakes SET opens_at = '2026-01-01', closes_at = '2026-01-05'").Error; err != nil {
		t.Fatal(err)
	}
	next("Buat angkatan berikutnya", urls.ManageRoll()+"?pilih="+ref)
	staff.Post(urls.ManageCloseProgramme(ref), url.Values{"version": {p.One("SELECT version::text FROM programmes")}, "reason": {"Tutup."}}).
		LeadsTo(urls.ManageProgramme(ref))
	next("Buka lagi", urls.ManageReopenProgramme(ref))
}
