package officer_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Schooling is written with the name of its level in the reader's language, once, beside the school: on a file, in
// what changed since, and for institutions; the code of the level stands nowhere.
func TestF194LevelOfSchoolingHasItsName(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	name := func(id, en string) models.Text { return models.Text{ID: id, EN: en} }
	err := p.Store.SeedReference(t.Context(), models.ReferenceData{EducationLevels: []models.EducationLevel{
		{Code: "PKT-C", Rank: 3, Name: name("Paket C atau setara", "Equivalency C")},
		{Code: "D-3", Rank: 6, Name: name("Diploma tiga", "Diploma three")},
	}})
	if err != nil {
		t.Fatal(err)
	}
	p.DB.Exec("UPDATE profiles SET education_code = 'PKT-C', education_school = 'Paket C Mawar'")
	file := officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK).Has("main", "Paket C Mawar (Paket C atau setara)")
	if n := strings.Count(file.Find("main").Text(), "Paket C atau setara"); n != 1 {
		t.Errorf("the level stands %d times on the file", n)
	}
	seeker.Post(urls.ProfileSection("pendidikan"), url.Values{"code": {"D-3"}, "year": {"2012"}}).LeadsTo(urls.Profile())
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#berubah", "Paket C Mawar (Paket C atau setara)").Has("#berubah", "Diploma tiga")
	english := officer.Get(urls.InEnglish(urls.OfficerApplication(a.Ref))).Has("#berubah", "Diploma three")
	p.DB.Exec("UPDATE applications SET state = 'verified' WHERE id = ?", a.ID)
	staff := institutionOf(p, a)
	intake := p.One("SELECT ref FROM intakes WHERE id = ?", a.IntakeID)
	for _, page := range []testportal.Page{
		staff.Get(urls.ManageApplicant(a.Ref)).Has("main", "Diploma tiga"), staff.Get(urls.ManageApplicants(intake)).Has("main", "Diploma tiga"),
		staff.Get(urls.InEnglish(urls.ManageApplicant(a.Ref))).Has("main", "Diploma three"), english,
	} {
		if text := page.Find("main").Text(); strings.Contains(text, "D-3") || strings.Contains(text, "PKT-C") {
			err = errors.Join(err, errors.New(text))
		}
	}
	if err != nil {
		t.Error(err)
	}
}
