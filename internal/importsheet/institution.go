package importsheet

import (
	"net/mail"
	"strings"

	"naikkelas/internal/intext"
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// institutionColumns are what is known of an institution in a list, in the order of the mapping page: every field of
// its record that a list can say.
var institutionColumns = []column{
	{code: "name", heading: "Nama lembaga", also: []string{
		"institution name", "nama", "lembaga", "nama lpk", "provider name", "officialname",
	}},
	{code: "key", heading: "Nomor unik pada daftar", also: []string{"identifier", "id", "kode", "nomor", "providerid"}},
	{code: "kind", heading: "Jenis lembaga", also: []string{"institution type", "jenis", "tipe", "provider type"}},
	{code: "regency", heading: "Kota atau kabupaten", also: []string{"city name", "kota", "kabupaten", "kota kabupaten"}},
	{code: "street", heading: "Alamat", also: []string{"address", "alamat lengkap"}},
	{code: "nib", heading: "NIB", also: []string{"nomor induk berusaha", "no nib"}},
	{code: "vin", heading: "VIN", also: []string{"nomor vin", "no vin", "vin kemnaker"}},
	{code: "licence", heading: "Nomor izin", also: []string{"license number", "licence number", "izin", "no izin"}},
	{code: "licence_end", heading: "Izin berlaku sampai", date: true, also: []string{
		"masa berlaku izin", "izin berakhir", "tanggal akhir izin", "license expiry", "licence end", "berlaku sampai",
	}},
	{code: "accreditation", heading: "Nomor akreditasi", also: []string{
		"akreditasi", "no akreditasi", "accreditation", "accreditation number",
	}},
	{code: "scope", heading: "Lingkup akreditasi", also: []string{"ruang lingkup akreditasi", "accreditation scope"}},
	{code: "accreditation_end", heading: "Akreditasi berlaku sampai", date: true, also: []string{
		"masa berlaku akreditasi", "akreditasi berakhir", "accreditation expiry",
	}},
	{code: "so", heading: "Nomor izin SO", also: []string{"izin so", "sending organization", "no izin so"}},
	{code: "so_end", heading: "Izin SO berlaku sampai", date: true, also: []string{"masa berlaku izin so", "izin so berakhir"}},
	{code: "person", heading: "Penanggung jawab", also: []string{"owner", "pimpinan", "pemilik"}},
	{code: "phone", heading: "Telepon", also: []string{"phone number", "telp", "no hp", "hp"}},
	{code: "email", heading: "E-mail", also: []string{"email", "surel"}},
	{code: "website", heading: "Situs", also: []string{"website", "web"}},
	{code: "complaint", heading: "Kontak pengaduan", also: []string{"pengaduan", "complaint contact"}},
	{code: "about", heading: "Tentang lembaga", also: []string{"tentang", "profil", "about"}},
}

// MostInstitutions is how many rows one list of institutions may hold.
const MostInstitutions = 5000

// InstitutionColumns are the codes and headings of what an institution's list can say.
func InstitutionColumns() (codes, headings []string) { return codesOf(institutionColumns) }

// An InstitutionRow is one row of a list: what it would become, or what is wrong with it.
type InstitutionRow struct {
	Sheet       string
	Number      int
	Institution models.Institution
	Values      []Value
	Problems    []Problem
}

// InstitutionSheet is a whole list of institutions.
type InstitutionSheet struct {
	Layout
	Rows      []InstitutionRow
	Questions []Question
}

// ReadInstitutions reads a list of institutions. A *sheet.Refusal says why it is not read at all.
func ReadInstitutions(f File, lists Lists) (InstitutionSheet, error) {
	o, err := open(f, institutionColumns, MostInstitutions)
	if err != nil {
		return InstitutionSheet{Layout: o.Layout}, err
	}
	q := &questions{answers: f.Answers}
	o.leave(q)
	out := InstitutionSheet{Layout: o.Layout}
	orders := dateOrders(o.grids, institutionColumns, q)
	known := map[string]words{"regency": regencyWords(lists.Regencies)}
	keys, names := map[string]bool{}, map[string]bool{}
	for _, g := range o.grids {
		for _, row := range g.Rows {
			read := &reader{columns: institutionColumns, grid: g, row: row, orders: orders, words: known, answers: f.Answers, asked: q}
			i := read.institution()
			if i.ExternalKey != nil {
				if keys[*i.ExternalKey] {
					read.fail("key", "twice")
				}
				keys[*i.ExternalKey] = true
			}
			if same := models.InstitutionKey(i); same != "" {
				if names[same] {
					read.fail("name", "twice")
				}
				names[same] = true
			}
			out.Rows = append(out.Rows, InstitutionRow{
				Sheet: g.Sheet, Number: row.Number, Institution: i, Values: read.values, Problems: read.problems,
			})
		}
	}
	out.Questions = q.list
	return out, nil
}

// website is the address of a page; lists often leave out how it begins.
func (r *reader) website() string {
	address := r.text("website", 200)
	if address != "" && !strings.Contains(address, "://") {
		address = "https://" + address
	}
	if _, ok := intext.WebHost(address); address != "" && !ok {
		r.fail("website", "website")
		return ""
	}
	return address
}

func (r *reader) institution() models.Institution {
	i := models.Institution{
		Kind: "lpk", Name: r.text("name", 200), Street: r.text("street", 500), NIB: r.text("nib", 50), VIN: r.text("vin", 50),
		LicenseNo: r.text("licence", 100), LicenseExpiresOn: r.date("licence_end"),
		AccreditationNo: r.text("accreditation", 100), AccreditationScope: r.text("scope", 500),
		AccreditationExpiresOn: r.date("accreditation_end"),
		SOPermitNo:             r.text("so", 100), SOPermitExpiresOn: r.date("so_end"),
		ResponsiblePerson: r.text("person", 200), Website: r.website(),
		ComplaintContact: r.text("complaint", 200), About: r.text("about", 3000),
	}
	if i.Name == "" {
		r.fail("name", "blank")
	}
	if kind := fold(r.text("kind", 100)); strings.Contains(kind, "blk") || strings.Contains(kind, "balai") {
		i.Kind = "blk"
	}
	if key := r.text("key", 100); key != "" && !isPlaceholder(key) {
		i.ExternalKey = &key
	}
	i.RegencyCode = r.word("regency")
	phone, _, err := sheet.Phone(r.cell("phone"))
	if err != nil {
		r.failWith("phone", err)
	} else {
		r.read("phone", Value{Text: phone})
	}
	i.Phone = phone
	if i.Email = strings.ToLower(r.text("email", 254)); i.Email != "" {
		if a, err := mail.ParseAddress(i.Email); err != nil || a.Address != i.Email {
			r.fail("email", "email")
		}
	}
	return i
}

// isPlaceholder knows what people write where a number is wanted and there is none.
func isPlaceholder(key string) bool {
	switch fold(key) {
	case "", "0", "00", "000", "x", "xx", "xxx", "tidak ada", "belum ada", "kosong", "none", "na", "nihil":
		return true
	}
	return false
}
