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
	got := tableOf(t, openText(t, text, sheet.Options{}), programme)
	if got.Header != 4 || got.Hits != 3 || !reflect.DeepEqual(got.Guess, []int{1, 2, 3, -1, -1, -1}) || len(got.Rows) != 1 {
		t.Errorf("got %+v", got)
	}
	if len(got.Columns) != 6 || got.Columns[5].Letter() != "F" || got.Columns[0].Key != "no" ||
		got.Columns[1].Name != "NAMA_PELATIHAN *" {
		t.Errorf("columns %+v", got.Columns)
	}
}

func TestTablesThatAreNone(t *testing.T) {
	tests := []struct {
		name, text string
		want       sheet.Reason
		header     int
	}{
		{"numbers only", "Title\nYear,2000,2001,2002\nTimber,1,2,3\n", sheet.ReasonHeaderNotFound, 0},
		{"header too far down", strings.Repeat("7,8\n", 20) + "Judul,Kuota\nLas,1\n", sheet.ReasonHeaderNotFound, 0},
		{"one byte", "a", sheet.ReasonEmpty, 1},
		{"header only", "Judul,Kuota\n", sheet.ReasonEmpty, 1},
		{"header and blank rows", "Judul,Kuota\n,,\n \n-,--\n", sheet.ReasonEmpty, 1},
		{"header last", "1,2\n3,4\nNama,Kota\n", sheet.ReasonEmpty, 3},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tableOf(t, openText(t, tt.text, sheet.Options{}), programme)
			if got.Reason != tt.want || got.Header != tt.header {
				t.Errorf("got %q with header %d, want %q with %d", got.Reason, got.Header, tt.want, tt.header)
			}
		})
	}
}

// Other headings than ours are shown with a key of their own, columns without a heading by their letter.
func TestTablesShowTheLikelyHeader(t *testing.T) {
	text := "Daftar lembaga\n\nNama,Kota,,Tahun,kota\n" + strings.Repeat("LPK A,Jakarta,x,2010,y\n", 8)
	got := tableOf(t, openText(t, text, sheet.Options{}), programme)
	var keys []string
	for _, c := range got.Columns {
		keys = append(keys, c.Key)
	}
	if want := []string{"nama", "kota", "@C", "tahun", "kota#2"}; got.Header != 3 || len(got.Rows) != 8 || !reflect.DeepEqual(keys,
		want) {
		t.Errorf("got keys %q, want %q; %+v", keys, want, got)
	}
}

func TestColumnLetter(t *testing.T) {
	for index, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := sheet.ColumnLetter(index); got != want {
			t.Errorf("column %d: got %s, want %s", index, got, want)
		}
	}
}
