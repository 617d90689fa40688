package web_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/forwarded"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// behind makes a portal at an address that people use, which believes these proxies.
func behind(t *testing.T, base, proxies string, options ...func(*web.Deps)) *testportal.Portal {
	t.Helper()
	list, err := forwarded.Parse(proxies)
	if err != nil {
		t.Fatal(err)
	}
	return testportal.Start(t, append(options, func(d *web.Deps) {
		d.Settings.BaseURL, d.Settings.Production, d.Settings.Proxies = base, strings.HasPrefix(base, "https:"), list
	})...)
}

// from sends a request as it comes over the network: from a peer, with headers as "Name: value".
func from(p *testportal.Portal, peer, method, target string, form url.Values, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
	r.RemoteAddr = peer
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	p.Handler.ServeHTTP(w, r)
	return w.Result()
}

// F152: the address that stands in the list of sessions is the visitor's where a proxy that is named says
// so, and the sender's everywhere else.
func TestF152SessionsKnowTheVisitorBehindTheProxies(t *testing.T) {
	p := behind(t, "https://nk.example", "10.0.0.5, 192.168.0.0/16, fd00::/64")
	u := p.AddUser(models.Seeker, "Siti")
	tests := []struct{ name, peer, list, want string }{
		{"proxy", "10.0.0.5:99", "36.80.1.1", "36.80.1.1"},
		{"spoofed left-most entries", "10.0.0.5:99", "1.2.3.4, 10.0.0.5, 36.80.1.2", "36.80.1.2"},
		{"two proxies", "10.0.0.5:99", "1.2.3.4, 36.80.1.3, 192.168.7.7", "36.80.1.3"},
		{"proxy of version 6", "[fd00::2]:99", "unknown, 2001:db8::7", "2001:db8::7"},
		{"stranger", "10.0.0.6:99", "36.80.1.4", "10.0.0.6"},
		{"loopback, which is not named", "127.0.0.1:99", "36.80.1.5", "127.0.0.1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer := from(p, tt.peer, http.MethodPost, urls.SignIn(), url.Values{"login": {*u.Email}, "password": {testportal.GoodPassword}},
				"Sec-Fetch-Site: same-origin", "X-Forwarded-For: "+tt.list)
			if answer.StatusCode != http.StatusSeeOther {
				t.Fatalf("status %d", answer.StatusCode)
			}
			for _, cookie := range answer.Cookies() {
				if !strings.HasSuffix(cookie.Name, web.CookieName) {
					continue
				}
				row, _, err := p.Store.SessionByToken(context.Background(), cookie.Value)
				if err != nil || row.Address != tt.want {
					t.Errorf("the session is of %q, %v; want %q", row.Address, err, tt.want)
				}
			}
			if len(answer.Cookies()) != 2 { // of the session, and of the device
				t.Errorf("%d cookies", len(answer.Cookies()))
			}
		})
	}
}

// F152: visitors behind a proxy are counted one by one; a stranger who invents an address each time is not.
func TestF152LimitsCountVisitorsAndNotTheirProxy(t *testing.T) {
	p := behind(t, "https://nk.example", "10.0.0.5")
	ask := func(peer, list string) int {
		return from(p, peer, http.MethodHead, urls.Privacy(), nil, "X-Forwarded-For: "+list).StatusCode
	}
	for n := range web.MostOfVisitors {
		if status := ask("10.0.0.5:99", fmt.Sprintf("1.2.%d.%d, 36.80.1.1", n/250, n%250)); status != http.StatusOK {
			t.Fatalf("page %d of the first visitor: status %d", n, status)
		}
		if status := ask("10.0.0.6:99", fmt.Sprintf("1.2.%d.%d", n/250, n%250)); status != http.StatusOK {
			t.Fatalf("page %d of the stranger: status %d", n, status)
		}
	}
	for _, tt := range []struct {
		peer, list string
		want       int
	}{
		{"10.0.0.5:99", "36.80.1.1", http.StatusTooManyRequests},
		{"10.0.0.5:99", "36.80.1.2", http.StatusOK},
		{"10.0.0.6:99", "36.80.1.2", http.StatusTooManyRequests},
		{"36.80.1.3:99", "36.80.1.1", http.StatusOK},
	} {
		if status := ask(tt.peer, tt.list); status != tt.want {
			t.Errorf("%s for %s: status %d, want %d", tt.peer, tt.list, status, tt.want)
		}
	}
}

// cookieName is the name of the session's cookie.
func cookieName(https bool) string {
	if https {
		return web.SecureCookieName
	}
	return web.CookieName
}

