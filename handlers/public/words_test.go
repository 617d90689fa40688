package public_test

import (
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// How long something takes is said from one table, on the page of help and on receipts.
func TestF191OneTableOfServiceTimes(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	days, err := p.Store.ServiceDays(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []i18n.Lang{i18n.ID, i18n.EN} {
		ctx := i18n.With(t.Context(), lang)
		in := func(path string) string {
			if lang == i18n.EN {
				return urls.InEnglish(path)
			}
			return path
		}
		help := p.Client().Get(in(urls.Questions())).Is(http.StatusOK).Find("main").Text()
		for _, s := range []models.Service{
			models.ServiceApplication, models.ServiceCertificate, models.ServiceObjection, models.ServiceQuestion, models.ServiceReport,
		} {
			if want := i18n.WorkingDays(ctx, days[s]); days[s] == 0 || !strings.Contains(help, want) {
				t.Errorf("%s in %s: help does not say %q", s, lang, want)
			}
		}
		ref := p.AddReport("")
		p.Client().Get(in(urls.ReportReceipt(ref))).Has("main", i18n.WorkingDays(ctx, days[models.ServiceReport]))
	}
}

// What nothing can be done about is called a warning where the page is heard, and not something to do.
func TestF189NothingIsToBeDoneAboutAWarning(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	for _, path := range []string{urls.Help(), urls.Questions(), urls.Occupations(), urls.Safety()} {
		page := p.Client().Get(path).Is(http.StatusOK)
		if text := page.Find("main").Text(); strings.Contains(text, "Perlu tindakan:") || strings.Contains(text, "Kesalahan:") {
			t.Errorf("%s asks its reader to do something", path)
		}
	}
	p.Client().Get(urls.Questions()).Has("main .notice", "Peringatan:")
	l := p.AddProgramme(nil)
	p.DB.Exec("UPDATE institutions SET state = 'suspended'")
	p.Client().Get(urls.Programme(l.Programme)).Has("main .notice-error", "Peringatan:")
}

// On an English page everything that an institution wrote is marked as Indonesian, and one sentence says so.
func TestF179TextInAnotherLanguageIsMarked(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.Title = "Pengelasan kapal" })
	institution := p.One("SELECT name FROM institutions LIMIT 1")
	for path, texts := range map[string][]string{
		urls.Programmes(): {"Pengelasan kapal"}, urls.Programme(l.Programme): {"Pengelasan kapal", institution},
		urls.Institutions(): {institution}, urls.Institution(l.Institution): {institution, "Pengelasan kapal"},
	} {
		page := p.Client().Get(urls.InEnglish(path)).Is(http.StatusOK).Has("main", "Names and texts of institutions are in Indonesian.")
		for _, text := range texts {
			marked := page.Find("main h1 [lang=id], main h2 [lang=id], main h3 [lang=id], main p [lang=id]")
			if !strings.Contains(marked.Text(), text) {
				t.Errorf("%s: %q has no language of its own", path, text)
			}
		}
		if p.Client().Get(path).Find("main [lang], main:contains('tetap dalam bahasa')").Length() > 0 {
			t.Errorf("%s: an Indonesian page marks Indonesian", path)
		}
	}
}
