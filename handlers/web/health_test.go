package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Who watches the portal, and what makes pages look right, hears from it while the database hangs or is gone;
// nothing is looked up for them, not even for somebody who is signed in (F150).
func TestF150HealthAndStaticStandOutsideThePages(t *testing.T) {
	p, w := testportal.StartWired(t)
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	wanted := map[string]int{"/healthz": 200, p.Deps.Assets.Path("app.css"): 200, "/static/none.css": 404, "/readyz": 503}
	for _, away := range []func(){w.Hold, w.Refuse} {
		w.Free()
		c.Get("/readyz").Is(http.StatusOK)
		away()
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for path, want := range wanted {
				got := c.Within(2*time.Second, httptest.NewRequest(method, path, nil))
				headers := got.Header.Get("Set-Cookie") == "" && got.Header.Get("X-Content-Type-Options") == "nosniff" &&
					got.Header.Get("X-Request-Id") != ""
				if got.Status != want || !headers {
					t.Errorf("%s %s: status %d, want %d; %v", method, path, got.Status, want, got.Header)
				}
				if path == "/readyz" && method == http.MethodGet && got.Body != "database\n" {
					t.Errorf("/readyz says %q", got.Body)
				}
			}
		}
	}
}

func TestHealthIsNotCounted(t *testing.T) {
	p := testportal.Start(t)
	for range web.MostOfAddress + 1 {
		if w := fetch(p, "/healthz"); w.Code != http.StatusOK {
			t.Fatalf("status %d", w.Code)
		}
	}
	if w := fetch(p, urls.SignIn()); w.Code != http.StatusOK {
		t.Errorf("a page after many probes: status %d", w.Code)
	}
	for _, path := range []string{"/healthz", "/readyz", "/static/x"} {
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("x"))
		w := httptest.NewRecorder()
		p.Handler.ServeHTTP(w, r)
		if w.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: status %d", path, w.Code)
		}
	}
}
