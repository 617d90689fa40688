package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// perSession is how many requests a session sends before a new one takes over: a person who sends more in a minute is
// asked to wait, and such an answer says nothing.
const perSession = 200

// prober sends what no page of ours sends, and keeps what is open.
type prober struct {
	base     string
	routes   []web.Route
	payloads *payloads
	each     int // payloads for each place besides the markup
	most     int // requests in all
	enter    func(ctx context.Context, role models.Role) (token string, err error)
	client   *http.Client

	sent     int
	posts    int
	followed int            // pages of refused forms
	counted  map[string]int // answers that say something, by method and pattern
	refused  int
	lost     int
	found    map[string]string // how to see it, by what and where
}

// visitor is somebody with a role, or nobody, and the session that speaks for them.
type visitor struct {
	role  models.Role
	token string
	used  int
}

func newProber(base string, routes []web.Route, p *payloads) *prober {
	return &prober{
		base: base, routes: routes, payloads: p, each: 3, most: 60000, counted: map[string]int{}, found: map[string]string{},
		client: &http.Client{
			Timeout:       30 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// renew gives somebody a session that has not sent much yet.
func (p *prober) renew(ctx context.Context, v *visitor) (err error) {
	if v.used++; v.token != "" && v.used < perSession {
		return nil
	}
	v.used, v.token = 0, ""
	if v.role != "" {
		v.token, err = p.enter(ctx, v.role)
	}
	return err
}

// request begins a request as a page of the portal sends it.
func (p *prober) request(ctx context.Context, method, target string, body []byte, kind string) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, p.base+target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r, nil
}

// do sends a request as somebody and judges the answer. Each comes from an address of its own, or the limit by address
// would be all that answers.
func (p *prober) do(ctx context.Context, v *visitor, r *http.Request, sent ...string) (answer, error) {
	if err := p.renew(ctx, v); err != nil {
		return answer{}, err
	}
	p.sent++
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.%d.%d.%d", 18+p.sent/62500%2, p.sent/250%250, p.sent%250))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if r.Method == http.MethodPost {
		if p.posts++; p.posts%2 == 0 { // every other form comes as a window of a browser sends it
			r.Header.Set("Sec-Fetch-Mode", "navigate")
		}
	}
	if v.token != "" {
		r.AddCookie(&http.Cookie{Name: web.CookieName, Value: v.token})
	}
	a, err := p.ask(r)
	if err != nil {
		return answer{}, p.broken(ctx, r, sent, err)
	}
	for _, line := range a.header.Values("Set-Cookie") {
		if cookie, err := http.ParseSetCookie(line); err == nil && cookie.Name == web.CookieName {
			v.token = cookie.Value
		}
	}
	p.judge(v, r, a, sent)
	if to := a.header.Get("Location"); r.Method == http.MethodPost && strings.Contains(to, web.AnswerParam+"=") && !foreign(p.base, to) {
		return p.follow(ctx, v, local(p.base, to), sent)
	}
	return a, nil
}

// follow asks for the page of a form that was refused: what was sent stands on it.
func (p *prober) follow(ctx context.Context, v *visitor, to string, sent []string) (answer, error) {
	r, err := p.request(ctx, http.MethodGet, to, nil, "")
	if err != nil {
		return answer{}, err
	}
	p.followed++
	return p.do(ctx, v, r, sent...)
}

// mostBroken is how many answers may be none before the portal counts as gone.
const mostBroken = 20

// broken keeps an answer that no client can read.
func (p *prober) broken(ctx context.Context, r *http.Request, sent []string, err error) error {
	if p.lost++; ctx.Err() != nil || p.lost > mostBroken {
		return err
	}
	p.found["no answer at "+r.Method+" "+p.patternOf(r.Method, r.URL.Path)] = fmt.Sprintf("%v, sent %.200q", err, sent)
	return nil
}

// ask sends a request and reads the answer to its end.
func (p *prober) ask(r *http.Request) (answer, error) {
	response, err := p.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 32<<20))
	if err != nil {
		return answer{}, err
	}
	a := answer{status: response.StatusCode, header: response.Header, body: body}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
		a.page, err = goquery.NewDocumentFromReader(bytes.NewReader(body))
	}
	return a, err
}

// judge counts an answer and keeps what is open in it, once for each place.
func (p *prober) judge(v *visitor, r *http.Request, a answer, sent []string) {
	pattern := p.patternOf(r.Method, r.URL.Path)
	place := r.Method + " " + pattern
	if a.refuses(urls.SignIn()) && !strings.HasPrefix(pattern, urls.SignInPattern) && v.role != "" {
		p.refused++
		v.token = ""
		return
	}
	if a.status == http.StatusTooManyRequests {
		p.refused++
		return
	}
	p.counted[place]++
	for _, fault := range a.faults(p.base, sent) {
		if meant(place, fault) {
			continue
		}
		if key := fault + " at " + place; p.found[key] == "" {
			p.found[key] = fmt.Sprintf("as %q: %.200s, sent %.200q", v.role, r.URL, sent)
		}
	}
}

// meant says whether what would be a fault elsewhere is what a page is for: quick exit leads away by itself, to a page that
// officers keep and that nothing of a request can change.
func meant(place, fault string) bool {
	switch place {
	case "GET " + urls.HelpLeavePattern:
		return fault == "element <meta>"
	case "GET " + urls.HelpLeftPattern:
		return strings.HasPrefix(fault, `redirect to "https://`) && !strings.Contains(fault, mark)
	}
	return false
}

// patternOf is the route that answers a path; a path that no route has is itself.
func (p *prober) patternOf(method, path string) string {
	found, fewest := path, 100
	for _, r := range p.routes {
		if r.Method != method {
			continue
		}
		if open, ok := matches(r.Pattern, path); ok && open < fewest {
			found, fewest = r.Pattern, open
		}
	}
	return found
}

// matches says whether a path is of a pattern, and how many parts of it the pattern leaves open.
func matches(pattern, path string) (open int, ok bool) {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return 0, false
	}
	for i, segment := range want {
		switch {
		case strings.HasPrefix(segment, ":") && got[i] != "":
			open++
		case segment != got[i]:
			return 0, false
		}
	}
	return open, true
}

// over says whether the walk has sent as much as it may.
func (p *prober) over(ctx context.Context) bool { return p.sent >= p.most || ctx.Err() != nil }
