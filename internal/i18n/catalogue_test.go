package i18n

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// A catalogueFile is one file of sentences as it is written, before go-i18n sees it.
type catalogueFile struct {
	area string
	lang Lang
	// messages maps a key to its texts by plural form.
	messages map[string]map[string]string
}

// parseFile reads a catalogue file strictly: a key may appear once.
func parseFile(name string, text []byte) (catalogueFile, error) {
	area, lang, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".json"), ".")
	f := catalogueFile{area: area, lang: Lang(lang), messages: map[string]map[string]string{}}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return f, err
	}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return f, err
		}
		key := fmt.Sprint(token)
		if _, twice := f.messages[key]; twice {
			return f, fmt.Errorf("%s is there twice", key)
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return f, err
		}
		var other string
		forms := map[string]string{}
		if json.Unmarshal(raw, &other) == nil {
			forms["other"] = other
		} else if err := json.Unmarshal(raw, &forms); err != nil {
			return f, fmt.Errorf("%s: %w", key, err)
		}
		f.messages[key] = forms
	}
	_, err := d.Token()
	return f, err
}

// parseFiles reads every catalogue file of the file system.
func parseFiles(t *testing.T, fsys fs.FS) []catalogueFile {
	t.Helper()
	names, err := fs.Glob(fsys, "locales/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("catalogues: %d files, %v", len(names), err)
	}
	var files []catalogueFile
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parseFile(name, text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		files = append(files, f)
	}
	return files
}

var (
	action      = regexp.MustCompile(`\{\{[^}]*\}\}`)
	placeholder = regexp.MustCompile(`\.[A-Z]\w*`)
)

// namesIn returns the placeholders of a message, over all its plural forms.
func namesIn(forms map[string]string) []string {
	set := map[string]bool{}
	for _, text := range forms {
		for _, a := range action.FindAllString(text, -1) {
			for _, p := range placeholder.FindAllString(a, -1) {
				set[p[1:]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// tooAlike says whether two texts are the same and too long for that to be chance.
func tooAlike(a, b string, allowed []string) bool {
	letters := 0
	for _, r := range action.ReplaceAllString(a, "") {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return a == b && letters > 12 && !slices.Contains(allowed, a)
}

// faults returns what is wrong inside the catalogues: a key in the wrong file or of
// the wrong shape, a key that one language lacks, placeholders that differ, plural
// forms that Indonesian does not have, texts that were not translated.
func faults(files []catalogueFile, allowed []string) []string {
	byLang := map[Lang]map[string]map[string]string{ID: {}, EN: {}}
	var found []string
	note := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	for _, f := range files {
		if byLang[f.lang] == nil {
			note("%s.%s.json: no such language", f.area, f.lang)
			continue
		}
		for key, forms := range f.messages {
			if !keyShape.MatchString(key) || !strings.HasPrefix(key, f.area+".") {
				note("%s.%s.json: key %q is not of the shape %s.page.thing", f.area, f.lang, key, f.area)
			}
			byLang[f.lang][key] = forms
			if forms["other"] == "" {
				note("%s: no text in %s", key, f.lang)
			}
		}
	}
	for key, id := range byLang[ID] {
		en, ok := byLang[EN][key]
		if !ok {
			note("%s: only in id", key)
			continue
		}
		if len(id) > 1 {
			note("%s: Indonesian has only the form other", key)
		}
		if a, b := namesIn(id), namesIn(en); !slices.Equal(a, b) {
			note("%s: placeholders %v in id, %v in en", key, a, b)
		}
		if tooAlike(id["other"], en["other"], allowed) {
			note("%s: not translated: %q", key, en["other"])
		}
	}
	for key := range byLang[EN] {
		if byLang[ID][key] == nil {
			note("%s: only in en", key)
		}
	}
	return found
}

// unmatched compares the keys that there are with those that the code uses.
func unmatched(files []catalogueFile, uses map[string]string, families []string) []string {
	keys := map[string]bool{}
	for _, f := range files {
		for key := range f.messages {
			keys[key] = true
		}
	}
	var found []string
	for key, at := range uses {
		if !keys[key] {
			found = append(found, fmt.Sprintf("%s: no sentence for %q", at, key))
		}
	}
	inFamily := map[string]bool{}
	for _, family := range families {
		prefix, ok := strings.CutSuffix(family, "*")
		members := 0
		for key := range keys {
			if ok && strings.HasPrefix(key, prefix) {
				inFamily[key] = true
				members++
			}
		}
		if members == 0 {
			found = append(found, fmt.Sprintf("family %q has no sentence", family))
		}
	}
	for key := range keys {
		if _, used := uses[key]; !used && !inFamily[key] {
			found = append(found, fmt.Sprintf("%s: used nowhere", key))
		}
	}
	return found
}

// allowedSame reads the list of texts that are rightly the same in both languages.
func allowedSame(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/same.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}

func report(t *testing.T, found []string) {
	t.Helper()
	slices.Sort(found)
	for _, f := range found {
		t.Error(f)
	}
}

func TestCatalogues(t *testing.T) {
	if _, err := load(locales); err != nil {
		t.Fatal(err)
	}
	report(t, faults(parseFiles(t, locales), allowedSame(t)))
}

func TestCodeAndCataloguesAgree(t *testing.T) {
	files := parseFiles(t, locales)
	var areas, families []string
	for _, f := range files {
		areas = append(areas, f.area)
	}
	uses := map[string]string{}
	for _, s := range sources(t) {
		keys, declared := s.uses(areas)
		maps.Copy(uses, keys)
		families = append(families, declared...)
	}
	report(t, unmatched(files, uses, families))
}

func TestNoSentenceInCode(t *testing.T) {
	for _, s := range sources(t) {
		report(t, s.sentences())
	}
}
