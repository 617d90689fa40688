package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models/protection"
)

// home carries out one part of a plan to come home over its page.
func (d caseDesk) home(c *testportal.Client, ref, word string, more url.Values) testportal.Page {
	form := url.Values{"next": {"lead"}, "due": {"2026-12-01T10:00"}}
	for name, values := range more {
		form[name] = values
	}
	return c.Post(urls.CaseHomeStep(ref, word), d.press(c.Get(urls.CaseHomeStep(ref, word)).Is(http.StatusOK), form))
}

// said is the day of a word, in the three fields of a date.
func said(name, day, month, year string) url.Values {
	return url.Values{name + ".day": {day}, name + ".month": {month}, name + ".year": {year}}
}

// An officer plans how somebody comes home, writes each step down with its source, hands them over and prints the paper.
func TestComingHomeOverItsPages(t *testing.T) {
	d := startCases(t)
	ref := d.AddHeldCase(d.users["rina"])
	d.rina.Get(urls.Case(ref)).Has("#pulang + p", "Belum ada rencana pulang").Shows("a[href='" + urls.CaseHome(ref) + "']")
	d.rina.Get(urls.CaseHome(ref)).Is(http.StatusOK).Shows("a[href='" + urls.CaseHomeStep(ref, "rencana") + "']")
	for _, word := range []string{"penerbangan", "serah-terima", "pembaca", "apa-saja"} {
		d.rina.Get(urls.CaseHomeStep(ref, word)).Is(http.StatusNotFound)
	}
	d.rina.Get(urls.CaseMinutes(ref)).Is(http.StatusNotFound)
	d.home(d.rina, ref, "rencana", url.Values{"due": {""}, "kind": {"problem"}}).Is(http.StatusUnprocessableEntity).Shows("#f-due-error")
	d.home(d.rina, ref, "rencana", url.Values{"kind": {"problem"}}).LeadsTo(urls.CaseHome(ref))
	page := d.rina.Get(urls.CaseHomeStep(ref, "penerbangan")).Is(http.StatusOK).Shows("option[value=lead][selected]")
	if page.Find("main input[type=radio][checked]").Length() != 0 {
		t.Error("something of a step is chosen beforehand")
	}
	flight := url.Values{"state": {"booked"}, "whose": {"external"}, "who": {"KJRI"}, "number": {"GA 857"}, "place": {"Hong Kong ke Jakarta"}}
	wrong := d.home(d.rina, ref, "penerbangan", flight).Is(http.StatusUnprocessableEntity)
	for _, field := range []string{"said_on", "source", "at"} {
		if wrong.Find("#f-"+field+"-error").Length() == 0 {
			t.Errorf("nothing is said of %s", field)
		}
	}
	for name, values := range said("said_on", "25", "11", "2026") {
		flight[name] = values
	}
	flight.Set("source", "Surat KJRI")
	flight.Set("at", "2026-11-26T09:30")
	d.home(d.rina, ref, "penerbangan", flight).LeadsTo(urls.CaseHome(ref))
	d.rina.Get(urls.CaseHome(ref)).Has("main", "tiket sudah ada").Has("main", "GA 857").Has("main", "sumber: Surat KJRI").
		Lacks("a[href='" + urls.CaseHomeStep(ref, "serah-terima") + "']")
	d.rina.Get(urls.CaseHomeStep(ref, "penerbangan")).Shows("input[name=number][value='GA 857']")
	arrival := said("said_on", "25", "11", "2026")
	arrival["state"], arrival["whose"], arrival["who"], arrival["at"] = []string{"done"}, []string{"ours"}, []string{"Rina"},
		[]string{"2026-11-25T00:30"}
	d.home(d.rina, ref, "tiba", arrival).LeadsTo(urls.CaseHome(ref))
	hand := url.Values{"to": {"social"}, "receiver": {"Dinas Sosial Contoh"}, "at": {"2026-11-25T01:00"}, "witness": {"Bu Lurah Contoh"}}
	d.home(d.rina, ref, "serah-terima", hand).Is(http.StatusUnprocessableEntity).Shows("#f-why-error").
		Shows("input[name=witness][value='Bu Lurah Contoh']")
	hand.Set("why", "Tidak ada keluarga di Indonesia.")
	d.home(d.rina, ref, "serah-terima", hand).LeadsTo(urls.CaseHome(ref))
	d.rina.Get(urls.Case(ref)).Has("#pulang ~ ul", "Diserahkan kepada Dinas Sosial").Has("ol", "Penerbangan: tiket sudah ada")
	paper := d.rina.Get(urls.CaseMinutes(ref)).Is(http.StatusOK).Has("main", "Bu Lurah Contoh").
		Has("main", "Tidak ada keluarga di Indonesia.").
		Has("main", "Saksi dari kelurahan").Has("main", "Saya menolak pemulihan.")
	for _, word := range []string{"disetujui", "approved"} {
		if strings.Contains(strings.ToLower(paper.Body), word) {
			t.Errorf("the paper says %q", word)
		}
	}
	if n := d.One("SELECT count(*)::text FROM audit_rows WHERE action = 'case_minutes_printed'"); n != "1" {
		t.Errorf("%s looks at the paper are written down", n)
	}
	d.joko.Get(urls.CaseMinutes(ref)).Is(http.StatusConflict).Lacks("main:contains('Bu Lurah')")
}

