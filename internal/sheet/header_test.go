package sheet_test

import (
	"reflect"
	"strings"
	"testing"

	"naikkelas/internal/sheet"
)

var programme = [][]string{
	{"Nama pelatihan", "judul"}, {"Kuota", "jumlah peserta"}, {"Biaya"}, {"Tanggal mulai"}, {"Sektor"}, {"Penutupan"},
}

func TestHeaderIsFoundBelowTitles(t *testing.T) {
	const text = "Daftar Pelatihan Tahun 2026\nLPK Nama Biasa,Biaya\n\n" +
		"No.,NAMA_PELATIHAN *,Jumlah  Peserta,Biaya (Rp),Judul,Catatan\n1,Las,20,0,x,y\n"
	m, err := openText(t, text, sheet.Options{}).Header(programme)
	if err != nil {
		t.Fatal(err)
	}
	want := sheet.Mapping{
		Row: 4, Width: 6, Columns: []int{1, 2, 3, -1, -1, -1},
		Unknown:  []sheet.Column{{Index: 0, Name: "No."}, {Index: 5, Name: "Catatan"}},
		Repeated: []sheet.Column{{Index: 4, Name: "Judul"}},
	}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got %+v, want %+v", m, want)
	}
	if m.Has(3) || !m.Has(2) || m.Unknown[1].Letter() != "F" {
		t.Errorf("has date %v, has cost %v, letter %s", m.Has(3), m.Has(2), m.Unknown[1].Letter())
	}
}

func TestHeaderRefusals(t *testing.T) {
	tests := []struct {
		name, text string
		want       sheet.Reason
		row        int
	}{
		{"other columns", "Year,Jan,Feb\n1880,1,2\n", sheet.ReasonHeaderNotFound, 0},
		{"one name is not enough", "Biaya,Jan,Feb\n1880,1,2\n", sheet.ReasonHeaderNotFound, 0},
		{"header too far down", strings.Repeat("x,y\n", 20) + "Judul,Kuota\nLas,1\n", sheet.ReasonHeaderNotFound, 0},
		{"one byte", "a", sheet.ReasonEmpty, 0},
		{"header only", "Judul,Kuota\n", sheet.ReasonEmpty, 1},
		{"header and blank rows", "Judul,Kuota\n,,\n \n", sheet.ReasonEmpty, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := openText(t, tt.text, sheet.Options{}).Header(programme)
			if got := reason(err); got != tt.want || m.Row != tt.row {
				t.Errorf("got %q with row %d, want %q with %d", got, m.Row, tt.want, tt.row)
			}
		})
	}
}

func TestBodyPadsRowsAndReportsWhatSticksOut(t *testing.T) {
	b := openText(t, "title\nJudul,Kuota,Biaya\nLas\nBoga,1,2,-,stray\n", sheet.Options{})
	m, err := b.Header(programme)
	if err != nil {
		t.Fatal(err)
	}
	var rows []sheet.Row
	if err := b.Body(m, func(r sheet.Row) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].Number != 3 || len(rows[0].Cells) != 3 || len(rows[1].Cells) != 3 {
		t.Fatalf("got %+v", rows)
	}
	if len(rows[0].Extra) != 0 || len(rows[1].Extra) != 1 || rows[1].Extra[0].Text != "stray" {
		t.Errorf("extra: got %+v and %+v", rows[0].Extra, rows[1].Extra)
	}
}

func TestPreviewShowsTheLikelyHeader(t *testing.T) {
	text := "Daftar lembaga\n\nNama,Kota,,Tahun\n" + strings.Repeat("LPK A,Jakarta,x,2010\n", 8)
	p, err := openText(t, text, sheet.Options{}).Preview()
	if err != nil {
		t.Fatal(err)
	}
	columns := []sheet.Column{{Index: 0, Name: "Nama"}, {Index: 1, Name: "Kota"}, {Index: 2}, {Index: 3, Name: "Tahun"}}
	if p.Row != 3 || !reflect.DeepEqual(p.Columns, columns) || len(p.Sample) != 5 || p.Sample[0].Number != 4 {
		t.Errorf("got %+v", p)
	}
	m := p.Mapping([]int{1, -1})
	if m.Row != 3 || m.Width != 4 || !reflect.DeepEqual(m.Unknown, []sheet.Column{columns[0], columns[3]}) {
		t.Errorf("mapping: got %+v", m)
	}
}

func TestPreviewRefusals(t *testing.T) {
	tests := []struct {
		name, text string
		want       sheet.Reason
	}{
		{"numbers only", "Title\nYear,2000,2001,2002\nTimber,1,2,3\n", sheet.ReasonHeaderNotFound},
		{"one byte", "a", sheet.ReasonEmpty},
		{"header last", "1,2\n3,4\nNama,Kota\n", sheet.ReasonEmpty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := openText(t, tt.text, sheet.Options{}).Preview(); reason(err) != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestColumnLetter(t *testing.T) {
	for index, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := sheet.ColumnLetter(index); got != want {
			t.Errorf("column %d: got %s, want %s", index, got, want)
		}
	}
}
