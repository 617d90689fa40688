package sheet

import (
	"math"
	"strings"
)

// maskLimit is the most signs that a mask of digits is followed for.
const maskLimit = 64

// maskOf gives a format code back when it writes whole numbers with leading zeros or signs between, as codes are
// shown: 0000, 00\-000, "LPK-"000. It gives "" for every other, amounts and dates among them.
func maskOf(code string) string {
	code, _, _ = strings.Cut(code, ";")
	zeros := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '0':
			zeros++
		case '#', '-', ' ', '(', ')', '/':
		case '\\':
			i++
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return ""
			}
			i += end + 1
		default:
			return ""
		}
	}
	if zeros < 2 || len(code) > maskLimit {
		return ""
	}
	return code
}

// shown writes a whole number as its mask shows it, and leaves every other as it stands.
func shown(mask, digits string, n float64) string {
	if mask == "" || n < 0 || n != math.Trunc(n) || n >= biggest {
		return digits
	}
	signs := literals(mask)
	places := 0
	for _, s := range signs {
		if s.place != 0 {
			places++
		}
	}
	rest := max(0, len(digits)-places) // digits beyond the mask stand before it
	var b strings.Builder
	for _, s := range signs {
		if s.place == 0 {
			b.WriteString(s.text)
			continue
		}
		switch missing := places - len(digits); {
		case missing <= 0:
			b.WriteString(digits[:rest+1])
			digits, rest = digits[rest+1:], 0
		case s.place == '0':
			b.WriteByte('0')
		}
		places--
	}
	return b.String()
}

// sign is one place for a digit in a mask, or a text between.
type sign struct {
	place byte // 0 or #; zero for a text
	text  string
}

// literals takes a mask apart.
func literals(mask string) []sign {
	var list []sign
	for i := 0; i < len(mask); i++ {
		switch c := mask[i]; {
		case c == '0' || c == '#':
			list = append(list, sign{place: c})
		case c == '\\' && i+1 < len(mask):
			i++
			list = append(list, sign{text: mask[i : i+1]})
		case c == '"':
			end := strings.IndexByte(mask[i+1:], '"')
			list = append(list, sign{text: mask[i+1 : i+1+end]})
			i += end + 1
		case c != '\\':
			list = append(list, sign{text: string(rune(c))})
		}
	}
	return list
}
