package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// sameHouse is a second colleague of the first institution.
func sameHouse(p *testportal.Portal, name string) *testportal.Client {
	colleague := p.AddUser("owner", name)
	p.DB.Exec("UPDATE users SET institution_id = (SELECT id FROM institutions ORDER BY id LIMIT 1) WHERE id = ?", colleague.ID)
	return p.As(p.Client().UserNamed(name))
}

// F208: whoever was overtaken reads who changed what and when beside their own text, and their next press decides over
// what is kept now.
func TestF208NextPressDecidesOnTheNewestState(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	colleague := sameHouse(p, "Maria Pemilik")
	page := staff.Get(urls.ManageInstitution())
	version := func(page testportal.Page) string {
		value, _ := page.Find("main form input[name=version]").Attr("value")
		return value
	}
	mine := url.Values{"version": {version(page)}, "about": {"Bengkel las."}, "phone": {"021 555 0101"}}
	theirs := url.Values{"version": {version(page)}, "about": {"Sekolah las."}, "website": {"https://las.example"}}
	colleague.Post(urls.ManageInstitution(), theirs).LeadsTo(urls.ManageInstitution())
	refused := staff.Post(urls.ManageInstitution(), mine).Is(http.StatusConflict).
		Has("[data-overtaken]", "Maria Pemilik").Has("[data-overtaken] li", "Situs").Has("[data-overtaken]", "Sekolah las.").
		Has("[data-overtaken] dd", "Bengkel las.").Has("textarea[name=about]", "Bengkel las.").Lacks("[data-error-summary]")
	if n := refused.Find(`[data-overtaken] a[href="` + urls.ManageInstitution() + `"]`).Length(); n != 1 {
		t.Errorf("%d links lead to the newest state", n)
	}
	mine.Set("version", version(refused))
	staff.Post(urls.ManageInstitution(), mine).LeadsTo(urls.ManageInstitution())
	if got := p.One("SELECT about FROM institutions ORDER BY id LIMIT 1"); got != "Bengkel las." {
		t.Errorf("kept %q", got)
	}
	officer.Post(urls.OfficerInstitution(p.One("SELECT ref FROM institutions ORDER BY id LIMIT 1")),
		url.Values{"version": {"1"}, "to": {"suspended"}, "note": {"Izin."}}).Is(http.StatusConflict).Has("[data-overtaken]", "Maria Pemilik")
}

// F208 also where the record is a programme, its intake in English, or one's own other window.
func TestF208ProgrammeAndIntakeSayWhoWasFaster(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	colleague := sameHouse(p, "Maria Pemilik")
	ref := draftProgramme(staff)
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("version", "1")).LeadsTo(urls.ManageProgramme(ref))
	stale := wholeProgramme("version", "1", "education", "SD", "costs[0].amount", "2.000.000", "hours", "300")
	page := staff.Post(urls.ManageEditProgramme(ref), stale).Is(http.StatusConflict).
		Has("[data-overtaken]", "Anda sendiri, di jendela lain").Has("[data-overtaken] dd", "Kursus Rp1.250.000").
		Has("[data-overtaken] dd", "Kursus Rp2.000.000").Has("[data-overtaken] dt", "Jumlah JP")
	newest, _ := page.Find("main form input[name=version]").Attr("value")
	stale.Set("version", newest)
	staff.Post(urls.ManageEditProgramme(ref), stale).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	intake := p.One("SELECT ref FROM intakes")
	colleague.Post(urls.ManageIntake(intake), wholeIntake("version", "1", "starts.day", "15", "selection", "first_come")).
		Is(http.StatusSeeOther)
	page = staff.Post("/en"+urls.ManageIntake(intake), wholeIntake("version", "1", "place", "Bengkel")).Is(http.StatusConflict).
		Has("[data-overtaken]", "Maria Pemilik").Has("[data-overtaken] dd", "15 12 2026").Has("[data-overtaken] dd", "Bengkel").
		Has("[data-overtaken] dd", "First come")
	if got, _ := page.Find("main form input[name=version]").Attr("value"); got != "2" {
		t.Errorf("the next press decides over version %s", got)
	}
}

// F208 also where something is only pressed: cancelling, closing and each other step say who changed what meanwhile and
// lead to it, keep the reason that was typed, and the next press decides on the newest state.
func TestF208ActsSayWhoWasFasterToo(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	colleague := sameHouse(p, "Maria Pemilik")
	ref := publishedProgramme(staff, officer)
	intake := p.One("SELECT ref FROM intakes")
	act := func(page testportal.Page, action, reason string) url.Values {
		t.Helper()
		version := page.Find("form[action='"+action+"'] input[name=version]").AttrOr("value", "")
		if version == "" {
			t.Fatalf("no form for %s", action)
		}
		return url.Values{"version": {version}, "reason": {reason}}
	}
	cancel, shut := urls.ManageCancelIntake(intake), urls.ManageCloseProgramme(ref)

	seen := act(staff.Get(cancel), cancel, "Instruktur sakit.")
	saved := wholeIntake("version", p.One("SELECT version::text FROM intakes"), "place", "Bengkel Baru", "quota", "20", "told", "yes")
	colleague.Post(urls.ManageIntake(intake), saved).Is(http.StatusSeeOther)
	page := staff.Post(cancel, seen).Is(http.StatusConflict).Has("[data-overtaken] li", "Maria Pemilik").
		Has("[data-overtaken] li", "Kuota").Has("[data-overtaken]", "Belum ada yang dilakukan").
		Shows("[data-overtaken] a[href='"+urls.ManageIntake(intake)+"']").Has("textarea[name=reason]", "Instruktur sakit.").
		Lacks("[data-error-summary]")
	staff.Post(cancel, act(page, cancel, "Instruktur sakit.")).LeadsTo(urls.ManageProgramme(ref))

	seen = act(staff.Get(shut), shut, "Bengkel tutup.")
	edit := colleague.Get(urls.ManageEditProgramme(ref)).Is(http.StatusOK).Find("main form input[name=version]").AttrOr("value", "")
	colleague.Post(urls.ManageEditProgramme(ref), wholeProgramme("version", edit, "hours", "300")).LeadsTo(urls.ManageProgramme(ref))
	page = staff.Post(shut, seen).Is(http.StatusConflict).Has("[data-overtaken] li", "Maria Pemilik").
		Has("[data-overtaken] li", "Jumlah JP").Shows("[data-overtaken] a[href='"+urls.ManageProgramme(ref)+"']").
		Has("textarea[name=reason]", "Bengkel tutup.")
	staff.Post(shut, act(page, shut, "Bengkel tutup.")).LeadsTo(urls.ManageProgramme(ref))

	reopen := urls.ManageReopenProgramme(ref)
	seen = act(staff.Get(reopen), reopen, "")
	p.DB.Exec("UPDATE programmes SET version = version + 1 WHERE ref = ?", ref)
	page = staff.Post(reopen, seen).Is(http.StatusConflict).Has("[data-overtaken]", "Belum ada yang dilakukan")
	staff.Post(reopen, act(page, reopen, "")).LeadsTo(urls.ManageProgramme(ref))
}
