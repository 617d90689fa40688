package refdata

import (
	"maps"
	"slices"
	"time"
)

// Always is the first day of a rule whose source names none: it has held for as long as the portal looks back.
var Always = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// A Row is what a row of a table that officers keep says, by the names of its columns.
type Row struct {
	Code    string
	Says    map[string]string
	From    time.Time // its first day
	Checked time.Time // the date of its source, zero when unknown; of a month or a year the first day
}

// The tables of rules about getting ready, in the order in which one refers to another.
var ruleFiles = []string{"routes", "schemes", "documents", "facts", "document_rules", "lead_times", "charges"}

// RuleTables are the names of those tables.
func RuleTables() []string { return slices.Clone(ruleFiles) }

// RuleRows reads the rows of one of them. The table itself says what its columns take.
func RuleRows(table string) ([]Row, error) {
	return load(table+".csv", func(r *record) Row {
		row := Row{Code: r.key("code"), Says: map[string]string{}, From: Always}
		for _, column := range slices.Sorted(maps.Keys(r.cells)) {
			switch column {
			case "code":
			case "valid_from":
				if from := r.date(column); !from.IsZero() {
					row.From = from
				}
			case "checked_on":
				row.Checked = r.date(column)
			default:
				row.Says[column] = r.optional(column)
			}
		}
		return row
	})
}
