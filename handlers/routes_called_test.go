package handlers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// A part of a desk's routes that nobody puts into its Routes would answer to no address: each is called in its package.
func TestEveryPartOfTheRoutesIsCalled(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	made, called := map[string]bool{}, map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		desk := filepath.Dir(file) + "."
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv != nil && strings.HasSuffix(n.Name.Name, "Routes") {
					made[desk+n.Name.Name] = true
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok {
					called[desk+f.Sel.Name] = true
				}
			}
			return true
		})
	}
	if len(made) == 0 {
		t.Fatal("no parts of routes were found")
	}
	for name := range made {
		if !called[name] {
			t.Errorf("nobody calls %s", name)
		}
	}
}
