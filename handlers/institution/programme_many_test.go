package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// manyDrafts are programmes of a sheet: as many whole ones as asked, and one that lacks a city.
func manyDrafts(staff *testportal.Client, whole int) {
	head := "Nama pelatihan;Kode;Keterangan;Bidang;Jumlah JP;Jumlah hari;Usia paling muda;Sekolah paling rendah;Sumber biaya;Cara belajar;" +
		"Kota;Pendaftaran dibuka;Pendaftaran ditutup;Tanggal tes;Pelatihan mulai;Pelatihan selesai;Kuota\n"
	var rows strings.Builder
	for n := range whole + 1 {
		city := "Jakarta Timur"
		if n == whole {
			city = ""
		}
		code := "K" + string(rune('A'+n))
		rows.WriteString("Las " + code + ";" + code + ";Mengelas.;Teknik;240;30;18;SMP;APBD;tatap muka;" + city +
			";1 Februari 2027;15 Februari 2027;20 Februari 2027;1 Maret 2027;10 April 2027;16\n")
	}
	save(staff, []byte(head+rows.String()))
}

// Many drafts go to the officers with one press after a page that names them; what lacks something stays and says what (F103).
func TestF103ManyDraftsAreSubmittedAtOnce(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	if err := p.DB.Exec("UPDATE institutions SET state = 'verified'").Error; err != nil {
		t.Fatal(err)
	}
	manyDrafts(staff, 4)
	list := staff.Get(urls.ManageProgrammes()).Is(http.StatusOK).Shows(`a[href="` + urls.ManageMany() + `?apa=ajukan&semua=ya&daftar=draft"]`)
	if n := list.Find(`input[name=pilih]`).Length(); n != 5 {
		t.Fatalf("%d can be ticked", n)
	}
	all := urls.ManageMany() + "?apa=ajukan&semua=ya&daftar=draft"
	page := staff.Get(all).Is(http.StatusOK).Has("h1", "Ajukan 4 pelatihan").Has("[data-others]", "Las KE").Has("[data-others]", "Kota belum")
	chosen := url.Values{"apa": {"ajukan"}}
	page.Find("main form input[name=pilih]").Each(func(_ int, s *goquery.Selection) { chosen.Add("pilih", s.AttrOr("value", "")) })
	to := staff.Post(urls.ManageMany(), chosen).Is(http.StatusSeeOther).Header.Get("Location")
	after := staff.Get(to).Is(http.StatusOK).Has("[data-flash]", "4 pelatihan diajukan").Has("h1", "4 pelatihan menunggu petugas")
	if n := after.Find("[data-others] > ul > li").Length(); n != 4 {
		t.Errorf("%d are shown with their state", n)
	}
	staff.Post(urls.ManageMany(), chosen).Is(http.StatusSeeOther) // the second press
	if got := p.One("SELECT string_agg(state || ' ' || version, ', ' ORDER BY code) FROM programmes"); got !=
		"submitted 2, submitted 2, submitted 2, submitted 2, draft 1" {
		t.Errorf("programmes are %s", got)
	}
	staff.Post(urls.ManageMany(), url.Values{"apa": {"ajukan"}}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Centang dulu")
}

// Drafts go for good only after their names were shown, in the version that was; others' programmes are nobody's to choose.
func TestManyDraftsAreDeletedAsTheyWereShown(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	manyDrafts(staff, 2)
	refs := strings.Split(p.One("SELECT string_agg(ref, ' ' ORDER BY code) FROM programmes"), " ")
	q := url.Values{"apa": {"hapus"}, "pilih": refs}
	staff.Get(urls.ManageMany()+"?"+q.Encode()).Has("h1", "Hapus 3 konsep").Has("[data-ready]", "Las KB")
	other := p.As(p.AddUser(models.Owner, "Lain"))
	other.Get(urls.ManageMany()+"?"+q.Encode()).Is(http.StatusOK).Has("h1", "Tidak ada")
	foreign := url.Values{"apa": {"hapus"}, "pilih": {refs[0] + ".1"}}
	other.Post(urls.ManageMany(), foreign).Is(http.StatusSeeOther)
	stale := url.Values{"apa": {"hapus"}, "pilih": {refs[0] + ".1", refs[1] + ".9", refs[2]}}
	staff.Post(urls.ManageMany(), stale).Is(http.StatusSeeOther)
	if got := p.One("SELECT string_agg(code, ' ' ORDER BY code) FROM programmes"); got != "KB KC" {
		t.Errorf("there are %s", got)
	}
}
