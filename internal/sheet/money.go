package sheet

import (
	"strconv"
	"strings"
)

// Money reads whole rupiah: "Rp1.250.000", "1.250.000,00", "1,250,000" and
// "1250000" are 1250000, and "1.250" is 1250. Cents other than 00, amounts below
// zero and amounts in words ("1,25 juta") are refused rather than guessed.
func Money(c Cell) (int64, error) {
	s := c.Value()
	if s == "" {
		return 0, bad(ProblemBlank)
	}
	if c.Kind == KindNumber {
		n, err := wholeNumber(c)
		if err == nil && n < 0 {
			return 0, bad(ProblemNegative)
		}
		return n, err
	}
	if c.Kind != KindText {
		return 0, bad(ProblemUnreadable)
	}
	s = strings.ToLower(s)
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "(") {
		return 0, bad(ProblemNegative)
	}
	s = withoutCurrency(s)
	if strings.HasPrefix(s, "-") {
		return 0, bad(ProblemNegative)
	}
	for _, word := range []string{"juta", "jt", "ribu", "rb", "miliar", "milyar", "k", "m"} {
		if number, ok := strings.CutSuffix(s, word); ok && isNumeric(number) {
			return 0, bad(ProblemWords)
		}
	}
	return amount(s)
}

// withoutCurrency drops Rp, Rp., IDR, the word rupiah and the ",-" behind whole amounts.
func withoutCurrency(s string) string {
	for _, before := range []string{"rp.", "rp", "idr"} {
		if rest, ok := strings.CutPrefix(s, before); ok {
			s = strings.TrimLeft(rest, " ")
			break
		}
	}
	for _, behind := range []string{"rupiah", "idr", ",-", ".-", ",--"} {
		if rest, ok := strings.CutSuffix(s, behind); ok && rest != "" {
			s = strings.TrimRight(rest, " ")
		}
	}
	return s
}

// amount reads digits with separators. Which of dot and comma means thousands
// is told by the groups: a lone separator before three digits is thousands, the
// last of two kinds is the decimal one.
func amount(s string) (int64, error) {
	if strings.Trim(s, "0123456789., '") != "" || s == "" {
		return 0, bad(ProblemUnreadable)
	}
	whole, fraction := s, ""
	if i := strings.LastIndexAny(s, ".,"); i >= 0 && isDecimal(s, i) {
		if whole, fraction = s[:i], s[i+1:]; len(fraction) < 1 || len(fraction) > 2 {
			return 0, bad(ProblemUnreadable)
		}
	}
	digits, ok := ungroup(whole)
	switch {
	case !ok, strings.Trim(fraction, "0123456789") != "":
		return 0, bad(ProblemUnreadable)
	case strings.Trim(fraction, "0") != "":
		return 0, bad(ProblemFraction)
	}
	digits = strings.TrimLeft(digits, "0")
	if len(digits) > 15 {
		return 0, bad(ProblemTooBig)
	}
	n, err := strconv.ParseInt("0"+digits, 10, 64)
	if err != nil {
		return 0, bad(ProblemUnreadable)
	}
	return n, nil
}

// isDecimal says whether the last separator, at i, stands before decimals: when
// it is the only one of its kind and other than three digits follow, or when the
// other kind stands before it.
func isDecimal(s string, i int) bool {
	if strings.IndexByte(s, s[i]) != i {
		return false
	}
	other := strings.ContainsAny(s[:i], strings.Trim(".,", s[i:i+1]))
	return other || len(s)-i-1 != 3
}

// ungroup takes plain digits, or groups of three behind one to three digits, cut
// by one kind of separator.
func ungroup(s string) (string, bool) {
	i := strings.IndexAny(s, "., '")
	if i < 0 {
		return s, s != ""
	}
	groups := strings.Split(s, s[i:i+1])
	if len(groups[0]) == 0 || len(groups[0]) > 3 || groups[0][0] == '0' {
		return "", false
	}
	for j, g := range groups {
		if strings.Trim(g, "0123456789") != "" || j > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
