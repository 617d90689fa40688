package sheet_test

import (
	"reflect"
	"strings"
	"testing"

	"naikkelas/internal/sheet"
)

func TestCSVRecordsAsSpreadsheetsNumberThem(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"LF", "a,b\n1,2\n", []string{"1: a|b", "2: 1|2"}},
		{"CRLF", "a,b\r\n1,2", []string{"1: a|b", "2: 1|2"}},
		{"CR alone", "a,b\r1,2\r", []string{"1: a|b", "2: 1|2"}},
		{"blank lines count", "\n a,b\n\n,,\n1,2\n", []string{"2:  a|b", "5: 1|2"}},
		{"line end in quotes", "a,b\n\"Jl. Raya\nNo. 1\",2\n3,4\n", []string{"1: a|b", "2: Jl. Raya\nNo. 1|2", "3: 3|4"}},
		{"doubled quotes", `a,"say ""hi"""`, []string{`1: a|say "hi"`}},
		{"quote inside is kept", "5\" pipe,b\n", []string{"1: 5\" pipe|b"}},
		{"text behind a quote is kept", "\"Lokasi\" A,b\n", []string{"1: Lokasi A|b"}},
		{"spaces around quotes", "a, \"6,000,000\" ,b\n", []string{"1: a|6,000,000|b"}},
		{"ragged rows are kept", "a,b,c\n1\n1,2,3,4\n", []string{"1: a|b|c", "2: 1", "3: 1|2|3|4"}},
		{"Excel's separator line", "sep=;\r\na;b,c\r\n1;2\r\n", []string{"1: a|b,c", "2: 1|2"}},
		{"commas in addresses do not separate", "Nama;Alamat\nAni;Jl. A, No. 1, Jakarta\nBudi;Jl. B, No. 2, Jakarta\n",
			[]string{"1: Nama|Alamat", "2: Ani|Jl. A, No. 1, Jakarta", "3: Budi|Jl. B, No. 2, Jakarta"}},
		{"amounts do not separate", "Nama;Biaya\nLas;1,250,000\nBoga;2,500,000\n",
			[]string{"1: Nama|Biaya", "2: Las|1,250,000", "3: Boga|2,500,000"}},
		{"tab", "a\tb\n1,5\t2\n", []string{"1: a|b", "2: 1,5|2"}},
		{"bar", "a|b\n1|2\n", []string{"1: a|b", "2: 1|2"}},
		{"one column", "Nama\nAni\n", []string{"1: Nama", "2: Ani"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := texts(rowsOf(t, openText(t, tt.data, sheet.Options{}))); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "Nama;Kota\nRené;Jakarta\nMas’ud;Bekasi\n"
	cp1252 := strings.NewReplacer("é", "\xe9", "’", "\x92").Replace(text)
	tests := []struct {
		name, data string
		choose     sheet.Encoding
		want       sheet.Encoding
		guessed    bool
	}{
		{"UTF-8", text, "", sheet.UTF8, false},
		{"UTF-8 with mark", "\xef\xbb\xbf" + text, "", sheet.UTF8, false},
		{"UTF-8 with mark, chosen", "\xef\xbb\xbf" + text, sheet.UTF8, sheet.UTF8, false},
		{"UTF-16 LE with mark", "\xff\xfe" + wide(text, false), "", sheet.UTF16LE, false},
		{"UTF-16 BE with mark", "\xfe\xff" + wide(text, true), "", sheet.UTF16BE, false},
		{"UTF-16 LE", wide(text, false), "", sheet.UTF16LE, true},
		{"UTF-16 BE", wide(text, true), "", sheet.UTF16BE, true},
		{"windows-1252", cp1252, "", sheet.Windows1252, true},
		{"windows-1252 chosen", cp1252, sheet.Windows1252, sheet.Windows1252, false},
	}
	want := []string{"1: Nama|Kota", "2: René|Jakarta", "3: Mas’ud|Bekasi"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := openText(t, tt.data, sheet.Options{Encoding: tt.choose})
			if b.Encoding != tt.want || b.Guessed != tt.guessed {
				t.Errorf("got %s, guessed %v; want %s, %v", b.Encoding, b.Guessed, tt.want, tt.guessed)
			}
			if got := texts(rowsOf(t, b)); !reflect.DeepEqual(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	t.Run("UTF-8 chosen for what is not", func(t *testing.T) {
		_, err := sheet.Open(strings.NewReader(cp1252), int64(len(cp1252)), "", sheet.Options{Encoding: sheet.UTF8})
		if reason(err) != sheet.ReasonEncoding {
			t.Errorf("got %v, want a refusal for the encoding", err)
		}
	})
	t.Run("late letter", func(t *testing.T) {
		b := openText(t, strings.Repeat("Nama;Kota\n", 20_000)+"Ren\xe9;x\n", sheet.Options{})
		if rows := rowsOf(t, b); b.Encoding != sheet.Windows1252 || rows[len(rows)-1].Cells[0].Text != "René" {
			t.Errorf("got %s and %q", b.Encoding, rows[len(rows)-1].Cells[0].Text)
		}
	})
}

func TestSeparatorCanBeChosen(t *testing.T) {
	b := openText(t, "a,b;c\n1,2;3\n", sheet.Options{Separator: ';'})
	if got, want := texts(rowsOf(t, b)), []string{"1: a,b|c", "2: 1,2|3"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Our template saved by Excel as "CSV UTF-8" begins with a byte order mark.
func TestP068_ByteOrderMarkDoesNotHideTheFirstHeader(t *testing.T) {
	b := openText(t, "\xef\xbb\xbfNama,Kuota\r\nLas,20\r\n", sheet.Options{})
	if got := tableOf(t, b, [][]string{{"Nama"}, {"Kuota"}}); !reflect.DeepEqual(got.Guess, []int{0, 1}) {
		t.Errorf("got %+v", got)
	}
}

func TestP070_BadRowsAreNamedByTheirNumber(t *testing.T) {
	b := openText(t, "Nama,Kuota\nLas,20\nBoga,dua puluh\nJahit,15\nBarista,\nMenjahit,10\n", sheet.Options{})
	got := map[int]sheet.Problem{}
	for _, r := range tableOf(t, b, [][]string{{"Nama"}, {"Kuota"}}).Rows {
		_, err := sheet.Integer(r.Cell(1))
		got[r.Number] = problem(err)
	}
	want := map[int]sheet.Problem{2: "", 3: sheet.ProblemUnreadable, 4: "", 5: sheet.ProblemBlank, 6: ""}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v; want %v", got, want)
	}
}

func TestP074_StraySemicolonsDoNoHarm(t *testing.T) {
	b := openText(t, "Nama;Kuota;;;\nLas;20;;;\n;;;;\nBoga;16;\n", sheet.Options{})
	if got, want := texts(rowsOf(t, b)), []string{"1: Nama|Kuota", "2: Las|20", "4: Boga|16"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
