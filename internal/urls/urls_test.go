package urls

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pages reads this package's area files: the patterns by constant, and the number of
// values that each page's function puts into its own pattern.
func pages(t *testing.T) (patterns map[string]string, functions map[string]*ast.FuncDecl) {
	t.Helper()
	patterns, functions = map[string]string{}, map[string]*ast.FuncDecl{}
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if name == "urls.go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if !onlyAsks(d) {
					functions[d.Name.Name] = d
				}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					continue // a table that a function looks into
				}
				for _, spec := range d.Specs {
					value, ok := spec.(*ast.ValueSpec)
					if !ok || len(value.Values) != 1 {
						t.Fatalf("%s: only one constant a line is understood", name)
					}
					text, err := strconv.Unquote(value.Values[0].(*ast.BasicLit).Value)
					if err != nil {
						t.Fatal(err)
					}
					patterns[value.Names[0].Name] = text
				}
			}
		}
	}
	return patterns, functions
}

// onlyAsks says whether a function leads to a page of another function, with a query or by another name, instead of
// being one.
func onlyAsks(f *ast.FuncDecl) bool {
	ret, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok {
		return false
	}
	call, ok := ret.Results[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	name, ok := call.Fun.(*ast.Ident)
	return ok && ast.IsExported(name.Name)
}

// filled returns the pattern constant that a page's function uses and the names of
// the values it fills in: "return XPattern" or "return fill(XPattern, a, b)".
func filled(f *ast.FuncDecl) (pattern string, values []string) {
	if len(f.Body.List) != 1 {
		return "", nil
	}
	ret, ok := f.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return "", nil
	}
	switch result := ret.Results[0].(type) {
	case *ast.Ident:
		return result.Name, nil
	case *ast.CallExpr:
		name, ok := result.Fun.(*ast.Ident)
		if !ok || name.Name != "fill" {
			return "", nil
		}
		for i, arg := range result.Args {
			id, ok := arg.(*ast.Ident)
			switch {
			case !ok:
				return "", nil
			case i == 0:
				pattern = id.Name
			default:
				values = append(values, id.Name)
			}
		}
		return pattern, values
	}
	return "", nil
}

// unlinked are the patterns to which no page leads: programs know them.
var unlinked = []string{"RobotsPattern", "FinishPartialPattern", "HelpPartPattern", "HelpPartDonePattern"}

// Every pattern has a function that fills all its parameters, and no two pages share
// a path; so adding a page is adding its two lines.
func TestEveryPageHasPatternAndFunction(t *testing.T) {
	patterns, functions := pages(t)
	byPath := map[string]string{}
	for constant, path := range patterns {
		name, ok := strings.CutSuffix(constant, "Pattern")
		if !ok || (functions[name] == nil) != slices.Contains(unlinked, constant) {
			t.Errorf("%s has no function of its name", constant)
		}
		if other, taken := byPath[path]; taken {
			t.Errorf("%s and %s are both %s", constant, other, path)
		}
		byPath[path] = constant
		if !strings.HasPrefix(path, "/") || path != "/" && strings.HasSuffix(path, "/") || strings.HasPrefix(path, english+"/") {
			t.Errorf("%s = %q is not a plain path", constant, path)
		}
	}
	for name, f := range functions {
		pattern, values := filled(f)
		if pattern != name+"Pattern" {
			t.Errorf("%s does not return its own pattern, filled", name)
			continue
		}
		if want := strings.Count(patterns[pattern], ":"); len(values) != want || f.Type.Params.NumFields() != want {
			t.Errorf("%s fills %d values into %q", name, len(values), patterns[pattern])
		}
	}
	if len(patterns) != len(functions)+len(unlinked) || len(patterns) == 0 {
		t.Errorf("%d patterns, %d functions", len(patterns), len(functions))
	}
}

// match reads the values of a path back, as the router does.
func match(pattern, path string) (values []string, ok bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	for i := range want {
		if !strings.HasPrefix(want[i], ":") {
			if want[i] != got[i] {
				return nil, false
			}
			continue
		}
		value, err := url.PathUnescape(got[i])
		if err != nil {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}

// Whatever a reference holds, the router finds the page and the reference again.
func TestPatternsRoundTrip(t *testing.T) {
	patterns, _ := pages(t)
	rapid.Check(t, func(t *rapid.T) {
		for constant, pattern := range patterns {
			n := strings.Count(pattern, ":")
			values := rapid.SliceOfN(rapid.StringN(1, 20, -1), n, n).Draw(t, constant)
			path := fill(pattern, values...)
			got, ok := match(pattern, path)
			if !ok || strings.Join(got, "\x00") != strings.Join(values, "\x00") {
				t.Fatalf("%s with %q: %q gives %q", pattern, values, path, got)
			}
		}
	})
}

func TestPages(t *testing.T) {
	for got, want := range map[string]string{
		Home():                     "/",
		Programme("NK-7F3K92QD"):   "/pelatihan/NK-7F3K92QD",
		Institution("a/../b c?"):   "/lembaga/a%2F..%2Fb%20c%3F",
		ProfileSection("alamat"):   "/saya/profil/alamat",
		Application("NK-7F3K92QD"): "/saya/pendaftaran/NK-7F3K92QD",
		Recover():                  "/lupa-sandi",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestEnglishPrefix(t *testing.T) {
	tests := []struct{ path, english string }{
		{"/", "/en"},
		{"/?q=las", "/en?q=las"},
		{"/#isi", "/en#isi"},
		{"/pelatihan", "/en/pelatihan"},
		{"/pelatihan?q=las&hal=2", "/en/pelatihan?q=las&hal=2"},
		{"https://example.id/", "https://example.id/"},
		{"//example.id/", "//example.id/"},
		{"#isi", "#isi"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := InEnglish(tt.path); got != tt.english {
			t.Errorf("InEnglish(%q) = %q, want %q", tt.path, got, tt.english)
		}
	}
	for path, want := range map[string]string{"/en": "/", "/en/": "/", "/en/pelatihan": "/pelatihan"} {
		if rest, ok := CutEnglish(path); !ok || rest != want {
			t.Errorf("CutEnglish(%q) = %q, %v", path, rest, ok)
		}
	}
	for _, path := range []string{"/", "/energi", "/pelatihan/en", ""} {
		if rest, ok := CutEnglish(path); ok || rest != path {
			t.Errorf("CutEnglish(%q) = %q, %v", path, rest, ok)
		}
	}
}

func TestEnglishPrefixComesOffAgain(t *testing.T) {
	patterns, _ := pages(t)
	for _, path := range patterns {
		if rest, ok := CutEnglish(InEnglish(path)); !ok || rest != path {
			t.Errorf("%q came back as %q", path, rest)
		}
	}
}

func TestWithQuery(t *testing.T) {
	tests := []struct {
		pairs []string
		want  string
	}{
		{nil, "/pelatihan"},
		{[]string{"q", ""}, "/pelatihan"},
		{[]string{"q", "las & bubut", "kota", "", "hal", "2"}, "/pelatihan?q=las+%26+bubut&hal=2"},
		{[]string{"q"}, "/pelatihan"},
	}
	for _, tt := range tests {
		if got := WithQuery(Programmes(), tt.pairs...); got != tt.want {
			t.Errorf("WithQuery(%q) = %q, want %q", tt.pairs, got, tt.want)
		}
	}
}
