package certificate

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/form"
)

// A hint is what a machine read and the person did not write. Fields are those of HintForm that it may
// belong to; Value is what they would become.
type hint struct {
	Line   string
	Value  string
	Fields []string
}

// hints are the name, number and days that a machine read on the pages, each once.
func (p ReviewPage) hints(ctx context.Context) []hint {
	var list []hint
	add := func(h hint) {
		if !slices.ContainsFunc(list, func(have hint) bool { return have.Line == h.Line }) {
			list = append(list, h)
		}
	}
	c := p.Certificate
	for _, f := range c.Files {
		if f.HintName != "" && !models.SameName(f.HintName, c.HolderName) {
			add(hint{i18n.T(ctx, "certificate.hint.name", "Name", f.HintName), f.HintName, []string{"holder"}})
		}
		if f.HintNumber != "" && !strings.EqualFold(f.HintNumber, strings.TrimSpace(c.Number)) {
			add(hint{i18n.T(ctx, "certificate.hint.number", "Number", f.HintNumber), f.HintNumber, []string{"number"}})
		}
		for _, text := range f.HintDays {
			day, err := time.Parse(time.DateOnly, text)
			if err != nil || sameDay(c.IssuedOn, day) || sameDay(c.ValidUntil, day) {
				continue
			}
			h := hint{i18n.T(ctx, "certificate.hint.day", "Date", i18n.Date(ctx, day)), text, []string{"issued"}}
			if c.Type.HasExpiry {
				h.Fields = append(h.Fields, "until")
			}
			add(h)
		}
	}
	return list
}

// HintForm takes over what a machine read, because its owner says that it is right.
type HintForm struct {
	Field string `form:"field"` // holder, number, issued or until
	Value string `form:"value"` // days as 2026-11-27
}

// Into writes the hint into the form of the certificate; false says that it fits nowhere.
func (h HintForm) Into(f *Form) bool {
	day, err := time.Parse(time.DateOnly, h.Value)
	switch {
	case h.Field == "holder":
		f.Holder = h.Value
	case h.Field == "number":
		f.Number = h.Value
	case h.Field == "issued" && err == nil:
		f.Issued = form.DateOf(day)
	case h.Field == "until" && err == nil:
		f.Until = form.DateOf(day)
	default:
		return false
	}
	return true
}

func sameDay(written *time.Time, read time.Time) bool { return written != nil && written.Equal(read) }
