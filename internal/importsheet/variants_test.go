package importsheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"naikkelas/internal/importsheet"
	"naikkelas/models"
)

// lists are a few of the portal's own, as the database has them.
var lists = importsheet.Lists{
	Sectors: []models.Sector{
		{Code: "teknik", Name: models.Text{ID: "Teknik", EN: "Engineering"}},
		{Code: "perhotelan", Name: models.Text{ID: "Perhotelan", EN: "Hospitality"}},
		{Code: "kreatif", Name: models.Text{ID: "Industri kreatif", EN: "Creative work"}},
	},
	Education: []models.EducationLevel{
		{Code: "NONE", Name: models.Text{ID: "Tidak atau belum sekolah"}}, {Code: "SD", Name: models.Text{ID: "SD, MI, atau Paket A"}},
		{Code: "SMP", Name: models.Text{ID: "SMP, MTs, atau Paket B"}}, {Code: "SMA", Name: models.Text{ID: "SMA, MA, atau Paket C"}},
		{Code: "SMK", Name: models.Text{ID: "SMK atau MAK"}}, {Code: "D3", Name: models.Text{ID: "Diploma III"}},
		{Code: "S1", Name: models.Text{ID: "Sarjana (S1)"}},
	},
	Occupations: []models.Occupation{
		{Code: "ENG01", Name: models.Text{ID: "Juru las", EN: "Welder"}},
		{Code: "ENG02", Name: models.Text{ID: "Juru listrik", EN: "Electrician"}},
	},
	Certificates: []models.CertificateType{
		{Code: "BNSP_LSP", Name: models.Text{ID: "Sertifikat kompetensi BNSP", EN: "BNSP certificate"}},
		{Code: "TOEFL", Name: models.Text{ID: "TOEFL", EN: "TOEFL"}},
	},
	Countries: []models.Country{
		{Code: "JP", Name: models.Text{ID: "Jepang", EN: "Japan"}}, {Code: "KR", Name: models.Text{ID: "Korea Selatan", EN: "South Korea"}},
	},
	Regencies: []models.Regency{
		{Code: "31.01", Name: "Kepulauan Seribu", Jakarta: true}, {Code: "31.75", Name: "Jakarta Timur", Jakarta: true},
		{Code: "31.74", Name: "Jakarta Selatan", Jakarta: true}, {Code: "32.16", Name: "Kabupaten Bekasi"}, {Code: "32.75",
			Name: "Kota Bekasi"},
		{Code: "36.03", Name: "Kabupaten Tangerang"}, {Code: "36.71", Name: "Kota Tangerang"}, {Code: "36.74",
			Name: "Kota Tangerang Selatan"},
		{Code: "35.07", Name: "Kabupaten Malang"}, {Code: "35.73", Name: "Kota Malang"}, {Code: "32.71", Name: "Kota Bogor"},
	},
}

// read reads a text or a workbook as an upload with answers.
func read(t testing.TB, content []byte, answers map[string]string) importsheet.ProgrammeSheet {
	t.Helper()
	s, err := importsheet.ReadProgrammes(file(content, answers), lists)
	if err != nil {
		t.Fatalf("not read: %v", err)
	}
	return s
}

func file(content []byte, answers map[string]string) importsheet.File {
	return importsheet.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: "daftar.csv", Answers: answers}
}

// text is a semicolon CSV.
func text(lines ...string) []byte { return []byte(strings.Join(lines, "\n") + "\n") }

// problems are the keys of a row's problems with their columns.
func problems(r importsheet.ProgrammeRow) string {
	var list []string
	for _, p := range r.Problems {
		list = append(list, p.Column+"="+p.Key)
	}
	return strings.Join(list, " ")
}

// value finds what a row's column became.
func value(r importsheet.ProgrammeRow, code string) importsheet.Value {
	i := slices.IndexFunc(r.Values, func(v importsheet.Value) bool { return v.Code == code })
	if i < 0 {
		return importsheet.Value{}
	}
	return r.Values[i]
}

