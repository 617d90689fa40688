package web

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"naikkelas/models"
)

// answersKey holds the pages with which the last forms were answered, sealed.
const answersKey = "answers"

// answerParam is the query's name for one of them.
const answerParam = "jawaban"

// The bounds of what a session carries from request to request for the browser's Back.
const (
	mostAnswers   = 3
	largestAnswer = 32 << 10 // of a page, packed
)

// An answer is the page with which a form was shown again. It has an address of its own, because a browser's Back
// cannot show what answered a POST: nothing of it may be kept, and sending the form once more is nothing to be asked
// of anybody. It lives in the session, so that nobody sees it who comes after.
type answer struct {
	ID     string `json:"i"`
	Path   string `json:"p"` // to which the form is sent
	Status int    `json:"s"`
	Page   []byte `json:"h,omitempty"` // packed; none once the form was taken
}

// answers reads what the session has.
func (p *Portal) answers(c Context) []answer {
	var list []answer
	sealed := p.Remembered(c, answersKey)
	if sealed == "" {
		return nil
	}
	plain, err := p.Store.OpenDraft(sealed)
	if err != nil || json.Unmarshal(plain, &list) != nil {
		return nil
	}
	return list
}

func (p *Portal) rememberAnswers(c Context, list []answer) error {
	plain, err := json.Marshal(list)
	if err != nil {
		return err
	}
	sealed, err := p.Store.SealDraft(plain)
	if err != nil {
		return err
	}
	return p.Remember(c, answersKey, sealed)
}

// windowKey says in the context of a request that a window of a browser sent a form and shows what comes. Only that has
// a place in the window's history: scripts, and browsers too old to say what they are about, take the page itself. So
// does whoever is refused before anything is looked up.
const windowKey = "window"

// answerApart leads a browser that sent a form to the page that answers it; done is false where the page is to be sent
// at once.
func (p *Portal) answerApart(c Context, status int, page []byte) (done bool, err error) {
	if c.Get(windowKey) == nil || status >= http.StatusInternalServerError {
		return false, nil
	}
	packed, err := deflated(page)
	if err != nil || len(packed) > largestAnswer {
		return false, err
	}
	r := c.Request()
	made := answer{ID: uuid.NewString(), Path: r.URL.Path, Status: status, Page: packed}
	list := append([]answer{made}, p.answers(c)...)
	if err := p.rememberAnswers(c, list[:min(len(list), mostAnswers)]); err != nil {
		p.Logged(c, err)
		return false, nil // the page itself is better than none
	}
	query := r.URL.Query()
	query.Set(answerParam, made.ID)
	return true, p.Redirect(c, r.URL.EscapedPath()+"?"+query.Encode())
}

// taken forgets what was typed into a form that is done now.
func (p *Portal) taken(c Context) error {
	list := p.answers(c)
	open := func(a answer) bool { return a.Path == c.Request().URL.Path && a.Page != nil }
	if !slices.ContainsFunc(list, open) {
		return nil
	}
	for i := range list {
		if open(list[i]) {
			list[i].Page = nil
		}
	}
	if err := p.rememberAnswers(c, list); !errors.Is(err, models.ErrSessionGone) {
		return err
	}
	return nil // nothing is remembered of a session that ended
}

// answered shows the page that answered a form, at its own address. Of a form that was taken since, it says so on the
// form's page as it is now; one that nobody remembers is that page alone.
func (p *Portal) answered(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		if r.Method == http.MethodPost && r.Header.Get("Sec-Fetch-Mode") == "navigate" {
			c.Set(windowKey, true)
		}
		query := r.URL.Query()
		id := query.Get(answerParam)
		// A path such as //host would lead away from here.
		if id == "" || r.Method != http.MethodGet || !IsLocal(r.URL.EscapedPath()) {
			return next(c)
		}
		query.Del(answerParam)
		to := r.URL.EscapedPath()
		if len(query) > 0 {
			to += "?" + query.Encode()
		}
		list := p.answers(c)
		i := slices.IndexFunc(list, func(a answer) bool { return a.ID == id && a.Path == r.URL.Path })
		switch {
		case i < 0:
			return p.Redirect(c, to)
		case list[i].Page == nil:
			return p.Lead(c, Told(to, "info", "form.taken"))
		}
		page, err := io.ReadAll(flate.NewReader(bytes.NewReader(list[i].Page)))
		if err != nil {
			return err
		}
		return send(c, list[i].Status, contentHTML, page)
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
