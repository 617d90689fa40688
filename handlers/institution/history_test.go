package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Each published version of a listing is kept with its moment, and any two are compared field by field; of a listing that
// was public before versions were kept the first is what it said till then.
func TestPublishedVersionsAreKeptAndCompared(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	staff.Get(urls.ManageHistory(ref)).Is(http.StatusOK).Has("[data-versions]", "Versi 1").Lacks("[data-changes]")
	if err := p.DB.Exec("DELETE FROM programme_versions").Error; err != nil {
		t.Fatal(err)
	}
	staff.Get(urls.ManageHistory(ref)).Is(http.StatusOK).Has("main", "Belum ada versi")
	for _, days := range []string{"40", "50"} {
		staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("days", days)).LeadsTo(urls.ManageProgramme(ref))
		staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
		officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	}
	last := staff.Get(urls.ManageHistory(ref)).Is(http.StatusOK).Has("[data-versions]", "Versi 3").
		Has(`[data-changes] tr[data-field="days"]`, "40").Has(`[data-changes] tr[data-field="days"]`, "50")
	if n := last.Find("[data-changes] tbody tr").Length(); n != 1 {
		t.Errorf("%d fields differ", n)
	}
	staff.Get(urls.ManageHistory(ref)+"?lama=3&baru=1").Has(`[data-changes] tr[data-field="days"] td:nth-child(2)`, "30").
		Has(`[data-changes] tr[data-field="days"] td:nth-child(3)`, "50")
	staff.Get(urls.ManageHistory(ref) + "?lama=99999999999&baru=x").Is(http.StatusOK)
	p.As(p.AddUser(models.Owner, "Lain")).Get(urls.ManageHistory(ref)).Is(http.StatusNotFound)
}
