package seeker_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// In Jakarta district and village are chosen from the lists while they are typed, are taken however they are written,
// and must belong together; elsewhere they are free text.
func TestF197PlacesInJakartaAreChosenFromLists(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	err := p.Store.SeedReference(t.Context(), models.ReferenceData{
		Districts: []models.District{
			{Code: "31.75.07", RegencyCode: "31.75", Name: "Duren Sawit", NIKPrefix: "317507"},
			{Code: "31.75.03", RegencyCode: "31.75", Name: "Jatinegara", NIKPrefix: "317503"},
		},
		Villages: []models.Village{
			{Code: "31.75.07.1001", DistrictCode: "31.75.07", Name: "Pondok Bambu"},
			{Code: "31.75.03.1001", DistrictCode: "31.75.03", Name: "Bali Mester"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	page := section("alamat")
	form := c.Get(page).Is(http.StatusOK).Has("datalist#daftar-kelurahan", "Duren Sawit")
	for field, list := range map[string]string{"village": "daftar-kelurahan", "district": "daftar-kecamatan"} {
		for _, address := range []string{"ktp", "domicile"} {
			if form.Find(`input[id="f-`+address+`.`+field+`"][list="`+list+`"]`).Length() != 1 {
				t.Errorf("%s of %s has no list", field, address)
			}
		}
	}
	values := addressValues()
	for typed, says := range map[[2]string]string{
		{"Duren Sawitt", "Pondok Bambu"}: "Pilih salah satu: Duren Sawit, Jatinegara",
		{"Jatinegara", "Pondok Bambu"}:   "Pilih salah satu: Bali Mester",
	} {
		values.Set("ktp.district", typed[0])
		values.Set("ktp.village", typed[1])
		c.Post(page, values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", says).Has("[data-error-summary]", "Alamat di KTP, K")
	}
	values.Set("ktp.district", "kec. DUREN SAWIT")
	values.Set("ktp.village", "pondokbambu")
	values.Set("same", "no")
	for name, value := range map[string]string{
		"street": "Jl. Cisadane 2", "village": "Desa Bebas", "district": "Apa Saja", "regency": "36.71",
	} {
		values.Set("domicile."+name, value)
	}
	c.Post(page, values).LeadsTo(urls.Profile())
	if got := p.One("SELECT district || ', ' || village FROM addresses WHERE kind = 'ktp'"); got != "Duren Sawit, Pondok Bambu" {
		t.Errorf("kept as %q", got)
	}
	// The home is looked at like the address on the card.
	values.Set("domicile.regency", "31.75")
	c.Post(page, values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tempat tinggal, Kecamatan")
}

// A paper's form speaks of what the paper calls its parts, and a paper that never ends is not asked about its end.
func TestF187FormSpeaksOfItsKind(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	name := func(id string) models.Text { return models.Text{ID: id} }
	kind := func(code, category string, expires bool) models.CertificateType {
		return models.CertificateType{
			Code: code, Category: category, Name: name(code), Validity: name("Tidak punya tanggal akhir."),
			ValidFromBasis: "issue_date", HasExpiry: expires,
		}
	}
	err := p.Store.SeedReference(t.Context(), models.ReferenceData{CertificateTypes: []models.CertificateType{
		kind("IJAZAH", "education", false), kind("SIM", "licence", true), kind("KARYA", "creative", true), kind("UJI", "language", true),
	}})
	if err != nil {
		t.Fatal(err)
	}
	for code, labels := range map[string]map[string]string{
		"IJAZAH": {"issuer": "Nama sekolah", "title": "Jurusan", "number": "Nomor ijazah", "holder": "di ijazah"},
		"SIM":    {"issuer": "Instansi", "title": "golongan izin", "number": "Nomor izin", "holder": "di sertifikat"},
		"KARYA":  {"issuer": "Penyelenggara", "title": "Nama karya"},
		"UJI":    {"issuer": "Penyelenggara ujian", "number": "Nomor sertifikat"},
	} {
		form := c.Get(urls.NewCertificateOf(code))
		if to := form.Header.Get("Location"); to != "" {
			form = c.Get(to)
		}
		for field, label := range labels {
			form.Has("label[for=f-"+field+"]", label)
		}
		if code == "IJAZAH" {
			form.Has("main form", "Tanggal di ijazah").Lacks("main form:contains('anggal akhir')").Lacks("main form:contains('Penerbit')")
		}
	}
}

// Who is told to ask somebody finds where: a list with addresses.
func TestF196WhoIsToAskFindsWhom(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	for _, path := range []string{urls.NoCertificate(), urls.InEnglish(urls.NoCertificate())} {
		c.Get(path).Is(http.StatusOK).Has("main a[href='https://bnsp.go.id']", "LSP").
			Shows("main a[href$='" + url.PathEscape(urls.Institutions()[1:]) + "']")
	}
	c.Get(section("foto-ktp")).Shows("main details a")
}
