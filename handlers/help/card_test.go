package help_test

import (
	"bytes"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// The card of a country is a small picture that says by its name nothing of what it is for.
func TestCardOfACountryIsAPicture(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	abroad(p)
	c := p.Client()
	path := c.Get(urls.HelpCountry("JP")).Is(http.StatusOK).Find("main a[download]").AttrOr("href", "")
	got := c.Get(path).Is(http.StatusOK)
	if _, err := png.Decode(bytes.NewReader([]byte(got.Body))); err != nil || len(got.Body) > 60<<10 {
		t.Errorf("%d bytes, %v", len(got.Body), err)
	}
	name, kind := got.Header.Get("Content-Disposition"), got.Header.Get("Content-Type")
	if name != "attachment; filename=informasi-JP.png" || kind != "image/png" {
		t.Errorf("%q, %q", name, kind)
	}
	english := c.Get(urls.InEnglish(path)).Is(http.StatusOK)
	if strings.Compare(english.Body, got.Body) == 0 {
		t.Error("in English it is the same picture")
	}
	c.Get(urls.HelpCard("XX")).Is(http.StatusNotFound)
}
