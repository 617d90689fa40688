package importsheet_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
)

// Own lists and English headings are read, or asked about with what was recognised; headings of earlier files are
// remembered; a file without headings is refused with what was found (F107).
func TestF107OwnListsAreMapped(t *testing.T) {
	own := text("NO;KEJURUAN;PROGRAM PELATIHAN;SUMBER DANA;LAMA PELATIHAN (JP);JML PESERTA;TGL MULAI;PAKAIAN",
		"1;Teknik;Las;APBD;240;16;1 Maret 2027;wearpack")
	s := read(t, own, nil)
	if r := s.Rows[0].Import; !s.Sure || r.Content.Title != "Las" || *r.Content.HoursJP != 240 || r.Intakes[0].Quota != 16 ||
		fmt.Sprint(s.Dropped()) != "[NO PAKAIAN]" {
		t.Errorf("own list: sure %v, %+v, dropped %v", s.Sure, r, s.Dropped())
	}
	s = read(t, text("Course name;Code;Field;Hours;Cost;City;Start date;Quota",
		"Welding;A1;Engineering;240;0;Jakarta Timur;1 March 2027;16"), nil)
	if r := s.Rows[0].Import; !s.Sure || r.Content.Title != "Welding" || r.Intakes[0].StartsOn == nil {
		t.Errorf("English: sure %v, %+v", s.Sure, r)
	}
	s = read(t, text("Nama pelatihan;Kode;Bidang;Kuota", "Las;A1;Teknik;16"), nil)
	if !s.Sure || len(s.Rows) != 1 || len(s.Rows[0].Problems) > 0 {
		t.Errorf("four columns: %+v", s.Rows)
	}
	foreign := text("Keahlian;Kelompok;Bangku", "Las;Teknik;16", "Boga;Perhotelan;20")
	s = read(t, foreign, nil)
	if s.Sure || len(s.Columns) != 3 || fmt.Sprint(s.Columns[0].Samples) != "[Las Boga]" {
		t.Errorf("foreign headings: sure %v, %+v", s.Sure, s.Columns)
	}
	s = read(t, foreign, map[string]string{"col-title": "keahlian", "col-sector": "kelompok", "col-quota": "bangku"})
	if r := s.Rows[1].Import; !s.Sure || r.Content.Title != "Boga" || r.Intakes[0].Quota != 20 {
		t.Errorf("mapped: %+v", r)
	}
	f := file(foreign, nil)
	f.Known = map[string]string{"keahlian": "title", "kelompok": "sector", "bangku": "quota"}
	if s, err := importsheet.ReadProgrammes(f, lists); err != nil || !s.Sure || s.Rows[0].Import.Content.Title != "Las" {
		t.Errorf("remembered: %+v, %v", s.Rows, err)
	}
	_, err := importsheet.ReadProgrammes(file(text("Las dasar;A1;240;Rp0;1 Maret 2027", "Boga;A2;100;Rp0;1 April 2027"), nil), lists)
	if r, ok := errors.AsType[*sheet.Refusal](err); !ok || r.Reason != sheet.ReasonHeaderNotFound {
		t.Errorf("without headings: %v", err)
	}
	if _, err = importsheet.ReadProgrammes(file(text(short), nil), lists); err == nil {
		t.Error("headings alone are read")
	}
}

