package refdata

import (
	"regexp"
	"strings"
	"testing"
)

// Every sentence of a rule is there in both languages or in neither, and every row has a source.
func TestRulesAreWordedInBothLanguages(t *testing.T) {
	want := map[string]int{"routes": 7, "schemes": 6, "documents": 36, "facts": 35, "document_rules": 177, "lead_times": 31, "charges": 8}
	for _, table := range RuleTables() {
		rows := all(t, func() ([]Row, error) { return RuleRows(table) }, want[table], func(r Row) string { return r.Code })
		for code, row := range rows {
			for column, text := range row.Says {
				stem, indonesian := strings.CutSuffix(column, "_id")
				if !indonesian {
					continue
				}
				if english := row.Says[stem+"_en"]; (text == "") != (english == "") {
					t.Errorf("%s %s: %s is worded in one language only", table, code, stem)
				}
			}
			if source, has := row.Says["source"]; has && source == "" {
				t.Errorf("%s %s has no source", table, code)
			}
		}
	}
}

// english are words that stand in no Indonesian name of a source.
var english = regexp.MustCompile(`(?i)\b(announcements?|checklist|notes|of|the|and|rules|general|practice|undated|citing|hours?|` +
	`validity|text|may|aug|oct|dec|june|july|art\.)\b`)

// Sources stand on Indonesian pages, so they are called by their Indonesian names.
func TestSourcesAreNamedInIndonesian(t *testing.T) {
	for _, table := range RuleTables() {
		rows, err := RuleRows(table)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if source := row.Says["source"]; english.MatchString(source) {
				t.Errorf("%s %s: %q", table, row.Code, source)
			}
		}
	}
}
