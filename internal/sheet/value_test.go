package sheet_test

import (
	"errors"
	"reflect"
	"testing"

	"naikkelas/internal/sheet"
)

// problem is what a value parser named, or "" when it took the value.
func problem(err error) sheet.Problem {
	if v, ok := errors.AsType[*sheet.ValueError](err); ok {
		return v.Problem
	}
	if err != nil {
		return sheet.Problem("not a ValueError: " + err.Error())
	}
	return ""
}

// number is a number cell as a workbook gives it.
func number(text string, value float64) sheet.Cell {
	return sheet.Cell{Kind: sheet.KindNumber, Text: text, Number: value}
}

func TestMoney(t *testing.T) {
	tests := []struct {
		cell sheet.Cell
		want int64
		bad  sheet.Problem
	}{
		{sheet.TextCell("Rp1.250.000"), 1_250_000, ""},
		{sheet.TextCell("Rp. 1.250.000,-"), 1_250_000, ""},
		{sheet.TextCell("IDR 1,250,000.00"), 1_250_000, ""},
		{sheet.TextCell("1.250.000,00"), 1_250_000, ""},
		{sheet.TextCell("1,250,000"), 1_250_000, ""},
		{sheet.TextCell("1250000"), 1_250_000, ""},
		{sheet.TextCell("1 250 000 rupiah"), 1_250_000, ""},
		{sheet.TextCell("Rp\u00a01.250"), 1250, ""},
		{sheet.TextCell("1,250"), 1250, ""},
		{sheet.TextCell("1250,0"), 1250, ""},
		{sheet.TextCell("0"), 0, ""},
		{sheet.NumberCell(1_250_000), 1_250_000, ""},
		{sheet.TextCell("dua juta"), 0, sheet.ProblemWords},
		{sheet.TextCell("1.250 juta"), 0, sheet.ProblemWords},
		{sheet.TextCell("3 M"), 0, sheet.ProblemWords},
		{sheet.TextCell("229,932.50"), 0, sheet.ProblemFraction},
		{sheet.TextCell("229,932.00"), 229_932, ""},
		{sheet.TextCell("1.5"), 0, sheet.ProblemFraction},
		{number("1250.5", 1250.5), 0, sheet.ProblemFraction},
		{sheet.TextCell("-5000"), 0, sheet.ProblemNegative},
		{sheet.TextCell("Rp -5000"), 0, sheet.ProblemNegative},
		{sheet.TextCell("(5000)"), 0, sheet.ProblemNegative},
		{sheet.NumberCell(-1), 0, sheet.ProblemNegative},
		{sheet.TextCell("1.25.000"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("1250.000"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("1,250.000"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("0.500"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("1250,"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("Rp"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("1E+06"), 0, sheet.ProblemUnreadable},
		{sheet.BoolCell(true), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("1234567890123456"), 0, sheet.ProblemTooBig},
		{sheet.TextCell("--"), 0, sheet.ProblemBlank},
		{sheet.Cell{}, 0, sheet.ProblemBlank},
	}
	for _, tt := range tests {
		got, err := sheet.Money(tt.cell)
		if got != tt.want || problem(err) != tt.bad {
			t.Errorf("%q: got %d, %v; want %d, %q", tt.cell.Text, got, err, tt.want, tt.bad)
		}
	}
}

func TestInteger(t *testing.T) {
	tests := []struct {
		cell sheet.Cell
		want int64
		bad  sheet.Problem
	}{
		{sheet.TextCell(" 20 "), 20, ""},
		{sheet.TextCell("1.250"), 1250, ""},
		{sheet.TextCell("-7"), -7, ""},
		{sheet.TextCell("+7"), 7, ""},
		{sheet.NumberCell(-3), -3, ""},
		{number("20.5", 20.5), 0, sheet.ProblemFraction},
		{number("3171014203890000", 3171014203890000), 0, sheet.ProblemTooBig},
		{sheet.TextCell("1,5"), 0, sheet.ProblemFraction},
		{sheet.TextCell("20 orang"), 0, sheet.ProblemUnit},
		{sheet.TextCell("240.5"), 0, sheet.ProblemFraction},
		{sheet.TextCell("240,0"), 240, ""},
		{sheet.TextCell("100%"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("08:00"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("dua ratus"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("16-20"), 0, sheet.ProblemUnreadable},
		{number("2.4", 2.4), 0, sheet.ProblemFraction}, // shown as 240 %
		{sheet.TextCell("-2+3"), 0, sheet.ProblemUnreadable},
		{sheet.TextCell("null"), 0, sheet.ProblemBlank},
	}
	for _, tt := range tests {
		got, err := sheet.Integer(tt.cell)
		if got != tt.want || problem(err) != tt.bad {
			t.Errorf("%q: got %d, %v; want %d, %q", tt.cell.Text, got, err, tt.want, tt.bad)
		}
	}
}

func TestYesNo(t *testing.T) {
	for text, want := range map[string]bool{
		"Ya": true, "y": true, "YES": true, "true": true, "1": true,
		"Tidak": false, "t": false, "no": false, "N": false, "FALSE": false, "0": false,
	} {
		if got, err := sheet.YesNo(sheet.TextCell(text)); got != want || err != nil {
			t.Errorf("%q: got %v, %v; want %v", text, got, err, want)
		}
	}
	if got, err := sheet.YesNo(sheet.BoolCell(true)); !got || err != nil {
		t.Errorf("boolean cell: got %v, %v", got, err)
	}
	for text, want := range map[string]sheet.Problem{
		"": sheet.ProblemBlank, "-": sheet.ProblemBlank, "2": sheet.ProblemUnreadable,
		"f": sheet.ProblemUnreadable, "mungkin": sheet.ProblemUnreadable,
	} {
		if _, err := sheet.YesNo(sheet.TextCell(text)); problem(err) != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestPhone(t *testing.T) {
	tests := []struct {
		cell    sheet.Cell
		want    string
		rescued bool
		bad     sheet.Problem
	}{
		{sheet.TextCell("0812-3456-7890"), "0812-3456-7890", false, ""},
		{sheet.TextCell("+62 812 3456 7890"), "+62 812 3456 7890", false, ""},
		{sheet.TextCell("'081234567890"), "081234567890", false, ""},
		{sheet.TextCell("81234567890"), "081234567890", true, ""},
		{sheet.TextCell("6281234567890"), "6281234567890", false, ""},
		{sheet.NumberCell(81234567890), "081234567890", true, ""},
		{sheet.NumberCell(2129001234), "02129001234", true, ""},
		{sheet.NumberCell(1500537), "1500537", false, ""},
		{sheet.NumberCell(-812), "", false, sheet.ProblemUnreadable},
		{number("8123456789012345", 8123456789012345), "", false, sheet.ProblemLostDigits},
		{sheet.TextCell("6,28E+12"), "", false, sheet.ProblemLostDigits},
		{sheet.TextCell("null"), "", false, sheet.ProblemBlank},
	}
	for _, tt := range tests {
		got, rescued, err := sheet.Phone(tt.cell)
		if got != tt.want || rescued != tt.rescued || problem(err) != tt.bad {
			t.Errorf("%q: got %q, %v, %v; want %q, %v, %q", tt.cell.Text, got, rescued, err, tt.want, tt.rescued, tt.bad)
		}
	}
}

func TestValueIsCleanText(t *testing.T) {
	for text, want := range map[string]string{
		" Las\u00a0Listrik ": "Las Listrik", "--": "", "NULL": "", "a\r\nb": "a\nb", "\u200b-\u200b": "", "0": "0",
	} {
		if got := sheet.TextCell(text).Value(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestList(t *testing.T) {
	got := sheet.List(sheet.TextCell("Las, Otomotif ; --,\nTata boga"))
	if want := []string{"Las", "Otomotif", "Tata boga"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A workbook may spell control signs out, _x0000_, and a CSV hold signs that turn the order of what follows.
func TestF042F050CellsHoldOnlyText(t *testing.T) {
	for in, want := range map[string]string{
		"Las\x00 listrik\x1f": "Las listrik", "Las \u2066dasar": "Las dasar", "\u200b": "", "Jose\u0301": "José", " a\r\nb ": "a\nb",
	} {
		if got := sheet.TextCell(in).Value(); got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}
