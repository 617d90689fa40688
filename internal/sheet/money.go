package sheet

import (
	"strconv"
	"strings"
)

// Money reads whole rupiah: "Rp1.250.000", "1.250.000,00", "1,250,000", "1250000", "1,25 juta" and "1.250.000/peserta"
// are 1250000, "1.250" is 1250, and "gratis" is 0. Cents other than 00, amounts below zero, ranges, amounts of another
// unit and what can be read two ways are refused rather than guessed.
func Money(c Cell) (int64, error) {
	if c.Broken() {
		return 0, bad(ProblemFormula)
	}
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
	if isFree(s) {
		return 0, nil
	}
	if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "(") {
		return 0, bad(ProblemNegative)
	}
	s, ok := withoutHead(withoutCurrency(s))
	if !ok {
		return 0, bad(ProblemUnit)
	}
	s = withoutCurrency(s)
	switch {
	case strings.HasPrefix(s, "-"):
		return 0, bad(ProblemNegative)
	case isRange(s):
		return 0, bad(ProblemRange)
	}
	for _, word := range scales {
		if number, ok := strings.CutSuffix(s, word.text); ok && isNumeric(number) {
			return scaled(strings.TrimSpace(number), word.zeros)
		}
	}
	if strings.Contains(s, "juta") || strings.Contains(s, "ribu") || strings.Contains(s, "ratus") {
		return 0, bad(ProblemWords)
	}
	return amount(s)
}

// scales are the words for powers of ten; a lone m is a million to some and a thousand millions to others.
var scales = []struct {
	text  string
	zeros int
}{{"juta", 6}, {"jt", 6}, {"ribu", 3}, {"rb", 3}, {"k", 3}, {"miliar", 9}, {"milyar", 9}, {"m", 0}}

// scaled reads "1,25" of a scale. Three digits behind a separator may be thousands as well, and are not guessed.
func scaled(number string, zeros int) (int64, error) {
	if zeros == 0 {
		return 0, bad(ProblemWords)
	}
	whole, fraction := number, ""
	if i := strings.IndexAny(number, ".,"); i >= 0 {
		whole, fraction = number[:i], number[i+1:]
	}
	switch {
	case strings.Trim(whole+fraction, "0123456789") != "" || whole == "":
		return 0, bad(ProblemUnreadable)
	case len(fraction) == 3 || len(fraction) > zeros:
		return 0, bad(ProblemWords)
	}
	return amount(whole + fraction + strings.Repeat("0", zeros-len(fraction)))
}

// isFree knows the words for what costs nothing.
func isFree(s string) bool {
	words := strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }), " ")
	for _, start := range []string{"ditanggung ", "dibiayai ", "gratis "} {
		if strings.HasPrefix(words, start) && !strings.ContainsAny(s, "0123456789%") {
			return true
		}
	}
	switch words {
	case "gratis", "free", "cuma cuma", "tidak dipungut biaya", "tidak ada biaya", "tanpa biaya", "bebas biaya", "beasiswa penuh",
		"nol":
		return !strings.ContainsAny(s, "0123456789%")
	}
	return false
}

// withoutHead drops "per participant" behind an amount. ok is false for an amount per anything else.
func withoutHead(s string) (amount string, ok bool) {
	i := strings.LastIndex(s, "/")
	rest := 1
	if per := strings.LastIndex(s, " per "); per > i {
		i, rest = per, len(" per ")
	}
	if i < 0 || strings.ContainsAny(s[i+rest:], "0123456789") {
		return s, true
	}
	switch strings.Trim(s[i+rest:], " .") {
	case "peserta", "orang", "org", "siswa", "anak", "pax", "kepala", "paket", "program", "pelatihan", "angkatan", "participant":
		return strings.TrimRight(s[:i], " "), true
	}
	return s, !strings.ContainsAny(s[:i], "0123456789") || strings.TrimSpace(s[i+rest:]) == ""
}

// isRange knows two amounts with a word or line between.
func isRange(s string) bool {
	for _, between := range []string{" s.d. ", " s.d ", "s/d", " sd ", " sampai ", " hingga ", " to ", "–", "—", "-"} {
		before, behind, found := strings.Cut(s, between)
		if found && strings.ContainsAny(before, "0123456789") && strings.ContainsAny(behind, "0123456789") {
			return true
		}
	}
	return false
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
