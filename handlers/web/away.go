package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"syscall"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	tus "github.com/tus/tusd/v2/pkg/handler"

	"naikkelas/internal/blob"
	"naikkelas/internal/i18n"
	"naikkelas/internal/pgpool"
	"naikkelas/internal/render"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/public"
)

// retryAfter is in how many seconds whoever meets a neighbour of ours that is away may come back.
const retryAfter = "30"

// setback is why a good file was not taken, as the last part of the keys of its sentences: no room is left for it
// ("full"), too many files are looked into just now ("busy"), or the store of files is away ("away"). It is empty for
// any other error.
func setback(err error) string {
	switch {
	case noRoom(err):
		return "full"
	case errors.Is(err, render.ErrBusy), errors.Is(err, render.ErrStalled):
		return "busy"
	case errors.Is(err, blob.ErrUnavailable):
		return "away"
	}
	return ""
}

// noRoom says whether a disk is full: of the store, of the database, of temporary files or of the renderer's cache.
func noRoom(err error) bool {
	return errors.Is(err, blob.ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || pgpool.Full(err)
}

// awayPage says that the database or the store of files is away, busy or full, and offers back what was typed.
func (p *Portal) awayPage(c Context, err error) error {
	shown := public.ErrorPage{
		Status: http.StatusServiceUnavailable, RequestID: requestID(c), Again: againAddress(c), Setback: setback(err),
	}
	if c.Request().Method == http.MethodPost && !secretForm(c.Path()) {
		shown.Action = c.Request().URL.Path
		shown.Typed, shown.LeftOut = typedValues(c)
	}
	c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter)
	return p.plain(c, http.StatusServiceUnavailable, public.Error(shown))
}

// secretForm says whether a form has passwords or codes in it, which no page gives back.
func secretForm(pattern string) bool {
	secrets := []string{urls.AccountPattern, urls.SignInPattern, urls.RegisterPattern, urls.RecoverPattern, urls.InvitationPattern}
	return slices.ContainsFunc(secrets, func(secret string) bool { return strings.HasPrefix(pattern, secret) })
}

// plain writes a page for which nothing is looked up and no session is written: with what the request knows of
// its reader already, and the numbers to call that are known.
func (p *Portal) plain(c Context, status int, page templ.Component) error {
	ctx := c.Request().Context()
	list, _, _ := p.footer.last(p.Store.Now())
	a := ambient.From(ctx)
	a.Lang, a.Path, a.Query = i18n.Of(ctx), c.Request().URL.Path, c.Request().URL.RawQuery
	a.Operator, a.Demo, a.Now, a.Flash = p.Settings.Operator, p.Settings.Demo, p.Store.Now(), nil
	a.Hotlines = public.FooterHotlines(ctx, list)
	var b bytes.Buffer
	if err := page.Render(ambient.With(ctx, a), &b); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, notKept)
	return send(c, status, contentHTML, b.Bytes())
}

//i18n:family upload.setback.*

// setbackKey finds in a request why what came with it was not taken.
const setbackKey = "setback"

// NotTaken is the refusal of the files of a request after one was not taken, see NotStored: the others are not tried,
// because each would wait in vain. It is nil while all goes well.
func NotTaken(c Context, field string) *models.Refusal {
	why, _ := c.Get(setbackKey).(string)
	if why == "" {
		return nil
	}
	return &models.Refusal{Key: "upload.setback." + why, Field: field}
}

// NotStored turns the failure of whoever did not take a good file into a refusal beside its field, so that the
// form is shown again with all else; Render then answers 503. Other errors stay as they are.
func (p *Portal) NotStored(c Context, err error, field string) error {
	why := setback(err)
	if why == "" {
		return err
	}
	if NotTaken(c, field) == nil {
		p.Logged(c, err)
	}
	c.Set(setbackKey, why)
	return NotTaken(c, field)
}

// answerStatus is the status of a form's page: what was typed is no fault of its sender when a good file was not taken.
func answerStatus(c Context, status int) int {
	if NotTaken(c, "") == nil {
		return status
	}
	c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter)
	return http.StatusServiceUnavailable
}

// RequestID is the number of the request, for whoever looks for it in the log.
func RequestID(c Context) string { return requestID(c) }

// PartFailed is the answer to a script whose piece of a file could not be taken: a sentence with the number of the
// request, under which the log has the cause. A neighbour of ours that is away is one to wait for. Answers that are
// words already stay as they are.
func (p *Portal) PartFailed(ctx context.Context, number string, err error) error {
	if _, said := errors.AsType[tus.Error](err); err == nil || said {
		return err
	}
	if errors.Is(err, models.ErrNotFound) {
		return tus.ErrNotFound
	}
	if ctx.Err() != nil { // nobody hears the answer
		return tus.NewError("ERR_LEFT", i18n.T(ctx, "upload.broken_off"), http.StatusBadRequest)
	}
	p.Log.ErrorContext(ctx, "a piece of a file was not taken", "id", number, "err", err)
	key := "upload.trouble"
	if why := setback(err); why != "" {
		key = "upload.setback." + why
	} else if statusOf(err) == http.StatusServiceUnavailable {
		key = "upload.setback.away"
	}
	if key == "upload.trouble" {
		return tus.NewError("ERR_TROUBLE", i18n.T(ctx, key, "Number", number), http.StatusInternalServerError)
	}
	away := tus.NewError("ERR_AWAY", i18n.T(ctx, key), http.StatusServiceUnavailable)
	away.HTTPResponse.Header[echo.HeaderRetryAfter] = retryAfter
	return away
}
