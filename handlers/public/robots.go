package public

import (
	"encoding/json"
	"encoding/xml"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/static"
)

// What machines read about the portal: search engines, and phones that keep it on their first screen.

const (
	contentText     = "text/plain; charset=UTF-8"
	contentXML      = "application/xml; charset=UTF-8"
	contentManifest = "application/manifest+json"
)

// closedToRobots are the areas that only people who signed in can read, and forms.
var closedToRobots = []string{"/saya", "/kelola", "/petugas", "/admin", "/masuk", "/daftar", "/laporkan", "/dev"}

func (d *desk) robots(web.Context) ([]byte, error) {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range closedToRobots {
		b.WriteString("Disallow: " + path + "\nDisallow: " + urls.InEnglish(path) + "\n")
	}
	b.WriteString("Sitemap: " + d.Settings.BaseURL + urls.Sitemap() + "\n")
	return []byte(b.String()), nil
}

type sitemap struct {
	XMLName xml.Name      `xml:"urlset"`
	Space   string        `xml:"xmlns,attr"`
	Pages   []sitemapPage `xml:"url"`
}

type sitemapPage struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// sitemap lists every public page in both languages.
func (d *desk) sitemap(c web.Context) ([]byte, error) {
	m := sitemap{Space: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	add := func(path, changed string) {
		for _, path := range []string{path, urls.InEnglish(path)} {
			m.Pages = append(m.Pages, sitemapPage{d.Settings.BaseURL + path, changed})
		}
	}
	for _, path := range []string{
		urls.Home(), urls.Programmes(), urls.Institutions(), urls.Occupations(), urls.Help(), urls.HelpCountries(),
		urls.Places(), urls.HelpSafely(), urls.Questions(), urls.Safety(), urls.Privacy(), urls.Accessibility(),
	} {
		add(path, "")
	}
	entries, err := d.Store.SitemapEntries(c.Request().Context())
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		path := urls.Institution(e.Ref)
		if e.Programme {
			path = urls.Programme(e.Ref)
		}
		add(path, e.UpdatedAt.UTC().Format("2006-01-02"))
	}
	body, err := xml.Marshal(m)
	return append([]byte(xml.Header), body...), err
}

type manifest struct {
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	Lang       string         `json:"lang"`
	Start      string         `json:"start_url"`
	Display    string         `json:"display"`
	Theme      string         `json:"theme_color"`
	Background string         `json:"background_color"`
	Icons      []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Source string `json:"src"`
	Sizes  string `json:"sizes"`
	Type   string `json:"type"`
}

// manifest tells a phone how to keep the portal on its first screen. The colours are those of
// static/css/tokens.css.
func (d *desk) manifest(web.Context) ([]byte, error) {
	return json.Marshal(manifest{
		Name: "Naik Kelas", ShortName: "Naik Kelas", Lang: "id", Start: urls.Home(), Display: "minimal-ui",
		Theme: "#0a4a57", Background: "#ffffff",
		Icons: []manifestIcon{{Source: static.Path("favicon.svg"), Sizes: "any", Type: "image/svg+xml"}},
	})
}
