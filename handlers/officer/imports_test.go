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
	page := officer.Get(urls.InstitutionImport(ref)).Is(http.StatusOK).Has("main",
		"2 lembaga akan disimpan, 2 baris ditolak, 0 sudah ada")
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

// The number of an institution counts within the source of its list: another list's is another institution, and the
// same number with another name is shown side by side and asked about; lists without numbers that come again double
// nothing, placeholders are no numbers, and one name in two cities is two institutions (F120).
func TestF120NumbersCountWithinTheirList(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	names := func() string {
		return p.One(`SELECT coalesce(string_agg(concat_ws('/', name, external_source, external_key), ' ' ORDER BY id), '')
			FROM institutions
			WHERE state = 'submitted'`)
	}
	upload := func(text, source string) (ref string) {
		ref = officer.PostSheet(urls.InstitutionImports(), "lembaga.csv", []byte(text)).ImportRef()
		officer.Post(urls.InstitutionImport(ref), url.Values{"source": {source}}).LeadsTo(urls.InstitutionImport(ref))
		return ref
	}
	save := func(ref string) {
		officer.Post(urls.InstitutionImportSave(ref), url.Values{}).LeadsTo(urls.InstitutionImport(ref))
	}
	const head = "Kode,Nama Lembaga,Kota\n"
	save(upload(head+"7,LPK Satu,Kota Tangerang\n-,LPK Dua,Kota Tangerang\n0,LPK Tiga,Kota Tangerang\n", "Kemnaker"))
	save(upload(head+"7,LPK Empat,Kota Tangerang\n", "Dinas"))
	want := "LPK Satu/Kemnaker/7 LPK Dua/Kemnaker LPK Tiga/Kemnaker LPK Empat/Dinas/7"
	if got := names(); got != want {
		t.Errorf("saved %s, want %s", got, want)
	}
	ref := upload(head+"7,LPK Lima,Kota Tangerang\n", "Dinas")
	officer.Get(urls.InstitutionImport(ref)).Has("main", "“LPK Lima”, “LPK Empat”").Has("main", "0 lembaga akan disimpan")
	officer.Post(urls.InstitutionImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.InstitutionImport(ref), url.Values{"same-2": {"other"}}).LeadsTo(urls.InstitutionImport(ref))
	save(ref)
	if got := names(); got != want+" LPK Lima/Dinas" {
		t.Errorf("saved %s", got)
	}
	again := upload("Nama Lembaga,Kota\nLPK  dua,Kota Tangerang\nLPK Dua,Jakarta Timur\n", "")
	officer.Get(urls.InstitutionImport(again)).Has("main", "1 lembaga akan disimpan, 0 baris ditolak, 1 sudah ada")
	save(again)
	if n := p.One("SELECT count(*)::text FROM institutions WHERE lower(name) = 'lpk dua'"); n != "2" {
		t.Errorf("%s of one name in two cities", n)
	}
}

// Every field of the record can be mapped, what is not taken is named before saving, and the order of doubtful dates
// is asked as everywhere (F231, F111).
func TestF231EveryFieldIsMappedAndTheRestNamed(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	text := "Nama Lembaga;Kota;NIB;VIN;Akreditasi;Akreditasi berakhir;No izin;Izin berakhir;Izin SO;Kode pos;Telepon 2\n" +
		"LPK Satu;Kota Tangerang;912000;VIN-1;AK-9;31/12/2027;IZ-3;03/04/2027;SO-5;15111;0812000000\n"
	ref := officer.PostSheet(urls.InstitutionImports(), "lembaga.csv", []byte(text)).ImportRef()
	officer.Get(urls.InstitutionImport(ref)).Has("main", "Kolom yang tidak dipakai: Kode pos, Telepon 2").Has("main",
		"03/04/2027 adalah 3 April 2027")
	officer.Post(urls.InstitutionImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	officer.Post(urls.InstitutionImport(ref), url.Values{"order": {"day"}}).LeadsTo(urls.InstitutionImport(ref))
	officer.Post(urls.InstitutionImportSave(ref), url.Values{}).LeadsTo(urls.InstitutionImport(ref))
	got := p.One(`SELECT concat_ws(' ', nib, vin, accreditation_no, accreditation_expires_on, license_no, license_expires_on, so_permit_no)
		FROM institutions
		WHERE name = 'LPK Satu'`)
	if got != "912000 VIN-1 AK-9 2027-12-31 IZ-3 2027-04-03 SO-5" {
		t.Errorf("saved %s", got)
	}
}