// Words and units of daily life are known; an unknown one is asked once for all its rows, with the list (F108).
func TestF108WordsOfDailyLifeAreKnownOrAsked(t *testing.T) {
	head := "Nama pelatihan;Bidang;Sekolah paling rendah;Sumber biaya;Cara belajar;Khusus KTP DKI;Jumlah JP;Jumlah hari;Kuota;Biaya peserta"
	row := func(cells string) importsheet.ProgrammeRow { return read(t, text(head, "Las;"+cells), nil).Rows[0] }
	for _, tt := range [][2]string{
		{"Teknik las;SMA/SMK;APBD DKI;offline;Iya;240 JP;30 hari;16 orang;gratis", "teknik SMA apbd onsite true 240 30 16 0"},
		{"Perhotelan & Pariwisata;SLTA;Subsidi Pemprov;hybrid;tdk;1.200;30;16;ditanggung APBD", "perhotelan SMA apbd blended false 1200 30 16 0"},
		{"kreatif;SMA/SMK sederajat;mandiri;luring;V;240,0;30 hari;16 peserta;1,25 juta", "kreatif SMA self_paid onsite true 240 30 16 1250000"},
		{"Hospitality;D-III;csr;Online;Tidak ada;240;;16;", "perhotelan D3 csr online false 240 0 16 0"},
		{"TEKNIK;Sarjana;apbn;tatap-muka;1;240;30;16;0", "teknik S1 apbn onsite true 240 30 16 0"},
		{"teknik;Paket C;mandiri;blended;0;240;30;16;Rp 1.250.000/peserta", "teknik SMA self_paid blended false 240 30 16 1250000"},
		{"teknik;SMU;swadana;daring;y;240 jam pelajaran;30;16 org;Rp1.500.000,-", "teknik SMA self_paid online true 240 30 16 1500000"},
		{"teknik;Tidak ada;mandiri;daring;Y;240;30;16;1.250.000,00", "teknik NONE self_paid online true 240 30 16 1250000"},
		{"Teknik;SD;mandiri;daring;t;240;30;16;IDR 1,250,000", "teknik SD self_paid online false 240 30 16 1250000"},
	} {
		cells, want := tt[0], tt[1]
		r := row(cells)
		c := r.Import.Content
		days := 0
		if c.Days != nil {
			days = *c.Days
		}
		if problems(r) != "" || c.SectorCode == nil || c.EducationMin == nil || c.Funding == nil || c.Method == nil {
			t.Errorf("%s: %s", cells, problems(r))
			continue
		}
		got := fmt.Sprint(*c.SectorCode, " ", *c.EducationMin, " ", *c.Funding, " ", *c.Method, " ", c.RequiresDKI, " ",
			*c.HoursJP, " ", days, " ",
			r.Import.Intakes[0].Quota, " ", c.Total())
		if got != want {
			t.Errorf("%s: %s, want %s", cells, got, want)
		}
	}
	for cells, want := range map[string]string{
		"Las kapal;;;;;;;16;": "Bidang=asked", ";Kursus;;;;;;16;": "Sekolah paling rendah=asked",
		";;Swadaya;;;;;16;": "Sumber biaya=asked",
		";;Gratis;;;;;16;":  "Sumber biaya=asked", ";;;;X;;;16;": "Khusus KTP DKI=asked", ";;;;;;6 minggu;16;": "Jumlah hari=unit",
		";;;;;240.5;;16;": "Jumlah JP=fraction", ";;;;;100%;;16;": "Jumlah JP=not_a_number",
		";;;;;08:00;;16;":     "Jumlah JP=not_a_number",
		";;;;;dua ratus;;16;": "Jumlah JP=not_a_number", ";;;;;;;16-20;": "Kuota=not_a_number",
		";;;;;;;16;Rp1.500.000 s.d. Rp2.000.000": "Biaya peserta=range",
	} {
		if got := problems(row(cells)); got != want {
			t.Errorf("%s: %q, want %q", cells, got, want)
		}
	}
	many := text(head, "Las;Maritim;;;;;;;16;", "Boga;maritim;;;;;;;16;", "Jahit;MARITIM;;;;;;;16;")
	s := read(t, many, nil)
	if len(s.Questions) != 1 || s.Questions[0].Rows != 3 || s.Questions[0].Options[0].Value != "teknik" {
		t.Fatalf("asks %+v", s.Questions)
	}
	s = read(t, many, map[string]string{s.Questions[0].Name: "teknik"})
	if refused, waiting := s.Refused(); refused+waiting != 0 || *s.Rows[2].Import.Content.SectorCode != "teknik" {
		t.Errorf("answered: %+v", s.Rows)
	}
}

// A formula without its result is named in its row whatever its column holds (F109).
func TestF109FormulasAreNamedInTheirRow(t *testing.T) {
	content := book(t, map[string][][]any{"Isian": {
		{"Nama pelatihan", "Kode", "Jumlah JP", "Bidang"}, {"Las", "A1", nil, "Teknik"}, {"Boga", "A2", 240, "Teknik"},
	}}, []string{"Isian"}, func(f *excelize.File) {
		must(t, f.SetCellFormula("Isian", "C2", "30*8"))
		must(t, f.SetCellFormula("Isian", "D3", "VLOOKUP(1,Z1:Z2,1)"))
		must(t, f.SetCellValue("Isian", "B3", "#DIV/0!"))
	})
	s := read(t, content, nil)
	if got := problems(s.Rows[0]); got != "Jumlah JP=formula" {
		t.Errorf("hours: %q", got)
	}
	if got := problems(s.Rows[1]); !strings.Contains(got, "Kode=formula") {
		t.Errorf("code: %q", got)
	}
}

