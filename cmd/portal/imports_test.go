package main_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "naikkelas/"

// A layer is a part of the portal, and what it may import of our own and from others.
type layer struct {
	// mayImport lists folders of ours; one that ends in "/" stands for all below it.
	mayImport []string
	// mustNot lists beginnings of import paths of others that do not belong here.
	mustNot []string
}

// Imports run one way: cmd -> handlers -> views -> models, and
// cmd -> internal/jobs -> models, views/mail. Within handlers: handlers -> desks -> web. Everyone may
// import urls, i18n and intext; adapters (whatever else is in internal) import nothing of ours. models/record is
// the kernel; an area (models/<name>) stands beside the core: it may import models and the kernel, never
// another area, and models imports no area. What two areas exchange goes through the core, as a job or as
// an SQL view.
var layers = map[string]layer{
	"cmd": {mayImport: []string{"handlers", "handlers/web", "views/", "models/", "static", "migrations", "internal/"}},
	// handlers only puts the desks together.
	"handlers": {mayImport: []string{"handlers/"}, mustNot: []string{"gorm.io/", "github.com/labstack/echo"}},
	"handlers/web": {
		mayImport: []string{"views/", "models/", "static", "internal/importsheet", "adapters"},
		mustNot:   []string{"gorm.io/"},
	},
	"desk": {
		mayImport: []string{"handlers/web", "views/", "models/", "static", "internal/importsheet", "internal/receive", "adapters"},
		mustNot:   []string{"gorm.io/", "github.com/labstack/echo"},
	},
	"views": {
		mayImport: []string{"views/", "models/", "static"},
		mustNot:   []string{"gorm.io/", "github.com/labstack/echo", "net/http"},
	},
	"models": {
		mayImport: []string{"models/record", "models/record/", "internal/nik", "internal/phone", "internal/seal"},
		mustNot:   notInModels,
	},
	"models/record": {mayImport: []string{"internal/seal"}, mustNot: notInModels},
	"area": {
		mayImport: []string{
			"models", "models/record", "models/record/", "internal/nik", "internal/phone", "internal/seal", "internal/disclosure",
		},
		mustNot: notInModels,
	},
	"internal/jobs": {
		mayImport: []string{"internal/jobs/", "internal/importsheet", "internal/receive", "models/", "views/mail", "adapters"},
		mustNot:   []string{"gorm.io/"},
	},
	// internal/receive takes files in, for forms and for jobs.
	"internal/receive": {mayImport: []string{"models", "models/protection", "adapters"}, mustNot: []string{"gorm.io/"}},
	// internal/importsheet reads spreadsheets into the nouns of models.
	"internal/importsheet": {mayImport: []string{"models", "models/record", "adapters"}, mustNot: []string{"gorm.io/"}},
	"internal/testbrowser": {},
	"internal/testdb":      {mayImport: []string{"internal/localpg", "internal/pgpool", "internal/testdb", "migrations"}},
	"internal/testportal": {mayImport: []string{
		"handlers", "handlers/web", "models/", "static", "internal/jobs", "internal/receive",
		"internal/testdb", "internal/testdb/wire", "adapters",
	}},
	"adapters":   {},
	"static":     {},
	"migrations": {},
	"e2e":        {},
}

// notInModels are the beginnings of import paths that no rule of a noun needs.
var notInModels = []string{"github.com/labstack/echo", "github.com/a-h/templ", "net/http"}

// layerOf returns the layer of a folder of ours.
func layerOf(folder string) string {
	top, rest, below := strings.Cut(folder, "/")
	name, _, _ := strings.Cut(rest, "/")
	switch {
	case top == "models" && name == "record":
		return "models/record"
	case top == "models" && below:
		return "area"
	case top == "handlers" && below && name != "web":
		return "desk"
	case top == "handlers" && below:
		return "handlers/web"
	case top != "internal":
		return top
	}
	switch name {
	case "jobs", "testbrowser", "testdb", "testportal", "importsheet", "receive":
		return "internal/" + name
	}
	return "adapters"
}

// allowed says whether code in one folder of ours may import another.
func allowed(from, to string) bool {
	if to == "internal/urls" || to == "internal/i18n" || to == "internal/intext" {
		return true
	}
	if forTests(to) && !forTests(from) {
		return false // tests alone may, whose own imports are not looked at here
	}
	if adapter(from) == adapter(to) && slices.Contains([]string{"adapters", "area", "models/record"}, layerOf(from)) {
		return true // parts of one adapter, or of one area
	}
	for _, may := range layers[layerOf(from)].mayImport {
		switch {
		case to == may, strings.HasSuffix(may, "/") && strings.HasPrefix(to+"/", may):
			return true
		case may == "adapters" && layerOf(to) == "adapters":
			return true
		}
	}
	return false
}

// forTests says whether a folder is there for tests only.
func forTests(folder string) bool {
	return slices.Contains([]string{"internal/testbrowser", "internal/testdb", "internal/testportal"}, layerOf(folder))
}

