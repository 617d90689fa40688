// Package static holds what browsers fetch besides pages: stylesheet, scripts, font and
// pictures. `make assets` builds them into dist, under names made of their content.
package static

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"
)

// Prefix is the part of an address that all assets share.
const Prefix = "/static/"

// dist is empty but for a marker file until the assets are built.
//
//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that the program was compiled before its assets were built.
var ErrNotBuilt = errors.New("static assets are not built: run make assets, then compile again")

// Assets are the built files, in each form that was made of them.
type Assets struct {
	names map[string]string // plain name -> built name
	files map[string]file   // by built name
}

// A file is one asset in the forms that can be sent.
type file struct {
	contentType string
	plain       []byte
	encoded     map[string][]byte // by content coding; a coding that saves nothing is absent
}

// codings lists the content codings, the best first, with the suffix of their files.
var codings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// contentTypes has the types of our assets, so that none depends on the machine.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".woff2": "font/woff2",
}

var loaded = sync.OnceValues(func() (*Assets, error) { return load(dist) })

// Load returns the assets that the program was compiled with, or ErrNotBuilt.
func Load() (*Assets, error) { return loaded() }

// Path returns the address of an asset, given its plain name such as "app.css". In a
// program compiled without assets, which does not serve, it is the plain name's.
func Path(name string) string {
	a, err := loaded()
	if err != nil {
		return Prefix + name
	}
	return a.Path(name)
}

// Path returns the address of an asset, given its plain name such as "app.css"; the
// address changes when the content does.
func (a *Assets) Path(name string) string {
	if built, ok := a.names[name]; ok {
		return Prefix + built
	}
	return Prefix + name
}

// load reads the files that a folder dist of fsys holds.
func load(fsys fs.FS) (*Assets, error) {
	text, err := fs.ReadFile(fsys, "dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	} else if err != nil {
		return nil, fmt.Errorf("read manifest of assets: %w", err)
	}
	a := &Assets{files: map[string]file{}}
	if err := json.Unmarshal(text, &a.names); err != nil {
		return nil, fmt.Errorf("parse manifest of assets: %w", err)
	}
	for _, built := range a.names {
		if a.files[built], err = read(fsys, built); err != nil {
			return nil, fmt.Errorf("read asset %s: %w", built, err)
		}
	}
	return a, nil
}

func read(fsys fs.FS, built string) (file, error) {
	f := file{contentType: typeOf(built), encoded: map[string][]byte{}}
	var err error
	if f.plain, err = fs.ReadFile(fsys, "dist/"+built); err != nil {
		return file{}, err
	}
	for _, coding := range codings {
		text, err := fs.ReadFile(fsys, "dist/"+built+coding.suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return file{}, err
		}
		f.encoded[coding.name] = text
	}
	return f, nil
}

func typeOf(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if known, ok := contentTypes[ext]; ok {
		return known
	}
	if guessed := mime.TypeByExtension(ext); guessed != "" {
		return guessed
	}
	return "application/octet-stream"
}
