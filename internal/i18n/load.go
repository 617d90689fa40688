package i18n

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// locales holds one file per area and language: area.id.json and area.en.json.
//
//go:embed locales/*.json
var locales embed.FS

// A catalogue is all sentences, parsed. It is never changed after loading.
type catalogue struct {
	localizers map[Lang]*goi18n.Localizer
	// plain has the sentences without placeholders and plural forms: most of a
	// page, and a map look-up is a hundred times cheaper than a template.
	plain map[Lang]map[string]string
}

// loaded reads the embedded catalogues at the first call.
var loaded = sync.OnceValues(func() (*catalogue, error) { return load(locales) })

// load parses every catalogue file of the file system.
func load(fsys fs.FS) (*catalogue, error) {
	names, err := fs.Glob(fsys, "locales/*.json")
	if err != nil {
		return nil, fmt.Errorf("list catalogues: %w", err)
	}
	bundle := goi18n.NewBundle(language.Indonesian)
	plain := map[Lang]map[string]string{ID: {}, EN: {}}
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read catalogue %s: %w", name, err)
		}
		file, err := bundle.ParseMessageFileBytes(text, name)
		if err != nil {
			return nil, fmt.Errorf("parse catalogue %s: %w", name, err)
		}
		for _, m := range file.Messages {
			if isPlain(m) {
				plain[Lang(file.Tag.String())][m.ID] = m.Other
			}
		}
	}
	return &catalogue{
		localizers: map[Lang]*goi18n.Localizer{
			ID: goi18n.NewLocalizer(bundle, string(ID)),
			EN: goi18n.NewLocalizer(bundle, string(EN)),
		},
		plain: plain,
	}, nil
}
