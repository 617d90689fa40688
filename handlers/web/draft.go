package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"

	"naikkelas/models"
)

// draftKey holds what a form sent after its session had ended.
const draftKey = "draft"

// A Draft is an interrupted form: where it was sent, what was typed, and the names of the files that came with it,
// which are to be chosen again. It belongs to the person whose session had ended and is offered to nobody else.
type Draft struct {
	UserID int64      `json:"u"`
	Path   string     `json:"p"`
	Values url.Values `json:"v"`
	Files  []string   `json:"f,omitempty"`
}

// saveDraft saves the body of a form whose session has ended, sealed, in an anonymous one.
// Of files the names are kept; a request without a former session has nobody to keep it for, unless one
// person alone ever signed in with this browser.
func (p *Portal) saveDraft(c Context) error {
	ctx := c.Request().Context()
	var userID int64
	var err error
	if token, _ := p.session(c).Values[tokenKey].(string); token != "" {
		userID, err = p.Store.ExpiredSessionUser(ctx, token)
	} else if device := p.device(c.Request()); device != "" {
		userID, err = p.Store.DeviceUser(ctx, device)
	}
	if err != nil || userID == 0 {
		return err
	}
	return p.keepDraft(c, userID)
}

// secretFields are what is never kept: passwords and codes are typed again.
var secretFields = []string{"password", "old", "code"}

// keepDraft keeps the body of a form for a person, but for its secrets; a form of nothing else is not kept.
func (p *Portal) keepDraft(c Context, userID int64) error {
	var ignored struct{}
	err := ReadForm(c, &ignored)
	if statusOf(err) == http.StatusUnsupportedMediaType {
		return nil // a script sent it, and keeps it
	}
	if err != nil {
		return err
	}
	typed := maps.Clone(c.Request().PostForm)
	for _, name := range secretFields {
		typed.Del(name)
	}
	files := sentFiles(c)
	if len(typed)+len(files) == 0 {
		return nil
	}
	plain, err := json.Marshal(Draft{UserID: userID, Path: c.Request().URL.Path, Values: typed, Files: files})
	if err != nil {
		return err
	}
	sealed, err := p.Store.SealDraft(plain)
	if err != nil {
		return err
	}
	return p.Remember(c, draftKey, sealed)
}

// mostNamed is how many files of an interrupted form are named: the session has room for so many.
const mostNamed = 20

// sentFiles are the names of the files that came with a form, in the order of its fields.
func sentFiles(c Context) []string {
	form := c.Request().MultipartForm
	if form == nil {
		return nil
	}
	var names []string
	for _, field := range slices.Sorted(maps.Keys(form.File)) {
		for _, file := range form.File[field] {
			names = append(names, file.Filename)
		}
		names = append(names, BeyondForm(c, field)...)
	}
	return names[:min(len(names), mostNamed)]
}

// HasDraft says whether an interrupted form waits in the session, whosever it is.
func (p *Portal) HasDraft(c Context) bool { return p.Remembered(c, draftKey) != "" }

// CarryDraft keeps an interrupted form over the change of session.
func (p *Portal) CarryDraft(c Context) models.SessionData {
	data := models.SessionData{}
	if draft := p.Remembered(c, draftKey); draft != "" {
		data[draftKey] = draft
	}
	return data
}

// OwnDraft gives the interrupted form of the person who is signed in; ok is false when there is none, or when it is
// somebody else's. Looking loses nothing.
func (p *Portal) OwnDraft(c Context) (d Draft, ok bool) {
	plain, err := p.Store.OpenDraft(p.Remembered(c, draftKey))
	ok = err == nil && json.Unmarshal(plain, &d) == nil && d.UserID == p.CurrentUser(c).ID
	return d, ok
}

// DropDraft forgets an interrupted form.
func (p *Portal) DropDraft(c Context) error { return p.Remember(c, draftKey, "") }

// dropSentDraft forgets an interrupted form that is sent now.
func (p *Portal) dropSentDraft(c Context) error {
	if c.Request().Method != http.MethodPost || !p.HasDraft(c) {
		return nil
	}
	if d, ok := p.OwnDraft(c); ok && d.Path != c.Request().URL.Path {
		return nil
	}
	return p.DropDraft(c)
}
