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
			Proves: []string{"number", "url"},
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
			Proves: []string{"emergency", "whatsapp", "phone", "email"}, Check: reachMission,
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
				{Column: "source", Kind: dated.Lines, Optional: true},
				{Column: "public", Kind: dated.Flag},
			},
		},
		{
			Name: "offices", Slug: "kantor", Title: "name", Group: "kind", Second: true, CheckDays: checkNumbersAfter,
			Proves: []string{"address", "phone", "whatsapp", "hours_id"}, Check: placeOffice,
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
				{Column: "source", Kind: dated.Lines, Optional: true},
				{Column: "public", Kind: dated.Flag},
			},
		},
	}
}

// dialHotline makes the number for a link from the number as people write it: short numbers and those that are free
// within Indonesia stay, others get the country.
func dialHotline(v dated.Values) {
	dial := dated.PlainNumber(v["number"])
	if strings.HasPrefix(dial, "0") && !strings.HasPrefix(dial, "0800") {
		dial = "+62" + dial[1:]
	}
	v["dial"] = dial
}

// reachHotline refuses a hotline without a way to reach it; who writes to a number needs its country.
func reachHotline(v dated.Values) error {
	switch {
	case v["kind"] == "web" && v["url"] == "":
		return &record.Refusal{Key: "dated.missing", Field: "url"}
	case v["kind"] == "web":
		return nil
	case v["number"] == "":
		return &record.Refusal{Key: "dated.missing", Field: "number"}
	case strings.Contains(v["number"], "(0)"), v["kind"] == "whatsapp" && !strings.HasPrefix(v["dial"], "+"):
		return &record.Refusal{Key: "dated.number", Field: "number"}
	}
	return nil
}

// reachMission refuses to show a mission that nobody can reach.
func reachMission(v dated.Values) error {
	if v["public"] == "true" && v["emergency"]+v["whatsapp"]+v["phone"]+v["email"] == "" {
		return &record.Refusal{Key: "dated.unreachable", Field: "emergency"}
	}
	return nil
}

// placeOffice refuses to show an office without an address: nobody could go there.
func placeOffice(v dated.Values) error {
	if v["public"] == "true" && v["address"] == "" {
		return &record.Refusal{Key: "dated.address_missing", Field: "address"}
	}
	return nil
}
