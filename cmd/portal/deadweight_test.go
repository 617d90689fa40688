package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// names counts the identifiers of Go files, and notes the exported ones that a package declares for others.
type names struct {
	seen     map[string]int
	declared map[string]string // package.Name to its file
}

func (n *names) read(t *testing.T, path string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok {
			n.seen[id.Name]++
		}
		return true
	})
	for _, d := range file.Decls {
		for _, id := range declaredBy(d) {
			if id.IsExported() {
				n.declared[file.Name.Name+"."+id.Name] = path
			}
		}
	}
}

// declaredBy are the names of a declaration that is no method's.
func declaredBy(d ast.Decl) (list []*ast.Ident) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			list = append(list, d.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				list = append(list, s.Name)
			case *ast.ValueSpec:
				list = append(list, s.Names...)
			}
		}
	}
	return list
}

// alone are the exported names that stand nowhere but where they are declared.
func (n *names) alone() []string {
	var list []string
	for name := range n.declared {
		_, short, _ := strings.Cut(name, ".")
		if n.seen[short] == 1 {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// roots are the folders of our code.
var roots = []string{"../../internal", "../../models", "../../handlers", "../../views", "../../cmd", "../../migrations", "../../static"}

// reserved are the names that the glossary keeps though nothing uses them yet.
func reserved(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "\n## Reserved\n")
	var list []string
	for _, line := range strings.Split(rest, "\n") {
		if strings.HasPrefix(line, "## ") {
			break
		}
		for _, found := range regexp.MustCompile("`([a-z]+\\.[A-Z]\\w*)`").FindAllStringSubmatch(line, -1) {
			list = append(list, found[1])
		}
	}
	return list
}

// What other packages could use and none does is dead weight that looks like a feature: it is gone, or the glossary
// says what it waits for. What the glossary reserves is there.
func TestF257NoExportedNameIsDeadWeight(t *testing.T) {
	n := &names{seen: map[string]int{}, declared: map[string]string{}}
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || forTests(path) {
				return err
			}
			n.read(t, path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := reserved(t)
	for _, name := range n.alone() {
		if !slices.Contains(kept, name) {
			t.Errorf("%s (%s) has no caller: use it, take it out, or reserve it in docs/glossary.md", name, n.declared[name])
		}
	}
	for _, name := range kept {
		if n.declared[name] == "" {
			t.Errorf("docs/glossary.md reserves %s, which is not there", name)
		}
	}
}

// forTests are packages whose callers are tests.
func forTests(path string) bool {
	for _, part := range []string{"/internal/testportal", "/internal/testbrowser", "/internal/testdb", "/testdata/"} {
		if strings.Contains(path, part) {
			return true
		}
	}
	return false
}

func TestF257LonelyNamesAreFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.go")
	source := "package a\n\nconst Used, Alone = 1, 2\n\nvar b = Used\n\nfunc Nobody() {}\n\nfunc (T) Method() {}\n\ntype T struct{}\n"
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	n := &names{seen: map[string]int{}, declared: map[string]string{}}
	n.read(t, path)
	if got := strings.Join(n.alone(), " "); got != "a.Alone a.Nobody" {
		t.Errorf("found %s", got)
	}
}
