package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// inComment finds in a comment what looks like a name of the code, and words for how often a chore comes round.
var (
	inComment = regexp.MustCompile(`(?:^|[\s(])((?:[a-z]+\.)?[a-zA-Z][a-z0-9]+[A-Z]\w*)`)
	howOften  = regexp.MustCompile(`(?i)\b(hourly|nightly|every night|each night|every (?:five|5|ten|10) minutes)\b`)
)

// otherNames are written like names of the code and are not ours.
var otherNames = []string{"JavaScript", "PostgreSQL", "ClamAV", "WhatsApp", "WebAssembly", "LibreOffice", "daisyUI",
	"MiB", "GiB", "yyyymmddNN"}

// A comment says of the code only names that are there, and how often a chore comes round stands with the chores alone:
// there it cannot be untrue.
func TestF258CommentsNameWhatIsThere(t *testing.T) {
	n := &names{seen: map[string]int{}, declared: map[string]string{}}
	var files []string
	for _, root := range roots {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".go") && !strings.Contains(path, "/testdata/") {
				n.read(t, path)
				if !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go") {
					files = append(files, path)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range files {
		for _, fault := range n.untrue(t, path, nil) {
			t.Error(fault)
		}
	}
}

// untrue lists what the comments of a file name that is nowhere.
func (n *names) untrue(t *testing.T, path string, source any) (faults []string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range file.Comments {
		text := group.Text()
		at := fmt.Sprintf("%s:%d", path, set.Position(group.Pos()).Line)
		for _, found := range inComment.FindAllStringSubmatch(text, -1) {
			name := found[1][strings.LastIndex(found[1], ".")+1:]
			if n.seen[name] == 0 && !slices.Contains(otherNames, name) {
				faults = append(faults, fmt.Sprintf("%s names %s, which is nowhere", at, found[1]))
			}
		}
		if often := howOften.FindString(text); often != "" && !strings.HasSuffix(path, "internal/jobs/chores.go") {
			faults = append(faults, fmt.Sprintf("%s says %q: let the chores say it", at, often))
		}
	}
	return faults
}

func TestF258UntrueCommentsAreFound(t *testing.T) {
	n := &names{seen: map[string]int{"IsThere": 1}}
	source := "package a\n\n// b is as IsThere, and not as IsGone. The nightly job, see record.NoSuchThing, tells PostgreSQL.\nvar b int\n"
	if got := len(n.untrue(t, "a.go", source)); got != 3 {
		t.Errorf("%d faults found, want 3", got)
	}
}