// The order of days and months is asked once for a file, with real dates and what each answer makes of them; rows are
// judged after it, and columns that prove different orders are asked apart (F111, F112).
func TestF111F112OrderOfDatesIsAskedOnce(t *testing.T) {
	head := "Nama pelatihan;Kode;Pendaftaran dibuka;Pendaftaran ditutup;Pelatihan mulai;Pelatihan selesai;Kuota"
	us := text(head, "Las;A1;1/4/2027;2/15/2027;3/1/2027;4/10/2027;16", "Boga;A2;1/5/2027;2/16/2027;3/2/2027;4/11/2027;16")
	s := read(t, us, nil)
	if len(s.Questions) != 1 || len(s.Questions[0].Values) == 0 || importsheet.Open(s.Questions) != 1 {
		t.Fatalf("asks %+v", s.Questions)
	}
	refused, _ := s.Refused()
	if refused != 0 {
		t.Errorf("%d rows are called wrong before the answer: %s", refused, problems(s.Rows[0]))
	}
	first := s.Questions[0].Options[0]
	if first.Key != "day_first_as" || first.Args[3] != time.Date(2027, time.April, 1, 0, 0, 0, 0, time.UTC) {
		t.Errorf("the answer shows %+v", first)
	}
	s = read(t, us, map[string]string{"order": "month"})
	if r := s.Rows[0]; problems(r) != "" || r.Import.Intakes[0].StartsOn.Format(time.DateOnly) != "2027-03-01" ||
		importsheet.Open(s.Questions) != 0 {
		t.Errorf("answered: %s %+v", problems(r), r.Import.Intakes[0])
	}
	one := text(head, "Las;A1;1 Januari 2027;3/4/2027;1 Mei 2027;;16")
	if s = read(t, one, nil); len(s.Questions) != 1 || s.Questions[0].Values[0] != "3/4/2027" || !s.Rows[0].Waits() {
		t.Errorf("one doubtful column: %+v", s.Questions)
	}
	mixed := text(head, "Las;A1;13/1/2027;2/15/2027;1 Mei 2027;;16", "Boga;A2;14/1/2027;2/3/2027;1 Mei 2027;;16")
	s = read(t, mixed, nil)
	if len(s.Questions) != 1 || s.Questions[0].Name != "order-closes" || s.Questions[0].Heading != "Pendaftaran ditutup" {
		t.Fatalf("different orders: %+v", s.Questions)
	}
	s = read(t, mixed, map[string]string{"order-closes": "month"})
	if got := s.Rows[1].Import.Intakes[0]; got.OpensAt.Day() != 14 || got.ClosesAt.Month() != time.February {
		t.Errorf("different orders answered: %+v", got)
	}
}

// Short years and serials are read and marked; months and weeks are named (F113).
func TestF113ShortYearsAreMarked(t *testing.T) {
	head := "Nama pelatihan;Kode;Pelatihan mulai;Kuota"
	for written, assumed := range map[string]string{"1-Feb-27": "century", "46419": "century", "1 Februari 2027": "",
		"2027-02-01": ""} {
		r := read(t, text(head, "Las;A1;"+written+";16"), nil).Rows[0]
		if v := value(r, "starts"); v.Date == nil || v.Date.Format(time.DateOnly) != "2027-02-01" || v.Assumed != assumed {
			t.Errorf("%s: %+v %s", written, v, problems(r))
		}
	}
	if s := read(t, text(head, "Las;A1;1/2/27;16"), nil); importsheet.Open(s.Questions) != 1 {
		t.Errorf("1/2/27 is not asked: %+v", s.Questions)
	}
	for _, written := range []string{"Agt 2027", "Minggu ke-1 Februari"} {
		if got := problems(read(t, text(head, "Las;A1;"+written+";16"), nil).Rows[0]); got != "Pelatihan mulai=date_day" {
			t.Errorf("%s: %q", written, got)
		}
	}
}

// Hidden rows and columns are counted and asked about (F116).
func TestF116HiddenRowsAreAskedAbout(t *testing.T) {
	content := book(t, map[string][][]any{"Isian": {
		{"Nama pelatihan", "Kode", "Kuota"}, {"Las", "A1", 16}, {"Lama", "A2", 16}, {"Boga", "A3", 16}, {"Usang", "A4", 16},
	}}, []string{"Isian"}, func(f *excelize.File) {
		must(t, f.SetRowVisible("Isian", 3, false))
		must(t, f.SetRowVisible("Isian", 5, false))
		must(t, f.SetColVisible("Isian", "C", false))
	})
	s := read(t, content, nil)
	if importsheet.Open(s.Questions) != 2 || s.Questions[0].Rows+s.Questions[1].Rows != 3 {
		t.Fatalf("asks %+v", s.Questions)
	}
	s = read(t, content, map[string]string{"hidden-rows": "leave", "hidden-columns": "leave"})
	if len(s.Rows) != 2 || s.Rows[1].Import.Code != "A3" || s.Rows[0].Import.Intakes != nil || importsheet.Open(s.Questions) != 0 {
		t.Errorf("left out: %+v", s.Rows)
	}
	if s = read(t, content, map[string]string{"hidden-rows": "take", "hidden-columns": "take"}); len(s.Rows) != 4 ||
		s.Rows[0].Import.Intakes[0].Quota != 16 {
		t.Errorf("taken: %+v", s.Rows)
	}
}

// Letters that are a guess are shown and confirmed; without the word that they are right nothing is saved (F119).
func TestF119GuessedLettersAreConfirmed(t *testing.T) {
	content := []byte("Nama pelatihan;Kode;Kuota\nPengelasan \xe9;A1;16\n")
	s := read(t, content, nil)
	if importsheet.Open(s.Questions) != 1 || fmt.Sprint(s.Questions[0].Values) != "[Pengelasan é]" {
		t.Errorf("asks %+v", s.Questions)
	}
	for answer, open := range map[string]int{"yes": 0, "no": 1} {
		if s = read(t, content, map[string]string{"letters": answer}); importsheet.Open(s.Questions) != open {
			t.Errorf("%s: %d open", answer, importsheet.Open(s.Questions))
		}
	}
	if s = read(t, []byte("Nama pelatihan;Kode;Kuota\nLas \x93listrik\x94 \x96 dasar;A1;16\n"), nil); len(s.Questions) != 0 {
		t.Errorf("quotes and dashes are asked about: %+v", s.Questions)
	}
}
