package web

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// AnswerParam is the query's name for the page that answers a refused form. A browser's Back cannot show what answered
// a POST, because nothing of it may be kept there; so the page has an address of its own.
const AnswerParam = "jawaban"

// refusedKey says in the context of a request that the page of a refused form is being made for it.
const refusedKey = "refused form"

// again shows the page of a form that was refused. A window of a browser is led to it; scripts, and browsers too old
// to say what they are about, get the page itself, and so does everybody on a page that may not be kept.
func (p *Portal) again(c Context, f Form, status int) error {
	if navigates(c.Request()) && !mayLapse(c.Path()) {
		c.Set(refusedKey, true)
		defer c.Set(refusedKey, nil) // the page of an error is none of a form
	}
	return f.Again(status)
}

// The pages whose right to be read can end at any press: by quick exit, by a consent that is taken back, by a referral or
// a place on a team that ends.
var lapsing = []string{urls.HelpPattern, urls.PartnerPattern, urls.CasesPattern, urls.CheckinDonePattern, path.Dir(urls.RelativePattern)}

// mayLapse says whether a route is one of them. Nothing of such a page is kept, or it could be read after that.
func mayLapse(pattern string) bool {
	return slices.ContainsFunc(lapsing, func(root string) bool { return below(pattern, root) })
}

// below says whether a route is the root of a desk or one of its pages.
func below(pattern, root string) bool { return pattern == root || strings.HasPrefix(pattern, root+"/") }

// navigates says whether a window of a browser shows what comes: only that has a place in the window's history.
func navigates(r *http.Request) bool {
	return r.Method == http.MethodPost && r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("HX-Request") == ""
}

// answerApart leads a browser to the page of its refused form; false where the page is to be sent at once.
func (p *Portal) answerApart(c Context, status int, page []byte) (led bool, err error) {
	if c.Get(refusedKey) == nil || !IsLocal(c.Request().URL.EscapedPath()) {
		return false, nil
	}
	switch status {
	case http.StatusConflict, http.StatusUnprocessableEntity, http.StatusTooManyRequests:
	default:
		return false, nil
	}
	ref, err := p.keepAnswer(c, status, page)
	if err != nil {
		p.Logged(c, err)
	}
	if ref == "" {
		return false, nil // the page itself is better than none
	}
	query := c.Request().URL.Query()
	query.Set(AnswerParam, ref)
	return true, p.Redirect(c, c.Request().URL.EscapedPath()+"?"+query.Encode())
}

// keepAnswer keeps a page for the session of the request; a visitor gets one for it. It gives nothing where there is
// too much already.
func (p *Portal) keepAnswer(c Context, status int, page []byte) (ref string, err error) {
	packed, err := deflated(page)
	if err != nil || len(packed) > models.LargestAnswer {
		return "", err
	}
	ctx := c.Request().Context()
	if ok, err := p.Store.MayKeepAnswer(ctx, p.Visitor(c)); err != nil || !ok {
		return "", err
	}
	if p.SessionRow(c).ID == 0 {
		if err := p.sessions.Save(c.Request(), c.Response(), p.session(c)); err != nil {
			return "", err
		}
	}
	ref, err = p.Store.KeepAnswer(ctx, p.SessionRow(c), answerPath(c), status, packed)
	if errors.Is(err, models.ErrSessionGone) {
		return "", nil
	}
	return ref, err
}

// answerPath is the address of a form in the language of its reader: in the other one the page reads otherwise.
func answerPath(c Context) string { return ambient.Href(c.Request().Context(), c.Request().URL.Path) }

// taken forgets what a browser's window typed into a form that is done now.
func (p *Portal) taken(c Context) {
	if !navigates(c.Request()) || p.SessionRow(c).ID == 0 {
		return
	}
	if err := p.Store.FormTaken(c.Request().Context(), p.SessionRow(c), answerPath(c)); err != nil {
		p.Logged(c, err) // the form is done all the same
	}
}

// answered shows the page of a refused form at its address. Of a form that was taken since, it says so on the form's
// page as it is now; one that is not kept any more, or is another session's, is that page alone.
func (p *Portal) answered(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		query := r.URL.Query()
		// A path such as //host would lead away from here.
		if r.Method != http.MethodGet || !query.Has(AnswerParam) || !IsLocal(r.URL.EscapedPath()) {
			return next(c)
		}
		a, err := p.Store.KeptAnswer(r.Context(), p.SessionRow(c), query.Get(AnswerParam), answerPath(c))
		query.Del(AnswerParam)
		plain := r.URL.EscapedPath()
		if len(query) > 0 {
			plain += "?" + query.Encode()
		}
		switch {
		case errors.Is(err, models.ErrNotFound):
			return p.Redirect(c, plain)
		case err != nil:
			return err
		case a.Page == nil:
			return p.Lead(c, Told(plain, "info", "form.taken"))
		}
		page, err := io.ReadAll(flate.NewReader(bytes.NewReader(a.Page)))
		if err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderCacheControl, notKept)
		return send(c, a.Status, contentHTML, page)
	}
}

// deflated is a page in as little room as it takes.
func deflated(page []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	if _, err = w.Write(page); err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}
