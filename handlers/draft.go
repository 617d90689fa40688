package handlers

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"naikkelas/models"
	"naikkelas/views/account"
)

// draftKey holds what a form sent after its session had ended.
const draftKey = "draft"

// A draft is an interrupted form: where it was sent and what was typed. It belongs to the
// person whose session had ended and is offered to nobody else.
type draft struct {
	UserID int64      `json:"u"`
	Path   string     `json:"p"`
	Values url.Values `json:"v"`
}

// saveDraft saves the body of a form whose session has ended, sealed, in an anonymous one.
// Files are not kept; a request without a former session has nobody to keep it for.
func (h *Handlers) saveDraft(c echo.Context) error {
	token, _ := h.session(c).Values[tokenKey].(string)
	if token == "" {
		return nil
	}
	ctx := c.Request().Context()
	userID, err := h.Store.ExpiredSessionUser(ctx, token)
	if err != nil || userID == 0 {
		return err
	}
	var ignored struct{}
	if err := readForm(c, &ignored); err != nil {
		return err
	}
	plain, err := json.Marshal(draft{UserID: userID, Path: c.Request().URL.Path, Values: c.Request().PostForm})
	if err != nil {
		return err
	}
	sealed, err := h.Store.SealDraft(plain)
	if err != nil {
		return err
	}
	return h.remember(c, draftKey, sealed)
}

// resumeForm answers GET /masuk/lanjut: everything that was typed, to send again.
func (h *Handlers) resumeForm(c echo.Context) error {
	u := h.currentUser(c)
	var d draft
	plain, err := h.Store.OpenDraft(h.remembered(c, draftKey))
	if err != nil || json.Unmarshal(plain, &d) != nil || d.UserID != u.ID {
		return h.dropDraft(c, u)
	}
	if err := h.remember(c, draftKey, ""); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, account.Resume(account.ResumePage{Action: d.Path, Values: d.Values, Home: homeOf(u.Role)}))
}

func (h *Handlers) dropDraft(c echo.Context, u models.User) error {
	if err := h.remember(c, draftKey, ""); err != nil {
		return err
	}
	return h.redirect(c, homeOf(u.Role))
}
