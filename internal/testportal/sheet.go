package testportal

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/riverqueue/river"

	"naikkelas/internal/jobs"
	"naikkelas/models"
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

// WorkImports does what jobs do with long spreadsheets, with those that were asked for so far.
func (p *Portal) WorkImports() {
	p.T.Helper()
	var list []struct {
		Kind     string
		ImportID int64
		Turn     int
	}
	err := p.DB.Raw(`SELECT kind, (args->>'import_id')::bigint AS import_id, (args->>'turn')::int AS turn
		FROM river_job
		WHERE kind IN ('read_import', 'save_import')
		ORDER BY id`).Scan(&list).Error
	if err != nil {
		p.T.Fatal(err)
	}
	turns := make(chan struct{}, 1)
	for _, j := range list {
		if j.Kind == (models.ReadImport{}).Kind() {
			worker := &jobs.ReadImport{Store: p.Store, Blobs: p.Deps.Blobs, Box: p.Deps.Box, Turns: turns}
			err = worker.Work(context.Background(), &river.Job[models.ReadImport]{Args: models.ReadImport{ImportID: j.ImportID, Turn: j.Turn}})
		} else {
			worker := &jobs.SaveImport{Store: p.Store, Turns: turns}
			err = worker.Work(context.Background(), &river.Job[models.SaveImport]{Args: models.SaveImport{ImportID: j.ImportID, Turn: j.Turn}})
		}
		if err != nil {
			p.T.Fatal(err)
		}
	}
}