// adapter returns the folder right under internal that a folder belongs to.
func adapter(folder string) string {
	parts := strings.SplitN(folder, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// wrong returns the imports of one package that the rules do not allow.
func wrong(pkg string, imports []string) []string {
	from := strings.TrimPrefix(pkg, module)
	if _, known := layers[layerOf(from)]; !known {
		return []string{pkg + " is in no known layer"}
	}
	var found []string
	for _, path := range imports {
		to, ours := strings.CutPrefix(path, module)
		foreign := slices.ContainsFunc(layers[layerOf(from)].mustNot, func(p string) bool {
			return path == strings.TrimSuffix(p, "/") || strings.HasPrefix(path, p)
		})
		if foreign || ours && !allowed(from, to) {
			found = append(found, from+" imports "+path)
		}
	}
	return found
}

func TestImportsRunOneWay(t *testing.T) {
	list := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := 0
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; packages++ {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, w := range wrong(pkg.ImportPath, pkg.Imports) {
			t.Error(w)
		}
	}
	if packages == 0 {
		t.Error("go list found no package")
	}
}

// arrows are imports of one of our packages by another, and whether the layers allow them.
var arrows = []struct {
	from, to string
	ok       bool
}{
	{"cmd/portal", "handlers", true},
	{"cmd/portal", "internal/localpg", true},
	{"cmd/portal", "internal/testdb", false},
	{"cmd/portal", "handlers/web", true},
	{"cmd/portal", "handlers/officer", false},
	{"cmd/portal", "internal/testportal", false},
	{"handlers", "handlers/officer", true},
	{"handlers", "handlers/web", true},
	{"handlers", "internal/jobs", false},
	{"handlers", "cmd/portal", false},
	{"handlers/web", "views/public", true},
	{"handlers/web", "internal/blob", true},
	{"handlers/web", "internal/jobs", false},
	{"handlers/web", "handlers/officer", false},
	{"handlers/web", "handlers", false},
	{"handlers/officer", "handlers/web", true},
	{"handlers/officer", "views/officer", true},
	{"handlers/officer", "internal/sheet", true},
	{"handlers/officer", "handlers/seeker", false},
	{"handlers/officer", "handlers", false},
	{"handlers/officer", "internal/jobs", false},
	{"handlers/officer", "internal/testportal", false},
	{"handlers/officer", "internal/testdb", false},
	{"handlers/web", "internal/testportal", false},
	{"internal/testportal", "handlers", true},
	{"internal/testportal", "internal/testdb", true},
	{"internal/testportal", "handlers/officer", false},
	{"internal/testdb", "internal/testportal", false},
	{"handlers/officer", "internal/testbrowser", false},
	{"internal/jobs", "internal/testportal", false},
	{"views/public", "views/layouts", true},
	{"views/public", "models", true},
	{"views/public", "internal/urls", true},
	{"views/public", "internal/blob", false},
	{"views/public", "handlers", false},
	{"models", "internal/seal", true},
	{"models", "internal/i18n", true},
	{"models", "internal/mail", false},
	{"models", "views/form", false},
	{"models", "models/record", true},
	{"models", "models/protection", false},
	{"models/record", "models", false},
	{"models/record", "models/protection", false},
	{"models/record", "internal/seal", true},
	{"models/protection", "models", true},
	{"models/protection", "models/record", true},
	{"models/protection", "models/record/dated", true},
	{"models/protection", "models/protection/referral", true},
	{"models/protection", "models/journey", false},
	{"models/protection", "internal/mail", false},
	{"models/protection", "views/form", false},
	{"internal/jobs", "models/protection", true},
	{"views/public", "models/protection", true},
	{"internal/mail", "models/record", false},
	{"internal/jobs", "views/mail", true},
	{"internal/jobs", "views/public", false},
	{"internal/jobs", "handlers", false},
	{"internal/mail", "internal/i18n", true},
	{"internal/mail", "models", false},
	{"internal/mail", "internal/blob", false},
	{"internal/pdf/font", "internal/pdf", true},
	{"internal/testdb", "migrations", true},
	{"migrations", "models", false},
	{"utils", "models", false},
}

func TestWrongArrowsAreFound(t *testing.T) {
	for _, tt := range arrows {
		if got := len(wrong(module+tt.from, []string{module + tt.to})) == 0; got != tt.ok {
			t.Errorf("%s -> %s: allowed = %v, want %v", tt.from, tt.to, got, tt.ok)
		}
	}
}

func TestWrongImportsOfOthersAreFound(t *testing.T) {
	for _, tt := range []struct {
		from, path string
		ok         bool
	}{
		{"handlers/web", "github.com/labstack/echo/v4", true},
		{"handlers", "github.com/labstack/echo/v4", false},
		{"handlers/officer", "github.com/labstack/echo/v4", false},
		{"handlers/officer", "github.com/labstack/echo/v4/middleware", false},
		{"handlers/officer", "gorm.io/gorm", false},
		{"handlers/web", "gorm.io/gorm", false},
		{"views/public", "net/http", false},
		{"models", "github.com/labstack/echo/v4", false},
		{"models/record", "github.com/labstack/echo/v4", false},
		{"models/protection", "net/http", false},
	} {
		if got := len(wrong(module+tt.from, []string{tt.path})) == 0; got != tt.ok {
			t.Errorf("%s -> %s: allowed = %v, want %v", tt.from, tt.path, got, tt.ok)
		}
	}
}
