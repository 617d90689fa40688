package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// kernelNouns is what handlers and views may use of models/record: nouns, days and errors. How rows are
// written is the business of Stores alone.
var kernelNouns = []string{"Codes", "Consent", "DataPart", "DateDay", "Day", "DayOf", "FoldEmail", "Letter", "Notice", "Refusal",
	"RefusalsIn", "Role", "User"}

// usesOfKernel lists the names that a Go file takes from models/record.
func usesOfKernel(t *testing.T, path string, source any) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	name := ""
	for _, i := range file.Imports {
		if i.Path.Value == `"naikkelas/models/record"` {
			if name = "record"; i.Name != nil {
				name = i.Name.Name
			}
		}
	}
	var used []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && name != "" && x.Name == name {
				used = append(used, s.Sel.Name)
			}
		}
		return true
	})
	return used
}

func TestPagesUseOnlyNounsOfTheKernel(t *testing.T) {
	for _, root := range []string{"../../handlers", "../../views"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			for _, name := range usesOfKernel(t, path, nil) {
				if !slices.Contains(kernelNouns, name) {
					t.Errorf("%s uses record.%s", path, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestUseOfTheKernelsInsideIsFound(t *testing.T) {
	const source = "package x\n\nimport kernel \"naikkelas/models/record\"\n\nvar db = kernel.New(nil, nil, nil, nil)\n"
	if used := usesOfKernel(t, "x.go", source); !slices.Equal(used, []string{"New"}) {
		t.Errorf("found %v", used)
	}
}
