package officer_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// reportRefs are the numbers of the reports that a list shows, over all its pages.
func reportRefs(officer *testportal.Client, path string) []string {
	var refs []string
	for path != "" {
		page := officer.Get(path).Is(http.StatusOK)
		for _, th := range page.Find("tbody th").EachIter() {
			refs = append(refs, strings.TrimSpace(th.Text()))
		}
		path, _ = page.Find("a[rel=next]").Attr("href")
	}
	return refs
}

// What tells of somebody in danger stands first and marked, however late it came and however much waits.
func TestF158DangerStandsFirstAtTheDesk(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	p.DB.Exec(`INSERT INTO reports (ref, kind, body, form_token, state, created_at)
		SELECT 'LP-LAMA' || n, 'money', 'x', gen_random_uuid(), 'open', now() - n * interval '1 hour'
		FROM generate_series(100, 159) n`)
	p.DB.Exec(`INSERT INTO reports (ref, kind, body, form_token, state, created_at)
		SELECT 'LP-BAHAYA' || n, 'danger', 'x', gen_random_uuid(), 'open', now() + n * interval '1 minute'
		FROM generate_series(1, 55) n`)
	refs := reportRefs(officer, urls.OfficerReports())
	if len(refs) != 115 {
		t.Fatalf("%d reports are listed, want 115", len(refs))
	}
	for i := range 55 {
		if want := fmt.Sprintf("LP-BAHAYA%d", i+1); refs[i] != want {
			t.Errorf("%s stands at %d, want %s", refs[i], i, want)
		}
	}
	if refs[55] != "LP-LAMA159" || refs[114] != "LP-LAMA100" {
		t.Errorf("then %s to %s", refs[55], refs[114])
	}
	officer.Get(urls.OfficerReports()).Has("tbody tr:first-child .tag-refused", "dalam bahaya")
}

// A report that was closed is found again, in its list and by its number.
func TestF158ClosedReportIsFound(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	ref := p.AddReport("")
	officer.Post(urls.OfficerReport(ref), url.Values{"note": {"Diteruskan."}}).LeadsTo(urls.OfficerReports())
	handled := urls.WithQuery(urls.OfficerReports(), "keadaan", "selesai")
	if refs := reportRefs(officer, handled); len(refs) != 1 || refs[0] != ref {
		t.Errorf("handled: %v, want %s", refs, ref)
	}
	if refs := reportRefs(officer, urls.OfficerReports()); len(refs) != 0 {
		t.Errorf("waiting: %v", refs)
	}
	find := func(number string) testportal.Page {
		return officer.Get(urls.WithQuery(urls.OfficerReports(), "nomor", number))
	}
	find(" " + strings.ToLower(ref)).LeadsTo(urls.OfficerReport(ref))
	find("LP-TIDAKADA").Is(http.StatusOK).Has("main", "Tidak ada laporan bernomor LP-TIDAKADA")
	p.Client().Get(urls.ReportReceipt(ref)).Is(http.StatusOK).Has("main", "Selesai ditangani")
}
