package nik_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/nik"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, in, plain string
		err             error
	}{
		{"digits", "3174051208950003", "3174051208950003", nil},
		{"spaces", " 3174 0512 0895 0003 ", "3174051208950003", nil},
		{"dots", "31.74.05.120895.0003", "3174051208950003", nil},
		{"dashes", "317405-120895-0003", "3174051208950003", nil},
		{"en dash and no-break space", "317405–120895\u00a00003", "3174051208950003", nil},
		{"copied from a chat", "\u200e3174051208950003\u202c", "3174051208950003", nil},
		{"first day of a man", "3174050108950001", "3174050108950001", nil},
		{"last day of a man", "3174053108950001", "3174053108950001", nil},
		{"first day of a woman", "3174054108950001", "3174054108950001", nil},
		{"last day of a woman", "3174057108950001", "3174057108950001", nil},
		{"a day the calendar lacks is only a warning", "3174053002950001", "3174053002950001", nil},
		{"last serial", "3174051208959999", "3174051208959999", nil},
		{"empty", "", "", nik.ErrLength},
		{"separators only", " - . ", "", nik.ErrLength},
		{"fifteen", "317405120895000", "", nik.ErrLength},
		{"seventeen", "31740512089500031", "", nik.ErrLength},
		{"letter O", "317405120895OOO3", "", nik.ErrLength},
		{"digits of another script", "٣١٧٤٠٥١٢٠٨٩٥٠٠٠٣", "", nik.ErrLength},
		{"scientific notation of a spreadsheet", "3.17405E+15", "", nik.ErrLength},
		{"one digit repeated", "1111111111111111", "", nik.ErrPlaceholder},
		{"day 00", "3174050008950001", "", nik.ErrDay},
		{"day 32", "3174053208950001", "", nik.ErrDay},
		{"day 40", "3174054008950001", "", nik.ErrDay},
		{"day 72", "3174057208950001", "", nik.ErrDay},
		{"month 00", "3174051200950001", "", nik.ErrMonth},
		{"month 13", "3174051213950001", "", nik.ErrMonth},
		{"serial 0000", "3174051208950000", "", nik.ErrSerial},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, err := nik.Parse(tt.in)
			if !errors.Is(err, tt.err) || n.Plain() != tt.plain {
				t.Errorf("Parse(%q) = %q, %v; want %q, %v", tt.in, n.Plain(), err, tt.plain, tt.err)
			}
		})
	}
}

// born gives the date of birth that was said, in the time zone of Jakarta.
func born(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.FixedZone("WIB", 7*60*60))
}

