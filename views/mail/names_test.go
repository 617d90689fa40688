package mail

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A letter's template goes through parameters, fields and variables of these names, until it is one of a Letter.
var templateNames = []string{"template", "Template", "notice"}

// putTogether are the templates that the code puts together, by how it does.
var putTogether = map[string][]string{
	"RequestLetter(d.To)":         {"join_verified", "join_asked", "join_refused"},
	`"certificate_" + string(to)`: {"certificate_verified", "certificate_needs_fix", "certificate_rejected", "certificate_suspended"},
	`"reminder_" + r.Code`:        {"reminder_draft", "reminder_fix", "reminder_test", "reminder_enrol", "reminder_start"},
	`e.Kind.Letter()`:             {"intake_cancelled", "application_cancelled", "application_deferred"},
	`c.Purpose + "_code"`:         {"register_code", "recover_code", "change_address_code"},
	`c.Purpose + "_known"`:        {"register_known", "recover_known", "change_address_known"},
}

// A letterScan finds the names of templates in sources.
type letterScan struct {
	set    *token.FileSet
	params map[string]int    // where functions take a template, by their name
	fields map[string]int    // where structs hold one, by their name
	found  map[string]string // names of templates, with a place
	unread []string          // expressions that say no name
}

// places notes where functions and structs of a file take a template.
func (s *letterScan) places(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if i := position(n.Type.Params); i >= 0 {
				s.params[n.Name.Name] = i
			}
		case *ast.TypeSpec:
			if of, ok := n.Type.(*ast.StructType); ok && position(of.Fields) >= 0 {
				s.fields[n.Name.Name] = position(of.Fields)
			}
		}
		return true
	})
}

// position is where in a list a string with one of the names stands, -1 for nowhere.
func position(list *ast.FieldList) int {
	i := 0
	for _, field := range list.List {
		for _, name := range field.Names {
			if slices.Contains(templateNames, name.Name) && types.ExprString(field.Type) == "string" {
				return i
			}
			i++
		}
	}
	return -1
}

// names collects the templates that a file gives to those places.
func (s *letterScan) names(f *ast.File) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if i, ok := s.params[lastName(n.Fun)]; ok && i < len(n.Args) {
				s.read(n.Args[i])
			}
		case *ast.CompositeLit:
			s.literal(n)
		case *ast.AssignStmt:
			for i, to := range n.Lhs {
				if len(n.Rhs) == len(n.Lhs) && slices.Contains(templateNames, lastName(to)) {
					s.read(n.Rhs[i])
				}
			}
		}
		return true
	})
}

func (s *letterScan) literal(lit *ast.CompositeLit) {
	at, ok := s.fields[lastName(lit.Type)]
	for i, value := range lit.Elts {
		pair, keyed := value.(*ast.KeyValueExpr)
		switch {
		case ok && keyed && slices.Contains(templateNames, lastName(pair.Key)):
			s.read(pair.Value)
		case ok && !keyed && i == at:
			s.read(value)
		}
	}
}

// lastName is an identifier, or the last one of a selection.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// read takes the name out of an expression. One that has such a name itself was given its value elsewhere.
func (s *letterScan) read(e ast.Expr) {
	text, at := types.ExprString(e), s.set.Position(e.Pos()).String()
	name, err := strconv.Unquote(text)
	switch {
	case slices.Contains(templateNames, lastName(e)) || text == `""`:
	case err == nil:
		s.found[name] = at
	case putTogether[text] != nil:
		for _, name := range putTogether[text] {
			s.found[name] = at
		}
	default:
		s.unread = append(s.unread, at+": "+text)
	}
}

// scan reads sources, by their names.
func scan(t *testing.T, sources map[string]string) *letterScan {
	t.Helper()
	s := &letterScan{token.NewFileSet(), map[string]int{}, map[string]int{}, map[string]string{}, nil}
	var parsed []*ast.File
	for name, text := range sources {
		f, err := parser.ParseFile(s.set, name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
		s.places(f)
	}
	for _, f := range parsed {
		s.names(f)
	}
	return s
}

// faults are the letters without their words, in one of the catalogues by language, and what says no name.
func (s *letterScan) faults(catalogues map[string]map[string]any) []string {
	found := slices.Clone(s.unread)
	for name, at := range s.found {
		for lang, keys := range catalogues {
			for _, part := range []string{"subject", "body", "short"} {
				if key := "mail." + name + "." + part; keys[key] == nil {
					found = append(found, at+": no "+key+" in "+lang)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

// Every letter that the code writes has its subject, its body and its short form, in both languages.
func TestEveryLetterHasItsWords(t *testing.T) {
	sources := map[string]string{}
	err := filepath.WalkDir("../../models", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		sources[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	catalogues := map[string]map[string]any{}
	for _, lang := range []string{"id", "en"} {
		text, err := os.ReadFile("../../internal/i18n/locales/mail." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]any
		if err := json.Unmarshal(text, &keys); err != nil {
			t.Fatal(err)
		}
		catalogues[lang] = keys
	}
	s := scan(t, sources)
	for _, fault := range s.faults(catalogues) {
		t.Error(fault)
	}
	for _, template := range templates(t, "id") {
		if s.found[template] == "" && !strings.HasPrefix(template, "neutral") {
			t.Errorf("nothing writes %s", template)
		}
	}
}

func TestLettersWithoutWordsAreFound(t *testing.T) {
	s := scan(t, map[string]string{"made_up.go": `package models
type step struct{ to, notice string }
type reminder struct{ column, template string }
func (d *DB) Tell(ctx context.Context, u User, dedupe, template string, data map[string]string) error { return nil }
func f() {
	s.db.Tell(ctx, u, "key", "told", nil)
	move(step{to: Expired, notice: "stepped"})
	to, notice := Dropped, "dropped"
	move(step{to: to, notice: notice})
	template := "one"
	if known { template = "other" }
	s.db.Tell(ctx, u, "key", template, nil)
	s.db.Tell(ctx, u, "key", "tw" + "o", nil)
	_ = reminder{"valid_until", "reminded"}
	_ = record.Letter{Template: "no struct of these sources"}
}`})
	whole := map[string]any{}
	for _, name := range []string{"stepped", "dropped", "one", "other", "reminded"} {
		whole["mail."+name+".subject"], whole["mail."+name+".body"], whole["mail."+name+".short"] = "x", "x", "x"
	}
	delete(whole, "mail.reminded.short")
	want := []string{
		`made_up.go:13:27: "tw" + "o"`, "made_up.go:14:30: no mail.reminded.short in id",
		"made_up.go:6:27: no mail.told.body in id", "made_up.go:6:27: no mail.told.short in id", "made_up.go:6:27: no mail.told.subject in id",
	}
	if got := s.faults(map[string]map[string]any{"id": whole}); !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
}