// The scheme that people use decides about cookies and HSTS: BASE_URL names it, and so does a proxy that is
// believed.
func TestSchemeIsWhatBaseURLOrAProxySays(t *testing.T) {
	const proxy, stranger = "10.0.0.5:99", "10.0.0.6:99"
	tests := []struct {
		name, base, peer, proto string
		https                   bool
	}{
		{"http", "http://nk.example", proxy, "", false},
		{"http to the proxy", "http://nk.example", proxy, "http", false},
		{"https to the proxy", "http://nk.example", proxy, "https", true},
		{"stranger who pretends https", "http://nk.example", stranger, "https", false},
		{"https", "https://nk.example", proxy, "", true},
		{"https through a proxy that says http", "https://nk.example", proxy, "http", true},
		{"stranger who pretends http", "https://nk.example", stranger, "http", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := behind(t, tt.base, "10.0.0.5")
			u := p.AddUser(models.Seeker, "Siti")
			var headers []string
			if tt.proto != "" {
				headers = append(headers, "X-Forwarded-Proto: "+tt.proto)
			}
			answer := from(p, tt.peer, http.MethodPost, urls.SignIn(),
				url.Values{"login": {*u.Email}, "password": {testportal.GoodPassword}}, headers...)
			cookies, name := answer.Cookies(), cookieName(tt.https)
			if len(cookies) != 2 || cookies[1].Secure != tt.https || cookies[0].Secure != tt.https || cookies[0].Name != name {
				t.Fatalf("status %d, cookies %v; want %s, secure: %v", answer.StatusCode, cookies, name, tt.https)
			}
			if hsts := answer.Header.Get("Strict-Transport-Security") != ""; hsts != tt.https {
				t.Errorf("HSTS: %v, want %v", hsts, tt.https)
			}
			page := from(p, tt.peer, http.MethodGet, urls.Me(), nil, append(headers, "Cookie: "+name+"="+cookies[0].Value)...)
			if page.StatusCode != http.StatusOK {
				t.Errorf("the cookie does not sign in: status %d", page.StatusCode)
			}
		})
	}
}

// F152: one line of the log tells the operator that their proxy is not named; it names nobody else either.
func TestF152ForwardedHeadersOfStrangersAreWarnedOfOnce(t *testing.T) {
	for _, tt := range []struct {
		base, peer, header string
		want               int
	}{
		{"https://nk.example", "10.0.0.6:99", "X-Forwarded-For: 36.80.1.1", 1},
		{"https://nk.example", "10.0.0.6:99", "X-Forwarded-Proto: https", 1},
		{"https://nk.example", "10.0.0.6:99", "X-Forwarded-Host: nk.example", 1},
		{"https://nk.example", "10.0.0.6:99", "Accept: text/html", 0},
		{"https://nk.example", "10.0.0.5:99", "X-Forwarded-For: 36.80.1.1", 0},
		{"http://nk.example", "10.0.0.6:99", "X-Forwarded-For: 36.80.1.1", 0},
	} {
		var log bytes.Buffer
		p := behind(t, tt.base, "10.0.0.5", func(d *web.Deps) { d.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
		for range 3 {
			from(p, tt.peer, http.MethodGet, urls.Help(), nil, tt.header)
		}
		if got := strings.Count(log.String(), "TRUSTED_PROXIES"); got != tt.want {
			t.Errorf("%s from %s to %s: %d warnings, want %d", tt.header, tt.peer, tt.base, got, tt.want)
		}
		if strings.Contains(log.String(), "36.80.1.1") || strings.Contains(log.String(), "10.0.0.6") {
			t.Errorf("somebody's address is in the log: %s", log.String())
		}
	}
}

// F153: a form of the portal's own page is taken whatever host the proxy asks for, from old browsers too,
// which name an origin alone; a form of another origin never is.
func TestF153FormsOfBaseURLAreTakenAndOthersNever(t *testing.T) {
	p := behind(t, "https://nk.example", "10.0.0.5")
	const proxied, direct = "http://10.0.0.5", "http://nk.example"
	tests := []struct {
		name, target string
		headers      []string
		taken        bool
	}{
		{"old browser, the proxy's host", proxied, []string{"Origin: https://nk.example"}, true},
		{"old browser, the host of the address", direct, []string{"Origin: https://nk.example"}, true},
		{"the host as the proxy says", proxied, []string{"Origin: https://www.nk.example", "X-Forwarded-Host: www.nk.example"}, true},
		{"browser of today", proxied, []string{"Origin: https://nk.example", "Sec-Fetch-Site: same-origin"}, true},
		{"browser that cannot tell", proxied, []string{"Origin: https://nk.example", "Sec-Fetch-Site: cross-site"}, true},
		{"another site", proxied, []string{"Origin: https://evil.example"}, false},
		{"another site, today", proxied, []string{"Origin: https://evil.example", "Sec-Fetch-Site: cross-site"}, false},
		{"a sub-domain", proxied, []string{"Origin: https://a.nk.example", "Sec-Fetch-Site: same-site"}, false},
		{"the name behind another", proxied, []string{"Origin: https://nk.example.evil.example"}, false},
		{"the same host by http", proxied, []string{"Origin: http://nk.example"}, false},
		{"no origin to name", proxied, []string{"Origin: null"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form := url.Values{"login": {"x"}, "password": {"y"}}
			want := http.StatusForbidden
			if tt.taken {
				want = http.StatusUnprocessableEntity
			}
			answer := from(p, "10.0.0.5:99", http.MethodPost, tt.target+urls.SignIn(), form, tt.headers...)
			if answer.StatusCode != want {
				t.Errorf("status %d, want %d", answer.StatusCode, want)
			}
		})
	}
	chosen := []string{"Origin: https://evil.example", "X-Forwarded-Host: evil.example"}
	answer := from(p, "10.0.0.6:99", http.MethodPost, proxied+urls.SignIn(), nil, chosen...)
	if answer.StatusCode != http.StatusForbidden {
		t.Errorf("a stranger chose the host: status %d", answer.StatusCode)
	}
}