func TestWarnings(t *testing.T) {
	jakarta := func(region string) bool { return strings.HasPrefix(region, "3174") }
	tests := []struct {
		name, in string
		birth    time.Time
		sex      nik.Sex
		want     []nik.Warning
	}{
		{"all agrees, man", "3174051208950003", born(1995, time.August, 12), nik.Male, nil},
		{"all agrees, woman", "3174055208950003", born(1995, time.August, 12), nik.Female, nil},
		{"nothing said", "3174051208950003", time.Time{}, "", nil},
		{"born in this century", "3174051208050003", born(2005, time.August, 12), nik.Male, nil},
		{"other day", "3174051208950003", born(1995, time.August, 13), nik.Male, []nik.Warning{nik.OtherBirthDate}},
		{"other month", "3174051208950003", born(1995, time.July, 12), nik.Male, []nik.Warning{nik.OtherBirthDate}},
		{"other year", "3174051208950003", born(1996, time.August, 12), nik.Male, []nik.Warning{nik.OtherBirthDate}},
		{"other sex", "3174051208950003", born(1995, time.August, 12), nik.Female, []nik.Warning{nik.OtherSex}},
		{"29 February of no leap year", "3174052902950003", born(1995, time.March, 1), nik.Male, []nik.Warning{nik.ImpossibleDate}},
		{"29 February 2000", "3174052902000003", born(2000, time.February, 29), nik.Male, nil},
		{"31 April", "3174057104950003", time.Time{}, nik.Female, []nik.Warning{nik.ImpossibleDate}},
		{"unknown region", "9901051208950003", time.Time{}, "", []nik.Warning{nik.UnknownRegion}},
		{"everything", "9901051208950003", born(1990, time.May, 1), nik.Female,
			[]nik.Warning{nik.UnknownRegion, nik.OtherBirthDate, nik.OtherSex}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := nik.Warnings(parsed(t, tt.in), tt.birth, tt.sex, jakarta); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	if got := nik.Warnings(parsed(t, "9901051208950003"), time.Time{}, "", nil); got != nil {
		t.Errorf("without a list of regions: got %v", got)
	}
	if got := nik.Warnings(nik.NIK{}, born(1990, time.May, 1), nik.Male, jakarta); got != nil {
		t.Errorf("of no number: got %v", got)
	}
}

// Women born on the 1st to 9th were told that their number is invalid.
func TestP001WomanBornEarlyInTheMonth(t *testing.T) {
	for day := 1; day <= 9; day++ {
		n := parsed(t, fmt.Sprintf("317105%02d0791%04d", 40+day, day))
		gotDay, month, year2 := n.Birth()
		if gotDay != day || month != time.July || year2 != 91 {
			t.Errorf("day %d read as %d %v %d", day, gotDay, month, year2)
		}
		if got := nik.Warnings(n, born(1991, time.July, day), nik.Female, nil); got != nil {
			t.Errorf("day %d: warnings %v", day, got)
		}
	}
}

// Numbers of the provinces made in 2022 were refused as unknown.
func TestP004ProvincesOf2022(t *testing.T) {
	for _, province := range []string{"93", "94", "95", "96"} {
		n := parsed(t, province+"02040506930007")
		if got := nik.Warnings(n, time.Time{}, "", func(r string) bool { return r[:2] >= "93" }); got != nil {
			t.Errorf("province %s: warnings %v", province, got)
		}
	}
}

// A card of another province says nothing about where its owner lives today.
func TestP006CardOfAnotherProvince(t *testing.T) {
	n := parsed(t, "3374062311980004")
	if n.Region() != "337406" {
		t.Errorf("region %q", n.Region())
	}
	if got := nik.Warnings(n, born(1998, time.November, 23), nik.Male, func(string) bool { return true }); got != nil {
		t.Errorf("warnings %v", got)
	}
}

// Zeros stood for "no number yet" and two people shared them.
func TestP008Placeholders(t *testing.T) {
	for _, in := range []string{"0", "00", "0000000000000000", "0000-0000-0000-0000", "00000000000000000", "9999999999999999"} {
		if _, err := nik.Parse(in); !errors.Is(err, nik.ErrPlaceholder) {
			t.Errorf("Parse(%q): %v", in, err)
		}
		if _, err := nik.ParseKK(in); !errors.Is(err, nik.ErrPlaceholder) {
			t.Errorf("ParseKK(%q): %v", in, err)
		}
	}
}

func TestParseKK(t *testing.T) {
	tests := []struct {
		in, plain string
		err       error
	}{
		{"3174050101101234", "3174050101101234", nil},
		{"3174 0599 9910 0000", "3174059999100000", nil}, // its inner parts refuse nobody
		{"317405010110123", "", nik.ErrLength},
		{"belum punya", "", nik.ErrLength},
	}
	for _, tt := range tests {
		kk, err := nik.ParseKK(tt.in)
		if !errors.Is(err, tt.err) || kk.Plain() != tt.plain {
			t.Errorf("ParseKK(%q) = %q, %v; want %q, %v", tt.in, kk.Plain(), err, tt.plain, tt.err)
		}
	}
}

func TestNumbersNeverPrintThemselves(t *testing.T) {
	const plain, masked = "3174051208950003", "3174********0003"
	n := parsed(t, plain)
	kk, err := nik.ParseKK(plain)
	if err != nil {
		t.Fatal(err)
	}
	type person struct {
		Shown  nik.NIK
		hidden nik.KK
	}
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%d", "%x"} {
		if got := fmt.Sprintf(verb, n); got != masked {
			t.Errorf("NIK with %s: %s", verb, got)
		}
		if got := fmt.Sprintf(verb, kk); got != masked {
			t.Errorf("KK with %s: %s", verb, got)
		}
		if got := fmt.Sprintf(verb, person{n, kk}); strings.Contains(got, plain) {
			t.Errorf("inside a struct with %s: %s", verb, got)
		}
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("seen", "nik", n, "person", person{n, kk})
	slog.New(slog.NewTextHandler(&log, nil)).Info("seen", "nik", n, "person", person{n, kk})
	encoded, err := json.Marshal(person{n, kk})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(log.String()+string(encoded), plain) {
		t.Errorf("printed: %s %s", log.String(), encoded)
	}
	if strings.Count(log.String(), masked) < 2 {
		t.Errorf("not masked in the log: %s", log.String())
	}
}

func TestZeroIsNoNumber(t *testing.T) {
	var n nik.NIK
	day, month, year2 := n.Birth()
	if !n.IsZero() || n.Plain() != "" || n.String() != "" || n.Region() != "" || n.Sex() != "" || day+int(month)+year2 != 0 {
		t.Error("the zero value carries something")
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "123": "***", "317405120895000": "***************", "3174051208950003": "3174********0003",
	} {
		if got := nik.Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

// Every number that the rules can make is read back, whatever stands between its digits.
func TestEveryPossibleNumberIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		birth := time.Date(1940, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 30000).Draw(t, "days"))
		sex := rapid.SampledFrom([]nik.Sex{nik.Male, nik.Female}).Draw(t, "sex")
		day := birth.Day()
		if sex == nik.Female {
			day += 40
		}
		plain := fmt.Sprintf("%06d%02d%02d%02d%04d", rapid.IntRange(110101, 969999).Draw(t, "region"),
			day, birth.Month(), birth.Year()%100, rapid.IntRange(1, 9999).Draw(t, "serial"))
		if strings.Trim(plain, plain[:1]) == "" {
			t.Skip("placeholder")
		}
		separators := rapid.SliceOfN(rapid.SampledFrom([]string{"", " ", ".", "-", "\t"}), 16, 16).Draw(t, "separators")
		var typed strings.Builder
		for i := range plain {
			typed.WriteString(separators[i] + plain[i:i+1])
		}
		n, err := nik.Parse(typed.String())
		if err != nil || n.Plain() != plain {
			t.Fatalf("Parse(%q) = %q, %v", typed.String(), n.Plain(), err)
		}
		if got := nik.Warnings(n, birth, sex, nil); got != nil {
			t.Fatalf("%s born %v: %v", plain, birth, got)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"3174051208950003", "0", "", "31.74.05-120895 0003", "３１７４０５１２０８９５０００３"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := nik.Parse(s)
		if err != nil {
			if !n.IsZero() || len(s) > 8 && strings.Contains(err.Error(), s) {
				t.Fatalf("refused with %v, %v", n, err)
			}
			return
		}
		again, err := nik.Parse(n.Plain())
		if err != nil || again != n {
			t.Fatalf("%q read as %q, which is read as %q, %v", s, n.Plain(), again.Plain(), err)
		}
		if strings.Contains(fmt.Sprint(n), n.Plain()) {
			t.Fatal("printed itself")
		}
		nik.Warnings(n, time.Time{}, nik.Male, nil)
	})
}

func parsed(t *testing.T, s string) nik.NIK {
	t.Helper()
	n, err := nik.Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return n
}
