package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// A text that is too long is refused at its own field of each page, with its words, and the page has said how long it may
// be; so is a letter to nobody. Every form of the case desk is sent with five thousand letters.
func TestCaseStepsRefuseLongTextsAtTheirField(t *testing.T) {
	d := startCases(t)
	ref, closed := d.AddCase(inDanger), d.AddCase(nil)
	for _, held := range []string{ref, closed} {
		d.rina.Post(urls.CaseTake(held), d.press(d.rina.Get(urls.Case(held)), nil)).LeadsTo(urls.Case(held))
	}
	d.do(d.rina, closed, "tutup", url.Values{"outcome": {"helped"}, "why": {"Selesai."}}).LeadsTo(urls.Case(closed))
	long := strings.Repeat("panjang ", 625)
	person := d.One("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = ? AND p.pin_index IS NOT NULL", ref)
	due := url.Values{"next": {"lead"}, "due": {"2026-12-01T10:00"}}
	refuses := func(c *testportal.Client, path, field string, forms ...url.Values) {
		t.Helper()
		form := d.press(c.Get(path).Is(http.StatusOK).Shows("#f-"+field), nil)
		for _, more := range forms {
			for name, values := range more {
				form[name] = values
			}
		}
		page := c.Post(path, form).Is(http.StatusUnprocessableEntity).Shows("[data-error-summary] a[href='#f-" + field + "']").
			Shows("#f-" + field + "-error")
		if typed := page.Find("#f-" + field).Text(); field != "person" && strings.TrimSpace(typed) != strings.TrimSpace(long) {
			t.Errorf("%s: %d letters of the text are left", path, len(typed))
		}
		if field != "person" {
			page.Has("#f-"+field+" ~ *, #f-"+field+"-hint", "4.000 huruf")
		}
	}
	refuses(d.rina, urls.Case(ref), "text", due, url.Values{"channel": {"phone"}, "reached": {"ya"}, "text": {long}})
	for step, form := range map[string]url.Values{
		"tugaskan": {"officer": {d.users["joko"].Ref}}, "nilai": {"urgency": {"life"}, "trafficking": {"no"}}, "tutup": {"outcome": {"helped"}},
	} {
		refuses(d.rina, urls.CaseStep(ref, step), "why", form, url.Values{"why": {long}})
	}
	refuses(d.rina, urls.CaseStep(ref, "catatan"), "text", url.Values{"text": {long}})
	refuses(d.rina, urls.CaseStep(ref, "tulis"), "text", due, url.Values{"person": {person}, "text": {long}})
	refuses(d.rina, urls.CaseStep(ref, "tulis"), "person", due, url.Values{"text": {"Halo."}})
	refuses(d.hana, urls.CaseStep(ref, "ambil-alih"), "why", url.Values{"why": {long}})
	d.do(d.rina, ref, "tutup", url.Values{"outcome": {"returned"}, "why": {"Di rumah."}}).LeadsTo(urls.Case(ref))
	refuses(d.hana, urls.CaseStep(ref, "setuju"), "why", url.Values{"agree": {"tidak"}, "why": {long}})
	refuses(d.hana, urls.CaseStep(closed, "buka"), "why", url.Values{"why": {long}})
}
