package officer_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

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
	find("LP " + ref[3:7] + " " + ref[7:]).LeadsTo(urls.OfficerReport(ref)) // as it stands on the receipt
	find("LP-TIDAKADA").Is(http.StatusOK).Has("main", "Tidak ada laporan bernomor LP-TIDAKADA")
}

// A report is closed with an answer, which who reported reads by number and PIN, and is opened again with a reason.
func TestReportIsAnsweredReadByPINAndReopened(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	reporter := p.Client()
	form := reporter.Get(urls.Report()).Is(http.StatusOK)
	told := url.Values{"jenis": {"money"}, "cerita": {"Diminta uang muka."}, "token": {form.Find("input[name=token]").AttrOr("value", "")}}
	reporter.Post(urls.Report(), told).Is(http.StatusSeeOther)
	ref := p.One("SELECT ref FROM reports")
	receipt := reporter.Get(urls.ReportReceipt(ref)).Is(http.StatusOK).Has("main", "PIN")
	var pin string
	receipt.Find("dt").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "PIN" {
			pin = strings.ReplaceAll(strings.TrimSpace(s.Next().Text()), " ", "")
		}
	})
	if len(pin) != 8 {
		t.Fatalf("the receipt shows the PIN %q", pin)
	}
	other := p.Client().Get(urls.ReportReceipt(ref)).Is(http.StatusOK).Find("main").Text()
	if strings.Contains(strings.ReplaceAll(other, " ", ""), pin) {
		t.Error("who knows the number alone is shown the PIN")
	}
	anywhere := p.Client()
	see := url.Values{"nomor": {strings.ToLower(ref)}, "pin": {strings.ToLower(pin)}}
	anywhere.Get(urls.ReportState()).Is(http.StatusOK)
	anywhere.Post(urls.ReportState(), see).Is(http.StatusOK).Has("main", "Menunggu")
	officer.Post(urls.OfficerReport(ref), url.Values{"note": {"Diteruskan ke pengawas."}, "answer": {"Jangan bayar dulu."}}).
		LeadsTo(urls.OfficerReports())
	page := anywhere.Post(urls.ReportState(), see).Is(http.StatusOK).Has("main", "Jangan bayar dulu.")
	if strings.Contains(page.Find("main").Text(), "pengawas") {
		t.Error("the note inside the desk is shown")
	}
	for range 5 {
		anywhere.Post(urls.ReportState(), url.Values{"nomor": {ref}, "pin": {"00000000"}}).Is(http.StatusUnprocessableEntity)
	}
	anywhere.Post(urls.ReportState(), see).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "sejam")
	officer.Post(urls.OfficerReportReopen(ref), nil).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "mengapa")
	officer.Post(urls.OfficerReportReopen(ref), url.Values{"why": {"Pelapor menelepon lagi."}}).LeadsTo(urls.OfficerReport(ref))
	officer.Get(urls.OfficerReport(ref)).Has("main", "Pelapor menelepon lagi.").Has("main", "Diteruskan ke pengawas.")
	if refs := reportRefs(officer, urls.OfficerReports()); len(refs) != 1 || refs[0] != ref {
		t.Errorf("waiting: %v", refs)
	}
	if n := p.One("SELECT count(*)::text FROM reports r WHERE r::text LIKE '%' || ? || '%'", pin); n != "0" {
		t.Error("the PIN lies in clear")
	}
}
