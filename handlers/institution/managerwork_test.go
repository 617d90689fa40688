package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

func TestF160F207ReturnedStandsFirstWithItsReason(t *testing.T) {
	_, staff, officer := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("title", "Menjahit kebaya")).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	officer.Post(urls.OfficerReturnProgramme(ref), url.Values{"reason": {"programme_refused_x"}, "note": {"Biaya kurang jelas."}}).
		LeadsTo(urls.OfficerProgrammes())
	staff.Get(urls.ManageProgramme(ref)).Has(".notice-fix p", "Alasan programme_refused").Has(".notice-fix blockquote", "Biaya kurang jelas.")
	for range 31 {
		draftProgramme(staff)
	}
	staff.Get(urls.ManageProgrammes()).Is(http.StatusOK).Has("tbody tr:first-child", "Menjahit kebaya").
		Has("tbody tr:first-child", "Biaya kurang jelas.")
	home := staff.Get(urls.Manage()).Is(http.StatusOK)
	for list, n := range map[string]string{"returned": "1", "draft": "31", "submitted": "0", "published": "0"} {
		path := urls.ManageProgrammes() + "?daftar=" + list
		if got := home.Find(`a[href="` + path + `"]`).Closest(".panel").Find("p.text-3xl").Text(); got != n {
			t.Errorf("%s: %q, want %s", list, got, n)
		}
		staff.Get(path).Is(http.StatusOK)
	}
	for _, state := range []string{"verified", "attended", "accepted"} {
		if home.Find(`a[href="`+urls.Manage()+`?keadaan=`+state+`#angkatan"]`).Length() != 1 {
			t.Errorf("%s leads to no list", state)
		}
		staff.Get(urls.Manage()+"?keadaan="+state).Is(http.StatusOK).Has("#angkatan", "Tidak ada pendaftar")
	}
	staff.Get(urls.ManageProgrammes()+"?q=kebaya").Is(http.StatusOK).Has("tbody", "Menjahit kebaya")
	staff.Get(urls.ManageProgrammes()+"?q=tidakada").Is(http.StatusOK).Has("main", "Tidak ada pelatihan yang cocok")
}
