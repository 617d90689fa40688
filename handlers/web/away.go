package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	tus "github.com/tus/tusd/v2/pkg/handler"

	"naikkelas/internal/blob"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/public"
)

// retryAfter is in how many seconds whoever meets a neighbour of ours that is away may come back.
const retryAfter = "30"

// awayPage says that the database or the store of files is away, and offers back what was typed.
func (p *Portal) awayPage(c Context, err error) error {
	shown := public.ErrorPage{
		Status: http.StatusServiceUnavailable, RequestID: requestID(c), Again: againAddress(c), Store: errors.Is(err, blob.ErrUnavailable),
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

// storeAwayKey finds in a request that the store of files did not take what came with it.
const storeAwayKey = "store away"

// StoreAway says whether the store of files failed this request before: it is not asked again.
func StoreAway(c Context) bool {
	away, _ := c.Get(storeAwayKey).(bool)
	return away
}

// NotStored turns the failure of a store that did not take a file into a refusal beside its field, so that the
// form is shown again with all else; Render then answers 503. Other errors stay as they are.
func (p *Portal) NotStored(c Context, err error, field string) error {
	if !errors.Is(err, blob.ErrUnavailable) {
		return err
	}
	if !StoreAway(c) {
		p.Logged(c, err)
	}
	c.Set(storeAwayKey, true)
	return &models.Refusal{Key: "upload.away", Field: field}
}

// answered is the status of a form's page: what was typed is no fault of its sender when the store is away.
func answered(c Context, status int) int {
	if !StoreAway(c) {
		return status
	}
	c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter)
	return http.StatusServiceUnavailable
}

// PartAway is the answer to a script whose piece of a file could not be taken because a neighbour of ours is away:
// it sends the piece again. Other errors are not its business.
func (p *Portal) PartAway(ctx context.Context, err error) error {
	if err == nil || statusOf(err) != http.StatusServiceUnavailable {
		return err
	}
	p.Log.ErrorContext(ctx, "a piece of a file was not taken", "err", err)
	away := tus.NewError("ERR_AWAY", i18n.T(ctx, "upload.away"), http.StatusServiceUnavailable)
	away.HTTPResponse.Header[echo.HeaderRetryAfter] = retryAfter
	return away
}
