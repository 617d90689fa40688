package handlers_test

import (
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// walks is how often every route is walked as every role: make deep walks many times, each with other bytes.
var walks = flag.Int("walks", 1, "how often every route is walked with hostile bytes")

// hostileTexts are what breaks programs; random bytes are sent besides.
var hostileTexts = []string{
	"", "\x00", "a\x00b", "\xed\xa0\x80", "\xc3(", "\xff\xfe", "Rp \u202e000.5\u202c", "a\u2066b", "\u200b", "\r\n\t", "\x1b[31m",
	"2147483648", "-2147483649", "9223372036854775808", "-1", "0", "1", "1e9", "NaN", "2026", "012", "yes", "no", "RT 05", "05/03",
	"%", "_%\\", "'", "\";--", "<b>x</b>", "((", "&|!:*", "a:* & !b <-> c", "{\"a\":", "../../etc", "//contoh.example", "\\\\x",
	"zzzzzzzzzzzz.zzzzzzzzzzzz", "-zzzzzzzzzzzz.1", "enp6enp6enp6enp6enp6ei56enp6enp6enp6eg", "NK-00000000", "0812345678901234", "12345678",
	strings.Repeat("x", 4000), strings.Repeat("a\u0301", 900), strings.Repeat("\U0001f469\u200d", 300), "a@b.c", "siti@contoh.example",
}

// hostile is a visitor who sends what no page of ours sends.
type hostile struct {
	*accessWorld
	random *rand.Rand
	fields []string // names of fields of all forms
	params []string // names that queries know
	log    *bytes.Buffer

	followed int // refused forms whose pages were asked for
}

func newHostile(t *testing.T) *hostile {
	h := &hostile{log: &bytes.Buffer{}}
	h.accessWorld = newAccessWorld(t, func(d *web.Deps) {
		d.Log = slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelError}))
	})
	h.fields = found(t, `form:"(\w+)"`)
	h.params = slices.Concat(public.CatalogueParams(), public.InstitutionParams(), found(t, `(?:QueryParam|Get)\("(\w+)"\)`))
	if len(h.fields) < 100 || len(h.params) < 15 {
		t.Fatalf("%d fields, %d names of queries: the source is not where it was", len(h.fields), len(h.params))
	}
	return h
}

