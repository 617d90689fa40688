package officer_test

import (
	"errors"
	"net/http"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// What a person told of their family and health stands on the file, and on its paper, only once it was opened, which is
// written down each time and read by the person.
func TestF063FamilyAndHealthAreOpenedWithALook(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	u := models.User{ID: a.SeekerID, Role: models.Seeker}
	err := errors.Join(
		p.Store.SaveGuardian(t.Context(), u, "Wali-tanda", "parent", "+6281200000099"),
		p.Store.SaveSpecialNeeds(t.Context(), u, "Kursi-tanda", true),
		p.Store.SaveContacts(t.Context(), u, []models.EmergencyContact{{Name: "Kakak-tanda", Relation: "sibling", Phone: "+6281200000088"}}),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{urls.OfficerApplication(a.Ref), urls.OfficerPrint(a.Ref)} {
		officer.Get(page).Is(http.StatusOK).Lacks("main:contains('-tanda')").Lacks("main:contains('0000 00')")
	}
	for range 2 {
		officer.Post(urls.OfficerFamily(a.Ref), nil).Is(http.StatusOK).Has("#keluarga", "Wali-tanda").Has("#keluarga", "Kursi-tanda").
			Has("#keluarga", "Kakak-tanda")
	}
	officer.Get(urls.OfficerApplication(a.Ref)).Has("#keluarga button", "Buka").Lacks("main:contains('-tanda')")
	if n := p.One("SELECT count(*) FROM audit_rows WHERE action = 'family_opened' AND person_id = ?", a.SeekerID); n != "2" {
		t.Errorf("%s openings are written down, want 2", n)
	}
	seeker.Get(urls.Looks()).Has("main", "Membuka kontak darurat")
	seeker.Post(urls.OfficerFamily(a.Ref), nil).Is(http.StatusForbidden)
}

// Where nothing was told there is nothing to open.
func TestF063NothingToOpen(t *testing.T) {
	p, a, _, officer := reviewed(t)
	p.DB.Exec("DELETE FROM emergency_contacts")
	officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK).Lacks("#keluarga")
}
