package importsheet

import (
	"io"
	"net/mail"
	"strings"

	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// institutionColumns are what is known of an institution in a list, in the order of the mapping page.
var institutionColumns = []column{
	{code: "name", heading: "Nama lembaga", also: []string{
		"institution name", "nama", "lembaga", "nama lpk", "provider name", "officialname",
	}},
	{code: "key", heading: "Nomor unik pada daftar", also: []string{"identifier", "id", "kode", "nomor", "providerid"}},
	{code: "kind", heading: "Jenis lembaga", also: []string{"institution type", "jenis", "tipe", "provider type"}},
	{code: "regency", heading: "Kota atau kabupaten", also: []string{"city name", "kota", "kabupaten", "kota kabupaten"}},
	{code: "street", heading: "Alamat", also: []string{"address", "alamat lengkap"}},
	{code: "licence", heading: "Nomor izin", also: []string{"license number", "licence number", "izin", "nomor izin"}},
	{code: "person", heading: "Penanggung jawab", also: []string{"owner", "pimpinan", "pemilik"}},
	{code: "phone", heading: "Telepon", also: []string{"phone number", "telp", "no hp", "hp"}},
	{code: "email", heading: "E-mail", also: []string{"email", "surel"}},
	{code: "website", heading: "Situs", also: []string{"website", "web"}},
}

// InstitutionColumns are the codes and headings of what an institution's list can say.
func InstitutionColumns() (codes, headings []string) {
	for _, c := range institutionColumns {
		codes, headings = append(codes, c.code), append(headings, c.heading)
	}
	return codes, headings
}

// InstitutionPreview is what the mapping page needs: the sheet's likely header and first rows, and
// for each of InstitutionColumns the column that its name suggests, or -1.
type InstitutionPreview struct {
	sheet.Preview
	Guess []int
}

// PreviewInstitutions opens a list of institutions for the mapping page.
func PreviewInstitutions(r io.ReaderAt, size int64, name string) (InstitutionPreview, error) {
	book, err := sheet.Open(r, size, name, sheet.Options{})
	if err != nil {
		return InstitutionPreview{}, err
	}
	preview, err := book.Preview()
	if err != nil {
		return InstitutionPreview{}, err
	}
	out := InstitutionPreview{Preview: preview, Guess: make([]int, len(institutionColumns))}
	taken := map[int]bool{}
	for i, c := range institutionColumns {
		out.Guess[i] = -1
		for _, called := range append([]string{c.heading}, c.also...) {
			for _, col := range preview.Columns {
				if out.Guess[i] < 0 && !taken[col.Index] && col.Name != "" && fold(col.Name) == fold(called) {
					out.Guess[i], taken[col.Index] = col.Index, true
				}
			}
		}
	}
	return out, nil
}

// An InstitutionRow is one row of a list: what it would become, or what is wrong with it.
type InstitutionRow struct {
	Number      int
	Institution models.Institution
	Problems    []Problem
}

// ReadInstitutions reads a list with the columns that a person chose for InstitutionColumns.
func ReadInstitutions(r io.ReaderAt, size int64, name string, columns []int, lists Lists) ([]InstitutionRow, error) {
	book, err := sheet.Open(r, size, name, sheet.Options{})
	if err != nil {
		return nil, err
	}
	preview, err := book.Preview()
	if err != nil {
		return nil, err
	}
	mapping := preview.Mapping(columns)
	regencies, keys, names := regencyWords(lists.Regencies), map[string]bool{}, map[string]bool{}
	var rows []InstitutionRow
	err = book.Body(mapping, func(row sheet.Row) error {
		read := &reader{columns: institutionColumns, mapping: mapping, lists: lists, row: row}
		i := read.institution(regencies)
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
		rows = append(rows, InstitutionRow{Number: row.Number, Institution: i, Problems: read.problems})
		return nil
	})
	return rows, err
}

func (r *reader) institution(regencies map[string]string) models.Institution {
	i := models.Institution{
		Kind: "lpk", Name: r.text("name", 200), Street: r.text("street", 500),
		LicenseNo: r.text("licence", 100), ResponsiblePerson: r.text("person", 200), Website: r.text("website", 200),
	}
	if i.Name == "" {
		r.fail("name", "blank")
	}
	if kind := fold(r.text("kind", 100)); strings.Contains(kind, "blk") || strings.Contains(kind, "balai") {
		i.Kind = "blk"
	}
	if key := r.text("key", 100); key != "" {
		i.ExternalKey = &key
	}
	if r.mapping.Has(r.index("regency")) {
		i.RegencyCode = r.word("regency", regencies)
	}
	phone, _, err := sheet.Phone(r.cell("phone"))
	if err != nil {
		r.failWith("phone", err)
	}
	i.Phone = phone
	if i.Email = strings.ToLower(r.text("email", 254)); i.Email != "" {
		if a, err := mail.ParseAddress(i.Email); err != nil || a.Address != i.Email {
			r.fail("email", "email")
		}
	}
	return i
}
