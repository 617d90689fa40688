package journey

import (
	"regexp"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// OfferTopics lists what questions about an offer are about, in the order in which they are asked.
func OfferTopics() []string {
	return []string{"who", "came", "job", "contract", "money", "papers", "visa", "travel"}
}

// offerPlaces are where what an offer says can be checked.
func offerPlaces() []string {
	return []string{"licence", "bp3mi", "disnaker", "siapkerja", "mission", "report", "help"}
}

// offerTables describes the questions about an offer.
func offerTables() []dated.Table {
	return []dated.Table{{
		Name: "offer_signs", Slug: "tanda-tawaran", Title: "question_id", Group: "topic", Second: true, Check: signCountries,
		Fields: []dated.Field{
			{Column: "topic", Kind: dated.Choice, Choices: OfferTopics()},
			{Column: "question_id", Kind: dated.Line},
			{Column: "question_en", Kind: dated.Line},
			{Column: "warns", Kind: dated.Choice, Choices: []string{"yes", "no", "yes_unknown", "no_unknown"}},
			{Column: "says_id", Kind: dated.Lines},
			{Column: "says_en", Kind: dated.Lines},
			{Column: "rank", Kind: dated.Choice, Choices: OfferRanks()},
			{Column: "answered_by", Kind: dated.Choice, Choices: []string{byPerson, byCountry, byName}},
			{Column: "check_at", Kind: dated.Choice, Choices: offerPlaces()},
			{Column: "countries", Kind: dated.Line, Optional: true},
			{Column: "source", Kind: dated.Lines, Optional: true},
		},
	}}
}

var countryList = regexp.MustCompile(`^[A-Z]{2}(;[A-Z]{2})*$`)

// signCountries refuses countries that are no codes, and a sign that the country answers without naming any.
func signCountries(v dated.Values) error {
	if v["countries"] != "" && !countryList.MatchString(v["countries"]) || v["countries"] == "" && v["answered_by"] == byCountry {
		return &record.Refusal{Key: "offer.countries_wrong", Field: "countries"}
	}
	return nil
}
