package handlers_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"naikkelas/handlers"
	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Where messages are sent instead of shown there is no page for developers, and nowhere a list of files, a profiler or a
// method that repeats what was sent (OWASP ASVS 13.4.2 to 13.4.5, 15.2.3).
func TestNothingForDevelopersIsServed(t *testing.T) {
	for _, r := range handlers.Routes(web.New(web.Deps{})) {
		if strings.HasPrefix(r.Pattern, "/dev") {
			t.Errorf("%s %s is served", r.Method, r.Pattern)
		}
	}
	p := testportal.Start(t, func(d *web.Deps) { d.Mails, d.Messages = nil, nil })
	for _, path := range []string{
		urls.Outbox(), "/debug/pprof/", "/debug/vars", "/metrics", "/static/", "/static", "/.git/config", "/.env", "/go.mod", "/swagger", "/api",
	} {
		if got := p.Client().Get(path); got.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, got.Status)
		}
	}
	for _, method := range []string{http.MethodTrace, "TRACK", http.MethodPut, http.MethodDelete, http.MethodConnect} {
		request := httptest.NewRequest(method, urls.Help(), nil)
		request.Header.Set("X-Marke", "nkq-ulang")
		if got := p.Client().Do(request); got.Status < http.StatusBadRequest || strings.Contains(got.Body, "nkq-ulang") {
			t.Errorf("%s: status %d", method, got.Status)
		}
	}
}

// The headers that browsers obey stand on pages, refusals, redirects and files alike (OWASP ASVS 3.4.3 to 3.4.6).
func TestHeadersStandOnEveryAnswer(t *testing.T) {
	p := testportal.Start(t)
	u := p.AddUser(models.Seeker, "Siti")
	wanted := []string{"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"}
	for _, path := range []string{
		urls.Home(), urls.Programmes(), "/tidak-ada", urls.Me(), urls.SignIn(), urls.MyDataFile(), urls.Admin(), "/robots.txt",
	} {
		for _, c := range []*testportal.Client{p.Client(), p.As(u)} {
			header := c.Get(path).Header
			policy := header.Get("Content-Security-Policy")
			for _, want := range wanted {
				if !strings.Contains(policy, want) {
					t.Errorf("%s: the policy lacks %s", path, want)
				}
			}
			if strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
				t.Errorf("%s: the policy is %s", path, policy)
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
				"Access-Control-Allow-Origin": "", "Server": "",
			} {
				if got := header.Get(name); got != want {
					t.Errorf("%s: %s is %q", path, name, got)
				}
			}
		}
	}
}
