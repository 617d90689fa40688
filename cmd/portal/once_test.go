package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A handler makes one call of the Store that writes: what it does is then all there or not at all, wherever the
// portal is killed, and a form that is sent again finds nothing half done.

// besides are calls of the Store that write and stand by themselves: what they write down is true whatever
// becomes of the rest.
var besides = map[string]string{
	"MaySend":           "counts a file that was sent",
	"ReviewApplication": "writes down that an officer looks at a file",
	"ReviewCertificate": "writes down that an officer looks at a certificate",
	"AccountPair":       "writes down that an officer looks at two people",
	"PersonForOfficer":  "writes down that an officer looks at a person",
	"StartSession":      "who somebody is, which is kept with every answer",
	"EndSession":        "likewise",
	"RememberDevice":    "in which browser somebody is, which is noted with every sign-in",
	"MayKeepAnswer":     "counts the page of a form that was refused",
	"KeepAnswer":        "the page of a form that was refused, which did nothing",
	"FormTaken":         "what is kept of a form that is done",
	"Ping":              "asks whether the database is there",
	"Refused":           "writes down that somebody asked for what is not theirs",
	"RefusedOffice":     "likewise",
}

// several are the functions of desks that call more than one all the same; to who calls them they are one.
var several = map[string]string{
	"account.endSessions":       "one of them, or all others",
	"admin.resetFactor":         "asking for it, or approving what another one asked for",
	"institution.saveImport":    "a short one is saved at once, a long one is handed to a job",
	"institution.manyAct":       "many are submitted, closed, or deleted",
	"institution.saveScores":    "after a refusal the sheet is read again; nothing but the scores is written",
	"institution.record":        "the result of the course or that of the assessment",
	"officer.decideApplication": "the decision stands; the next file is taken after it, and can be taken again",
	"officer.decideCertificate": "the decision stands; the next certificate is taken after it, and can be taken again",
	"seeker.newCertificate":     "the files of a form with faults go into the library, those of a whole one come with the certificate",
	"seeker.savePhoto":          "a photo takes the place of another, or comes beside it",
	"seeker.replaceDocument":    "the new photo is a document by itself; sent again it is the same file, and takes the place of the old one",
	"seeker.saveGuardian":       "the signed consent is a document by itself, and is there when the form is sent again",
	"seeker.profileSections":    "each section of the profile has a form of its own",
}

// A callGraph is what the functions of some files call, by name, of values that have one of some names; what
// stands in a loop counts twice.
type callGraph map[string][]string

// add notes the functions of a file, with prefix before their names. of says what a call is called, empty for
// one that does not count.
func (g callGraph) add(prefix string, file *ast.File, of func(call *ast.SelectorExpr) string) {
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		name := prefix + f.Name.Name
		g[name] = append(g[name], "")
		var note func(n ast.Node, times int)
		note = func(n ast.Node, times int) {
			ast.Inspect(n, func(in ast.Node) bool {
				switch in := in.(type) {
				case *ast.ForStmt, *ast.RangeStmt:
					if in != n {
						note(in, 2)
						return false
					}
				case *ast.SelectorExpr:
					if call := of(in); call != "" {
						g[name] = append(g[name], slices.Repeat([]string{call}, times)...)
					}
				}
				return true
			})
		}
		note(f.Body, 1)
	}
}

// writers are the methods of the Store that write, those that call another one among them.
func writers(files map[string]*ast.File) map[string]bool {
	steps := []string{"transact", "Create", "Update", "Updates", "Delete", "Exec", "Audit", "Attempt"}
	g := callGraph{}
	for _, file := range files {
		g.add("", file, func(call *ast.SelectorExpr) string {
			if x, ok := call.X.(*ast.Ident); slices.Contains(steps, call.Sel.Name) || ok && (x.Name == "s" || x.Name == "tx") {
				return call.Sel.Name
			}
			return ""
		})
	}
	writing := map[string]bool{}
	for _, step := range steps {
		writing[step] = true
	}
	for more := true; more; {
		more = false
		for name, calls := range g {
			if !writing[name] && slices.ContainsFunc(calls, func(call string) bool { return writing[call] }) {
				writing[name], more = true, true
			}
		}
	}
	return writing
}

