package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
)

// Who may not read the address of a stay is told that there is one, after a mistake in the form as before.
func TestHiddenAddressIsSaidAfterAMistakeToo(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	seeker, officer := p.AddUser(models.Seeker, "Ani"), p.As(p.AddUser(models.Officer, "Rina"))
	today := record.DayOf(p.Clock())
	err := p.Journey.RegisterStay(t.Context(), seeker, "", 0, journey.NewStay{
		Agency: "PT Maju", Address: "Jl. Condet 12", Since: today.Date(), LeavesOn: today.Plus(20).Date(),
	})
	if err != nil {
		t.Fatal(err)
	}
	path := urls.StayFor(seeker.Ref)
	officer.Get(path).Is(http.StatusOK).Has("main", "Alamatnya sudah tercatat").Lacks("input[value='Jl. Condet 12']")
	officer.Post(path, url.Values{"version": {"1"}, "agency": {"PT Lain"}}).Is(http.StatusUnprocessableEntity).
		Has("main", "Alamatnya sudah tercatat").Shows("input[name=agency][value='PT Lain']")
}
