package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The checks of the catalogues are themselves tested, because a check that finds
// nothing looks the same as one that cannot find anything.

func TestFaultsAreFound(t *testing.T) {
	tests := []struct {
		name, id, en string
		want         string // part of the only fault; empty for none
	}{
		{"fine", `{"a.x": "Halo {{.Name}}"}`, `{"a.x": "Hello {{.Name}}"}`, ""},
		{"plural", `{"a.x": "{{.Count}} hari"}`, `{"a.x": {"one": "{{.Count}} day", "other": "{{.Count}} days"}}`, ""},
		{"condition", `{"a.x": "Ya{{if .Max}} {{.Max}}{{end}}"}`, `{"a.x": "Yes{{if .Max}} {{.Max}}{{end}}"}`, ""},
		{"missing in en", `{"a.x": "Halo"}`, `{}`, "only in id"},
		{"missing in id", `{}`, `{"a.x": "Hello"}`, "only in en"},
		{"other area", `{"b.x": "Halo"}`, `{"a.x": "Hello"}`, `key "b.x"`},
		{"placeholder", `{"a.x": "Halo {{.Nama}}"}`, `{"a.x": "Hello {{.Name}}"}`, "placeholders [Nama] in id"},
		{"untranslated", `{"a.x": "Kirim pendaftaran"}`, `{"a.x": "Kirim pendaftaran"}`, "not translated"},
		{"proper noun", `{"a.x": "Naik Kelas Jakarta"}`, `{"a.x": "Naik Kelas Jakarta"}`, ""},
		{"short", `{"a.x": "Email"}`, `{"a.x": "Email"}`, ""},
		{"one in id", `{"a.x": {"one": "satu", "other": "{{.Count}}"}}`, `{"a.x": "{{.Count}}"}`, "only the form other"},
		{"empty", `{"a.x": ""}`, `{"a.x": "Hello"}`, "no text in id"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := parseFiles(t, fstest.MapFS{
				"locales/a.id.json": {Data: []byte(tt.id)},
				"locales/a.en.json": {Data: []byte(tt.en)},
			})
			got := strings.Join(faults(files, []string{"Naik Kelas Jakarta"}), "\n")
			if (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
				t.Errorf("faults: %q, want %q", got, tt.want)
			}
		})
	}
}

func TestKeyTwiceInOneFile(t *testing.T) {
	if _, err := parseFile("a.id.json", []byte(`{"a.x": "satu", "a.x": "dua"}`)); err == nil {
		t.Error("a key that is there twice was accepted")
	}
}

func TestUsesOfASource(t *testing.T) {
	s := source{"views/a/page.go", `package a
//i18n:family a.state.* a.kind.*
func f() {
	i18n.T(ctx, "unknown.area.key")
	i18n.T(c.Request().Context(), "a.state."+s)
	e.Add("name", "b.form.name")
	return &models.Refusal{Key: "c.full"}, refuse("d.gone")
	title := "a.title"
	host, kind := "example.id", "a.event" //i18n:not-a-key
}`}
	keys, families := s.uses([]string{"a"})
	want := []string{"a.title", "b.form.name", "c.full", "d.gone", "unknown.area.key"}
	if !slices.Equal(slices.Sorted(maps.Keys(keys)), want) {
		t.Errorf("keys %v, want %v", keys, want)
	}
	if keys["a.title"] != "views/a/page.go:8" {
		t.Errorf("place of a.title: %s", keys["a.title"])
	}
	if !slices.Equal(families, []string{"a.state.*", "a.kind.*"}) {
		t.Errorf("families %v", families)
	}
	templ := source{"views/a/page.templ", "<p class=\"x\">It's { i18n.T(ctx, \"a.hello\", \"Name\", p.Name) }</p>"}
	if keys, _ := templ.uses([]string{"a"}); len(keys) != 1 || keys["a.hello"] != "views/a/page.templ:1" {
		t.Errorf("keys of the templ file: %v", keys)
	}
}

func TestUnmatchedKeysAreFound(t *testing.T) {
	files := []catalogueFile{{"a", ID, map[string]map[string]string{"a.x": nil, "a.state.one": nil, "a.old": nil}}}
	got := unmatched(files, map[string]string{"a.x": "p.go:1", "a.new": "p.go:2"}, []string{"a.state.*", "a.gone.*"})
	slices.Sort(got)
	want := []string{`a.old: used nowhere`, `family "a.gone.*" has no sentence`, `p.go:2: no sentence for "a.new"`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSentencesAreFound(t *testing.T) {
	tests := []struct {
		path, text string
		want       int
	}{
		{"models/a.go", `package a; var x = "Kuota angkatan ini sudah penuh"`, 1},
		{"models/a.go", `package a; var x = "SELECT id FROM intakes WHERE closes_at > now()"`, 0},
		{"models/a.go", "package a // kuota yang sudah penuh tidak bisa\n", 0},
		{"views/a/a.templ", "<p>Lengkapi profil dan berkas Anda</p>", 1},
		{"views/a/a.templ", "// Page shows ini dan itu to a reader\n<p>{ p.Name }</p>", 0},
		{"internal/sheet/a.go", `package a; var x = "Nama yang tidak ada di sini"`, 0},
	}
	for _, tt := range tests {
		if got := (source{tt.path, tt.text}).sentences(); len(got) != tt.want {
			t.Errorf("%s %q: found %q, want %d", tt.path, tt.text, got, tt.want)
		}
	}
}
