package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// answer is what came back for one request.
type answer struct {
	status int
	header http.Header
	body   []byte
	page   *goquery.Document // of HTML
}

// refuses says that the portal did not look at what was sent: too many requests, or somebody who is not signed in.
func (a answer) refuses(signIn string) bool {
	to, _, _ := strings.Cut(a.header.Get("Location"), "?")
	return a.status == http.StatusTooManyRequests || a.status == http.StatusSeeOther && to == signIn
}

// tag is the beginning of an element.
var tag = regexp.MustCompile(`<[a-zA-Z/!?]`)

// faults is what is open in an answer to what was sent.
func (a answer) faults(base string, sent []string) (list []string) {
	if a.status >= http.StatusInternalServerError {
		list = append(list, fmt.Sprintf("status %d", a.status))
	}
	if to := a.header.Get("Location"); to != "" && foreign(base, to) {
		list = append(list, fmt.Sprintf("redirect to %.80q", to))
	}
	if len(a.body) > 0 && a.header.Get("X-Content-Type-Options") != "nosniff" {
		list = append(list, "the browser may guess the type")
	}
	if len(a.body) > 0 && a.header.Get("Content-Type") == "" {
		list = append(list, "no type")
	}
	if a.page == nil {
		return list
	}
	if !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src") {
		list = append(list, "no content policy")
	}
	for _, s := range sent {
		if len(s) >= 8 && tag.MatchString(s) && bytes.Contains(a.body, []byte(s)) {
			list = append(list, fmt.Sprintf("raw markup %.60q", s))
		}
	}
	return append(list, strange(a.page)...)
}

// foreign says whether a browser that follows the header leaves the portal.
func foreign(base, to string) bool {
	home, err := url.Parse(base)
	if err != nil || strings.ContainsAny(to, "\\\r\n\t\x00") {
		return true
	}
	target, err := home.Parse(to)
	return err != nil || target.Host != home.Host || target.Scheme != home.Scheme
}

// strange are the parts of a page that none of ours has.
func strange(page *goquery.Document) (list []string) {
	page.Find("*").Each(func(_ int, s *goquery.Selection) {
		name := goquery.NodeName(s)
		if strings.HasPrefix(name, mark) {
			list = append(list, "element <"+name+">")
		}
		for _, attribute := range s.Nodes[0].Attr {
			switch {
			case strings.HasPrefix(attribute.Key, mark), strings.HasPrefix(attribute.Key, "on"), strings.HasPrefix(attribute.Key, "hx-on"):
				list = append(list, fmt.Sprintf("attribute %.40q of <%s>", attribute.Key, name))
			case runs(attribute.Key, attribute.Val):
				list = append(list, fmt.Sprintf("%s=%.60q of <%s>", attribute.Key, attribute.Val, name))
			}
		}
	})
	page.Find("iframe, object, embed, base, style, meta[http-equiv=refresh], script:not([src])").Each(func(_ int, s *goquery.Selection) {
		if kind := s.AttrOr("type", ""); kind != "application/ld+json" && kind != "application/json" {
			list = append(list, "element <"+goquery.NodeName(s)+">")
		}
	})
	return list
}

// runs says whether an attribute is an address that a browser would run.
func runs(key, value string) bool {
	switch key {
	case "href", "src", "action", "formaction", "xlink:href", "poster", "data":
		plain := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(value, "\x00", "")), ""))
		return strings.HasPrefix(plain, "javascript:") || strings.HasPrefix(plain, "vbscript:") || strings.HasPrefix(plain, "data:text")
	}
	return false
}
