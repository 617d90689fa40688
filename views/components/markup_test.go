package components_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func document(t *testing.T, name string) *goquery.Document {
	t.Helper()
	for _, p := range samplePages() {
		if p.name != name {
			continue
		}
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(p.html(t)))
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	t.Fatalf("no sample page %s", name)
	return nil
}

func TestMarkupIsValid(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(writePages(t), "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	args := append([]string{"node_modules/html-validate/bin/html-validate.mjs", "--config", ".htmlvalidate.json"}, pages...)
	check := exec.Command("node", args...)
	check.Dir = moduleRoot
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("html-validate: %v\n%s", err, out)
	}
}

// A strict policy allows no style= and no on...=, so none may be there.
func TestNothingIsInline(t *testing.T) {
	for _, p := range samplePages() {
		document(t, p.name).Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s=%q>", p.name, s.Nodes[0].Data, a.Key, a.Val)
				}
			}
		})
		if n := document(t, p.name).Find("script:not([src]), style").Length(); n > 0 {
			t.Errorf("%s: %d inline scripts or styles", p.name, n)
		}
	}
}

func TestErrorsAreTiedToFields(t *testing.T) {
	doc := document(t, "components")
	links := doc.Find("[data-error-summary] a")
	if links.Length() != 8 {
		t.Fatalf("the summary has %d links", links.Length())
	}
	links.Each(func(_ int, link *goquery.Selection) {
		id := strings.TrimPrefix(link.AttrOr("href", ""), "#")
		field := doc.Find("[id='" + id + "']")
		if field.Length() != 1 {
			t.Errorf("%d fields have the id %s", field.Length(), id)
			return
		}
		problem := doc.Find("[id='" + id + "-error']")
		described := field.Closest("[aria-describedby~='" + id + "-error']")
		if problem.Length() != 1 || described.Length() != 1 {
			t.Errorf("%s: not described by its error", id)
		}
		if field.Closest("[aria-invalid='true']").Length() == 0 {
			t.Errorf("%s: not marked as wrong", id)
		}
	})
	if got := links.Last().Text(); !strings.HasPrefix(got, "Saya setuju data saya diperiksa petugas: ") {
		t.Errorf("the last link does not say its field: %q", got)
	}
}

func TestTypedValuesStay(t *testing.T) {
	doc := document(t, "components")
	for selector, want := range map[string]string{
		"#f-email": "siti@contoh", "#f-birth": "31", "#f-birth-month": "2", "#f-birth-year": "1999",
	} {
		if got := doc.Find(selector).AttrOr("value", ""); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := doc.Find("#f-motivation").Text(); got != "Saya ingin bekerja di Taiwan." {
		t.Errorf("text area: %q", got)
	}
	if got := doc.Find("#f-password").AttrOr("value", ""); got != "" {
		t.Errorf("a password came back: %q", got)
	}
	if doc.Find("#f-sex[checked]").Length() != 1 || doc.Find("#f-shift[checked]").Length() != 1 {
		t.Error("the chosen answers are lost")
	}
}

var iconUse = regexp.MustCompile(`\bIcon(?:\(|:\s*)"([^"]+)"`)

// A name that is not in static/icons.txt would draw nothing.
func TestIconsAreThere(t *testing.T) {
	list, err := os.ReadFile(filepath.Join(moduleRoot, "static", "icons.txt"))
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[string]bool{}
	for name := range strings.FieldsSeq(string(list)) {
		drawn[name] = true
	}
	uses := 0
	err = filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_templ.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range iconUse.FindAllStringSubmatch(string(text), -1) {
			if uses++; !drawn[m[1]] {
				t.Errorf("%s: no icon %q in static/icons.txt", path, m[1])
			}
		}
		return err
	})
	if err != nil || uses == 0 {
		t.Fatalf("%d uses, %v", uses, err)
	}
}

func TestEveryIconIsDrawn(t *testing.T) {
	for _, p := range samplePages() {
		document(t, p.name).Find("svg.icon").Each(func(i int, s *goquery.Selection) {
			if s.Children().Length() == 0 {
				t.Errorf("%s: icon %d is empty, in %q", p.name, i, strings.TrimSpace(s.Parent().Text()))
			}
		})
	}
}
