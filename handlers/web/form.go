package web

import (
	"errors"
	"mime"
	"net/http"

	"github.com/go-playground/form/v4"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// ErrBadForm says that a form holds what no page of ours sends.
var ErrBadForm error = echo.NewHTTPError(http.StatusBadRequest)

var formDecoder = newFormDecoder()

func newFormDecoder() *form.Decoder {
	d := form.NewDecoder()
	d.SetTagName("form")
	d.SetMode(form.ModeExplicit)
	d.SetMaxArraySize(200)
	return d
}

// ReadForm fills an area's form struct from the body alone: the query string never reaches
// a form, and JSON is refused, which would fill fields that no form shows.
func ReadForm(c Context, into any) error {
	r := c.Request()
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return badForm(err)
		}
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return badForm(err)
		}
	default:
		return echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	if err := formDecoder.Decode(into, r.PostForm); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest).SetInternal(err)
	}
	return nil
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
