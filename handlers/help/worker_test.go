package help_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Each language has a worker of its own, for its help pages alone.
func TestWorkerIsOfItsLanguage(t *testing.T) {
	p := testportal.Start(t)
	for path, want := range map[string][2]string{
		urls.HelpWorker():                 {`self.kept = {"base":"","files":["/static/help`, "/bantuan"},
		urls.InEnglish(urls.HelpWorker()): {`self.kept = {"base":"/en","files":["/static/help`, "/en/bantuan"},
	} {
		got := p.Client().Get(path).Is(http.StatusOK)
		if len(got.Body) > 400 || got.Body[:len(want[0])] != want[0] || got.Header.Get("Service-Worker-Allowed") != want[1] {
			t.Errorf("%s: %q for %q", path, got.Body, got.Header.Get("Service-Worker-Allowed"))
		}
		if kind := got.Header.Get("Content-Type"); kind != "text/javascript; charset=utf-8" {
			t.Errorf("%s is %s", path, kind)
		}
	}
	p.AddReference()
	for _, path := range []string{urls.Help(), urls.InEnglish(urls.Help())} {
		p.Client().Get(path).Shows("body[data-worker='" + path + "/sw.js']")
	}
	if token := p.Client().Get(urls.HelpWrite("dekat")+"?kosong=1").Find("[name=token]").AttrOr("value", "none"); token != "" {
		t.Errorf("the form that a phone keeps is called %q", token)
	}
}
