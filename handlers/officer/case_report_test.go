package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A neighbour's report becomes a case in one press: the form is filled in, and the report is closed with the number.
func TestReportBecomesACase(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, lain := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Officer, "Lain")
	p.Client().Post(urls.Report(), url.Values{
		"jenis": {models.ReportDanger}, "cerita": {"Ada orang dikurung di rumah sebelah."}, "kontak": {"0812 3456 7890"},
	}).Is(http.StatusSeeOther)
	report := p.One("SELECT ref FROM reports")
	p.As(lain).Get(urls.OfficerReport(report)).Is(http.StatusOK).Lacks("a[href*='laporan=']")
	p.As(lain).Get(urls.CaseOfReport(report)).Is(http.StatusNotFound)
	c := p.As(rina)
	c.Get(urls.OfficerReport(report)).Is(http.StatusOK).Shows("a[href='" + urls.CaseOfReport(report) + "']")
	page := c.Get(urls.CaseOfReport(report)).Is(http.StatusOK).Has("#f-story", "Ada orang dikurung di rumah sebelah.").
		Shows("input[name=whom][value=other][checked]").
		Shows("input[name=danger][value=now][checked]").Shows("#f-address[value='0812 3456 7890']")
	token, _ := page.Find("input[name=token]").First().Attr("value")
	form := url.Values{
		"token": {token}, "report": {report}, "whom": {"other"}, "danger": {"now"}, "country": {"?"}, "story": {"Ada orang dikurung."},
		"channel": {"phone"}, "address": {"0812 3456 7890"},
	}
	first := c.Post(urls.CaseNew(), form).Is(http.StatusOK)
	ref := p.One("SELECT ref FROM cases")
	if again := c.Post(urls.CaseNew(), form).Is(http.StatusOK); !strings.Contains(first.Body, ref) || !strings.Contains(again.Body, ref) {
		t.Errorf("the number %s is not on both answers", ref)
	}
	c.Get(urls.OfficerReport(report)).Is(http.StatusOK).Has("main", "Menjadi kasus "+ref)
	state := func(says string) {
		t.Helper()
		sent := p.Client().Get(urls.ReportReceipt(report)).Is(http.StatusOK).Has("main dl", says)
		if text := sent.Find("main").Text(); strings.Contains(text, ref) || says != "Selesai ditangani" && strings.Contains(text, "Selesai") {
			t.Errorf("who reported reads %q", text)
		}
	}
	state("Diteruskan dan sedang ditangani petugas")
	held := c.Get(urls.CaseStep(ref, "tutup")).Is(http.StatusOK)
	end := url.Values{"version": {held.Find("main [name=version]").AttrOr("value", "")}, "outcome": {"helped"}, "why": {"Sudah aman."}}
	c.Post(urls.CaseStep(ref, "tutup"), end).LeadsTo(urls.Case(ref)) // a second officer must agree, for life was in danger
	agreed := p.As(p.AddHead("Hana"))
	end = url.Values{"version": {agreed.Get(urls.CaseStep(ref, "setuju")).Find("main [name=version]").AttrOr("value", "")}, "agree": {"ya"}}
	agreed.Post(urls.CaseStep(ref, "setuju"), end).LeadsTo(urls.Case(ref))
	state("Selesai ditangani")
	form.Set("token", "")
	form.Set("story", "Hal lain.")
	c.Post(urls.CaseNew(), form).Is(http.StatusConflict).Has("#f-story", "Hal lain.")
	if n := p.One("SELECT count(*)::text FROM cases"); n != "1" {
		t.Errorf("%s cases of one report", n)
	}
}
