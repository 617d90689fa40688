package importsheet

import (
	"time"

	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

// programmeColumns are the columns of the template, in its order.
var programmeColumns = []column{
	{code: "title", heading: "Nama pelatihan", also: []string{
		"judul", "pelatihan", "nama program", "program pelatihan", "nama program pelatihan", "judul pelatihan", "nama kursus",
		"jenis pelatihan",
		"training name", "course", "course name", "course title", "training title", "programme", "program name", "training program",
	}},
	{code: "code", heading: "Kode", also: []string{"kode program", "kode pelatihan", "course code", "program code"}},
	{code: "description", heading: "Keterangan", also: []string{"deskripsi", "uraian", "description"}},
	{code: "sector", heading: "Bidang", also: []string{"sektor", "kejuruan", "sub kejuruan", "field"}},
	{code: "hours", heading: "Jumlah JP", units: []string{"jp", "jam pelajaran", "jpl"}, also: []string{
		"jp", "jam pelajaran", "durasi jp", "lama pelatihan jp", "lama pelatihan", "durasi", "jumlah jam pelajaran", "hours",
		"lesson hours",
	}},
	{code: "days", heading: "Jumlah hari", units: []string{"hari", "hari kerja", "days", "day"}, also: []string{
		"hari", "lama hari", "lama pelatihan hari", "durasi hari", "days", "number of days",
	}},
	{code: "age_min", heading: "Usia paling muda", units: ageUnits, also: []string{
		"usia minimal", "usia min", "umur minimal", "minimum age", "min age",
	}},
	{code: "age_max", heading: "Usia paling tua", units: ageUnits, also: []string{
		"usia maksimal", "usia maks", "umur maksimal", "maximum age", "max age",
	}},
	{code: "education", heading: "Sekolah paling rendah", also: []string{
		"pendidikan minimal", "pendidikan", "pendidikan terakhir", "syarat pendidikan", "education", "minimum education",
	}},
	{code: "dki", heading: "Khusus KTP DKI", also: []string{"ktp dki", "domisili dki", "wajib ktp dki", "jakarta only"}},
	{code: "funding", heading: "Sumber biaya", also: []string{"pembiayaan", "sumber dana", "sumber anggaran", "funding",
		"funding source"}},
	{code: "cost", heading: "Biaya peserta", also: []string{
		"biaya", "harga", "biaya total", "biaya pelatihan", "cost", "fee", "price", "course fee",
	}},
	{code: "costs", heading: "Rincian biaya", also: []string{"rincian biaya peserta", "cost lines", "fee breakdown"}},
	{code: "refund", heading: "Aturan uang kembali", also: []string{"pengembalian", "refund", "refund policy"}},
	{code: "method", heading: "Cara belajar", also: []string{"metode", "metode pelatihan", "method", "delivery", "mode"}},
	{code: "regency", heading: "Kota", also: []string{"kota kabupaten", "lokasi kota", "kabupaten kota", "kab kota", "city"}},
	{code: "place", heading: "Tempat", also: []string{"alamat", "lokasi", "tempat pelatihan", "place", "venue", "location"}},
	{code: "training", heading: "Sertifikat pelatihan", also: []string{"training certificate"}},
	{code: "bnsp", heading: "Uji BNSP", also: []string{"bnsp", "uji kompetensi", "sertifikasi bnsp"}},
	{code: "outcome_language", heading: "Tes bahasa", also: []string{"language test"}},
	{code: "occupation", heading: "Pekerjaan terkait", also: []string{"okupasi", "occupation"}},
	{code: "scheme", heading: "Skema kompetensi", also: []string{"skema", "skema skkni", "scheme"}},
	{code: "units", heading: "Unit kompetensi", also: []string{"unit skkni", "competence units"}},
	{code: "kkni", heading: "Jenjang KKNI", also: []string{"kkni", "level kkni", "kkni level"}},
	{code: "minutes", heading: "Menit per JP", also: []string{"menit jp", "minutes per lesson hour"}},
	{code: "certificate", heading: "Sertifikat yang harus dimiliki", also: []string{"syarat sertifikat", "required certificates"}},
	{code: "requirements", heading: "Syarat lain", also: []string{"other requirements"}},
	{code: "physical", heading: "Kebutuhan fisik", also: []string{"kebutuhan fisik dan alasannya", "physical needs"}},
	{code: "language_needs", heading: "Bahasa yang diperlukan", also: []string{"syarat bahasa", "language needs"}},
	{code: "prepare", heading: "Yang perlu disiapkan", also: []string{"what to prepare"}},
	{code: "street", heading: "Alamat jalan", also: []string{"street address"}},
	{code: "mobile", heading: "Kelas keliling", also: []string{"mobile training unit", "mobile class"}},
	{code: "facilities", heading: "Yang didapat peserta", also: []string{"fasilitas peserta", "facilities"}},
	{code: "allowance", heading: "Uang transport atau uang saku", also: []string{"uang transport", "uang saku", "allowance"}},
	{code: "accessibility", heading: "Kemudahan bagi penyandang disabilitas", also: []string{"aksesibilitas", "accessibility"}},
	{code: "contact", heading: "Kontak untuk bertanya", also: []string{"kontak pelatihan", "whom to ask"}},
	{code: "destinations", heading: "Negara yang sering menjadi tujuan", also: []string{"negara tujuan", "destinations"}},
	{code: "number", heading: "Nomor angkatan", units: []string{"angkatan", "gelombang", "batch", "ke", "angkatan ke"}, also: []string{
		"angkatan", "gelombang", "batch", "angkatan ke",
	}},
	{code: "selection", heading: "Cara memilih", also: []string{"seleksi", "selection"}},
	{code: "opens", heading: "Pendaftaran dibuka", date: true, also: []string{
		"buka", "tanggal buka", "pendaftaran mulai", "buka pendaftaran", "tgl buka", "registration opens", "registration start",
	}},
	{code: "closes", heading: "Pendaftaran ditutup", date: true, also: []string{
		"tutup", "tanggal tutup", "batas pendaftaran", "tutup pendaftaran", "tgl tutup", "registration closes", "registration end",
		"deadline",
	}},
	{code: "test", heading: "Tanggal tes", date: true, also: []string{"tes", "tgl tes", "tanggal seleksi", "test date"}},
	{code: "announce", heading: "Tanggal pengumuman", date: true, also: []string{"pengumuman", "announcement date"}},
	{code: "starts", heading: "Pelatihan mulai", date: true, also: []string{
		"mulai", "tanggal mulai", "tgl mulai", "mulai pelatihan", "tanggal mulai pelatihan", "start date", "start", "starts",
	}},
	{code: "ends", heading: "Pelatihan selesai", date: true, also: []string{
		"selesai", "tanggal selesai", "tgl selesai", "tanggal akhir", "tgl akhir", "selesai pelatihan", "end date", "end", "ends",
	}},
	{code: "quota", heading: "Kuota", units: peopleUnits, also: []string{
		"kapasitas", "jumlah peserta", "jml peserta", "daya tampung", "quota", "capacity", "seats",
	}},
	{code: "reserve", heading: "Cadangan", units: peopleUnits, also: []string{"kursi cadangan", "reserve"}},
	{code: "session", heading: "Waktu kelas", also: []string{"sesi", "session"}},
	{code: "class_days", heading: "Hari kelas", also: []string{"hari belajar", "class days"}},
	{code: "class_from", heading: "Jam mulai kelas", also: []string{"class from"}},
	{code: "class_until", heading: "Jam selesai kelas", also: []string{"class until"}},
	{code: "enrol_days", heading: "Hari kerja untuk daftar ulang", also: []string{"hari daftar ulang", "days to enrol"}},
	{code: "intake_place", heading: "Tempat angkatan", also: []string{"place of the intake"}},
}

var (
	ageUnits    = []string{"tahun", "thn", "th", "years"}
	peopleUnits = []string{"orang", "org", "peserta", "kursi", "siswa", "pax", "people", "participants"}
)

// intakeCodes are the columns that say something of an intake and nothing of its programme.
var intakeCodes = map[string]bool{
	"number": true, "selection": true, "opens": true, "closes": true, "test": true, "starts": true, "ends": true,
	"quota": true, "reserve": true, "announce": true, "session": true, "enrol_days": true, "intake_place": true,
	"class_days": true, "class_from": true, "class_until": true,
}

// ProgrammeColumns are the codes and headings of what a list of programmes can say.
func ProgrammeColumns() (codes, headings []string) { return codesOf(programmeColumns) }

func codesOf(columns []column) (codes, headings []string) {
	for _, c := range columns {
		codes, headings = append(codes, c.code), append(headings, c.heading)
	}
	return codes, headings
}

// MostRows is how many rows one file of programmes may hold.
const MostRows = 10_000

// A ProgrammeRow is one programme of the file: what it would become, or what is wrong with it. It stands in one row,
// or in several that each have one of its intakes.
type ProgrammeRow struct {
	Sheet    string
	Numbers  []int // of its rows, as the spreadsheet numbers them
	Cells    [][]sheet.Cell
	Import   models.ImportedProgramme `json:"-"` // lies beside it where a row is put aside
	Values   []Value
	Problems []Problem
}

// ProgrammeSheet is a whole file of programmes.
type ProgrammeSheet struct {
	Layout
	Rows      []ProgrammeRow
	Aside     []AsideRow
	Questions []Question
}

// Refused counts the programmes with problems that no answer solves, waiting those that wait for one.
func (s ProgrammeSheet) Refused() (refused, waiting int) {
	for _, r := range s.Rows {
		switch {
		case len(r.Problems) == 0:
		case r.Waits():
			waiting++
		default:
			refused++
		}
	}
	return refused, waiting
}

// Waits says whether the answers that are still open may be all that the row lacks.
func (r ProgrammeRow) Waits() bool {
	for _, p := range r.Problems {
		if !p.Asked {
			return false
		}
	}
	return len(r.Problems) > 0
}

// CountProgrammes says how many rows a file of programmes has, without reading what they say. A *sheet.Refusal says why it is
// not read at all.
func CountProgrammes(f File) (rows int, err error) {
	o, err := open(f, programmeColumns, MostRows)
	if err != nil {
		return 0, err
	}
	for _, g := range o.grids {
		rows += len(g.Rows)
	}
	return rows, o.readsLikeData()
}

// ReadProgrammes reads a file of programmes. A *sheet.Refusal says why it is not read at all.
func ReadProgrammes(f File, lists Lists) (ProgrammeSheet, error) {
	o, err := open(f, programmeColumns, MostRows)
	if err != nil {
		return ProgrammeSheet{Layout: o.Layout}, err
	}
	if err := o.readsLikeData(); err != nil {
		return ProgrammeSheet{Layout: o.Layout}, err
	}
	q := &questions{answers: f.Answers}
	o.leave(q)
	orders := dateOrders(o.grids, programmeColumns, q)
	known := programmeWords(lists)
	var join joiner
	var aside []AsideRow
	for _, g := range o.grids {
		join.next(g.Sheet)
		for _, row := range g.Rows {
			read := &reader{columns: programmeColumns, grid: g, row: row, orders: orders, words: known, answers: f.Answers, asked: q}
			if a, set := read.setAside(join.last() != nil); set {
				a.Cells = o.cells(g, row)
				aside = append(aside, a)
				if !a.Taken {
					continue
				}
			}
			join.add(read, o.cells(g, row))
		}
	}
	return ProgrammeSheet{Layout: o.Layout, Rows: join.done(), Aside: aside, Questions: q.list}, nil
}

// cells are a row's cells in the order of the file's columns, for handing it back.
func (o opened) cells(g grid, row sheet.Row) []sheet.Cell {
	at := map[string]int{}
	for _, c := range g.Columns {
		at[c.Key] = c.Index
	}
	list := make([]sheet.Cell, len(o.Columns))
	for i, c := range o.Columns {
		if n, ok := at[c.Key]; ok {
			list[i] = row.Cell(n)
		}
	}
	return list
}

// line is what one row says: a programme, and an intake where it has one.
type line struct {
	*reader
	code    string
	content models.ProgrammeContent
	intake  *models.ImportedIntake
	cells   []sheet.Cell
}

// programme reads the row's programme and, when it names dates or a quota, its intake.
func (r *reader) programme() line {
	l := line{reader: r, code: r.text("code", models.ProgrammeTextMost["code"])}
	c := &l.content
	text := func(code string) string { return r.text(code, models.ProgrammeTextMost[code]) }
	number := func(code string) *int { return r.number(code, models.ProgrammeRanges[code]) }
	c.Title, c.Description, c.RefundRule, c.Place = text("title"), text("description"), text("refund"), text("place")
	c.MinutesPerJP, c.Destinations = 45, []string{}
	c.SectorCode, c.EducationMin, c.RegencyCode = r.word("sector"), r.word("education"), r.word("regency")
	c.Funding, c.Method = r.word("funding"), r.word("method")
	c.HoursJP, c.Days, c.AgeMin, c.AgeMax = number("hours"), number("days"), number("age_min"), number("age_max")
	c.RequiresDKI, c.OutcomeTraining, c.OutcomeBNSP = r.yes("dki", false), r.yes("training", true), r.yes("bnsp", false)
	cost := r.money("cost")
	if c.Costs = r.costLines("costs", cost); c.Costs == nil && cost > 0 {
		c.Costs = []models.CostLine{{Label: "Biaya pelatihan", Amount: cost}}
	}
	r.further(c)
	for _, fault := range c.Contradictions() {
		switch fault.Key {
		case models.FaultAgeOrder:
			r.fail("age_max", "order")
		case models.FaultPublicMoney:
			r.fail("cost", "public_money")
		case models.FaultTooMany:
			r.fail(fault.Field, "too_many")
		}
	}
	l.intake = r.intake()
	return l
}

// further reads what few files have of a programme.
func (r *reader) further(c *models.ProgrammeContent) {
	for code, into := range map[string]*string{
		"scheme": &c.Scheme, "units": &c.Units, "requirements": &c.Requirements, "physical": &c.PhysicalNeeds,
		"language_needs": &c.LanguageNeeds, "prepare": &c.Prepare, "street": &c.Address, "facilities": &c.Facilities,
		"allowance": &c.Allowance, "accessibility": &c.Accessibility, "contact": &c.Contact, "outcome_language": &c.OutcomeLanguage,
	} {
		*into = r.text(code, models.ProgrammeTextMost[code])
	}
	c.OccupationCode, c.KKNILevel = r.word("occupation"), r.number("kkni", models.ProgrammeRanges["kkni"])
	c.RequiredCertificates, c.Destinations = r.several("certificate"), append(c.Destinations, r.several("destinations")...)
	if minutes := r.word("minutes"); minutes != nil && *minutes == "60" {
		c.MinutesPerJP = 60
	}
	if !r.cell("mobile").Blank() {
		c.MobileUnit = r.yes("mobile", false)
	}
}

// intake reads the row's intake, nil when it has none.
func (r *reader) intake() *models.ImportedIntake {
	in := &models.ImportedIntake{IntakeInput: models.IntakeInput{Selection: models.ByTest, Quota: 16, EnrolDays: 3}}
	opens, closes := r.date("opens"), r.date("closes")
	in.TestOn, in.AnnounceOn, in.StartsOn, in.EndsOn = r.date("test"), r.date("announce"), r.date("starts"), r.date("ends")
	number, quota := r.number("number", models.IntakeRanges["number"]), r.number("quota", models.IntakeRanges["quota"])
	reserve, selection := r.number("reserve", models.IntakeRanges["reserve"]), r.word("selection")
	enrol, session := r.number("enrol_days", models.IntakeRanges["enrol_days"]), r.word("session")
	in.ClassDays, in.ClassFrom, in.ClassUntil = r.several("class_days"), r.clock("class_from"), r.clock("class_until")
	in.Place = r.text("intake_place", models.ProgrammeTextMost["place"])
	if opens == nil && closes == nil && in.StartsOn == nil && in.EndsOn == nil && quota == nil {
		return nil
	}
	if number != nil {
		in.Number = *number
	}
	if reserve != nil {
		in.ReserveSeats = *reserve
	}
	if enrol != nil {
		in.EnrolDays = *enrol
	}
	if session != nil {
		in.Session = *session
	}
	if selection != nil {
		in.Selection = models.Selection(*selection)
	} else {
		r.assume("selection", "default", r.words["selection"].value(string(models.ByTest)))
	}
	if quota != nil {
		in.Quota = *quota
	} else {
		r.assume("quota", "default", Value{Text: "16"})
	}
	if opens != nil {
		at := record.DateDay(*opens).Start().Add(8 * time.Hour)
		in.OpensAt = &at
		r.mark("opens", "at_eight")
	}
	if closes != nil {
		at := record.DateDay(*closes).End()
		in.ClosesAt = &at
	}
	for _, field := range in.OutOfOrder() {
		r.fail(field, "order")
	}
	return in
}

// assume adds a value that the row does not have.
func (r *reader) assume(code, why string, v Value) {
	v.Code, v.Heading, v.Assumed = code, r.heading(code), why
	r.values = append(r.values, v)
}

// mark says of a value that was read that more was assumed than stood there.
func (r *reader) mark(code, why string) {
	for i := range r.values {
		if r.values[i].Code == code && r.values[i].Assumed == "" {
			r.values[i].Assumed = why
		}
	}
}

// Fields are the columns of the template for programmes.
func Fields() []sheet.Field {
	fields := make([]sheet.Field, len(programmeColumns))
	for i, c := range programmeColumns {
		fields[i] = sheet.Field{Name: c.heading}
	}
	return fields
}

// exampleTitle is how the template's example row is known again.
const exampleTitle = "Contoh: Pengelasan SMAW 3G"

// Example is the template's example row, visibly one.
func Example() []sheet.Cell {
	var cells []sheet.Cell
	for _, text := range []string{
		exampleTitle, "LAS-01", "Belajar mengelas pelat.", "Teknik",
		"240", "30", "18", "45", "SMP", "ya", "APBD", "", "", "", "tatap muka", "Jakarta Timur", "Bengkel 1", "ya", "ya",
		"", "", "", "", "", "45", "", "", "", "", "Baju kerja", "Jl. Contoh 1, Duren Sawit", "tidak", "Makan siang",
		"Rp20.000 per hari hadir", "", "", "",
		"1", "tes", "1 Februari 2027", "15 Februari 2027", "", "", "1 Maret 2027", "10 April 2027", "16", "2", "pagi",
		"Senin; Selasa; Rabu", "08.00", "16.00", "3", "",
	} {
		cells = append(cells, sheet.TextCell(text))
	}
	return cells
}
