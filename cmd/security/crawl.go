package main

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/urls"
)

// perPattern is how many pages of one route are looked at.
const perPattern = 3

// place is a page of the portal as somebody sees it.
type place struct {
	path   string // with its query
	params []string
	forms  []form
}

// form is what a page sends.
type form struct {
	action string
	method string
	fields []string
	files  []string
	values url.Values
}

// crawl finds the pages that somebody can reach: those of a queue, and by the routes and the links and forms on pages.
func (p *prober) crawl(ctx context.Context, v *visitor, queue ...string) (places []place, err error) {
	for _, r := range p.routes {
		if r.Method == http.MethodGet && !strings.Contains(r.Pattern, ":") && p.open(r.Pattern, v) {
			queue = append(queue, r.Pattern)
		}
	}
	seen, of := map[string]bool{}, map[string]int{}
	for ; len(queue) > 0 && !p.over(ctx); queue = queue[1:] {
		path, _, _ := strings.Cut(queue[0], "?")
		pattern := p.patternOf(http.MethodGet, path)
		if seen[path] || of[pattern] >= perPattern || !p.open(pattern, v) {
			continue
		}
		seen[path] = true
		of[pattern]++
		r, err := p.request(ctx, http.MethodGet, queue[0], nil, "")
		if err != nil {
			continue // a link that is no address of ours
		}
		a, err := p.do(ctx, v, r)
		if err != nil {
			return nil, err
		}
		if to := a.header.Get("Location"); to != "" && !foreign(p.base, to) {
			queue = append(queue, local(p.base, to))
		}
		if a.page == nil || a.status != http.StatusOK {
			continue
		}
		found := read(a.page, queue[0])
		places = append(places, found)
		queue = append(queue, links(p.base, a.page)...)
	}
	return places, nil
}

// open says whether a route lets somebody in.
func (p *prober) open(pattern string, v *visitor) bool {
	for _, r := range p.routes {
		if r.Method == http.MethodGet && r.Pattern == pattern {
			return r.Who == nil || slices.Contains(r.Who, v.role)
		}
	}
	return false
}

// local is the part of an address behind the host.
func local(base, to string) string {
	home, _ := url.Parse(base)
	target, err := home.Parse(to)
	if err != nil {
		return "/"
	}
	return target.RequestURI()
}

// links are the addresses of the portal that a page leads to.
func links(base string, page *goquery.Document) (list []string) {
	page.Find("a[href], form[action]").Each(func(_ int, s *goquery.Selection) {
		to := s.AttrOr("href", s.AttrOr("action", ""))
		if to != "" && !strings.HasPrefix(to, "#") && !foreign(base, to) {
			list = append(list, local(base, to))
		}
	})
	return list
}

// read takes a page's forms and the names that its own queries have.
func read(page *goquery.Document, path string) place {
	found := place{path: path}
	page.Find("form").Each(func(_ int, s *goquery.Selection) { found.forms = append(found.forms, readForm(s, path)) })
	page.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		if target, err := url.Parse(s.AttrOr("href", "")); err == nil {
			for name := range target.Query() {
				found.params = append(found.params, name)
			}
		}
	})
	for _, f := range found.forms {
		if f.method == http.MethodGet {
			found.params = append(found.params, f.fields...)
		}
	}
	found.params = append(found.params, "lanjut", "k", "halaman", "ke")
	slices.Sort(found.params)
	found.params = slices.Compact(found.params)
	return found
}

func readForm(s *goquery.Selection, path string) form {
	own, _, _ := strings.Cut(path, "?")
	f := form{action: s.AttrOr("action", own), method: strings.ToUpper(s.AttrOr("method", http.MethodGet)), values: url.Values{}}
	s.Find("[name]").Each(func(_ int, field *goquery.Selection) {
		name, kind := field.AttrOr("name", ""), field.AttrOr("type", "")
		if kind == "file" {
			f.files = append(f.files, name)
			return
		}
		if !slices.Contains(f.fields, name) {
			f.fields = append(f.fields, name)
		}
		switch _, on := field.Attr("checked"); {
		case kind == "radio" || kind == "checkbox":
			if on || !f.values.Has(name) {
				f.values.Set(name, field.AttrOr("value", ""))
			}
		case goquery.NodeName(field) == "textarea":
			f.values.Set(name, field.Text())
		default:
			f.values.Set(name, field.AttrOr("value", field.Find("option[selected]").AttrOr("value", "")))
		}
	})
	return f
}

// leaves says whether a form ends the session of who sends it, which would end the walk.
func (f form) leaves() bool { return strings.HasPrefix(f.action, urls.SignOut()) }