// book makes a workbook of sheets; change may do more to it.
func book(t testing.TB, sheets map[string][][]any, order []string, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for i, name := range order {
		if i == 0 {
			must(t, f.SetSheetName("Sheet1", name))
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[name] {
			must(t, f.SetSheetRow(name, fmt.Sprintf("A%d", r+1), &row))
		}
	}
	if change != nil {
		change(f)
	}
	var b bytes.Buffer
	must(t, f.Write(&b))
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const short = "Nama pelatihan;Kode;Pendaftaran ditutup;Pelatihan mulai;Kuota;Biaya peserta;Bidang;Kota"

// A row with dates and nothing else shows what was assumed for it, and every value as it was read (F098).
func TestF098EveryValueIsShownAndAssumptionsAreMarked(t *testing.T) {
	s := read(t, text(short+";Pendaftaran dibuka;Jumlah JP",
		"Las;A1;15 Februari 2027;1 Maret 2027;;Rp1.250.000;Teknik;Jakarta Timur;1 Februari 2027;240 JP"), nil)
	r := s.Rows[0]
	for code, want := range map[string]string{
		"quota": "16 default", "number": "1 default", "selection": " default", "opens": " at_eight", "closes": " ",
		"hours": "240 ", "training": " default",
	} {
		if v := value(r, code); v.Text+" "+v.Assumed != want {
			t.Errorf("%s: %q, assumed %q, want %q", code, v.Text, v.Assumed, want)
		}
	}
	if v := value(r, "cost"); v.Money == nil || *v.Money != 1_250_000 || value(r, "regency").Name.ID != "Jakarta Timur" {
		t.Errorf("cost %+v, place %+v", v, value(r, "regency"))
	}
	half := read(t, text(short, "Las;A1;15 Februari 2027;;;;Teknik;"), nil).Rows[0]
	if len(half.Import.Intakes) != 1 || value(half, "quota").Assumed != "default" {
		t.Errorf("half an intake: %+v", half.Import.Intakes)
	}
	small := text(short, "Las;A1;;;16;1.250;Teknik;", "Boga;A2;;;16;9.999;Teknik;", "Jahit;A3;;;16;10.000;Teknik;")
	s = read(t, small, nil)
	if importsheet.Open(s.Questions) != 1 || s.Questions[0].Rows != 2 || !s.Rows[0].Waits() || len(s.Rows[2].Problems) > 0 {
		t.Errorf("amounts under Rp10.000: %+v", s.Questions)
	}
	s = read(t, small, map[string]string{"cost-small": "thousands"})
	if got := s.Rows[0].Import.Content.Total(); got != 1_250_000 || importsheet.Open(s.Questions) != 0 {
		t.Errorf("with thousands %d", got)
	}
}

// Names with two meanings are asked once for all their rows; official names and common short ones are known (F099).
func TestF099PlacesAreKnownOrAsked(t *testing.T) {
	for place, code := range map[string]string{
		"JAKARTA TIMUR": "31.75", "Kota Jakarta Timur": "31.75", "Kab. Bekasi": "32.16", "Kota Bekasi": "32.75", "Jaktim": "31.75",
		"Kota Adm. Jakarta Timur": "31.75", "Kota Administrasi Jakarta Timur": "31.75", "Kab. Kepulauan Seribu": "31.01",
		"Kab. Adm. Kepulauan Seribu": "31.01", "Tangerang Selatan": "36.74", "jaksel": "31.74", "Kabupaten Malang": "35.07",
	} {
		r := read(t, text(short, "Las;A1;;;16;;Teknik;"+place), nil).Rows[0]
		if c := r.Import.Content.RegencyCode; c == nil || *c != code {
			t.Errorf("%s: %v, %s", place, c, problems(r))
		}
	}
	for place, options := range map[string]int{"Bekasi": 2, "Tangerang": 2, "malang": 2, "Jakarta": 3,
		"Atlantis": len(lists.Regencies)} {
		content := text(short, "Las;A1;;;16;;Teknik;"+place, "Boga;A2;;;16;;Teknik;"+strings.ToUpper(place))
		s := read(t, content, nil)
		if len(s.Questions) != 1 || s.Questions[0].Rows != 2 || len(s.Questions[0].Options) != options+2 || !s.Rows[1].Waits() {
			t.Fatalf("%s: %+v", place, s.Questions)
		}
		q := s.Questions[0]
		s = read(t, content, map[string]string{q.Name: q.Options[1].Value})
		if c := s.Rows[1].Import.Content.RegencyCode; c == nil || *c != q.Options[1].Value || len(s.Rows[0].Problems) > 0 {
			t.Errorf("%s answered: %v", place, c)
		}
		if s = read(t, content, map[string]string{q.Name: "none"}); value(s.Rows[0], "regency").Assumed != "left_open" {
			t.Errorf("%s left open: %+v", place, value(s.Rows[0], "regency"))
		}
		if s = read(t, content, map[string]string{q.Name: "reject"}); s.Rows[0].Waits() || problems(s.Rows[0]) != "Kota=unknown_word" {
			t.Errorf("%s refused: %s", place, problems(s.Rows[0]))
		}
		if s = read(t, content, map[string]string{q.Name: "99.99"}); !s.Rows[0].Waits() {
			t.Errorf("%s: an answer that was not offered is taken", place)
		}
	}
}

// Rows that are no listings are set aside with the reason; the person may take them all the same (F102, F110).
func TestF102F110WhatIsNoListingIsSetAside(t *testing.T) {
	content := text("Daftar pelatihan;;;", "", "No;"+short,
		"1;Las;A1;15 Februari 2027;1 Maret 2027;16;0;Teknik;Jakarta Timur",
		"No;"+short,
		";Catatan: diisi oleh admin;;;;;;;", ";;;;;;;;Jakarta, 3 Maret 2027", ";Mengetahui,;;;;;;;Jakarta Timur", ";Kepala UPT;;;;;;;",
		"2;;;;;;;;", ";-;-;--;-;-;-;-;-", "; ;;;;;;; ", ";Jumlah;;;;16;0;;", "Total;;;;;16;;;", ";Juru las kapal;;;;;;;")
	s := read(t, content, nil)
	got := map[int]string{}
	for _, a := range s.Aside {
		got[a.Number] = a.Why
	}
	want := map[int]string{5: "heading", 6: "note", 7: "note", 8: "note", 9: "note", 10: "number", 13: "total", 14: "total",
		15: "only_name"}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(s.Rows) != 1 {
		t.Errorf("aside %v, want %v; %d rows", got, want, len(s.Rows))
	}
	s = read(t, content, map[string]string{"take-0-15": "yes"})
	if len(s.Rows) != 2 || s.Rows[1].Import.Content.Title != "Juru las kapal" {
		t.Errorf("a row that is wanted all the same: %+v", s.Rows)
	}
	var example []string
	for _, f := range importsheet.Fields() {
		example = append(example, f.Name)
	}
	line := []string{}
	for _, c := range importsheet.Example() {
		line = append(line, c.Text)
	}
	s = read(t, text(strings.Join(example, ";"), strings.Join(line, ";")), nil)
	if len(s.Rows) != 0 || len(s.Aside) != 1 || s.Aside[0].Why != "example" {
		t.Errorf("the template unchanged: %d rows, %+v", len(s.Rows), s.Aside)
	}
	var blank [][]any
	blank = append(blank, []any{"Nama pelatihan", "Kode", "Kuota"}, []any{"Las", "A1", 16})
	for range 3000 {
		blank = append(blank, []any{" ", "", "\u00a0"})
	}
	if s = read(t, book(t, map[string][][]any{"Isian": blank}, []string{"Isian"}, nil), nil); len(s.Rows) != 1 || len(s.Aside) > 0 {
		t.Errorf("formatted rows: %d rows, %d aside", len(s.Rows), len(s.Aside))
	}
	list := [][]any{{"x"}, {"x"}, {nil, "Nama pelatihan", "Kode", "Kuota"}, {nil, "Las", "A1", 16}, {nil, "Boga", "A2", 20}, {nil,
		"Total", nil, 36}}
	table := book(t, map[string][][]any{"Isian": list}, []string{"Isian"}, nil)
	if s = read(t, table, nil); len(s.Rows) != 2 || len(s.Aside) != 1 || s.Aside[0].Why != "total" {
		t.Errorf("table with a totals row: %d rows, %+v", len(s.Rows), s.Aside)
	}
}

// Every sheet that fits is read and named, and each that is left out with the reason (F104).
func TestF104EverySheetThatFitsIsRead(t *testing.T) {
	head := []any{"Nama pelatihan", "Kode", "Bidang", "Kuota"}
	content := book(t, map[string][][]any{
		"Sampul": {{"Daftar pelatihan 2027"}}, "TEKNIK": {head, {"Las", "T1", "Teknik", 16}},
		"PERHOTELAN": {{"Kode", "Nama pelatihan", "Kuota", "Bidang"}, {"P1", "Barista", 20, "Perhotelan"}, {"P2", "Tata graha", 20,
			"Perhotelan"}},
		"Kosong": {head}, "Daftar kode": {{"Singkatan", "Arti"}, {"JP", "Jam pelajaran"}}, "Rahasia": {head, {"Lama", "L1",
			"Teknik", 1}},
	}, []string{"Sampul", "TEKNIK", "PERHOTELAN", "Kosong", "Daftar kode", "Rahasia"}, func(f *excelize.File) {
		must(t, f.SetSheetVisible("Rahasia", false))
	})
	s := read(t, content, nil)
	var titles, why []string
	for _, r := range s.Rows {
		titles = append(titles, r.Sheet+":"+r.Import.Content.Title)
	}
	for _, n := range s.Sheets {
		why = append(why, n.Name+":"+n.Why)
	}
	if got := strings.Join(titles, " "); got != "TEKNIK:Las PERHOTELAN:Barista PERHOTELAN:Tata graha" {
		t.Errorf("read %s", got)
	}
	if got := strings.Join(why, " "); got != "Sampul:empty TEKNIK: PERHOTELAN: Kosong:empty Daftar kode:no_columns Rahasia:hidden" {
		t.Errorf("sheets %s", got)
	}
	if importsheet.Open(s.Questions) != 0 {
		t.Errorf("asks %+v", s.Questions)
	}
	if s = read(t, content, map[string]string{"sheet-1": "leave"}); len(s.Rows) != 2 || s.Rows[0].Import.Code != "P1" {
		t.Errorf("one left out: %+v", s.Rows)
	}
}

// Doubled and unknown headings are named, and another one of them may be chosen (F105).
func TestF105DoubledHeadingsAreNamedAndMayBeChosen(t *testing.T) {
	content := text("Nama pelatihan;Kode;KODE;Kuota;Kuota;Catatan;", "Las;A1;B1;16;20;x;sisa", "Boga;A2;B2;17;21;;")
	s := read(t, content, nil)
	var twice []string
	for _, c := range s.Columns {
		if c.Twice {
			twice = append(twice, c.Key)
		}
	}
	if fmt.Sprint(twice) != "[kode kode#2 kuota kuota#2]" || fmt.Sprint(s.Dropped()) != "[KODE (2) Kuota (2) Catatan G]" {
		t.Errorf("twice %v, dropped %v", twice, s.Dropped())
	}
	s = read(t, content, map[string]string{"col-title": "namapelatihan", "col-code": "kode#2", "col-quota": "kuota#2"})
	if r := s.Rows[0].Import; r.Code != "B1" || r.Intakes[0].Quota != 20 {
		t.Errorf("chosen: %+v", r)
	}
}

// The three ways in which people write several intakes of one programme make one listing (F106).
func TestF106RowsOfOneProgrammeJoin(t *testing.T) {
	head := "Nama pelatihan;Kode;Bidang;Pendaftaran ditutup;Pelatihan mulai;Kuota"
	merged := book(t, map[string][][]any{"Isian": {
		{"Nama pelatihan", "Kode", "Bidang", "Pendaftaran ditutup", "Pelatihan mulai", "Kuota"},
		{"Las", "A1", "Teknik", "1 Februari 2027", "1 Maret 2027", 16}, {nil, nil, nil, "1 April 2027", "1 Mei 2027", 16},
		{nil, nil, nil, "1 Juni 2027", "1 Juli 2027", 16}, {"Boga", "A2", "Teknik", "1 Juni 2027", "1 Juli 2027", 16},
	}}, []string{"Isian"}, func(f *excelize.File) {
		for _, c := range []string{"A", "B", "C"} {
			must(t, f.MergeCell("Isian", c+"2", c+"4"))
		}
	})
	for name, content := range map[string][]byte{
		"same code": text(head, "Las;A1;Teknik;1 Februari 2027;1 Maret 2027;16", "Las;a1;Teknik;1 April 2027;1 Mei 2027;16",
			"Boga;A2;Teknik;1 Juni 2027;1 Juli 2027;16", "LAS;A1;;1 Juni 2027;1 Juli 2027;16"),
		"code once": text(head, "Las;A1;Teknik;1 Februari 2027;1 Maret 2027;16", "Las;;Teknik;1 April 2027;1 Mei 2027;16",
			"Las;;Teknik;1 Juni 2027;1 Juli 2027;16", "Boga;A2;Teknik;1 Juni 2027;1 Juli 2027;16"),
		"no codes": text(head, "Las;;Teknik;1 Februari 2027;1 Maret 2027;16", "Las;;Teknik;1 April 2027;1 Mei 2027;16",
			"Las;;Teknik;1 Juni 2027;1 Juli 2027;16", "Boga;A2;Teknik;1 Juni 2027;1 Juli 2027;16"),
		"dates below": text(head, "Las;A1;Teknik;1 Februari 2027;1 Maret 2027;16", ";;;1 April 2027;1 Mei 2027;16",
			";;;1 Juni 2027;1 Juli 2027;16", "Boga;A2;Teknik;1 Juni 2027;1 Juli 2027;16"),
		"merged cells": merged,
	} {
		s := read(t, content, nil)
		if len(s.Rows) != 2 || len(s.Rows[0].Import.Intakes) != 3 || problems(s.Rows[0]) != "" || len(s.Rows[1].Import.Intakes) != 1 {
			t.Errorf("%s: %d rows, first %+v %s, aside %+v", name, len(s.Rows), s.Rows[0].Import, problems(s.Rows[0]), s.Aside)
			continue
		}
		var numbers []int
		for _, in := range s.Rows[0].Import.Intakes {
			numbers = append(numbers, in.Number)
		}
		if fmt.Sprint(numbers) != "[1 2 3]" || len(s.Rows[0].Numbers) != 3 {
			t.Errorf("%s: numbers %v in rows %v", name, numbers, s.Rows[0].Numbers)
		}
	}
	s := read(t, text(head, "Las;A1;Teknik;1 Februari 2027;1 Maret 2027;16", "Boga;A1;Teknik;1 April 2027;1 Mei 2027;16",
		"Las;A1;Teknik;1 Februari 2027;1 Maret 2027;16", "Las;A1;Perhotelan;1 Juni 2027;1 Juli 2027;16"), nil)
	for i, want := range []string{"", "Kode=twice", "Kode=twice", "Kode=twice"} {
		if got := problems(s.Rows[i]); got != want {
			t.Errorf("row %d: %q, want %q", i, got, want)
		}
	}
}
