package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"naikkelas/internal/testdb"
)

// tree is the repository, and docs its written documents, as seen from this package.
const (
	tree = "../.."
	docs = tree + "/docs"
)

var (
	// lineBreak is where a comment or a paragraph goes on in the next line.
	lineBreak = regexp.MustCompile(`\n[ \t]*(?://|--|\*|#+)?[ \t]*`)
	// named is a document, with a section of it and what stands under that, such as "section 4, Records".
	named = regexp.MustCompile(`\b([A-Za-z][\w-]*\.md)\b(?: section (\d+(?:\.\d+)*)(?:, ([A-Z][A-Za-z]*(?: [a-z]+)*))?)?`)
	// reported are ids of reports, by themselves or at the beginning of a test's name.
	reported = regexp.MustCompile(`\b(?:Test|Fuzz)?((?:[PQ]\d{3})+)(?:[A-Z_]|\b)`)
	reportID = regexp.MustCompile(`[PQ]\d{3}`)
	heading  = regexp.MustCompile(`(?m)^#{2,3} (.+)$`)
	numbered = regexp.MustCompile(`^(\d+(?:\.\d+)*)\.? `)
	link     = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	testName = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w*`)
	testFunc = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	cellName = regexp.MustCompile("^`(\\w+)`$")
)

// documents are what code may name: the sections of each document by its file's name, and the ids of reports.
type documents struct {
	sections map[string]map[string]bool
	reports  map[string]bool
}

// files gives the text of every file of the tree with one of the endings, by its path.
func files(t *testing.T, root string, endings ...string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{"node_modules", ".git", ".local", "dist", "bin"}, entry.Name()):
			return filepath.SkipDir
		case entry.IsDir(), strings.HasSuffix(path, "_templ.go"):
			return nil
		case !slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(path, ending) }):
			return nil
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d files below %s: %v", len(texts), root, err)
	}
	return texts
}

// sectionsOf are the numbers of a document's headings, and "number, title" of those without a number of
// their own.
func sectionsOf(text string) map[string]bool {
	found := map[string]bool{}
	above := ""
	for _, h := range heading.FindAllStringSubmatch(text, -1) {
		if number := numbered.FindStringSubmatch(h[1]); number != nil {
			above = number[1]
			found[above] = true
			continue
		}
		found[above+", "+h[1]] = true
	}
	return found
}

func readDocuments(t *testing.T) documents {
	t.Helper()
	d := documents{sections: map[string]map[string]bool{}, reports: map[string]bool{}}
	for path, text := range files(t, tree, ".md") {
		d.sections[filepath.Base(path)] = sectionsOf(text)
		if filepath.Base(path) != "reports.md" {
			continue
		}
		for line := range strings.Lines(text) {
			if id, _, ok := strings.Cut(strings.TrimPrefix(line, "| "), " "); ok && reportID.MatchString(id) {
				d.reports[id] = true
			}
		}
	}
	return d
}

// faults lists what a text names that the documents do not have.
func (d documents) faults(text string) []string {
	var list []string
	text = lineBreak.ReplaceAllString(text, " ")
	for _, n := range named.FindAllStringSubmatch(text, -1) {
		document, number, title := n[1], n[2], n[3]
		sections, known := d.sections[document]
		switch {
		case !known:
			list = append(list, document+" is no document of ours")
		case number != "" && !sections[number]:
			list = append(list, document+" has no section "+number)
		case title != "" && !sections[number+", "+title]:
			list = append(list, document+" has nothing called "+title+" in section "+number)
		}
	}
	for _, run := range reported.FindAllStringSubmatch(text, -1) {
		for _, id := range reportID.FindAllString(run[1], -1) {
			if !d.reports[id] {
				list = append(list, id+" has no row in reports.md")
			}
		}
	}
	return list
}

func TestCodeNamesDocumentsThatAreThere(t *testing.T) {
	d := readDocuments(t)
	for path, text := range files(t, tree, ".go", ".sql", ".templ", ".js", ".mjs", ".css", ".md", "Makefile", "Dockerfile", "compose.yaml") {
		for _, fault := range d.faults(text) {
			t.Errorf("%s: %s", path, fault)
		}
	}
	for class, ids := range bugReports {
		for _, id := range ids {
			if !d.reports[id] {
				t.Errorf("%s (%s) has no row in reports.md", id, class)
			}
		}
	}
}

func TestDocumentFaultsAreFound(t *testing.T) {
	d := documents{reports: map[string]bool{"P0" + "01": true}, sections: map[string]map[string]bool{
		"design.md": sectionsOf("# Design\n\n## 3. Data\n\n## 4. Across\n\n### Secrets of people\n\n### 4.1 More\n"),
	}}
	design := "// Why (design" + ".md"
	for text, want := range map[string]string{
		design + ", design" + ".md section 3).":               "",
		design + "\n\t// section 4, Secrets of people).":      "",
		design + " section 4.1)":                              "",
		design + " section 5)":                                "no section 5",
		design + " section 4, Speed). No":                     "nothing called Speed",
		design + " section 3, Secrets of people)":             "nothing called Secrets",
		"-- see style" + ".md":                                "is no document",
		"bug report P0" + "01, and func TestP0" + "01Name(":   "",
		"bug reports P0" + "01, P0" + "02":                    "has no row",
		"func TestP0" + "01P0" + "03_Name(t *testing.T)":      "has no row",
		"an id such as AP0" + "02, P0" + "0277 or Q0" + "02x": "",
	} {
		got := strings.Join(d.faults(text), "; ")
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// What documents say is tested is tested under that name, and their links lead somewhere.
func TestDocumentsNameTestsThatAreThere(t *testing.T) {
	there := map[string]bool{}
	for _, text := range files(t, tree, "_test.go") {
		for _, f := range testFunc.FindAllStringSubmatch(text, -1) {
			there[f[1]] = true
		}
	}
	for path, text := range files(t, docs, ".md") {
		for _, name := range testName.FindAllString(text, -1) {
			if !there[name] {
				t.Errorf("%s: there is no test %s", path, name)
			}
		}
		for _, l := range link.FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), l[1])); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestGlossaryNamesEveryTable(t *testing.T) {
	db, _ := testdb.Open(t)
	var tables []string
	err := db.Raw(`SELECT tablename
		FROM pg_tables
		WHERE schemaname = 'public'
			AND tablename <> 'goose_db_version'
			AND tablename NOT LIKE 'river%'
		ORDER BY tablename`).Scan(&tables).Error
	if err != nil || len(tables) < 20 {
		t.Fatalf("%d tables: %v", len(tables), err)
	}
	text, err := os.ReadFile(docs + "/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 {
			continue
		}
		if name := cellName.FindStringSubmatch(strings.TrimSpace(cells[3])); name != nil {
			explained[name[1]] = true
			if !slices.Contains(tables, name[1]) {
				t.Errorf("the glossary names the table %s, which is not there", name[1])
			}
		}
	}
	for _, table := range tables {
		if !explained[table] {
			t.Errorf("the table %s has no line in docs/glossary.md", table)
		}
	}
}
