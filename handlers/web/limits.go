package web

import (
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/httprate"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/intext"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// The most requests of a minute. A class or an office shares one address, so people who are signed in are
// counted by themselves, and so are the images of their files; what makes pages look right is not counted.
const (
	mostOfAddress  = 6000 // of everything, whoever sends it
	mostOfVisitors = 1200 // pages of an address, of all who are not signed in there
	mostPages      = 300  // pages of one person
	mostImages     = 1500 // images of one person
)

// BodyFiles is how many bytes of files a form may have: three of the largest photos.
const BodyFiles = models.FormBytes

// helps says whether a request is for the help pages. Nobody in trouble is asked to wait: not behind the one address of
// a shelter, and not after somebody else's flood.
func helps(c Context) bool { return below(c.Path(), urls.HelpPattern) }

// limitAddress keeps one address from taking the whole portal, before anything is looked up for it.
func (p *Portal) limitAddress() echo.MiddlewareFunc {
	limiter := httprate.NewRateLimiter(mostOfAddress, time.Minute)
	return func(next Handler) Handler {
		return func(c Context) error {
			if helps(c) || !limiter.OnLimit(c.Response(), c.Request(), c.RealIP()) {
				return next(c)
			}
			return p.tooManyOfAddress(c)
		}
	}
}

// tooManyOfAddress asks to wait, and looks nobody up for it.
func (p *Portal) tooManyOfAddress(c Context) error {
	return p.plain(c, http.StatusTooManyRequests, public.Error(public.ErrorPage{Status: http.StatusTooManyRequests, Again: againAddress(c)}))
}

// limitPages keeps one person, or one address of people who are not signed in, from asking without end.
func (p *Portal) limitPages() echo.MiddlewareFunc {
	visitors, pages := httprate.NewRateLimiter(mostOfVisitors, time.Minute), httprate.NewRateLimiter(mostPages, time.Minute)
	images := httprate.NewRateLimiter(mostImages, time.Minute)
	return func(next Handler) Handler {
		return func(c Context) error {
			if helps(c) {
				return next(c)
			}
			limiter, key := visitors, c.RealIP()
			if p.Visitor(c) != nil {
				limiter, key = pages, strconv.FormatInt(p.SessionRow(c).ID, 10)
			}
			if c.Path() == urls.UploadImagePattern || c.Path() == urls.UploadThumbPattern {
				limiter = images
			}
			if limiter.OnLimit(c.Response(), c.Request(), key) {
				return p.tooMany(c)
			}
			return next(c)
		}
	}
}

// tooMany asks to wait. What somebody signed in typed stands on the page, to be sent again from there.
func (p *Portal) tooMany(c Context) error {
	page := public.ErrorPage{Status: http.StatusTooManyRequests, Again: againAddress(c)}
	secret := strings.HasPrefix(c.Path(), urls.AccountPattern) || strings.HasPrefix(c.Path(), urls.SignInPattern)
	if c.Request().Method == http.MethodPost && p.Visitor(c) != nil && !secret {
		page.Action = c.Request().URL.Path
		page.Typed, page.LeftOut = typedValues(c)
	}
	return p.Render(c, http.StatusTooManyRequests, public.Error(page))
}

// againAddress is the page that somebody asked for, empty where they sent something.
func againAddress(c Context) string {
	if c.Request().Method != http.MethodGet {
		return ""
	}
	return c.Request().URL.RequestURI()
}

// typedValues are the values of a posted form, and whether files of it are left out.
func typedValues(c Context) (typed []public.Typed, leftOut bool) {
	r := c.Request()
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	values := url.Values{}
	if r.MultipartForm != nil { // read already
		lost, _ := c.Get(leftOutKey).(bool)
		values, leftOut = r.MultipartForm.Value, lost || len(r.MultipartForm.File) > 0
	} else if kind == "multipart/form-data" {
		body := intext.PartHeaders(http.MaxBytesReader(c.Response(), r.Body, BodyFiles), params["boundary"])
		values, leftOut = partValues(multipart.NewReader(body, params["boundary"]))
	} else if r.Body = http.MaxBytesReader(c.Response(), r.Body, bodySmall); r.ParseForm() == nil {
		values = r.PostForm
	}
	values = cleanValues(values)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			typed = append(typed, public.Typed{Name: name, Value: value})
		}
	}
	return typed, leftOut
}

// partValues reads what was typed and passes over the files, without keeping them.
func partValues(parts *multipart.Reader) (values url.Values, leftOut bool) {
	values = url.Values{}
	for room := int64(bodySmall); room > 0; {
		part, err := parts.NextPart()
		if err != nil {
			return values, leftOut
		}
		if part.FileName() != "" {
			leftOut = true
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, room))
		if err != nil {
			return values, leftOut
		}
		room -= int64(len(text)) + 1
		values.Add(part.FormName(), string(text))
	}
	return values, leftOut
}
