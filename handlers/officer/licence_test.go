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

// An officer brings a list in and says which column is which, a colleague publishes it, and the checker of offers finds
// the name with the day of the list.
func TestListOfLicencesFromSheetToVisitor(t *testing.T) {
	p, rina, joko := startDated(t)
	form := url.Values{"kind": {"p3mi"}, "source": {"KP2MI"}, "day.day": {"2"}, "day.month": {"11"}, "day.year": {"2026"},
		"token": {"6f9619ff-8b86-4011-b42d-00c04fc964ff"}}
	sheet := "Perusahaan resmi;Keadaan;Sampai\nPT Maju Bersama;aktif;31/12/2027\nPT Arjuna;dicabut;\n"
	sent := rina.Do(testportal.Multipart(t, urls.Licences(), form, "file", testportal.Sent("daftar.csv", "text/csv", []byte(sheet))))
	at := sent.Is(http.StatusSeeOther).Header.Get("Location")
	draft := rina.Get(at).Is(http.StatusOK).Lacks("main table")
	seen := url.Values{"version": {draft.Find("main [name=version]").First().AttrOr("value", "")}}
	rina.Post(urls.LicenceAsk(ref(at)), seen).Is(http.StatusUnprocessableEntity).Has("main", "Pilih kolom yang berisi nama")
	columns := url.Values{"column.name": {"0"}, "column.state": {"1"}, "column.until": {"2"}, "version": seen["version"]}
	rina.Post(at, columns).Is(http.StatusSeeOther)
	draft = rina.Get(at).Is(http.StatusOK).Has("main table", "PT Arjuna").Has("main table", "izin dicabut")
	seen = url.Values{"version": {draft.Find("main [name=version]").First().AttrOr("value", "")}}
	rina.Post(urls.LicenceAsk(ref(at)), seen).Is(http.StatusSeeOther)
	seen.Set("version", "3")
	rina.Post(urls.LicencePublish(ref(at)), seen).Is(http.StatusUnprocessableEntity)
	joko.Get(at).Is(http.StatusOK).Has("main", "2 nama terbaca")
	joko.Post(urls.LicencePublish(ref(at)), seen).Is(http.StatusSeeOther)
	joko.Get(urls.Licences()).Is(http.StatusOK).Has("main", "berlaku daftar tanggal 2 November 2026")

	visitor := p.Client()
	check := func(name string) testportal.Page {
		visitor.Post(urls.Safety(), url.Values{"nama": {name}}).Is(http.StatusSeeOther)
		return visitor.Get(urls.OfferResult()).Is(http.StatusOK)
	}
	check("P.T. ARJUNA").Has("[data-licence]", "izin dicabut").Has("[data-licence]", "2 November 2026")
	check("Maju Bersama").Has("[data-licence]", "izin berlaku").Lacks("[data-licence] .notice-success")
	unknown := check("PT Tidak Dikenal").Has("[data-licence]", "tidak ada di daftar").Has("[data-licence]", "2 November 2026")
	if text := unknown.Find("main").Text(); strings.Contains(text, "ilegal") {
		t.Error("somebody who is not on the list is called something")
	}
}

// ref is the last part of an address.
func ref(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// Files that are none, and officers without the duty, bring nothing in.
func TestListsOfLicencesAreRefused(t *testing.T) {
	p, rina, _ := startDated(t)
	form := url.Values{"kind": {"so"}, "source": {"Kemnaker"}, "day.day": {"2"}, "day.month": {"11"}, "day.year": {"2026"}}
	for name, content := range map[string]string{"empty": "", "zip": "PK\x03\x04aaaaaaaa", "NUL": "Nama,Status\x00\n", "pdf": "%PDF-1.4\n"} {
		sent := rina.Do(testportal.Multipart(t, urls.Licences(), form, "file", testportal.Sent("a.xlsx", "text/csv", []byte(content))))
		if sent.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, sent.Status)
		}
	}
	rina.Post(urls.Licences(), form).Is(http.StatusUnprocessableEntity)
	other := p.As(p.AddUser(models.Officer, "Tanpa tugas"))
	list := testportal.Sent("a.csv", "text/csv", []byte("Nama,Status\nPT A,aktif\n"))
	other.Do(testportal.Multipart(t, urls.Licences(), form, "file", list)).Is(http.StatusForbidden)
	other.Get(urls.Licences()).Is(http.StatusOK).Lacks("main input[type=file]")
	rina.Get(urls.LicenceList("IZ-00000000")).Is(http.StatusNotFound)
}