// found are the names in the source of pages and desks.
func found(t *testing.T, pattern string) (names []string) {
	t.Helper()
	in := regexp.MustCompile(pattern)
	for _, folder := range []string{".", "../views"} {
		err := filepath.WalkDir(folder, func(path string, _ os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, match := range in.FindAllStringSubmatch(string(source), -1) {
				names = append(names, match[1])
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (h *hostile) one(of []string) string { return of[h.random.IntN(len(of))] }

// text is something from the list, or random bytes, or both.
func (h *hostile) text() string {
	if h.random.IntN(3) > 0 {
		return h.one(hostileTexts)
	}
	random := make([]byte, h.random.IntN(24))
	for i := range random {
		random[i] = byte(h.random.IntN(256))
	}
	return string(random) + h.one(hostileTexts)
}

// fieldName is the name of a field, often of a list or a date, and sometimes of nothing that the decoder knows.
func (h *hostile) fieldName() string {
	a, b := h.one(h.fields), h.one(h.fields)
	switch h.random.IntN(12) {
	case 0:
		return a + "." + h.one([]string{"day", "month", "year"})
	case 1:
		return fmt.Sprintf("rows[%d].%s", h.random.IntN(3), a)
	case 2:
		return fmt.Sprintf("fixes[%d].%s", h.random.IntN(210), a)
	case 3:
		return h.one([]string{"rows[0, x].y", "fixes[0.target", "rows[999999].name", "rows[-1].name", "rows]0[", "a[0][1][2]", a + "[", h.text()})
	case 4:
		return h.one([]string{"ktp.", "domicile."}) + h.one([]string{"rt", "rw", "street", "postal", "regency"})
	case 5:
		return a + "[" + b + "]"
	}
	return a
}

// values are many fields at once, mostly hostile.
func (h *hostile) values() url.Values {
	values := url.Values{}
	for range h.random.IntN(60) {
		values.Add(h.fieldName(), h.text())
	}
	if h.random.IntN(4) == 0 {
		values.Set("version", h.one([]string{"2147483648", "-9223372036854775809", "x", "1"}))
	}
	return values
}

// request is a request of a route: sometimes with the owner's references, sometimes with others.
func (h *hostile) request(r web.Route) *http.Request {
	segments := strings.Split(r.Pattern, "/")
	for i, segment := range segments {
		name, isParameter := strings.CutPrefix(segment, ":")
		switch {
		case isParameter && h.random.IntN(4) == 0:
			segments[i] = url.PathEscape(h.text() + "x")
		case isParameter:
			segments[i] = h.refs[name]
		}
	}
	target, query := strings.Join(segments, "/"), url.Values{}
	for range h.random.IntN(4) {
		query.Add(h.one(h.params), h.text())
	}
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	return h.dress(r, target)
}

// dress gives a request its body and what a browser says of itself.
func (h *hostile) dress(r web.Route, target string) *http.Request {
	request := httptest.NewRequest(r.Method, target, nil)
	switch {
	case r.Method != http.MethodPost:
	case h.random.IntN(4) == 0:
		field := h.one([]string{"files", "file", h.fieldName()})
		file := testportal.Sent(h.text()+".csv", "text/csv", []byte(testportal.SheetHeader+h.text()+","+h.text()+"\n"))
		request = testportal.Multipart(h.T, target, url.Values{"token": {h.text()}}, field, file)
	default:
		request = testportal.FormRequest(target, h.values())
	}
	request.Header.Set("User-Agent", h.text())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	if h.random.IntN(2) == 0 {
		request.Header.Set("Sec-Fetch-Mode", "navigate")
	}
	if strings.HasPrefix(r.Pattern, urls.PartialsPattern) {
		request.Header.Set("Tus-Resumable", "1.0.0")
		request.Header.Set("Upload-Length", h.one([]string{"10", "-1", "99999999999999999999"}))
		request.Header.Set("Upload-Metadata", "filename "+base64.StdEncoding.EncodeToString([]byte(h.text()))+",purpose "+
			base64.StdEncoding.EncodeToString([]byte(h.one([]string{"other", h.text()}))))
	}
	return request
}

// send sends a request as somebody, from an address of its own, and follows it to the page of a form that is refused;
// what fails inside fails the test. Pages are not held against the rules for pages, which speak of what people send.
func (h *hostile) send(who *models.User, request *http.Request) *httptest.ResponseRecorder {
	h.T.Helper()
	if who != nil {
		for _, cookie := range h.As(*who).Cookies {
			request.AddCookie(cookie)
		}
	}
	got := h.sendAs(request)
	to := got.Header().Get("Location")
	if !strings.Contains(to, web.AnswerParam+"=") {
		return got
	}
	h.followed++
	follow := httptest.NewRequest(http.MethodGet, to, nil)
	for _, cookie := range append(request.Cookies(), got.Result().Cookies()...) {
		follow.AddCookie(cookie)
	}
	return h.sendAs(follow)
}

// sendAs sends a request as it is.
func (h *hostile) sendAs(request *http.Request) *httptest.ResponseRecorder {
	h.T.Helper()
	h.sent++
	request.RemoteAddr = "127.0.0.1:1234"
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.%d.%d", h.sent/250%250, h.sent%250))
	h.log.Reset()
	got := httptest.NewRecorder()
	h.Handler.ServeHTTP(got, request)
	if got.Code >= http.StatusInternalServerError {
		h.T.Errorf("%s %q: status %d: %.1500s", request.Method, request.URL, got.Code, h.log)
	}
	return got
}

// everybody are nobody, a stranger and, where there is one, the owner of what the references name, of each role.
func (h *hostile) everybody() (people []*models.User) {
	people = append(people, nil)
	for _, role := range web.SignedIn {
		for _, u := range []models.User{h.strangers[role], h.owners[role]} {
			if u.ID != 0 {
				people = append(people, &u)
			}
		}
	}
	return people
}

// Whatever bytes are sent to whatever route by whomever, nothing fails inside (AusDTO/dto-digitalmarketplace-frontend#953).
func TestF042F043F045NoBytesBreakAnyRoute(t *testing.T) {
	h := newHostile(t)
	routes := allRoutes()
	for walk := range *walks {
		h.random = rand.New(rand.NewPCG(42, uint64(walk)))
		for _, who := range h.everybody() {
			for _, i := range h.random.Perm(len(routes)) {
				if who == nil || routes[i].Who == nil || slices.Contains(routes[i].Who, who.Role) {
					h.send(who, h.request(routes[i]))
				}
			}
		}
	}
}

// What pages of ours send, with one value of it changed to something hostile, breaks nothing either.
func TestF042F044F045NoValueBreaksAnyForm(t *testing.T) {
	h := newHostile(t)
	forms := 0
	for walk := range *walks {
		h.random = rand.New(rand.NewPCG(44, uint64(walk)))
		for _, who := range h.everybody() {
			for _, r := range allRoutes() {
				if who == nil || r.Method != http.MethodGet || r.Who == nil || !slices.Contains(r.Who, who.Role) {
					continue
				}
				forms += h.changeForms(who, h.send(who, httptest.NewRequest(http.MethodGet, h.path(r.Pattern), nil)))
			}
		}
	}
	if forms < 50**walks || h.followed == 0 {
		t.Errorf("only %d forms were found, and %d pages of refused ones", forms, h.followed)
	}
}

// changeForms sends each form of a page with one or two hostile values, and says how many there were.
func (h *hostile) changeForms(who *models.User, answer *httptest.ResponseRecorder) (sent int) {
	page, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		h.T.Fatal(err)
	}
	page.Find("main form[method=post]").Each(func(_ int, form *goquery.Selection) {
		action, values := form.AttrOr("action", ""), url.Values{}
		var names []string
		form.Find("[name]").Each(func(_ int, field *goquery.Selection) {
			name := field.AttrOr("name", "")
			names = append(names, name)
			if kind := field.AttrOr("type", ""); kind != "radio" && kind != "checkbox" && kind != "file" {
				values.Set(name, field.AttrOr("value", field.Find("option[selected]").AttrOr("value", "1")))
			} else if kind != "file" && !values.Has(name) {
				values.Set(name, field.AttrOr("value", ""))
			}
		})
		if action == "" || len(names) == 0 || strings.HasPrefix(action, urls.SignOut()) {
			return
		}
		for range 1 + h.random.IntN(2) {
			values.Set(h.one(names), h.text())
		}
		sent++
		request := testportal.FormRequest(action, values)
		request.Header.Set("Sec-Fetch-Mode", h.one([]string{"navigate", "cors"}))
		h.send(who, request)
	})
	return sent
}
