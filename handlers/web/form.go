package web

import (
	"errors"
	"io"
	"mime"
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
	if err := openForm(c.Request()); err != nil {
		return err
	}
	hideNumbers(c, c.Request().PostForm)
	if err := formDecoder.Decode(into, fieldsOf(into).known(c.Request().PostForm)); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return nil
}

// openForm reads the body and makes what stands in it fit to be kept: names, values and the names of files.
func openForm(r *http.Request) error {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		if r.MultipartForm == nil {
			r.Body = struct {
				io.Reader
				io.Closer
			}{intext.PartHeaders(r.Body, params["boundary"]), r.Body}
		}
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return badForm(err)
		}
		r.MultipartForm.Value = cleanValues(r.MultipartForm.Value)
		for _, files := range r.MultipartForm.File {
			for _, file := range files {
				file.Filename = intext.FileName(file.Filename)
			}
		}
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return badForm(err)
		}
	default:
		return echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	r.PostForm = cleanValues(r.PostForm)
	return nil
}

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
