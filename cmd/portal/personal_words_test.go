package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/account"
	"naikkelas/views/ambient"
)

// known finds the codes of a column in the database's own rule about it.
var known = regexp.MustCompile(`\((\w+) = ANY \(ARRAY\[([^\]]*)\]\)\)`)

// Whatever code the database lets stand in the copy of a person's data is read in words on its page, in both languages.
func TestCodesOfTheCopyAreReadInWords(t *testing.T) {
	people, _, _ := population(t)
	names, err := people.store.DataNames(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	codes := codesOf(t, people)
	tried := 0
	for _, p := range personal() {
		for _, column := range copiedOf(p) {
			for _, language := range []i18n.Lang{i18n.ID, i18n.EN} {
				for _, code := range codes[p.Part+" "+column] {
					if code = strings.Trim(code, "'"); code == "" || strings.HasPrefix(code, "1") {
						continue
					}
					tried++
					read := onPage(t, language, record.DataPart{Name: p.Part, Rows: rowOf(t, column, code)}, names)
					if read == "" || read == code || strings.ContainsAny(read, "_[{<") {
						t.Errorf("%s %s %s: %q is read as %q", language, p.Part, column, code, read)
					}
				}
			}
		}
	}
	if tried < 300 {
		t.Errorf("%d codes were found", tried)
	}
}

// codesOf are the codes that can stand in the copy, by part and column: those in the rules of tables, and some of the others.
func codesOf(t *testing.T, p *portal) map[string][]string {
	t.Helper()
	codes := map[string][]string{ // by part and column, beside those in the rules of tables
		"application_events to_state": {"draft", "needs_fix", "completed", "deferred"},
		"certificate_events to_state": {"checking", "suspended"},
		"applications statements":     models.Statements,
		"identity_checks passed_as":   {"one_word", "renamed"},
		"emergency_contacts relation": {"parent"},
		"looks action":                {"nik_revealed", "profile_saved", "something_new"},
		"looks actor_role":            {"system"},
		"messages author_role":        {"staff"},
		"looks subject_kind":          {"user", "upload"},
		"notices template":            {"application_verified", "register_code"},
		"conversations data_right":    {"access"},
		"profile education_code":      {"SMA"},
		"addresses regency_code":      {"31.75"},
		"certificates type_code":      {"BNSP_LSP"},
		"experiences country":         {"TW"},
		"conversations subject":       {"right"},
	}
	for _, part := range personal() {
		var rules []string
		query := "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ?::regclass AND contype = 'c'"
		if err := p.database.gorm.Raw(query, part.Table).Scan(&rules).Error; err != nil {
			t.Fatal(err)
		}
		for _, rule := range rules {
			for _, found := range known.FindAllStringSubmatch(rule, -1) {
				for value := range strings.SplitSeq(found[2], ", ") {
					key := part.Part + " " + found[1]
					codes[key] = append(codes[key], strings.TrimSuffix(strings.Trim(value, "()"), "::text"))
				}
			}
		}
	}
	return codes
}

// A word that somebody typed stays theirs, also where it looks like a code.
func TestTypedWordsOfTheCopyStayAsTheyAre(t *testing.T) {
	for _, column := range []string{"name", "email", "body", "holder_name", "motivation"} {
		if read := onPage(t, i18n.ID, record.DataPart{Name: "account", Rows: rowOf(t, column, "draft")}, nil); read != "draft" {
			t.Errorf("%s: read as %q", column, read)
		}
	}
}

// copiedOf are the names in the copy of a part's values.
func copiedOf(p record.Personal) (names []string) {
	for _, c := range p.Columns {
		switch {
		case c.NotCopied != "" || p.Part == "":
		case c.As != "":
			names = append(names, c.As)
		default:
			names = append(names, strings.Fields(c.Names)...)
		}
	}
	return names
}

func rowOf(t *testing.T, column, value string) json.RawMessage {
	t.Helper()
	text, err := json.Marshal([]map[string]string{{column: value}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// onPage is the value of a part of one row with one value, as the page shows it.
func onPage(t *testing.T, language i18n.Lang, part record.DataPart, names map[string]models.Text) string {
	t.Helper()
	ctx := ambient.With(t.Context(), ambient.Ambient{Lang: language})
	var page bytes.Buffer
	if err := account.MyData(account.MyDataPage{Parts: []record.DataPart{part}, Names: names}).Render(ctx, &page); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&page)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(doc.Find("main details dd").Text())
}
