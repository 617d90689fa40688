package i18n

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// gaps finds calls of T with a key and values in plain sight that lack a value of their sentence.
func gaps(name, text string, needs map[string][]string) (faults []string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, 0)
	if err != nil {
		return nil, err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 || call.Ellipsis.IsValid() {
			return true
		}
		if sel, isSel := call.Fun.(*ast.SelectorExpr); !isSel || sel.Sel.Name != "T" {
			return true
		}
		key, isKey := literalText(call.Args[1])
		if !isKey {
			return true
		}
		var given []string
		for i := 2; i < len(call.Args); i += 2 {
			if value, isText := literalText(call.Args[i]); isText {
				given = append(given, value)
			}
		}
		for _, need := range needs[key] {
			if !slices.Contains(given, need) {
				faults = append(faults, fmt.Sprintf("%s: %s without %s", set.Position(call.Pos()), key, need))
			}
		}
		return true
	})
	return faults, nil
}

func literalText(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// F088: every sentence with placeholders is called with their values.
func TestF088F256SentencesGetTheirValues(t *testing.T) {
	needs := map[string][]string{}
	for _, f := range parseFiles(t, locales) {
		for key, forms := range f.messages {
			needs[key] = namesIn(forms)
		}
	}
	calls := 0
	err := filepath.WalkDir(moduleRoot, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != moduleRoot && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		calls += strings.Count(string(text), "i18n.T(")
		found, err := gaps(path, string(text), needs)
		for _, fault := range found {
			t.Error(fault)
		}
		return err
	})
	if err != nil || calls < 500 {
		t.Errorf("%d calls, %v", calls, err)
	}
}

func TestF088GapsAreFound(t *testing.T) {
	needs := map[string][]string{"a.rank": {"Rank"}, "a.plain": nil}
	for call, want := range map[string]int{
		`i18n.T(ctx, "a.rank")`: 1, `i18n.T(ctx, "a.rank", "Rang", 1)`: 1, `i18n.T(ctx, "a.rank", "Rank", 1)`: 0,
		`i18n.T(ctx, "a.rank", args...)`: 0, `i18n.T(ctx, "a.plain")`: 0,
	} {
		found, err := gaps("x.go", "package x\nvar x = "+call, needs)
		if err != nil || len(found) != want {
			t.Errorf("%s: %v, %v; want %d", call, found, err, want)
		}
	}
}
