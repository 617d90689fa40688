package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestInstitutionListIsMappedAndEntersUnverified(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	officer.Do(testportal.Multipart(t, urls.InstitutionImports(), url.Values{}, "file")).Is(http.StatusUnprocessableEntity)
	text := "Lembaga,Nama Resmi,Kota,Surel\n" +
		"L1,LPK Satu,KOTA ADM. JAKARTA TIMUR,a@contoh.id\n" +
		"L2,,KAB. TIDAK ADA,bukan\n" +
		"L3,LPK Tiga,Kota Tangerang,\n" +
		"L3,LPK Tiga Lagi,Kota Tangerang,\n"
	ref := officer.PostSheet(urls.InstitutionImports(), "lembaga.csv", []byte(text)).ImportRef()
	officer.Get(urls.InstitutionImport(ref)).Is(http.StatusOK)
	officer.Post(urls.InstitutionImport(ref), url.Values{"col-name": {""}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "nama lembaga")
	officer.Post(urls.InstitutionImport(ref), url.Values{
		"col-name": {"namaresmi"}, "col-key": {"lembaga"}, "col-regency": {"kota"}, "col-email": {"surel"},
	}).LeadsTo(urls.InstitutionImport(ref))
	place, _ := officer.Get(urls.InstitutionImport(ref)).Find("[name^='regency-']").Attr("name")
	officer.Post(urls.InstitutionImport(ref), url.Values{place: {"reject"}}).LeadsTo(urls.InstitutionImport(ref))
	page := officer.Get(urls.InstitutionImport(ref)).Is(http.StatusOK).Has("main", "2 lembaga akan disimpan, 2 baris ditolak, 0 sudah ada")
	for _, want := range []string{"Nama lembaga: harus diisi", "tidak dikenal", "bukan alamat e-mail", "ada dua kali"} {
		page.Has("main", want)
	}
	for range 2 {
		officer.Post(urls.InstitutionImportSave(ref), url.Values{}).LeadsTo(urls.InstitutionImport(ref))
	}
	got := p.One(`SELECT string_agg(concat_ws(' ', name, state, regency_code), '|' ORDER BY name)
		FROM institutions
		WHERE external_key LIKE 'L_'`)
	if got != "LPK Satu submitted 31.75|LPK Tiga submitted 36.71" {
		t.Errorf("saved %s", got)
	}
	p.Client().Get(urls.Institutions()).Lacks("a:contains('LPK Satu')")
	again := officer.PostSheet(urls.InstitutionImports(), "lembaga.csv", []byte(text)).ImportRef()
	officer.Post(urls.InstitutionImport(again), url.Values{"col-name": {"namaresmi"}, "col-key": {"lembaga"}, "col-regency": {"kota"}}).
		LeadsTo(urls.InstitutionImport(again))
	officer.Post(urls.InstitutionImport(again), url.Values{place: {"reject"}}).LeadsTo(urls.InstitutionImport(again))
	officer.Get(urls.InstitutionImport(again)).Has("main", "0 lembaga akan disimpan").Has("main", "2 sudah ada")
	officer.Post(urls.InstitutionImportSave(again), url.Values{}).Is(http.StatusUnprocessableEntity)
	other := p.As(p.AddUser(models.Officer, "Joko"))
	other.Get(urls.InstitutionImport(ref)).Is(http.StatusNotFound)
}

// A list of institutions that the store of files does not take comes back with the form and the sentence;
// nothing is saved of it, and it goes through once the store is back (F154).
func TestF154InstitutionListIsNotTakenWhileTheStoreIsAway(t *testing.T) {
	store, option := testportal.WithFolder(t)
	p, _, officer := testportal.StartInstitution(t, option)
	list := []byte("Lembaga,Nama Resmi,Kota,Surel\nL1,LPK Satu,Kota Tangerang,a@contoh.id\n")
	store.Goes()
	for path, sentence := range map[string]string{
		urls.InstitutionImports(): testportal.NotSaved, urls.InEnglish(urls.InstitutionImports()): testportal.NotSavedEN,
	} {
		form := officer.PostSheet(path, "lembaga.csv", list).Kept(sentence).Has("#f-file-error", sentence)
		if form.Find("main form[enctype='multipart/form-data'] input[name=file]").Length() != 1 {
			t.Errorf("%s: no form to send it again with", path)
		}
	}
	if n := p.One("SELECT count(*)::text FROM imports"); n != "0" {
		t.Errorf("%s rows of files that are not there", n)
	}
	store.Comes()
	ref := officer.PostSheet(urls.InstitutionImports(), "lembaga.csv", list).ImportRef()
	officer.Get(urls.InstitutionImport(ref)).Is(http.StatusOK)
}
