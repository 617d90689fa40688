package institution_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// A draft and a published programme say so in a plain word with a day; only one that officers sent back has a sign.
func TestF217ProgrammesSayStatesInPlainWords(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	set := func(state, refusal string) {
		t.Helper()
		err := p.DB.Exec(`UPDATE programmes
			SET state = ?, refusal_code = ?, published_at = coalesce(published_at, now())
			WHERE ref = ?`, state, refusal, ref).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct{ state, refusal, word, sign string }{
		{"draft", "", "Konsep diubah", ""},
		{"published", "", "sejak", ""},
		{"draft", "programme_refused_x", "Konsep diubah", ".tag-fix"},
	} {
		set(tt.state, tt.refusal)
		for _, path := range []string{urls.ManageProgrammes(), urls.ManageProgramme(ref)} {
			page := staff.Get(path).Is(http.StatusOK)
			if tt.sign != "" {
				page.Has("main "+tt.sign, tt.word)
				continue
			}
			page.Lacks("main .tag-fix").Has("main .tag-plain", tt.word)
		}
	}
}

// Staff read of the people whom they invited a plain word with the day of the test.
func TestF217ApplicantsSayStatesInPlainWords(t *testing.T) {
	c := inCourse(t, "invited", "Suparmi", "Tini")
	c.DB.Exec(`UPDATE applications SET test_at = ?, test_place = 'Bengkel'`, testportal.Noon.AddDate(0, 0, 13))
	page := c.staff.Get(urls.ManageApplicants(c.One("SELECT ref FROM intakes LIMIT 1"))).Is(http.StatusOK)
	page.Has("table tr:contains('Tini') .tag-plain", "Diundang tes pada 8 Des").Lacks("table .tag, table .icon")
}
