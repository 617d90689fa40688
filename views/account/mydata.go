package account

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// MyDataPage shows everything that the portal holds about the person, from the same list as the file.
type MyDataPage struct {
	Parts []record.DataPart
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

//i18n:family account.copy.part.* account.copy.is.* account.copy.value.*
func (p MyDataPage) parts(ctx context.Context) []dataPart {
	list := make([]dataPart, len(p.Parts))
	for i, part := range p.Parts {
		list[i].title = i18n.T(ctx, "account.copy.part."+part.Name)
		var rows []json.RawMessage
		if json.Unmarshal(part.Rows, &rows) != nil {
			continue // the part stands there empty, and the file says what there is
		}
		list[i].count = len(rows)
		for _, row := range rows[:min(len(rows), mostShown)] {
			list[i].rows = append(list[i].rows, data(ctx, row))
		}
	}
	return list
}

// data are the values of a row that are there, in its order.
func data(ctx context.Context, row json.RawMessage) (list []datum) {
	in := json.NewDecoder(bytes.NewReader(row))
	in.UseNumber()
	if _, err := in.Token(); err != nil {
		return nil
	}
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return list
		}
		var value any
		if in.Decode(&value) != nil {
			return list
		}
		key, _ := name.(string)
		if text := shown(ctx, key, value); text != "" {
			list = append(list, datum{label: i18n.T(ctx, "account.copy.is."+key), value: text})
		}
	}
	return list
}

// numbersOfCards are shown with stars on the page, which somebody beside the person may see too.
var numbersOfCards = []string{"nik", "kk", "passport", "seen_number"}

// shown is a value as people read it; empty where there is nothing to read.
func shown(ctx context.Context, key string, value any) string {
	switch v := value.(type) {
	case bool:
		if v {
			return i18n.T(ctx, "account.copy.yes")
		}
		return i18n.T(ctx, "account.copy.no")
	case json.Number:
		return v.String()
	case string:
		if slices.Contains(numbersOfCards, key) {
			return covered(v)
		}
		return text(ctx, v)
	case []any:
		var parts []string
		for _, each := range v {
			parts = append(parts, shown(ctx, key, each))
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		var parts []string
		for name, each := range v {
			if inner := shown(ctx, name, each); inner != "" {
				parts = append(parts, name+": "+inner)
			}
		}
		slices.Sort(parts)
		return strings.Join(parts, "; ")
	}
	return ""
}

// text is a day, an instant or a code in words, and any other text as it is.
func text(ctx context.Context, v string) string {
	if day, err := time.Parse(time.DateOnly, v); err == nil {
		return i18n.Date(ctx, day)
	}
	if at, err := time.Parse(time.RFC3339, v); err == nil {
		return i18n.Instant(ctx, at)
	}
	if slices.Contains(strings.Fields(codesInWords), v) {
		return i18n.T(ctx, "account.copy.value."+v)
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

// codesInWords are the codes that have words for people; others stand as they are.
const codesInWords = `
	seeker officer staff owner admin system email phone draft submitted in_review needs_fix verified rejected
	invited accepted reserve not_selected enrolled completed withdrawn expired sent failed queued ready male
	female id en ktp kk certificate other privacy_notice phone_messages special_needs share_with_institution
	register recover change_address`