// After a death an officer names the next of kin and a second one agrees; who asked has no such button, and the paper asks
// nothing of rehabilitation.
func TestNextOfKinOverThePages(t *testing.T) {
	d := startCases(t)
	ref := d.AddCase(func(f *protection.Filing) { f.Door = protection.DoorFamily })
	d.rina.Post(urls.CaseTake(ref), d.press(d.rina.Get(urls.Case(ref)), nil)).LeadsTo(urls.Case(ref))
	d.home(d.rina, ref, "rencana", url.Values{"kind": {"death"}}).LeadsTo(urls.CaseHome(ref))
	d.rina.Get(urls.CaseHomeStep(ref, "layak-terbang")).Is(http.StatusNotFound)
	page := d.rina.Get(urls.CaseHomeStep(ref, "pembaca")).Is(http.StatusOK).Has("main", "diberi tahu lewat telepon atau tatap muka")
	share := said("until", "25", "12", "2026")
	share["person"], share["how"] = []string{page.Find("[name=person]").AttrOr("value", "")}, []string{"kin"}
	d.home(d.rina, ref, "pembaca", share).Is(http.StatusUnprocessableEntity).Shows("#f-why-error")
	share.Set("why", "Kartu keluarga dilihat; Rina menelepon kemarin.")
	d.home(d.rina, ref, "pembaca", share).LeadsTo(urls.CaseHome(ref))
	agree := "button[value=setuju]"
	d.rina.Get(urls.CaseHome(ref)).Has("main", "Menunggu persetujuan petugas kedua").Lacks(agree)
	page = d.hana.Get(urls.CaseHome(ref)).Shows(agree)
	action := page.Find("form:has("+agree+")").AttrOr("action", "")
	d.rina.Post(action, d.press(page, url.Values{"tindakan": {"setuju"}})).Is(http.StatusUnprocessableEntity)
	d.hana.Post(action, d.press(page, url.Values{"tindakan": {"setuju"}})).LeadsTo(urls.CaseHome(ref))
	page = d.rina.Get(urls.CaseHome(ref)).Has("main", "Boleh membaca sampai 25 Desember 2026").Has("main", "Hana")
	d.rina.Post(action, d.press(page, url.Values{"tindakan": {"tarik"}})).Is(http.StatusUnprocessableEntity).
		Shows("details[open] #f-back-error")
	d.rina.Post(action, d.press(page, url.Values{"tindakan": {"tarik"}, "back": {"Bukan keluarganya."}})).LeadsTo(urls.CaseHome(ref))
	d.rina.Get(urls.CaseHome(ref)).Has("main", "Tidak membaca lagi")
	d.rina.Get(urls.CaseMinutes(ref)).Is(http.StatusOK).Has("main", "mendiang").Lacks("main:contains('pemulihan')")
}
