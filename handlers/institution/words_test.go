package institution_test

import (
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

func TestF223EmptyDraftPreviewsAsNotFilledIn(t *testing.T) {
	_, staff, _ := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	page := staff.Get(urls.ManagePreview(ref)).Is(http.StatusOK).Has("main", "Belum diisi")
	for _, claim := range []string{"Gratis", "0 JP", "0 hari", "Dibayar peserta", "sekitar 0 jam"} {
		if strings.Contains(page.Find("main").Text(), claim) {
			t.Errorf("an empty draft says %q", claim)
		}
	}
	paid := wholeProgramme()
	paid.Del("costs[0].label")
	paid.Del("costs[0].amount")
	staff.Post(urls.ManageEditProgramme(ref), paid).LeadsTo(urls.ManageProgramme(ref))
	if text := staff.Get(urls.ManagePreview(ref)).Find("main").Text(); strings.Contains(text, "Gratis") {
		t.Error("a course that participants pay is free before its costs are said")
	}
	nothing := wholeProgramme("costs[0].amount", "0")
	staff.Post(urls.ManageEditProgramme(ref), nothing).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(urls.ManagePreview(ref)).Has("main", "Gratis")
}

func TestF222TasksAreNoOccupations(t *testing.T) {
	_, staff, _ := testportal.StartInstitution(t)
	page := staff.Get(urls.Manage()).Is(http.StatusOK).Has("header", "Tugas")
	if strings.Contains(page.Find("header").Text(), "Pekerjaan") {
		t.Error("the bar calls tasks as the public side calls occupations")
	}
}
