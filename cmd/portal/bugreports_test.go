package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// bugReports are the rows of the list of public bug reports that this portal is held against,
// by class. A row's test has the row's id in its name.
var bugReports = map[string][]string{
	"accessibility":    {"P088", "P090", "P092"},
	"back button":      {"P049"},
	"csv":              {"P068", "P070", "P073", "P074", "P075"},
	"dates":            {"P018"},
	"deadline":         {"P020", "P022", "P024", "P027"},
	"double submit":    {"P029", "P032", "P033"},
	"email":            {"P059", "P062"},
	"excel":            {"P077", "P079"},
	"i18n":             {"P098", "P100"},
	"identity":         {"P001", "P004", "P006", "P008", "P010"},
	"lost upload":      {"P034", "P036", "P038", "P040"},
	"mail":             {"P128"},
	"migration":        {"P122"},
	"mobile":           {"P093", "P095", "P096"},
	"names":            {"P013", "P014", "P015"},
	"officer conflict": {"P057"},
	"pagination":       {"P082"},
	"password":         {"P063", "P065"},
	"performance":      {"P125"},
	"printing":         {"P102"},
	"race":             {"P052", "P055", "P056"},
	"search":           {"P085"},
	"security":         {"P105", "P107", "P109", "P111", "P113", "P115", "P117", "P118"},
	"session":          {"P042", "P045", "P047", "P048"},
	"upload parser":    {"P119"},
}

// untested are the rows that no test is named after yet, each with the reason.
var untested = map[string]string{}

// testsNaming are the ids of a form that names of tests carry, with one of those tests.
func testsNaming(t *testing.T, form string) map[string]string {
	t.Helper()
	id, rows := regexp.MustCompile(form), map[string]string{}
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git" || entry.Name() == ".local"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, declaration := range file.Decls {
			f, ok := declaration.(*ast.FuncDecl)
			if !ok || f.Recv != nil || !strings.HasPrefix(f.Name.Name, "Test") && !strings.HasPrefix(f.Name.Name, "Fuzz") {
				continue
			}
			for _, row := range id.FindAllString(f.Name.Name, -1) {
				rows[row] = f.Name.Name
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestEveryBugReportHasATestOrAReason(t *testing.T) {
	tested, known := testsNaming(t, `P\d{3}`), map[string]bool{}
	for class, ids := range bugReports {
		for _, id := range ids {
			known[id] = true
			reason, open := untested[id]
			switch {
			case tested[id] == "" && !open:
				t.Errorf("%s (%s) has neither a test nor a reason", id, class)
			case tested[id] != "" && open:
				t.Errorf("%s has %s: take it off the list of untested rows", id, tested[id])
			case open:
				t.Logf("%s (%s) has no test: %s", id, class, reason)
			}
		}
	}
	for id, name := range tested {
		if !known[id] {
			t.Errorf("%s is named after %s, which is no row", name, id)
		}
	}
	if !slices.ContainsFunc(bugReports["identity"], func(id string) bool { return tested[id] != "" }) {
		t.Error("no test was found at all")
	}
}
