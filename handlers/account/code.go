package account

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// codeKey holds in a session the sealed address of the code's page, and nextKey where somebody goes once they are in.
const (
	codeKey = "code"
	nextKey = "next"
)

// codeParam carries in an address what opens a code's page, and that page alone.
const codeParam = "k"

// codePageLasts is how long the page of a code can be opened; the code itself ends much sooner.
const codePageLasts = 24 * time.Hour

// A waiting is what the page of a code needs. Sealed, it stands in the page's address, so that the page
// opens in another browser and when the session is over. Without the digits it is worth nothing.
type waiting struct {
	Token string    `json:"t"`
	Path  string    `json:"p"` // of the page that it opens
	Login string    `json:"l"` // as it was typed
	Next  string    `json:"n,omitempty"`
	Until time.Time `json:"u"`
}

// awaitCode leads to the page of a code.
func (d *desk) awaitCode(c web.Context, w waiting) (web.Next, error) {
	w.Until = d.Store.Now().Add(codePageLasts)
	plain, err := json.Marshal(w)
	if err != nil {
		return web.Next{}, err
	}
	sealed, err := d.Store.SealDraft(plain)
	if err != nil {
		return web.Next{}, err
	}
	return web.To(urls.WithQuery(w.Path, codeParam, sealed)), d.Remember(c, codeKey, sealed)
}

// awaited is what the request's page waits for: by its address, or by what the session remembers. ok is false when
// that is nothing, or something for another page.
func (d *desk) awaited(c web.Context, path string) (w waiting, sealed string, ok bool) {
	for _, sealed := range []string{c.QueryParam(codeParam), d.Remembered(c, codeKey)} {
		w = waiting{}
		plain, err := d.Store.OpenDraft(sealed)
		if err == nil && json.Unmarshal(plain, &w) == nil && (path == "" || w.Path == path) && d.Store.Now().Before(w.Until) {
			return w, sealed, true
		}
	}
	return waiting{}, "", false
}

// A codeState is a code's page as far as all of them share it.
func (d *desk) codeState(c web.Context, path string) (account.CodeState, error) {
	w, sealed, ok := d.awaited(c, path)
	if !ok {
		return account.CodeState{}, models.ErrNotFound
	}
	s := account.CodeState{
		Login: w.Login, Action: urls.WithQuery(path, codeParam, sealed), Again: urls.WithQuery(urls.ResendCode(), codeParam, sealed),
		Change: urls.WithQuery(startOf(path), codeParam, sealed), Sender: d.Settings.MailFrom, Letter: letterOf(path),
	}
	code, err := d.Store.CodeByToken(c.Request().Context(), w.Token)
	if errors.Is(err, models.ErrNotFound) {
		s.Spent = true
		return s, nil
	}
	s.Ended, s.Channel = !d.Store.Now().Before(code.ExpiresAt), code.Channel
	if err == nil && path != urls.RecoverCode() {
		s.Refused, err = d.Store.CodeRefused(c.Request().Context(), code)
	}
	return s, err
}

// startOf is the page that leads to the page of a code.
func startOf(path string) string {
	switch path {
	case urls.RecoverCode():
		return urls.Recover()
	case urls.ChangeAddressCode():
		return urls.ChangeAddress()
	}
	return urls.Register()
}

// letterOf is the subject of the letter that brings the code of a page, the same for known and unknown addresses.
func letterOf(path string) string {
	switch path {
	case urls.RecoverCode():
		return "mail.recover_code.subject"
	case urls.ChangeAddressCode():
		return "mail.change_address_code.subject"
	}
	return "mail.register_code.subject"
}

// codePage shows a page that asks for six digits, or leads back when none are awaited.
func (d *desk) codePage(c web.Context, status int, path string, page account.CodePage) error {
	state, err := d.codeState(c, path)
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, startOf(path))
	}
	if err != nil {
		return err
	}
	if page.CodeState = state; state.Spent {
		page.Errors = nil // the page itself says it, and has no field any more
	}
	return d.Render(c, status, account.Code(page))
}

// resendCode answers POST /kode/kirim-ulang for whichever code is awaited.
func (d *desk) resendCode(c web.Context) error {
	w, sealed, ok := d.awaited(c, "")
	if !ok {
		return d.Redirect(c, urls.SignIn())
	}
	ctx := c.Request().Context()
	again := func(status int) error {
		if w.Path == urls.RecoverCode() {
			return d.recoverCodePage(c, status, account.RecoverCodePage{})
		}
		return d.codePage(c, status, w.Path, account.CodePage{})
	}
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.ResendCode(ctx, w.Token, string(i18n.Of(ctx)))
		if errors.Is(err, models.ErrNotFound) {
			return web.To(urls.WithQuery(startOf(w.Path), codeParam, sealed)), nil
		}
		return web.Said(urls.WithQuery(w.Path, codeParam, sealed), "account.code.resent"), err
	})
}

// typedBefore is the name that somebody typed before they came back from the page of a code.
func (d *desk) typedBefore(c web.Context) (login, token string) {
	w, _, _ := d.awaited(c, "")
	if c.QueryParam(codeParam) == "" {
		return "", ""
	}
	return w.Login, w.Token
}

// opened is what the digits of a form are for; a page that is open no more asks for a new code.
func (d *desk) opened(c web.Context, path string) (waiting, error) {
	w, _, ok := d.awaited(c, path)
	if !ok {
		return w, models.ErrCodeSpent
	}
	return w, nil
}

// wantNext is where ?lanjut= or the form's field leads, when it is a page of this portal; else empty.
func wantNext(c web.Context, typed string) string {
	next := typed
	if c.Request().Method == http.MethodGet {
		next = c.QueryParam("lanjut")
	}
	if !web.IsLocal(next) {
		return ""
	}
	return next
}
