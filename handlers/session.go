package handlers

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"naikkelas/models"
	"naikkelas/views/ambient"
)

// The cookie's name. __Host- binds it to this host and https, where there is https.
const (
	cookieName       = "sid"
	secureCookieName = "__Host-sid"
)

// Keys of what a gorilla session carries for us.
type sessionKey int

const (
	rowKey sessionKey = iota
	userKey
	tokenKey
)

// sessionStore is a gorilla sessions.Store whose cookie holds an unsigned random token and
// whose rows decide: revocable, listed, rotated at sign-in.
type sessionStore struct {
	store  *models.Store
	secure bool
}

func (s *sessionStore) cookieName() string {
	if s.secure {
		return secureCookieName
	}
	return cookieName
}

// Get returns the request's session, loaded once.
func (s *sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New loads the session of the request's cookie. No cookie, or one that no living row
// knows, is a new anonymous session that is written only when something must be remembered.
func (s *sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	sess := sessions.NewSession(s, name)
	sess.IsNew = true
	sess.Options = &sessions.Options{Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode}
	cookie, err := r.Cookie(s.cookieName())
	if err != nil || cookie.Value == "" {
		return sess, nil
	}
	sess.Values[tokenKey] = cookie.Value
	row, user, err := s.store.SessionByToken(r.Context(), cookie.Value)
	if errors.Is(err, models.ErrNotFound) {
		return sess, nil
	}
	if err != nil {
		return sess, err
	}
	sess.IsNew = false
	sess.Values[rowKey], sess.Values[userKey] = row, user
	for k, v := range row.Data {
		sess.Values[k] = v
	}
	return sess, s.store.TouchSession(r.Context(), row)
}

// Save writes the session's data. A new session gets its row and cookie; an existing row is
// only updated, so a revoked session never comes back.
func (s *sessionStore) Save(r *http.Request, w http.ResponseWriter, sess *sessions.Session) error {
	data := models.SessionData{}
	for k, v := range sess.Values {
		if key, ok := k.(string); ok {
			data[key], _ = v.(string)
		}
	}
	if row, ok := sess.Values[rowKey].(models.Session); ok {
		return s.store.SaveSessionData(r.Context(), row, data)
	}
	token, row, err := s.store.StartSession(r.Context(), models.SessionStart{UserAgent: r.UserAgent(), Data: data})
	if err != nil {
		return err
	}
	sess.Values[rowKey], sess.IsNew = row, false
	s.setCookie(w, sess, token)
	return nil
}

func (s *sessionStore) setCookie(w http.ResponseWriter, sess *sessions.Session, token string) {
	http.SetCookie(w, sessions.NewCookie(s.cookieName(), token, sess.Options))
}

// session returns the request's session; its load error was answered by the middleware.
func (h *Handlers) session(c echo.Context) *sessions.Session {
	sess, _ := h.sessions.Get(c.Request(), cookieName)
	return sess
}

// currentUser is the signed-in person of a gated route.
func (h *Handlers) currentUser(c echo.Context) models.User {
	if u := h.visitor(c); u != nil {
		return *u
	}
	return models.User{}
}

// visitor is the signed-in person, nil when nobody is.
func (h *Handlers) visitor(c echo.Context) *models.User {
	u, _ := h.session(c).Values[userKey].(*models.User)
	return u
}

// sessionRow is the living row behind the request, zero when there is none.
func (h *Handlers) sessionRow(c echo.Context) models.Session {
	row, _ := h.session(c).Values[rowKey].(models.Session)
	return row
}

// remember keeps a small string in the session; an empty value forgets it.
func (h *Handlers) remember(c echo.Context, key, value string) error {
	sess := h.session(c)
	if value == "" {
		delete(sess.Values, key)
	} else {
		sess.Values[key] = value
	}
	return h.sessions.Save(c.Request(), c.Response(), sess)
}

// remembered reads what remember kept.
func (h *Handlers) remembered(c echo.Context, key string) string {
	v, _ := h.session(c).Values[key].(string)
	return v
}

// startSession ends the old session and begins a new one with a new token, at sign-in and
// at every change of rights. data carries over what must survive.
func (h *Handlers) startSession(c echo.Context, st models.SessionStart) error {
	ctx := c.Request().Context()
	sess := h.session(c)
	if token, ok := sess.Values[tokenKey].(string); ok {
		if err := h.Store.EndSession(ctx, token); err != nil {
			return err
		}
	}
	st.UserAgent, st.Address = c.Request().UserAgent(), c.RealIP()
	token, row, err := h.Store.StartSession(ctx, st)
	if err != nil {
		return err
	}
	for k := range sess.Values {
		delete(sess.Values, k)
	}
	for k, v := range st.Data {
		sess.Values[k] = v
	}
	sess.Values[rowKey], sess.Values[userKey], sess.Values[tokenKey] = row, st.User, token
	if st.OwnDevice {
		sess.Options.MaxAge = int(models.OwnDeviceLimit.Seconds())
	}
	store := h.sessions.(*sessionStore)
	store.setCookie(c.Response(), sess, token)
	return nil
}

// endSession signs out: the row goes, and the cookie with it.
func (h *Handlers) endSession(c echo.Context) error {
	sess := h.session(c)
	token, _ := sess.Values[tokenKey].(string)
	sess.Options.MaxAge = -1
	store := h.sessions.(*sessionStore)
	store.setCookie(c.Response(), sess, "")
	return h.Store.EndSession(c.Request().Context(), token)
}

const flashKey = "flash"

// flash keeps one sentence for the next page.
func (h *Handlers) flash(c echo.Context, kind, key string, args ...any) error {
	return h.addFlash(c, ambient.Flash{Kind: kind, Key: key, Args: args})
}

// undoable says on the next page what was done, with a button that takes it back by a POST to undo.
func (h *Handlers) undoable(c echo.Context, key, path, undo, label string) error {
	if err := h.addFlash(c, ambient.Flash{Kind: "success", Key: key, Undo: undo, UndoKey: label}); err != nil {
		return err
	}
	return h.redirect(c, path)
}

// doneAt says on the next page, beside the part of it with the id, what was done, and leads there.
func (h *Handlers) doneAt(c echo.Context, key, path, id string) error {
	if err := h.addFlash(c, ambient.Flash{Kind: "success", Key: key, At: id}); err != nil {
		return err
	}
	return h.redirect(c, path+"#"+id)
}

func (h *Handlers) addFlash(c echo.Context, f ambient.Flash) error {
	b, err := json.Marshal(append(h.flashes(c), f))
	if err != nil {
		return err
	}
	return h.remember(c, flashKey, string(b))
}

// flashes reads the waiting sentences.
func (h *Handlers) flashes(c echo.Context) []ambient.Flash {
	var list []ambient.Flash
	if s := h.remembered(c, flashKey); s != "" {
		if json.Unmarshal([]byte(s), &list) != nil {
			return nil
		}
	}
	return list
}
