package account

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
)

// MyDataPage shows everything that the portal holds about the person, from the same list as the file.
type MyDataPage struct {
	Parts []record.DataPart
	Names map[string]models.Text // of codes that are rows of ours, see Store.DataNames
}

// mostShown is how many rows of a part stand on the page; the file has all.
const mostShown = 50

// A datum is one value of a row with its name.
type datum struct{ label, value string }

// A dataPart is one part as people read it.
type dataPart struct {
	title string
	rows  [][]datum
	count int
}

// parts are the parts in which something stands, and the titles of those that are empty.
//
//i18n:family account.copy.part.*
func (p MyDataPage) parts(ctx context.Context) (list []dataPart, empty []string) {
	for _, part := range p.Parts {
		title := i18n.T(ctx, "account.copy.part."+part.Name)
		var rows []map[string]any
		in := json.NewDecoder(bytes.NewReader(part.Rows))
		in.UseNumber()
		if in.Decode(&rows) != nil || len(rows) == 0 {
			empty = append(empty, title) // the file says what there is
			continue
		}
		one := dataPart{title: title, count: len(rows)}
		for _, row := range rows[:min(len(rows), mostShown)] {
			one.rows = append(one.rows, wording{part: part.Name, row: row, names: p.Names}.data(ctx))
		}
		list = append(list, one)
	}
	return list, empty
}

// data are the values of a row that are there, in the order of the copy.
//
//i18n:family account.copy.is.*
func (w wording) data(ctx context.Context) (list []datum) {
	inOrder := func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }
	for _, name := range slices.SortedFunc(maps.Keys(w.row), inOrder) {
		if text := w.shown(ctx, name, w.row[name]); text != "" {
			list = append(list, datum{label: i18n.T(ctx, "account.copy.is."+name), value: text})
		}
	}
	return list
}

// numbersOfCards are shown with stars on the page, which somebody beside the person may see too.
var numbersOfCards = []string{"nik", "kk", "passport", "seen_number"}

// shown is a value as people read it; empty where there is nothing to read.
func (w wording) shown(ctx context.Context, key string, value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return i18n.T(ctx, "account.copy.yes")
		}
		return i18n.T(ctx, "account.copy.no")
	case json.Number:
		return v.String()
	case string:
		return w.text(ctx, key, v)
	case []any:
		var parts []string
		for _, each := range v {
			parts = append(parts, w.shown(ctx, key, each))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return w.inner(ctx, key, v)
	}
	return ""
}

// text is a day, an instant or a code in words, and any other text as it is.
func (w wording) text(ctx context.Context, key, v string) string {
	if v == "" {
		return ""
	}
	switch {
	case slices.Contains(numbersOfCards, key):
		return covered(v)
	case key == "media_type":
		return strings.ToUpper(v[strings.LastIndex(v, "/")+1:])
	}
	if said, ok := w.word(ctx, key, v); ok {
		return said
	}
	if day, err := time.Parse(time.DateOnly, v); err == nil {
		return i18n.Date(ctx, day)
	}
	if at, err := time.Parse(time.RFC3339, v); err == nil {
		return i18n.Instant(ctx, at)
	}
	return v
}

// covered leaves four signs of a number in front and behind.
func covered(number string) string {
	signs := []rune(number)
	if len(signs) <= 8 {
		return strings.Repeat("*", len(signs))
	}
	return string(signs[:4]) + strings.Repeat("*", len(signs)-8) + string(signs[len(signs)-4:])
}
