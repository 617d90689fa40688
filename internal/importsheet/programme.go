package importsheet

import (
	"io"
	"slices"
	"time"

	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

// programmeColumns are the columns of the template, in its order.
var programmeColumns = []column{
	{code: "title", heading: "Nama pelatihan", also: []string{"judul", "pelatihan", "nama program", "program pelatihan"}},
	{code: "code", heading: "Kode", also: []string{"kode program"}},
	{code: "description", heading: "Keterangan", also: []string{"deskripsi", "uraian"}},
	{code: "sector", heading: "Bidang", also: []string{"sektor", "kejuruan"}},
	{code: "hours", heading: "Jumlah JP", also: []string{"jp", "jam pelajaran", "durasi jp"}},
	{code: "days", heading: "Jumlah hari", also: []string{"hari", "lama hari"}},
	{code: "age_min", heading: "Usia paling muda", also: []string{"usia minimal", "usia min"}},
	{code: "age_max", heading: "Usia paling tua", also: []string{"usia maksimal", "usia maks"}},
	{code: "education", heading: "Sekolah paling rendah", also: []string{"pendidikan minimal", "pendidikan"}},
	{code: "dki", heading: "Khusus KTP DKI", also: []string{"ktp dki", "domisili dki"}},
	{code: "funding", heading: "Sumber biaya", also: []string{"pembiayaan", "sumber dana"}},
	{code: "cost", heading: "Biaya peserta", also: []string{"biaya", "harga", "biaya total"}},
	{code: "refund", heading: "Aturan uang kembali", also: []string{"pengembalian", "refund"}},
	{code: "method", heading: "Cara belajar", also: []string{"metode"}},
	{code: "regency", heading: "Kota", also: []string{"kota kabupaten", "lokasi kota"}},
	{code: "place", heading: "Tempat", also: []string{"alamat", "lokasi"}},
	{code: "training", heading: "Sertifikat pelatihan"},
	{code: "bnsp", heading: "Uji BNSP", also: []string{"bnsp", "uji kompetensi"}},
	{code: "number", heading: "Nomor angkatan", also: []string{"angkatan"}},
	{code: "selection", heading: "Cara memilih", also: []string{"seleksi"}},
	{code: "opens", heading: "Pendaftaran dibuka", also: []string{"buka", "tanggal buka"}, date: true},
	{code: "closes", heading: "Pendaftaran ditutup", also: []string{"tutup", "tanggal tutup", "batas pendaftaran"}, date: true},
	{code: "test", heading: "Tanggal tes", also: []string{"tes"}, date: true},
	{code: "starts", heading: "Pelatihan mulai", also: []string{"mulai", "tanggal mulai"}, date: true},
	{code: "ends", heading: "Pelatihan selesai", also: []string{"selesai", "tanggal selesai"}, date: true},
	{code: "quota", heading: "Kuota", also: []string{"kapasitas", "jumlah peserta"}},
	{code: "reserve", heading: "Cadangan"},
}

// RemarksHeading names the column that says, in rows that are handed back, why they were refused. It is the
// same in every language and means nothing here, so that a file that comes back repaired carries none of it in.
const RemarksHeading = "Catatan dari Naik Kelas"

// mostRows is how many programmes one sheet may hold.
const mostRows = 2000

// A ProgrammeRow is one row of a sheet of programmes: what it would become, or what is wrong with it.
type ProgrammeRow struct {
	Number   int // as the spreadsheet numbers it
	Cells    []sheet.Cell
	Import   models.ImportedProgramme
	Problems []Problem
}

// A Question is a column of dates that can be read two ways; a person must say which.
type Question struct {
	Code    string
	Heading string
	Example string // a date of the column as it stands there
}

// ProgrammeSheet is a whole sheet of programmes.
type ProgrammeSheet struct {
	Rows      []ProgrammeRow
	Questions []Question
	Headings  []string // of the sheet's own columns, for handing back what was refused
	Unknown   []string // columns that mean nothing here
}

// Refused counts the rows with problems.
func (s ProgrammeSheet) Refused() (n int) {
	for _, r := range s.Rows {
		if len(r.Problems) > 0 {
			n++
		}
	}
	return n
}

// ReadProgrammes reads a sheet of programmes, row by row. answers says for a column code whether its
// dates are "day" or "month" first. A *sheet.Refusal says why a file is not read at all.
func ReadProgrammes(r io.ReaderAt, size int64, name string, lists Lists, answers map[string]string) (ProgrammeSheet, error) {
	var out ProgrammeSheet
	book, err := sheet.Open(r, size, name, sheet.Options{MaxBytes: 5 << 20, MaxRows: mostRows + 20})
	if err != nil {
		return out, err
	}
	mapping, err := book.Header(wanted(programmeColumns))
	if err != nil {
		return out, err
	}
	orders, questions, err := dateOrders(book, mapping, answers)
	if err != nil {
		return out, err
	}
	out.Questions = questions
	for _, c := range mapping.Unknown {
		if fold(c.Name) != fold(RemarksHeading) {
			out.Unknown = append(out.Unknown, c.Name)
		}
	}
	out.Headings = headings(mapping)
	words := programmeWords(lists)
	seen := map[string]int{}
	err = book.Body(mapping, func(row sheet.Row) error {
		read := &reader{columns: programmeColumns, mapping: mapping, orders: orders, lists: lists, row: row}
		p := ProgrammeRow{Number: row.Number, Cells: row.Cells, Import: read.programme(words)}
		if code := p.Import.Code; code != "" {
			if earlier, twice := seen[fold(code)]; twice && earlier > 0 {
				read.fail("code", "twice")
			}
			seen[fold(code)] = row.Number
		}
		p.Problems = read.problems
		out.Rows = append(out.Rows, p)
		return nil
	})
	return out, err
}

// headings are the sheet's own columns in their order: ours under our names, the others under theirs.
func headings(mapping sheet.Mapping) []string {
	list := make([]string, mapping.Width)
	for i, c := range programmeColumns {
		if mapping.Has(i) {
			list[mapping.Columns[i]] = c.heading
		}
	}
	for _, c := range slices.Concat(mapping.Unknown, mapping.Repeated) {
		list[c.Index] = c.Name
	}
	return list
}

// dateOrders looks at every date column once: in which order its days and months stand, and what
// must be asked because nothing in the column says so.
func dateOrders(book *sheet.Book, mapping sheet.Mapping, answers map[string]string) (map[string]sheet.Order, []Question, error) {
	evidence, examples := map[string]*sheet.DateEvidence{}, map[string]string{}
	err := book.Body(mapping, func(row sheet.Row) error {
		for i, c := range programmeColumns {
			if !c.date || !mapping.Has(i) {
				continue
			}
			if evidence[c.code] == nil {
				evidence[c.code] = &sheet.DateEvidence{}
			}
			before := evidence[c.code].Either
			evidence[c.code].Add(mapping.Cell(row, i))
			if evidence[c.code].Either > before && examples[c.code] == "" {
				examples[c.code] = mapping.Cell(row, i).Value()
			}
		}
		return nil
	})
	orders := map[string]sheet.Order{}
	var questions []Question
	for _, c := range programmeColumns {
		e := evidence[c.code]
		if e == nil {
			continue
		}
		order, ambiguous := e.Order()
		switch {
		case answers[c.code] == "day":
			order = sheet.DayFirst
		case answers[c.code] == "month":
			order = sheet.MonthFirst
		case ambiguous || e.Assumed():
			order = sheet.Unsure
			if e.Assumed() {
				order = sheet.DayFirst
			}
			questions = append(questions, Question{Code: c.code, Heading: c.heading, Example: examples[c.code]})
		}
		orders[c.code] = order
	}
	return orders, questions, err
}

func programmeWords(lists Lists) map[string]map[string]string {
	return map[string]map[string]string{
		"sector":    sectorWords(lists.Sectors),
		"education": educationWords(lists.Education),
		"regency":   regencyWords(lists.Regencies),
		"funding": {
			"apbd": models.FundingAPBD, "apbn": models.FundingAPBN, "csr": models.FundingCSR,
			"mandiri": models.FundingSelfPaid, "peserta": models.FundingSelfPaid,
			"bayar sendiri": models.FundingSelfPaid, "self paid": models.FundingSelfPaid,
		},
		"method": {
			"tatap muka": "onsite", "luring": "onsite", "onsite": "onsite",
			"daring": "online", "online": "online",
			"campuran": "blended", "hibrida": "blended", "blended": "blended",
		},
		"selection": {
			"tes": "test", "tes dan wawancara": "test", "test": "test",
			"siapa cepat": "first_come", "urutan daftar": "first_come", "first come": "first_come",
		},
	}
}

// programme reads the row's programme and, when it names dates or a quota, its intake.
func (r *reader) programme(words map[string]map[string]string) models.ImportedProgramme {
	p := models.ImportedProgramme{Code: r.text("code", models.ProgrammeTextMost["code"])}
	c := &p.Content
	text := func(code string) string { return r.text(code, models.ProgrammeTextMost[code]) }
	number := func(code string) *int { return r.number(code, models.ProgrammeRanges[code]) }
	c.Title, c.Description, c.RefundRule, c.Place = text("title"), text("description"), text("refund"), text("place")
	if c.Title == "" {
		r.fail("title", "blank")
	}
	c.MinutesPerJP, c.Destinations = 45, []string{}
	c.SectorCode, c.EducationMin = r.word("sector", words["sector"]), r.word("education", words["education"])
	c.RegencyCode = r.word("regency", words["regency"])
	c.Funding, c.Method = r.word("funding", words["funding"]), r.word("method", words["method"])
	c.HoursJP, c.Days, c.AgeMin, c.AgeMax = number("hours"), number("days"), number("age_min"), number("age_max")
	c.RequiresDKI, c.OutcomeTraining, c.OutcomeBNSP = r.yes("dki", false), r.yes("training", true), r.yes("bnsp", false)
	if cost := r.money("cost"); cost > 0 {
		c.Costs = []models.CostLine{{Label: "Biaya pelatihan", Amount: cost}}
	}
	for _, fault := range c.Contradictions() {
		switch fault.Key {
		case models.FaultAgeOrder:
			r.fail("age_max", "order")
		case models.FaultPublicMoney:
			r.fail("cost", "public_money")
		}
	}
	p.Intake = r.intake(words["selection"])
	return p
}

// intake reads the row's intake, nil when it has none.
func (r *reader) intake(selections map[string]string) *models.IntakeInput {
	opens, closes, starts, ends := r.date("opens"), r.date("closes"), r.date("starts"), r.date("ends")
	quota := r.number("quota", models.IntakeRanges["quota"])
	if opens == nil && closes == nil && starts == nil && ends == nil && quota == nil {
		return nil
	}
	in := models.IntakeInput{
		Number: 1, Selection: models.ByTest, Quota: 16, EnrolDays: 3,
		TestOn: r.date("test"), StartsOn: starts, EndsOn: ends,
	}
	if n := r.number("number", models.IntakeRanges["number"]); n != nil {
		in.Number = *n
	}
	if s := r.word("selection", selections); s != nil {
		in.Selection = models.Selection(*s)
	}
	if quota != nil {
		in.Quota = *quota
	}
	if n := r.number("reserve", models.IntakeRanges["reserve"]); n != nil {
		in.ReserveSeats = *n
	}
	if opens != nil {
		at := record.DateDay(*opens).Start().Add(8 * time.Hour)
		in.OpensAt = &at
	}
	if closes != nil {
		at := record.DateDay(*closes).End()
		in.ClosesAt = &at
	}
	switch {
	case opens != nil && closes != nil && closes.Before(*opens):
		r.fail("closes", "order")
	case closes != nil && starts != nil && starts.Before(*closes):
		r.fail("starts", "order")
	case starts != nil && ends != nil && ends.Before(*starts):
		r.fail("ends", "order")
	}
	return &in
}

// Fields are the columns of the template for programmes.
func Fields() []sheet.Field {
	fields := make([]sheet.Field, len(programmeColumns))
	for i, c := range programmeColumns {
		fields[i] = sheet.Field{Name: c.heading}
	}
	return fields
}

// Example is the template's example row, visibly one.
func Example() []sheet.Cell {
	var cells []sheet.Cell
	for _, text := range []string{
		"Contoh: Pengelasan SMAW 3G", "LAS-01", "Belajar mengelas pelat.", "Teknik",
		"240", "30", "18", "45", "SMP", "ya", "APBD", "", "", "tatap muka", "Jakarta Timur", "Bengkel 1", "ya", "ya",
		"1", "tes", "1 Februari 2027", "15 Februari 2027", "", "1 Maret 2027", "10 April 2027", "16", "2",
	} {
		cells = append(cells, sheet.TextCell(text))
	}
	return cells
}
