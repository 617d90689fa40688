package dated

import (
	"errors"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"naikkelas/models/record"
)

// How many characters a line and a text have at most.
const (
	LineLength = 200
	TextLength = 2000
)

var (
	phoneAbroad = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	countryCode = regexp.MustCompile(`^[A-Z]{2}$`)
	phoneHere   = regexp.MustCompile(`^[0-9+][0-9]{2,14}$`)
	rowCode     = regexp.MustCompile(`^[A-Z][A-Z0-9_]{1,39}$`)
	wholeNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)
	between     = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "")
)

// PlainNumber leaves of a telephone number, as people write it, what is dialled.
func PlainNumber(text string) string { return between.Replace(text) }

// clean makes values fit to be kept: described columns only, without space around them, yes or no spelled out.
func (t Table) clean(typed Values) Values {
	v := make(Values, len(t.Fields))
	for _, f := range t.Fields {
		text := strings.TrimSpace(strings.ReplaceAll(typed[f.Column], "\r\n", "\n"))
		switch f.Kind {
		case Flag:
			text = strconv.FormatBool(text == "true")
		case Phones, Codes:
			lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' || r == ',' })
			for i := range lines {
				lines[i] = strings.TrimSpace(lines[i])
			}
			text = strings.Join(lines, "\n")
		case Amount:
			text = strings.TrimPrefix(PlainNumber(text), "Rp")
		}
		v[f.Column] = text
	}
	if t.Complete != nil {
		t.Complete(v)
	}
	return v
}

// check refuses values that a row cannot have, each at its field.
func (t Table) check(v Values) error {
	var errs []error
	for _, f := range t.Fields {
		if key := f.fault(v[f.Column]); key != "" {
			errs = append(errs, &record.Refusal{Key: key, Field: f.Column})
		}
	}
	if t.Check != nil {
		errs = append(errs, t.Check(v))
	}
	return errors.Join(errs...)
}

// fault is the key of what is wrong with a value, empty for nothing.
func (f Field) fault(text string) string {
	most := LineLength
	if f.many() {
		most = TextLength
	}
	switch {
	case text == "" && f.Optional:
		return ""
	case text == "":
		return "dated.missing"
	case utf8.RuneCountInString(text) > most:
		return "dated.too_long"
	case !f.many() && strings.Contains(text, "\n"):
		return "dated.one_line"
	}
	return f.wrong(text)
}

// many says whether a value of the field may have several lines.
func (f Field) many() bool { return f.Kind == Lines || f.Kind == Phones || f.Kind == Codes }

// wrong is what is wrong with a value that is there, by its kind.
func (f Field) wrong(text string) string {
	switch f.Kind {
	case Phones:
		for line := range strings.SplitSeq(text, "\n") {
			if strings.Contains(line, "(0)") || !phoneAbroad.MatchString(PlainNumber(line)) {
				return "dated.phones"
			}
		}
	case Number:
		if !phoneHere.MatchString(PlainNumber(text)) {
			return "dated.number"
		}
	case Web:
		if u, err := url.Parse(text); err != nil || u.Scheme != "https" || !strings.Contains(u.Host, ".") || u.User != nil {
			return "dated.web"
		}
	case Choice:
		if !slices.Contains(f.Choices, text) {
			return "dated.choice_missing"
		}
	case Email:
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return "dated.email"
		}
	case Amount:
		if !wholeNumber.MatchString(text) {
			return "dated.amount"
		}
	case Country:
		if !countryCode.MatchString(text) {
			return "dated.choice_missing"
		}
	}
	return ""
}
