package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/go-playground/form/v4"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/intext"
)

// ErrBadForm says that a form holds what no page of ours sends.
var ErrBadForm error = echo.NewHTTPError(http.StatusBadRequest)

var formDecoder = newFormDecoder()

func newFormDecoder() *form.Decoder {
	d := form.NewDecoder()
	d.SetTagName("form")
	d.SetMode(form.ModeExplicit)
	d.SetMaxArraySize(mostRows)
	return d
}

// ReadForm fills an area's form struct from the body alone: the query string never reaches
// a form, and JSON is refused, which would fill fields that no form shows. Fields that the struct
// does not have are passed over.
func ReadForm(c Context, into any) error {
	if err := openForm(c); err != nil {
		return err
	}
	hideNumbers(c, c.Request().PostForm)
	if err := formDecoder.Decode(into, fieldsOf(into).known(c.Request().PostForm)); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return nil
}

// TypedFields gives the fields of those names from a form that ReadForm has read: for forms whose fields are described
// by data.
func TypedFields(c Context, names []string) map[string]string {
	typed := make(map[string]string, len(names))
	for _, name := range names {
		typed[name] = c.Request().PostForm.Get(name)
	}
	return typed
}

// openForm reads the body and makes what stands in it fit to be kept: names, values and the names of files.
func openForm(c Context) error {
	r := c.Request()
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		if err := openFiles(c, params["boundary"]); err != nil {
			return err
		}
	case "application/x-www-form-urlencoded":
		r.Body = http.MaxBytesReader(c.Response(), r.Body, bodySmall) // a form with more in it has files, and comes in parts
		if err := r.ParseForm(); err != nil {
			return badForm(err)
		}
	default:
		return echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	r.PostForm = cleanValues(r.PostForm)
	return nil
}

// openFiles reads a form that may have files, unless it is read already, without what is too much of it.
func openFiles(c Context, boundary string) error {
	r := c.Request()
	if r.MultipartForm != nil {
		return nil
	}
	s, form, stop, err := slim(intext.PartHeaders(r.Body, boundary), boundary, roomOf(r.Context()))
	if err != nil {
		return badForm(err)
	}
	r.Body = struct {
		io.Reader
		io.Closer
	}{form, r.Body}
	err = r.ParseMultipartForm(1 << 20)
	stop()
	if err != nil {
		r.MultipartForm = &multipart.Form{Value: cleanValues(s.typed)} // for the page that says so
		c.Set(leftOutKey, len(s.seen) > 0)
		return badForm(err)
	}
	names := s.takeBeyond(r.MultipartForm)
	r.MultipartForm.Value = cleanValues(r.MultipartForm.Value)
	for _, files := range r.MultipartForm.File {
		for _, file := range files {
			file.Filename = intext.FileName(file.Filename)
		}
	}
	for _, list := range names {
		for i := range list {
			list[i] = intext.FileName(list[i])
		}
	}
	c.Set(beyondKey, names)
	return nil
}

// leftOutKey finds in a request whose form could not be read whether files of it are lost.
const leftOutKey = "files left out"

// cleanValues lets the values of a form through the gate for text; a name that is not sound names no field.
func cleanValues(sent url.Values) url.Values {
	clean := url.Values{}
	for name, values := range sent {
		if !intext.Sound(name) {
			continue
		}
		for _, value := range values {
			clean[name] = append(clean[name], intext.Text(value))
		}
	}
	return clean
}

func badForm(err error) error {
	if noRoom(err) {
		return err
	}
	if tooSlow(err) {
		return echo.NewHTTPError(http.StatusRequestTimeout).SetInternal(err)
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge)
	}
	return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
}

// ValidToken gives a form's token, or a new one for a form that carried none.
func ValidToken(token string) string {
	if uuid.Validate(token) != nil {
		return uuid.NewString()
	}
	return token
}