// writesOf lists the writing calls of the Store that a function of a desk reaches, through those of its own
// desk and of web.
func writesOf(g callGraph, name string, within []string) (calls []string) {
	desk, _, _ := strings.Cut(name, ".")
	for _, call := range g[name] {
		switch written, ok := strings.CutPrefix(call, "Store."); {
		case ok:
			calls = append(calls, written)
		case call == "":
		default:
			callee := desk + "." + call
			if _, own := g[callee]; !own {
				callee = "web." + call
			}
			if several[callee] != "" {
				calls = append(calls, callee)
			} else if !slices.Contains(within, callee) {
				calls = append(calls, writesOf(g, callee, append(slices.Clone(within), callee))...)
			}
		}
	}
	return calls
}

// deskCalls are the calls of desks: of the Store where it writes, and of what is theirs or of web.
func deskCalls(writing map[string]bool) func(call *ast.SelectorExpr) string {
	return func(call *ast.SelectorExpr) string {
		if lastName(call.X) == "Store" {
			if writing[call.Sel.Name] && besides[call.Sel.Name] == "" {
				return "Store." + call.Sel.Name
			}
			return ""
		}
		if lastName(call.X) == "d" || lastName(call.X) == "p" {
			return call.Sel.Name
		}
		return ""
	}
}

// parsed reads the Go files below a folder that are no tests.
func parsed(t *testing.T, root string) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files[path], err = parser.ParseFile(token.NewFileSet(), path, nil, 0)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestHandlersWriteOnce(t *testing.T) {
	g, of := callGraph{}, deskCalls(writers(parsed(t, "../../models")))
	for _, file := range parsed(t, "../../handlers") {
		g.add(file.Name.Name+".", file, of)
	}
	for name := range several {
		if _, there := g[name]; !there {
			t.Errorf("%s is no function of a desk", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(g)) {
		calls := writesOf(g, name, []string{name})
		if strings.HasSuffix(strings.ToLower(name), "routes") { // the list of all of them
			continue
		}
		if many := len(calls) > 1; many != (several[name] != "") {
			t.Errorf("%s calls %q; a reason to call more than one: %q", name, calls, several[name])
		}
	}
}

// The search sees a call in a loop, through other functions, and of a method that writes by another one.
func TestSeveralWritesAreSeen(t *testing.T) {
	parse := func(code string) *ast.File {
		file, err := parser.ParseFile(token.NewFileSet(), "a.go", code, 0)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	writing := writers(map[string]*ast.File{"a.go": parse(`package models
func (s *Store) Save() error { return s.transact(ctx, "", f) }
func (s *Store) SaveToo() error { return s.Save() }
func (s *Store) Drop() error { return s.db.With(ctx).Delete(&a).Error }
func (s *Store) Read() error { return s.db.With(ctx).Take(&a).Error }
func (s *Store) MaySend() error { return s.Save() }`)})
	g := callGraph{}
	g.add("seeker.", parse(`package seeker
func (d *desk) once() { d.Store.Read(); d.Store.MaySend(); d.Store.SaveToo() }
func (d *desk) loop() { for range a { d.Store.Read(); d.Store.Save() } }
func (d *desk) both() { d.once(); act(d.Store.Drop) }
func (d *desk) again() { for range a { d.once() } }
func (d *desk) turn() { d.turn(); d.once() }`), deskCalls(writing))
	for name, want := range map[string][]string{
		"once": {"SaveToo"}, "loop": {"Save", "Save"}, "both": {"SaveToo", "Drop"}, "again": {"SaveToo", "SaveToo"}, "turn": {"SaveToo"},
	} {
		if got := writesOf(g, "seeker."+name, []string{"seeker." + name}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
