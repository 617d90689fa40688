package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
)

// Who calls for somebody else is the one who reports: their number and PIN open what reporters read, and not what belongs
// to whom it happens to. For whom they call is asked of everybody, with nothing chosen beforehand.
func TestCaseForSomebodyElseGivesTheCallerNoRightsOfTheirs(t *testing.T) {
	d := startCases(t)
	for whom, want := range map[string]string{"self": "subject", "other": "reporter"} {
		page := d.joko.Get(urls.CaseNew()).Is(http.StatusOK).Shows("input[name=whom][value=self]").Lacks("input[name=whom][checked]")
		form := url.Values{
			"token": {page.Find("main [name=token]").AttrOr("value", "")}, "danger": {"now"}, "country": {"KH"},
			"story": {"Istri saya ditahan di kantor polisi."}, "channel": {"whatsapp"}, "address": {"0812 0000 3311"},
		}
		d.joko.Post(urls.CaseNew(), form).Is(http.StatusUnprocessableEntity).Has("main", "Pilih untuk siapa").Shows("#f-whom-error").
			Has("#f-story", "Istri saya ditahan").Lacks("input[name=whom][checked]")
		form.Set("whom", whom)
		page = d.joko.Post(urls.CaseNew(), form).Is(http.StatusOK).Has("main dl", "PIN")
		numbers := page.Find("main dl dd")
		ref, pin := numbers.Eq(0).Text(), numbers.Eq(1).Text()
		caller := d.One(`SELECT p.part FROM case_people p JOIN cases c ON c.id = p.case_id
			WHERE c.ref = ? AND p.pin_index IS NOT NULL AND p.address_index IS NOT NULL`, ref)
		if subjects := d.One(`SELECT count(*)::text FROM case_people p JOIN cases c ON c.id = p.case_id
			WHERE c.ref = ? AND p.part = 'subject'`, ref); caller != want || subjects != "1" {
			t.Errorf("%s: the caller is the %s, and it happens to %s", whom, caller, subjects)
		}
		own := d.Client()
		own.Post(urls.HelpEnter(), url.Values{"ref": {ref}, "pin": {pin}}).LeadsTo(urls.HelpAnswers())
		if read := own.Get(urls.HelpAnswers()).Is(http.StatusOK); whom == "other" {
			read.Has("main", "Diterima").Lacks("main :contains('Siapa yang boleh membaca')").Lacks("main :contains('Giliran petugas')")
		} else {
			read.Has("main", "Siapa yang boleh membaca").Has("main", "Giliran petugas yang menangani Anda")
		}
	}
}
