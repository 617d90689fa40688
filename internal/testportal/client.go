package testportal

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"naikkelas/handlers/web"
	"naikkelas/models"
)

// Client is one browser: it keeps cookies and does not follow redirects.
type Client struct {
	*Portal
	Cookies map[string]*http.Cookie
}

// Client is a browser of nobody in particular.
func (p *Portal) Client() *Client {
	return &Client{Portal: p, Cookies: map[string]*http.Cookie{}}
}

// As is a browser in which the person is signed in, with their second factor.
func (p *Portal) As(u models.User) *Client {
	p.T.Helper()
	token, _, err := p.Store.StartSession(context.Background(), models.SessionStart{User: &u, SecondFactor: true})
	if err != nil {
		p.T.Fatal(err)
	}
	c := p.Client()
	c.Cookies[web.CookieName] = &http.Cookie{Name: web.CookieName, Value: token}
	return c
}

// Page is an answer with its parsed document.
type Page struct {
	*goquery.Document
	T      testing.TB
	Status int
	Header http.Header
	Body   string
}

// Do sends a request with the browser's cookies; each page that comes is held against pageRules.
func (c *Client) Do(r *http.Request) Page {
	c.T.Helper()
	r.RemoteAddr = "127.0.0.1:1234"
	for _, cookie := range c.Cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.Handler.ServeHTTP(w, r)
	res := w.Result()
	defer res.Body.Close()
	for _, cookie := range res.Cookies() {
		if cookie.MaxAge < 0 {
			delete(c.Cookies, cookie.Name)
			continue
		}
		c.Cookies[cookie.Name] = cookie
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.T.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		c.T.Fatal(err)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && len(body) > 0 {
		checkPage(c.T, r.URL.Path, doc)
	}
	return Page{Document: doc, T: c.T, Status: res.StatusCode, Header: res.Header, Body: string(body)}
}

// Get asks for a page.
func (c *Client) Get(path string) Page {
	c.T.Helper()
	return c.Do(httptest.NewRequest(http.MethodGet, path, nil))
}

// Send asks for a page by any method.
func (c *Client) Send(method, path string) Page {
	c.T.Helper()
	return c.Do(httptest.NewRequest(method, path, nil))
}

// Post sends a form as a browser of the same origin does.
func (c *Client) Post(path string, values url.Values) Page {
	c.T.Helper()
	return c.Do(FormRequest(path, values))
}

// Navigate sends a form as a window of a browser does, and follows it to the page of a form that is refused.
func (c *Client) Navigate(r *http.Request) Page {
	c.T.Helper()
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	page := c.Do(r)
	if to := page.Header.Get("Location"); strings.Contains(to, web.AnswerParam+"=") {
		return c.Get(to)
	}
	return page
}

// FormRequest is a form without files, as a browser of the same origin sends it.
func FormRequest(path string, values url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// Is fails the test unless the answer has the status.
func (p Page) Is(status int) Page {
	p.T.Helper()
	if p.Status != status {
		p.T.Fatalf("status %d, want %d: %s", p.Status, status, strings.Join(strings.Fields(p.Find("main").Text()), " "))
	}
	return p
}

// LeadsTo fails the test unless the answer is a 303 to the path.
func (p Page) LeadsTo(path string) Page {
	p.T.Helper()
	// What opens the page of a code is sealed, and another each time.
	if got, _, _ := strings.Cut(p.Header.Get("Location"), "?k="); p.Status != http.StatusSeeOther || got != path {
		p.T.Fatalf("status %d to %q, want 303 to %q: %s", p.Status, got, path, strings.Join(strings.Fields(p.Find("main").Text()), " "))
	}
	return p
}

// Find looks for elements. A selector that cannot be read fails the test: it would be found nowhere, and so lacking.
func (p Page) Find(selector string) *goquery.Selection {
	p.T.Helper()
	compiled, err := cascadia.Compile(selector)
	if err != nil {
		p.T.Fatalf("%s: %v", selector, err)
	}
	return p.FindMatcher(compiled)
}

// Shows fails the test unless an element of the selector is there.
func (p Page) Shows(selector string) Page {
	p.T.Helper()
	if p.Find(selector).Length() == 0 {
		p.T.Errorf("%s: none found", selector)
	}
	return p
}

// Has fails the test unless an element of the selector is there and holds the text.
func (p Page) Has(selector, text string) Page {
	p.T.Helper()
	found := p.Shows(selector).Find(selector)
	if !strings.Contains(strings.Join(strings.Fields(found.Text()), " "), text) {
		p.T.Errorf("%s: got %q, want %q in it", selector, strings.Join(strings.Fields(found.Text()), " "), text)
	}
	return p
}

// Lacks fails the test when an element of the selector is there.
func (p Page) Lacks(selector string) Page {
	p.T.Helper()
	if n := p.Find(selector).Length(); n > 0 {
		p.T.Errorf("%s: %d found, want none", selector, n)
	}
	return p
}
