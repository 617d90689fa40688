package help_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Leaving has the browser forget what it kept and tells the other page nothing.
func TestLeavingForgets(t *testing.T) {
	p := testportal.Start(t)
	for _, path := range []string{urls.HelpLeave(), urls.InEnglish(urls.HelpLeave())} {
		got := p.Client().Get(path).Is(http.StatusSeeOther)
		for name, want := range map[string]string{
			"Clear-Site-Data": `"cache", "storage"`, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
			"Location": "https://www.bmkg.go.id/",
		} {
			if got := got.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}
