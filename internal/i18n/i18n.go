// Package i18n holds every sentence of the portal in Indonesian and English, and
// writes dates, numbers and money the way readers of each language expect.
//
// The sentences of an area are in locales/<area>.id.json and locales/<area>.en.json,
// under keys <area>.<page>.<thing>. The tests of this package compare them with each
// other and with the whole module's code: every key is named somewhere in the code
// in full, or belongs to a family that the code puts together while running and
// declares with a comment:
//
//	//i18n:family seeker.state.*
//
// A word that only looks like a key ("seeker.created" as the name of an event) is
// marked by //i18n:not-a-key at the end of its line. Names that are rightly the same
// in both languages are listed in testdata/same.txt.
package i18n

import (
	"context"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// A Lang is one of the two languages of the portal.
type Lang string

// The languages of the portal. Indonesian is the one to fall back to.
const (
	ID Lang = "id"
	EN Lang = "en"
)

type langKey struct{}

// With returns a context whose reader reads lang; any language that the portal
// does not have becomes Indonesian.
func With(ctx context.Context, lang Lang) context.Context {
	if lang != EN {
		lang = ID
	}
	return context.WithValue(ctx, langKey{}, lang)
}

// Of returns the language of the context's reader, Indonesian when none was set.
func Of(ctx context.Context) Lang {
	if lang, ok := ctx.Value(langKey{}).(Lang); ok {
		return lang
	}
	return ID
}

// T returns the sentence of a key in the reader's language. The arguments are
// pairs of a placeholder's name and its value: T(ctx, "unit.days", "Count", 3).
// An integer named Count selects the plural form and is written with the
// language's thousands separators. A sentence that only the Indonesian catalogue
// has is shown in Indonesian; a key that no catalogue has is shown in brackets.
func T(ctx context.Context, key string, args ...any) string {
	c, err := loaded()
	if err != nil {
		return "[" + key + "]"
	}
	lang := Of(ctx)
	if text, ok := c.plain[lang][key]; ok {
		return text
	}
	config := goi18n.LocalizeConfig{MessageID: key}
	config.TemplateData, config.PluralCount = placeholders(ctx, args)
	// The error is ignored because go-i18n reports one together with the text
	// when it falls back to Indonesian.
	text, _ := c.localizers[lang].Localize(&config)
	if text == "" {
		return "[" + key + "]"
	}
	return text
}

// placeholders turns name/value pairs into template data, and finds the count
// that selects the plural form (nil when there is none).
func placeholders(ctx context.Context, args []any) (data map[string]any, count any) {
	data = make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			continue
		}
		data[name] = args[i+1]
		if name != "Count" {
			continue
		}
		switch n := args[i+1].(type) {
		case int:
			data[name], count = Number(ctx, n), n
		case int32:
			data[name], count = Number(ctx, n), n
		case int64:
			data[name], count = Number(ctx, n), n
		case float64: // as JSON gives back a number that a message of the page before kept
			data[name], count = Number(ctx, int64(n)), int64(n)
		}
	}
	return data, count
}

// isPlain says whether a message needs neither placeholders nor a plural form.
func isPlain(m *goi18n.Message) bool {
	return m.One == "" && !strings.Contains(m.Other, "{{")
}
