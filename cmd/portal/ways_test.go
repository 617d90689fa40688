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

// Whatever reaches a person passes models/record, which asks their contact rules, and leaves through one
// job, which asks them again. ways are the steps of that path that other code could call to go around a
// part of it, with the files that may: news is told by Tell, and all that is here has its reason.
var ways = map[string][]string{
	// Letters to a given address instead of to the person.
	"call SendAnswer": {"models/account_code.go"}, // to who asks for a code at that moment
	// Who has no account, yet or any more: who is invited, relatives, and a colleague whose access ended.
	"call SendInvitation": {"models/account_invitation.go", "models/institution_team.go", "models/institution_request_write.go",
		"models/journey/checkin_tell.go"},
	"call TellBy": {"models/journey/checkin_tell.go"}, // where the person wants to be asked
	"call TellAt": {
		"models/account_address.go", "models/account_code.go", "models/account_counter.go", "models/account_factorreset.go",
		"models/account_join.go",
	},
	// The rows and jobs of letters.
	"make record.Notice":     {"models/record/notice.go"},
	"make record.SendNotice": {"models/record/notice.go", "models/account_worker.go"}, // a failed one goes again
	// Opening a letter and handing it over.
	"call DueLetter":                     {"models/notice.go"},
	"call NoticeLetter":                  {"internal/jobs/notice.go"},
	"call Mailer.Send":                   {"internal/jobs/notice.go"},
	"call Gateway.Send":                  {"internal/jobs/notice.go"},
	"make mail.Message":                  {"internal/jobs/notice.go"},
	"make notify.Message":                {"internal/jobs/notice.go"},
	"import net/smtp":                    nil,
	"import github.com/wneessen/go-mail": {"internal/mail/sender.go"},
}

// stepsIn names the steps of ways that a file takes, as they are named there.
func stepsIn(path string, file *ast.File) []string {
	var found []string
	for _, i := range file.Imports {
		found = append(found, "import "+strings.Trim(i.Path.Value, `"`))
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok {
				found = append(found, "call "+f.Sel.Name, "call "+lastName(f.X)+"."+f.Sel.Name)
			}
		case *ast.CompositeLit:
			name := lastName(n.Type)
			if p, ok := n.Type.(*ast.SelectorExpr); ok {
				name = lastName(p.X) + "." + name
			} else {
				name = file.Name.Name + "." + name
			}
			if len(n.Elts) > 0 { // an empty one only names a table
				found = append(found, "make "+name)
			}
		}
		return true
	})
	return slices.DeleteFunc(found, func(step string) bool {
		allowed, isWay := ways[step]
		return !isWay || slices.Contains(allowed, path)
	})
}

// lastName is the name at the end of a.b.c.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func TestPeopleAreWrittenToInOnePlace(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git" || entry.Name() == ".local"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		case strings.Contains(filepath.ToSlash(path), "/internal/testportal/"): // for tests alone
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		files++
		short := filepath.ToSlash(strings.TrimPrefix(path, filepath.FromSlash("../../")))
		for _, step := range stepsIn(short, file) {
			t.Errorf("%s may not %s", short, step)
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatalf("looked into %d files: %v", files, err)
	}
}

// The search sees each way around, and lets pass what is none.
func TestWaysAroundAreSeen(t *testing.T) {
	const code = `package handlers
import "net/smtp"
func f() {
	h.Store.NoticeLetter(ctx, 1)
	tx.db.DueLetter(ctx, 1)
	tx.db.SendAnswer(ctx, "", nil, record.Letter{})
	tx.db.SendInvitation(ctx, "", l)
	tx.db.TellAt(ctx, u, record.Way{}, "", "", nil)
	tx.db.TellBy(ctx, u, "", l)
	tx.db.With(ctx).Create(&record.Notice{Dedupe: "a"})
	tx.db.Enqueue(ctx, record.SendNotice{NoticeID: 1})
	h.Mailer.Send(ctx, mail.Message{To: "a"})
	deps.Gateway.Send(ctx, notify.Message{To: "a"})
	tx.db.Tell(ctx, u, "", "", nil)
	tx.db.With(ctx).Model(&record.Notice{})
	channel.Send(1)
}`
	file, err := parser.ParseFile(token.NewFileSet(), "around.go", code, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := stepsIn("handlers/around.go", file)
	for step := range ways {
		seen := slices.Contains(got, step)
		if seen == (step == "import github.com/wneessen/go-mail") {
			t.Errorf("%s: seen %t", step, seen)
		}
	}
	if len(got) != len(ways)-1 {
		t.Errorf("saw %q", got)
	}
}
