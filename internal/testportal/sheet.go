package testportal

import (
	"net/http"
	"net/url"
	"strings"
)

// SheetHeader is the first line of a spreadsheet of programmes, as the template has it.
const SheetHeader = "Nama pelatihan;Kode;Keterangan;Bidang;Jumlah JP;Jumlah hari;Usia paling muda;Sekolah paling rendah;" +
	"Sumber biaya;Biaya peserta;Aturan uang kembali;Cara belajar;Kota;" +
	"Pendaftaran dibuka;Pendaftaran ditutup;Pelatihan mulai;Pelatihan selesai;Kuota\n"

// SheetRow is a line of it with an intake that closes on a day.
func SheetRow(code, cost, closes string) string {
	return "Pengelasan é " + code + ";" + code + ";Belajar mengelas.;Teknik;240;30;18;SMP;mandiri;" + cost +
		";Uang kembali penuh.;tatap muka;Jakarta Timur;1 Februari 2027;" + closes + ";1 Maret 2027;10 April 2027;16\n"
}

// PostSheet sends a spreadsheet.
func (c *Client) PostSheet(path, name string, content []byte) Page {
	c.T.Helper()
	return c.Do(Multipart(c.T, path, url.Values{}, "file", Sent(name, "text/csv", content)))
}

// ImportRef is the reference of the import to which the answer leads.
func (p Page) ImportRef() string {
	p.T.Helper()
	parts := strings.Split(p.Is(http.StatusSeeOther).Header.Get("Location"), "/")
	return parts[len(parts)-1]
}
