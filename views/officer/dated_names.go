package officer

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record/dated"
	"naikkelas/views/components"
)

// DatedNames are how rows are called that others name by their codes, by the table that has them and by code.
type DatedNames map[string]map[string]string

// countryRows is the table of countries, which nobody keeps at the desk.
const countryRows = "countries"

// DatedNamesOf puts names beside their codes.
func DatedNamesOf(ctx context.Context, named map[string][]dated.Name, countries []models.Country) DatedNames {
	names := DatedNames{countryRows: {}}
	for table, list := range named {
		names[table] = map[string]string{}
		for _, n := range list {
			names[table][n.Code] = n.Title
		}
	}
	for _, c := range countries {
		names[countryRows][c.Code] = c.Name.In(i18n.Of(ctx))
	}
	return names
}

// of is how a code of a table is called; the code where nobody knows.
func (n DatedNames) of(table, code string) string {
	if name := n[table][code]; name != "" {
		return name
	}
	return code
}

// text is a value in words: choices by their names, codes by those of their rows, conditions with the questions behind them.
func (n DatedNames) text(ctx context.Context, f dated.Field, value string) string {
	switch {
	case value == "":
		return ""
	case f.Kind == dated.Flag || f.Kind == dated.Choice:
		return i18n.T(ctx, "dated.choice."+value)
	case f.Kind == dated.Country:
		return n.of(countryRows, value)
	case f.Cites != nil:
		return strings.Join(append([]string{value}, n.cited(f, value)...), "\n")
	case f.Of != "":
		lines := strings.Split(value, "\n")
		for i, code := range lines {
			lines[i] = n.of(f.Of, code)
		}
		return strings.Join(lines, "\n")
	}
	return value
}

var codeWord = regexp.MustCompile("[A-Z][A-Z0-9_]+")

// cited are the rows that a text names, one a line with how they are called.
func (n DatedNames) cited(f dated.Field, text string) (lines []string) {
	for _, code := range codeWord.FindAllString(text, -1) {
		line := code + ": " + n[f.Of][code]
		if n[f.Of][code] != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// whose are the columns that say of a row for whom it is, beside its title.
var whose = []string{"variant_id", "label_id", "route", "routes", "country_code", "scheme"}

// titled is how a row of a table is called: by its title, and for whom it is where several have the same.
func (n DatedNames) titled(ctx context.Context, t dated.Table, says dated.Values) string {
	parts := []string{n.column(ctx, t, says, t.Title)}
	if t.Group != "" && strings.HasSuffix(t.Title, "_code") {
		for _, column := range whose {
			if text := n.column(ctx, t, says, column); text != "" {
				parts = append(parts, text)
			}
		}
	}
	return strings.Join(parts, " · ")
}

// column is the value of a column in words, in one line.
func (n DatedNames) column(ctx context.Context, t dated.Table, says dated.Values, column string) string {
	i := slices.IndexFunc(t.Fields, func(f dated.Field) bool { return f.Column == column })
	if i < 0 {
		return ""
	}
	return strings.ReplaceAll(n.text(ctx, t.Fields[i], says[column]), "\n", ", ")
}

// options are the codes of a table with their names, by name.
func (n DatedNames) options(table string, used []string) (list []components.Option) {
	for code, name := range n[table] {
		if slices.Contains(used, code) {
			list = append(list, components.Option{Value: code, Label: name})
		}
	}
	slices.SortFunc(list, func(a, b components.Option) int { return strings.Compare(a.Label, b.Label) })
	return list
}
