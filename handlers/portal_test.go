package handlers

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/outbox"
	"naikkelas/internal/password"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/static"
)

// noon is an ordinary Wednesday at noon in Jakarta.
var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)

// testPortal is the whole web part over a fresh database, with a clock that tests move.
type testPortal struct {
	t       testing.TB
	store   *models.Store
	db      *gorm.DB
	handler http.Handler
	mu      sync.Mutex
	at      time.Time
}

var testBox = sync.OnceValues(func() (*seal.Box, error) {
	dir, err := testdb.Folder()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "keyset.json")
	if err := seal.Generate(path); err != nil {
		return nil, err
	}
	return seal.Open(path)
})

// newPortal builds the portal as serve does. Options may change its parts first.
func newPortal(t testing.TB, options ...func(*Deps)) *testPortal {
	t.Helper()
	db, _ := testdb.Open(t)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	box, err := testBox()
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := &testPortal{t: t, db: db, at: noon}
	p.store = models.NewStore(record.New(db, p.clock, box, jobs))
	d := Deps{
		Store: p.store, Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Assets: assets, Passwords: password.NewHasher(2),
		Mails: outbox.New[mail.Message](p.clock), Messages: outbox.New[notify.Message](p.clock),
		Settings: Settings{BaseURL: "http://127.0.0.1", Operator: "Uji", PhoneCodes: true},
	}
	for _, option := range options {
		option(&d)
	}
	p.handler = New(d)
	return p
}

func (p *testPortal) clock() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at
}

// pass moves the clock.
func (p *testPortal) pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = p.at.Add(d)
}

// lastLetter opens the newest letter, as the job would.
func (p *testPortal) lastLetter() record.Letter {
	p.t.Helper()
	var id int64
	if err := p.db.Raw("SELECT max(id) FROM notices").Scan(&id).Error; err != nil {
		p.t.Fatal(err)
	}
	l, err := p.store.NoticeLetter(context.Background(), id)
	if err != nil {
		p.t.Fatalf("no letter: %v", err)
	}
	return l
}

// client is one browser: it keeps cookies and does not follow redirects.
type client struct {
	*testPortal
	cookies map[string]*http.Cookie
}

func (p *testPortal) client() *client {
	return &client{testPortal: p, cookies: map[string]*http.Cookie{}}
}

// as is a browser in which the person is signed in, with their second factor.
func (p *testPortal) as(u models.User) *client {
	p.t.Helper()
	token, _, err := p.store.StartSession(context.Background(), models.SessionStart{User: &u, SecondFactor: true})
	if err != nil {
		p.t.Fatal(err)
	}
	c := p.client()
	c.cookies[cookieName] = &http.Cookie{Name: cookieName, Value: token}
	return c
}

// page is an answer with its parsed document.
type page struct {
	*goquery.Document
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (c *client) do(r *http.Request) page {
	c.t.Helper()
	r.RemoteAddr = "127.0.0.1:1234"
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	res := w.Result()
	defer res.Body.Close()
	for _, cookie := range res.Cookies() {
		if cookie.MaxAge < 0 {
			delete(c.cookies, cookie.Name)
			continue
		}
		c.cookies[cookie.Name] = cookie
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && len(body) > 0 {
		checkPage(c.t, r.URL.Path, doc)
	}
	return page{Document: doc, t: c.t, status: res.StatusCode, header: res.Header, body: string(body)}
}

func (c *client) get(path string) page {
	c.t.Helper()
	return c.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// send asks for a page by any method.
func (c *client) send(method, path string) page {
	c.t.Helper()
	return c.do(httptest.NewRequest(method, path, nil))
}

// post sends a form as a browser of the same origin does.
func (c *client) post(path string, values url.Values) page {
	c.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.do(r)
}

// is fails the test unless the answer has the status.
func (p page) is(status int) page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("status %d, want %d: %s", p.status, status, strings.Join(strings.Fields(p.Find("main").Text()), " "))
	}
	return p
}

// leadsTo fails the test unless the answer is a 303 to the path.
func (p page) leadsTo(path string) page {
	p.t.Helper()
	if got := p.header.Get("Location"); p.status != http.StatusSeeOther || got != path {
		p.t.Fatalf("status %d to %q, want 303 to %q: %s", p.status, got, path, strings.Join(strings.Fields(p.Find("main").Text()), " "))
	}
	return p
}

// has fails the test unless an element of the selector holds the text.
func (p page) has(selector, text string) page {
	p.t.Helper()
	found := p.Find(selector)
	if !strings.Contains(strings.Join(strings.Fields(found.Text()), " "), text) {
		p.t.Errorf("%s: got %q, want %q in it", selector, strings.Join(strings.Fields(found.Text()), " "), text)
	}
	return p
}

// lacks fails the test when an element of the selector is there.
func (p page) lacks(selector string) page {
	p.t.Helper()
	if n := p.Find(selector).Length(); n > 0 {
		p.t.Errorf("%s: %d found, want none", selector, n)
	}
	return p
}
