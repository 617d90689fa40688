package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// F074, F073: what looks like a button only leads to a page that says whom it touches and what they will read; the
// act carries the version of that page, asks for a reason, and can be undone for a while.
func TestF074CancellingAndClosingAskFirst(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	application := passed(p, "Suparmi")[0]
	intake := p.One("SELECT ref FROM intakes")
	page := staff.Get(urls.ManageIntake(intake)).Is(http.StatusOK)
	if n := page.Find("form[action='" + urls.ManageCancelIntake(intake) + "']").Length(); n != 0 {
		t.Error("the intake's form cancels it at one press")
	}
	if n := page.Find("a[href='" + urls.ManageCancelIntake(intake) + "']").Length(); n != 1 {
		t.Errorf("%d ways lead to the question", n)
	}
	staff.Get(urls.ManageCancelIntake(intake)).Is(http.StatusOK).Has("[data-whom]", "1 pendaftaran berakhir").
		Has("[data-letter]", "membatalkan angkatan").Has("form", "Alasan yang mereka baca").Has("form", "Tidak jadi")
	version := func(table, of string) url.Values {
		return url.Values{"version": {p.One("SELECT version::text FROM "+table+" WHERE ref = ?", of)}, "reason": {"Instruktur sakit."}}
	}
	staff.Post(urls.ManageCancelIntake(intake), url.Values{"reason": {"x"}}).Is(http.StatusConflict)
	missing := version("intakes", intake)
	missing.Del("reason")
	staff.Post(urls.ManageCancelIntake(intake), missing).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis alasannya")
	staff.Post(urls.ManageCancelIntake(intake), version("intakes", intake)).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManageProgramme(ref)).Has("form[action='"+urls.ManageResumeIntake(intake)+"']", "Urungkan")
	staff.Post(urls.ManageResumeIntake(intake), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	p.Client().Get(urls.Programme(ref)).Has("#jadwal", "Buka sampai")

	staff.Post(urls.ManageCancelIntake(intake), version("intakes", intake)).LeadsTo(urls.ManageProgramme(ref))
	p.End()
	seeker := p.As(p.Client().UserNamed("Suparmi"))
	seeker.Get(urls.Application(application)).Has("main", "tidak jadi diadakan").Has("main", "Instruktur sakit.").Has("main", "Angkatan lain")
	staff.Post(urls.ManageResumeIntake(intake), url.Values{}).Is(http.StatusUnprocessableEntity).Has("main", "sudah mulai diberi tahu")
	staff.Post(urls.ManageIntake(intake), wholeIntake()).Is(http.StatusUnprocessableEntity)

	programme := staff.Get(urls.ManageProgramme(ref))
	if n := programme.Find("form[action='" + urls.ManageCloseProgramme(ref) + "']").Length(); n != 0 {
		t.Error("the programme is closed at one press")
	}
	staff.Get(urls.ManageCloseProgramme(ref)).Is(http.StatusOK).Has("[data-whom]", "Tidak ada pendaftaran")
	staff.Post(urls.ManageCloseProgramme(ref), version("programmes", ref)).LeadsTo(urls.ManageProgramme(ref))
	p.Client().Get(urls.Programme(ref)).Is(http.StatusOK).Has("main", "ditutup")
	staff.Post(urls.ManageReopenProgramme(ref), version("programmes", ref)).LeadsTo(urls.ManageProgramme(ref))
	if got := p.One("SELECT state FROM programmes"); got != "published" {
		t.Errorf("opened again it is %s", got)
	}
}
