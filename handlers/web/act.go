package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/password"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
	"naikkelas/views/ambient"
	viewform "naikkelas/views/form"
)

// A Form is what somebody sent, with or without fields: what is wrong with it, and how its page is shown again.
type Form struct {
	// Errors are what is wrong. With any in it the act is not tried, and what refuses the act is added. A
	// page without a place for them is shown with the sentence on top.
	Errors *viewform.Errors
	// Stale is set, instead of an error, for a page that shows by itself what somebody else did meanwhile.
	Stale *bool
	// Again shows the page that the form stands on, with what was typed. A form without it ends on the
	// error page.
	Again func(status int) error
}

// Act is how every form ends. What was asked for is done, and leads on with a 303 and a word. What is wrong or
// refused shows the form again: with 422, with 409 when somebody else was faster, and with 429 when it was sent
// too often. Any other error goes on to become its page. A browser is led to the page of a refused form, see again.
func (p *Portal) Act(c Context, f Form, act func() (Next, error)) error {
	if f.Errors != nil && f.Errors.Any() {
		return p.again(c, f, http.StatusUnprocessableEntity)
	}
	next, err := act()
	if err == nil {
		p.taken(c)
		return p.Lead(c, next)
	}
	if errors.Is(err, password.ErrBusy) {
		c.Response().Header().Set(echo.HeaderRetryAfter, busyAfter)
		err = errBusy
	}
	if errors.Is(err, models.ErrSMSFull) {
		p.Log.ErrorContext(c.Request().Context(), "the day's messages to phones are used up: no codes go to phones until midnight UTC")
	}
	refusals := record.RefusalsIn(err)
	if len(refusals) == 0 || f.Again == nil {
		return err
	}
	status := refusedStatus(err)
	switch {
	case f.Stale != nil && status == http.StatusConflict:
		*f.Stale = true
	case f.Errors != nil:
		AddRefusals(f.Errors, err)
	default:
		for _, r := range refusals {
			sayNow(c, ambient.Flash{Kind: kindOf(status), Key: r.Key, Args: r.Args})
		}
	}
	return p.again(c, f, status)
}

// AddRefusals adds what refused an act to what is wrong with its form, each at its field.
func AddRefusals(errs *viewform.Errors, err error) {
	for _, r := range record.RefusalsIn(err) {
		errs.Add(r.Field, r.Key, r.Args...)
	}
}

// overtaken are the refusals of what came after somebody else's act, or after one's own in another window.
var overtaken = []error{
	models.ErrStale, models.ErrTaken, models.ErrNotTaken, models.ErrCertificateNow, models.ErrNotEditable, models.ErrHolidayOther,
	models.ErrOvertaken, models.ErrAlikeStale, dated.ErrStale,
}

// busyAfter is in how many seconds whoever met a full line may come back.
const busyAfter = "10"

// errBusy says that so many sign in just now that nobody more is let into the line.
var errBusy = &models.Refusal{Key: "account.busy"}

// tooOften are the refusals that waiting mends.
var tooOften = []error{
	models.ErrTooOften, models.ErrCodeTooSoon, models.ErrReportTooOften, models.ErrRightTooOften, models.ErrTooFast, models.ErrSMSFull,
	models.ErrRequestTooOften,
}

// refusedStatus is the status with which a form is shown again.
func refusedStatus(err error) int {
	is := func(target error) bool { return errors.Is(err, target) }
	switch {
	case slices.ContainsFunc(overtaken, is):
		return http.StatusConflict
	case slices.ContainsFunc(tooOften, is):
		return http.StatusTooManyRequests
	case is(errBusy):
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

// kindOf is how a refusal is shown on top of a page.
func kindOf(status int) string {
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		return "warning"
	}
	return "error"
}

// sayNow says something on top of the page that answers this request.
func sayNow(c Context, f ambient.Flash) {
	r := c.Request()
	a := ambient.From(r.Context())
	a.Flash = append(a.Flash, f)
	c.SetRequest(r.WithContext(ambient.With(r.Context(), a)))
}

// Next is where somebody is led after an act, and what is said there.
type Next struct {
	path string
	said *ambient.Flash
}

// To leads on without a word.
func To(path string) Next { return Next{path: path} }

// Said leads on and says there what was done; the arguments are pairs for the sentence's placeholders.
func Said(path, key string, args ...any) Next {
	return Next{path, &ambient.Flash{Kind: "success", Key: key, Args: args}}
}

// SaidAt leads to the part of a page with the id, and says beside it what was done.
func SaidAt(path, id, key string) Next {
	return Next{path + "#" + id, &ambient.Flash{Kind: "success", Key: key, At: id}}
}

// Undoable leads on and says there what was done, with a button that takes it back by a POST to undo.
func Undoable(path, key, undo, label string) Next {
	return Next{path, &ambient.Flash{Kind: "success", Key: key, Undo: undo, UndoKey: label}}
}

// Told leads on and says there something that is neither good nor an act: that there is nothing to do, or that
// something is gone. The kind is that of a notice.
func Told(path, kind, key string) Next {
	return Next{path, &ambient.Flash{Kind: kind, Key: key}}
}

// Lead leads on, and keeps what is to be said for the next page.
func (p *Portal) Lead(c Context, to Next) error {
	var said []ambient.Flash
	if c.Get(hiddenKey) != nil {
		said = append(said, numberHidden())
	}
	if to.said != nil {
		said = append(said, *to.said)
	}
	if len(said) > 0 {
		list, err := json.Marshal(append(p.flashes(c), said...))
		if err != nil {
			return err
		}
		err = p.Remember(c, flashKey, string(list))
		if errors.Is(err, models.ErrSessionGone) {
			// It is done; the session ended meanwhile, so nothing is to be sent again.
			return p.Redirect(c, urls.WithQuery(urls.SignIn(), "lanjut", to.path))
		}
		if err != nil {
			return err
		}
	}
	return p.Redirect(c, to.path)
}
