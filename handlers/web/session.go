package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"

	"naikkelas/internal/forwarded"
	"naikkelas/internal/password"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// The cookie's name. __Host- binds it to this host and https, where there is https.
const (
	CookieName       = "sid"
	SecureCookieName = "__Host-sid"

	deviceName       = "perangkat"
	secureDeviceName = "__Host-perangkat"
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
	secure bool // even where a proxy does not say that people came by https
}

// overHTTPS says whether the answer to a request goes to the person by https.
func (s *sessionStore) overHTTPS(r *http.Request) bool { return s.secure || forwarded.HTTPS(r) }

func cookieNameFor(secure bool) string {
	if secure {
		return SecureCookieName
	}
	return CookieName
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
	sess.Options = &sessions.Options{Path: "/", HttpOnly: true, Secure: s.overHTTPS(r), SameSite: http.SameSiteLaxMode}
	for _, cookie := range r.CookiesNamed(cookieNameFor(sess.Options.Secure)) {
		if cookie.Value == "" {
			continue
		}
		// Of several cookies of the name, an old one may stand in front of the one that lives.
		sess.Values[tokenKey] = cookie.Value
		row, user, err := s.store.SessionByToken(r.Context(), cookie.Value)
		if errors.Is(err, models.ErrNotFound) {
			continue
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
	return sess, nil
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
	http.SetCookie(w, sessions.NewCookie(cookieNameFor(sess.Options.Secure), token, sess.Options))
}

// session returns the request's session; its load error was answered by the middleware.
func (p *Portal) session(c Context) *sessions.Session {
	sess, _ := p.sessions.Get(c.Request(), CookieName)
	return sess
}

// CurrentUser is the signed-in person of a gated route.
func (p *Portal) CurrentUser(c Context) models.User {
	if u := p.Visitor(c); u != nil {
		return *u
	}
	return models.User{}
}

// Visitor is the signed-in person, nil when nobody is.
func (p *Portal) Visitor(c Context) *models.User {
	u, _ := p.session(c).Values[userKey].(*models.User)
	return u
}

// SessionRow is the living row behind the request, zero when there is none.
func (p *Portal) SessionRow(c Context) models.Session {
	row, _ := p.session(c).Values[rowKey].(models.Session)
	return row
}

// SessionLeft is for how long the session goes on when nothing is pressed from now on, and for how long at most,
// whatever is pressed; zero when nobody is signed in.
func (p *Portal) SessionLeft(c Context) (idle, most time.Duration) {
	row := p.SessionRow(c)
	if row.UserID == nil {
		return 0, 0
	}
	most = row.EndsAt.Sub(p.Store.Now())
	return min(time.Duration(row.IdleMinutes)*time.Minute, most), most
}

// Remember keeps a small string in the session; an empty value forgets it.
func (p *Portal) Remember(c Context, key, value string) error {
	sess := p.session(c)
	if value == "" {
		delete(sess.Values, key)
	} else {
		sess.Values[key] = value
	}
	return p.sessions.Save(c.Request(), c.Response(), sess)
}

// Remembered reads what Remember kept.
func (p *Portal) Remembered(c Context, key string) string {
	v, _ := p.session(c).Values[key].(string)
	return v
}

// StartSession ends the old session and begins a new one with a new token, at sign-in and
// at every change of rights. data carries over what must survive.
func (p *Portal) StartSession(c Context, st models.SessionStart) error {
	ctx := c.Request().Context()
	sess := p.session(c)
	if token, ok := sess.Values[tokenKey].(string); ok {
		if err := p.Store.EndSession(ctx, token); err != nil {
			return err
		}
	}
	st.UserAgent, st.Address = c.Request().UserAgent(), c.RealIP()
	token, row, err := p.Store.StartSession(ctx, st)
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
	p.sessions.setCookie(c.Response(), sess, token)
	if st.User == nil || st.User.NeedsSecondFactor() && !st.SecondFactor {
		return nil
	}
	return p.rememberDevice(c, *st.User)
}

// deviceLasts is for how long a browser keeps who it is.
const deviceLasts = 180 * 24 * time.Hour

// rememberDevice notes that somebody is in with this browser, whole, so that strangers who try their password
// elsewhere do not keep it out.
func (p *Portal) rememberDevice(c Context, u models.User) error {
	token, err := p.Store.RememberDevice(c.Request().Context(), u)
	if err != nil {
		return err
	}
	secure := p.sessions.overHTTPS(c.Request())
	http.SetCookie(c.Response(), &http.Cookie{
		Name: deviceNameFor(secure), Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(deviceLasts.Seconds()),
	})
	return nil
}

func deviceNameFor(secure bool) string {
	if secure {
		return secureDeviceName
	}
	return deviceName
}

// OverHTTPS says whether the answer to a request goes to the person by https.
func (p *Portal) OverHTTPS(r *http.Request) bool { return p.sessions.overHTTPS(r) }

// device is the token of the browser, empty for one in which nobody signed in.
func (p *Portal) device(r *http.Request) string {
	cookie, err := r.Cookie(deviceNameFor(p.sessions.overHTTPS(r)))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// origin says for all that follows where the request comes from.
func (p *Portal) origin(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		ctx := models.WithOrigin(r.Context(), models.Origin{Address: c.RealIP(), Device: p.device(r)})
		c.SetRequest(r.WithContext(password.For(ctx, c.RealIP())))
		return next(c)
	}
}

// EndSession signs out: the row goes, and the cookie with it.
func (p *Portal) EndSession(c Context) error {
	sess := p.session(c)
	token, _ := sess.Values[tokenKey].(string)
	sess.Options.MaxAge = -1
	p.sessions.setCookie(c.Response(), sess, "")
	return p.Store.EndSession(c.Request().Context(), token)
}

// LeaveSession signs out of an account that is gone, row and all; what is remembered from here on begins a
// session of nobody.
func (p *Portal) LeaveSession(c Context) error {
	if err := p.EndSession(c); err != nil {
		return err
	}
	sess := p.session(c)
	delete(sess.Values, rowKey)
	sess.Options.MaxAge = 0
	return nil
}

const flashKey = "flash"

// flashes reads the waiting sentences.
func (p *Portal) flashes(c Context) []ambient.Flash {
	var list []ambient.Flash
	if s := p.Remembered(c, flashKey); s != "" {
		if json.Unmarshal([]byte(s), &list) != nil {
			return nil
		}
	}
	return list
}
