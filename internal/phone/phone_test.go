package phone_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"naikkelas/internal/phone"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, in, want string
		err            error
	}{
		{"local", "081234567890", "+6281234567890", nil},
		{"dashes", "0812-3456-7890", "+6281234567890", nil},
		{"spaces and dots", "0812 3456.7890", "+6281234567890", nil},
		{"brackets", "(0812) 3456 7890", "+6281234567890", nil},
		{"without the zero", "81234567890", "+6281234567890", nil},
		{"62", "6281234567890", "+6281234567890", nil},
		{"+62", "+62 812-3456-7890", "+6281234567890", nil},
		{"+62 and the zero", "+62 0812 3456 7890", "+6281234567890", nil},
		{"0062", "006281234567890", "+6281234567890", nil},
		{"copied from a contact list", "\u202a+62\u00a0812\u20113456\u20117890\u202c", "+6281234567890", nil},
		{"ten digits", "0811234567", "+62811234567", nil},
		{"Taiwan", "+886 912 345 678", "+886912345678", nil},
		{"Malaysia", "+60 12-345 6789", "+60123456789", nil},
		{"Hong Kong", "+85291234567", "+85291234567", nil},
		{"Korea by 00", "00821012345678", "+821012345678", nil},
		{"United States, where mobile looks like fixed", "+12025550123", "+12025550123", nil},
		{"empty", "  ", "", phone.ErrEmpty},
		{"letters", "0812-ABCD-7890", "", phone.ErrLetters},
		{"letter O for zero", "O81234567890", "", phone.ErrLetters},
		{"extension", "081234567890 ext 3", "", phone.ErrLetters},
		{"nine digits", "081123456", "", phone.ErrShort},
		{"fourteen digits", "08123456789012", "", phone.ErrLong},
		{"only the code", "+62", "", phone.ErrShort},
		{"fixed line", "021-5551234", "", phone.ErrNotMobile},
		{"free call", "0800-1234-5678", "", phone.ErrNotMobile},
		{"foreign fixed line", "+60 3-2161 0000", "", phone.ErrNotMobile},
		{"two numbers", "081234567890/081298765432", "", phone.ErrInvalid},
		{"plus in the middle", "0812+34567890", "", phone.ErrInvalid},
		{"only a plus", "+", "", phone.ErrInvalid},
		{"no such country", "+999123456789", "", phone.ErrInvalid},
		{"endless", strings.Repeat("1", 500), "", phone.ErrLong},
		{"Britain, too few", "+44 7911 12", "", phone.ErrShort},
		{"Taiwan, too many", "+886 912 345 678 90", "", phone.ErrLong},
		{"Britain, three digits", "+44 79", "", phone.ErrShort},
		{"eight digits", "08123456", "", phone.ErrShort},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := phone.Parse(tt.in)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("Parse(%q) = %q, %v; want %q, %v", tt.in, got, err, tt.want, tt.err)
			}
		})
	}
}

// Real numbers of the prefix 0895 with 12 and 13 digits were called invalid.
func TestP010LongNumbersOf0895(t *testing.T) {
	for in, want := range map[string]string{
		"0895401234567": "+62895401234567", // thirteen digits
		"089540123456":  "+6289540123456",
		"08954012345":   "+628954012345",
		"0895401234":    "+62895401234",
	} {
		if got, err := phone.Parse(in); got != want || err != nil {
			t.Errorf("Parse(%q) = %q, %v", in, got, err)
		}
	}
	if _, err := phone.Parse("08954012345678"); !errors.Is(err, phone.ErrLong) {
		t.Errorf("fourteen digits: %v, want the clear reason %v", err, phone.ErrLong)
	}
}

func TestFormatAndMask(t *testing.T) {
	tests := []struct{ e164, format, mask string }{
		{"+6281234567890", "0812 3456 7890", "0812 **** **90"},
		{"+62811234567", "0811 234 567", "0811 *** *67"},
		{"+628112345678", "0811 234 5678", "0811 *** **78"},
		{"+62895401234567", "0895 4012 34567", "0895 **** ***67"},
		{"+886912345678", "+886 912 345 678", "+886 *** *** *78"},
		{"+12025550123", "+1 202-555-0123", "+1 ***-***-**23"},
		{"not a number 12345", "not a number 12345", "not a number ***45"},
		{"12345", "12345", "***45"},
		{"", "", ""},
	}
	for _, tt := range tests {
		if got := phone.Format(tt.e164); got != tt.format {
			t.Errorf("Format(%q) = %q, want %q", tt.e164, got, tt.format)
		}
		if got := phone.Mask(tt.e164); got != tt.mask {
			t.Errorf("Mask(%q) = %q, want %q", tt.e164, got, tt.mask)
		}
	}
}

// Every number of the portal's rule is accepted in each way of writing it, shown in a
// form that is read back, and never masked so thinly that fewer than four digits hide.
func TestEveryIndonesianNumber(t *testing.T) {
	numbers := rapid.StringMatching(`8[1-9][0-9]{7,10}`)
	rapid.Check(t, func(t *rapid.T) {
		national := numbers.Draw(t, "number")
		want := "+62" + national
		written := rapid.SampledFrom([]string{"", "0", "62", "+62", "0062", "+62 0"}).Draw(t, "prefix") + national
		if got, err := phone.Parse(written); got != want || err != nil {
			t.Fatalf("Parse(%q) = %q, %v", written, got, err)
		}
		if got, err := phone.Parse(phone.Format(want)); got != want || err != nil {
			t.Fatalf("Format(%q) = %q is read as %q, %v", want, phone.Format(want), got, err)
		}
		if masked := phone.Mask(want); strings.Count(masked, "*") < 4 {
			t.Fatalf("Mask(%q) = %q", want, masked)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"081234567890", "+62 0812", "+886912345678", "0812ABCD", "00", "+", "٠٨١٢٣٤٥٦٧٨٩٠"} {
		f.Add(seed)
	}
	stored := regexp.MustCompile(`^\+[1-9]\d{5,14}$`)
	f.Fuzz(func(t *testing.T, s string) {
		e164, err := phone.Parse(s)
		if err != nil {
			if e164 != "" {
				t.Fatalf("refused with a number: %q, %v", e164, err)
			}
			return
		}
		if !stored.MatchString(e164) {
			t.Fatalf("%q accepted as %q", s, e164)
		}
		if again, err := phone.Parse(e164); again != e164 || err != nil {
			t.Fatalf("%q is read as %q, %v", e164, again, err)
		}
		if again, err := phone.Parse(phone.Format(e164)); again != e164 || err != nil {
			t.Fatalf("shown as %q, read as %q, %v", phone.Format(e164), again, err)
		}
	})
}
