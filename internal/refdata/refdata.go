// Package refdata holds the reference data the portal is seeded with: regions,
// countries, occupations, certificates, documents, hotlines and reasons. Each
// file in data/ is a table with a header row; each loader reads one file and
// refuses a table that is not exactly what its type says. Sources and doubts
// are in the columns source, confidence and checked_on, and in data/SOURCES.md.
//
// The rows are a starting point: once seeded, officers edit the database.
package refdata

import (
	"embed"
	"fmt"
	"time"
)

//go:embed data/*.csv
var files embed.FS

// Text is one wording in the two languages of the portal.
type Text struct {
	ID string // Indonesian
	EN string // English
}

// Empty says that there is no wording in either language.
func (t Text) Empty() bool { return t.ID == "" && t.EN == "" }

// In is the wording in a language of the portal.
func (t Text) In(language string) string {
	if language == "en" {
		return t.EN
	}
	return t.ID
}

// Confidence says how well a fact is known.
type Confidence string

// The degrees of confidence.
const (
	Sourced    Confidence = "sourced"    // seen in a named source
	Partly     Confidence = "partly"     // part of it seen in a named source
	Indicative Confidence = "indicative" // general knowledge, not checked again
)

func (r *record) confidence() Confidence {
	return oneOf(r, "confidence", Sourced, Partly, Indicative)
}

// Checked says where a fact that people act on comes from.
type Checked struct {
	// Status is "sourced", or "general" for general knowledge that a screen must
	// show as not checked again.
	Status string
	// On is the date of the source, zero when unknown. A source that names only
	// a month or a year has its first day here, so show no more than the month.
	On     time.Time
	Source string
}

func (r *record) checked() Checked {
	c := Checked{
		Status: oneOf(r, "status", "sourced", "general"),
		On:     r.date("checked_on"),
		Source: r.text("source"),
	}
	if c.Status == "general" && !c.On.IsZero() {
		r.fail("checked_on", "general knowledge has no date of a source")
	}
	return c
}

// load reads data/file and makes one T of each row.
func load[T any](file string, row func(*record) T) ([]T, error) {
	body, err := files.ReadFile("data/" + file)
	if err != nil {
		return nil, fmt.Errorf("reference data: %w", err)
	}
	return read(file, body, row)
}
