package models

import (
	"strings"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// checkNumbersAfter is after how many days somebody has to call a public number again.
const checkNumbersAfter = 90

// OfficeKinds lists the kinds of office in the order in which they are chosen.
func OfficeKinds() []string {
	return []string{"dinas", "sudin", "mpp", "bp3mi", "shelter", "helpdesk", "social", "women", "ppkd", "ngo", "legal"}
}

// DatedTables describes the rows of the core that officers keep.
func DatedTables() []dated.Table {
	return []dated.Table{
		{
			Name: "hotlines", Slug: "nomor", Title: "name_id", Second: true, CheckDays: checkNumbersAfter,
			Fields: []dated.Field{
				{Column: "name_id", Kind: dated.Line},
				{Column: "name_en", Kind: dated.Line},
				{Column: "kind", Kind: dated.Choice, Choices: []string{"phone", "whatsapp", "web"}},
				{Column: "number", Kind: dated.Number, Optional: true},
				{Column: "url", Kind: dated.Web, Optional: true},
				{Column: "note_id", Kind: dated.Line, Optional: true},
				{Column: "note_en", Kind: dated.Line, Optional: true},
				{Column: "public", Kind: dated.Flag},
			},
			Derived: []string{"dial"}, Complete: dialHotline, Check: reachHotline,
		},
		{
			Name: "missions", Slug: "perwakilan", Title: "name", Group: "country_code", Second: true, CheckDays: checkNumbersAfter,
			Fields: []dated.Field{
				{Column: "name", Kind: dated.Line},
				{Column: "country_code", Kind: dated.Country},
				{Column: "emergency", Kind: dated.Phones, Optional: true},
				{Column: "whatsapp", Kind: dated.Phones, Optional: true},
				{Column: "phone", Kind: dated.Phones, Optional: true},
				{Column: "email", Kind: dated.Email, Optional: true},
				{Column: "url", Kind: dated.Web, Optional: true},
				{Column: "address", Kind: dated.Lines, Optional: true},
				{Column: "note_id", Kind: dated.Line, Optional: true},
				{Column: "note_en", Kind: dated.Line, Optional: true},
				{Column: "source", Kind: dated.Line, Optional: true},
				{Column: "public", Kind: dated.Flag},
			},
		},
		{
			Name: "offices", Slug: "kantor", Title: "name", Group: "kind", Second: true, CheckDays: checkNumbersAfter,
			Fields: []dated.Field{
				{Column: "name", Kind: dated.Line},
				{Column: "kind", Kind: dated.Choice, Choices: OfficeKinds()},
				{Column: "address", Kind: dated.Lines, Optional: true},
				{Column: "city", Kind: dated.Line, Optional: true},
				{Column: "phone", Kind: dated.Phones, Optional: true},
				{Column: "whatsapp", Kind: dated.Phones, Optional: true},
				{Column: "email", Kind: dated.Email, Optional: true},
				{Column: "url", Kind: dated.Web, Optional: true},
				{Column: "hours_id", Kind: dated.Line, Optional: true},
				{Column: "hours_en", Kind: dated.Line, Optional: true},
				{Column: "services_id", Kind: dated.Lines, Optional: true},
				{Column: "services_en", Kind: dated.Lines, Optional: true},
				{Column: "source", Kind: dated.Line, Optional: true},
				{Column: "public", Kind: dated.Flag},
			},
		},
	}
}

// dialHotline makes the number for a link from the number as people write it: short numbers and those that are free
// within Indonesia stay, others get the country.
func dialHotline(v dated.Values) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, v["number"])
	switch {
	case strings.HasPrefix(v["number"], "+"):
		digits = "+" + digits
	case strings.HasPrefix(digits, "0") && !strings.HasPrefix(digits, "0800"):
		digits = "+62" + digits[1:]
	}
	v["dial"] = digits
}

// reachHotline refuses a hotline without a way to reach it.
func reachHotline(v dated.Values) error {
	if v["kind"] == "web" {
		if v["url"] == "" {
			return &record.Refusal{Key: "dated.missing", Field: "url"}
		}
		return nil
	}
	if v["number"] == "" {
		return &record.Refusal{Key: "dated.missing", Field: "number"}
	}
	return nil
}
