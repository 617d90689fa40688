package i18n

import (
	"fmt"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// A literal is a string of the source code.
type literal struct {
	text string
	at   string // file:line
}

// A source is one .go or .templ file of the module that is part of the portal.
type source struct {
	path string // from the module's root
	text string
}

// moduleRoot is the folder of go.mod, from this package's folder.
const moduleRoot = "../.."

// sources reads the module's own code: no tests, and no generated code, because the
// .templ file it is made of is read instead.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(moduleRoot, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() {
			if path != moduleRoot && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		isGo := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go")
		if !isGo && !strings.HasSuffix(name, ".templ") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(moduleRoot, path)
		all = append(all, source{filepath.ToSlash(rel), string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var quoted = regexp.MustCompile(`"[^"\n]*"`)

// literals returns the quoted strings of a source. A templ file is no Go that the
// scanner could read, so there anything between two quotes of one line counts.
func (s source) literals() []literal {
	var found []literal
	if strings.HasSuffix(s.path, ".templ") {
		for i, line := range strings.Split(s.text, "\n") {
			for _, q := range quoted.FindAllString(line, -1) {
				found = append(found, literal{strings.Trim(q, `"`), fmt.Sprintf("%s:%d", s.path, i+1)})
			}
		}
		return found
	}
	files := token.NewFileSet()
	file := files.AddFile(s.path, -1, len(s.text))
	var scan scanner.Scanner
	scan.Init(file, []byte(s.text), nil, 0)
	for {
		pos, tok, text := scan.Scan()
		switch tok {
		case token.EOF:
			return found
		case token.STRING:
			at := fmt.Sprintf("%s:%d", s.path, file.Line(pos))
			found = append(found, literal{strings.Trim(text, "\"`"), at})
		}
	}
}

var (
	keyShape = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)
	// Calls whose argument is always a key, whatever it looks like.
	keyCalls = []*regexp.Regexp{
		regexp.MustCompile(`\bi18n\.T\(\s*[\w.()]+,\s*"([^"]*)"`),
		regexp.MustCompile(`\bRefusal\{\s*(?:Key:\s*)?"([^"]*)"`),
		regexp.MustCompile(`\brefuse\(\s*"([^"]*)"`),
		regexp.MustCompile(`\.Add\(\s*"[^"]*",\s*"([a-z_]+(?:\.[a-z0-9_]+)+)"`),
	}
	familyMark = regexp.MustCompile(`(?m)^[ \t]*//i18n:family[ \t]+(.*)$`)
	// A line with this mark holds a word of ours that only looks like a key.
	notAKey = "//i18n:not-a-key"
)

// uses returns the keys that a source names, each with a place, and the families of
// keys it declares with a line like
//
//	//i18n:family seeker.state.*
//
// for keys that are put together while running.
func (s source) uses(areas []string) (keys map[string]string, families []string) {
	keys = map[string]string{}
	for _, m := range familyMark.FindAllStringSubmatch(s.text, -1) {
		families = append(families, strings.Fields(m[1])...)
	}
	lines := strings.Split(s.text, "\n")
	for _, l := range s.literals() {
		area, _, _ := strings.Cut(l.text, ".")
		if keyShape.MatchString(l.text) && slices.Contains(areas, area) && !marked(lines, l.at) {
			keys[l.text] = l.at
		}
	}
	for _, call := range keyCalls {
		for _, m := range call.FindAllStringSubmatchIndex(s.text, -1) {
			key := s.text[m[2]:m[3]]
			if !strings.HasSuffix(key, ".") { // else the start of a family
				keys[key] = fmt.Sprintf("%s:%d", s.path, 1+strings.Count(s.text[:m[0]], "\n"))
			}
		}
	}
	return keys, families
}

func marked(lines []string, at string) bool {
	var n int
	if _, err := fmt.Sscanf(at[strings.LastIndex(at, ":")+1:], "%d", &n); err != nil {
		return false
	}
	return strings.Contains(lines[n-1], notAKey)
}

// Words that Indonesian sentences can hardly do without and English code never has.
var indonesian = []string{
	"yang", "dan", "tidak", "anda", "untuk", "atau", "dengan", "dari", "sudah", "belum",
	"ini", "itu", "akan", "bisa", "dapat", "harus", "agar", "karena", "silakan", "kami",
}

// isSentence says whether a text reads like an Indonesian sentence.
func isSentence(text string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return len(words) >= 4 && slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(indonesian, strings.ToLower(w))
	})
}

// sentences returns the places where a source of handlers, views or models speaks
// Indonesian itself instead of by key.
func (s source) sentences() []string {
	top, _, _ := strings.Cut(s.path, "/")
	if !slices.Contains([]string{"handlers", "views", "models"}, top) {
		return nil
	}
	var found []string
	if strings.HasSuffix(s.path, ".templ") {
		for i, line := range strings.Split(s.text, "\n") {
			if !strings.HasPrefix(strings.TrimSpace(line), "//") && isSentence(line) {
				found = append(found, fmt.Sprintf("%s:%d: %s", s.path, i+1, strings.TrimSpace(line)))
			}
		}
		return found
	}
	for _, l := range s.literals() {
		if isSentence(l.text) {
			found = append(found, l.at+": "+l.text)
		}
	}
	return found
}
