package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"naikkelas/static"
)

// What stands outside of the pages: the addresses of whoever watches the portal, and of what makes pages look
// right.
const (
	healthPath    = "/healthz"
	readyPath     = "/readyz"
	staticPattern = static.Prefix + "*"
)

// readyLimit is how long the database may take to show that it is there.
const readyLimit = time.Second

// healthy says that the process answers.
func (p *Portal) healthy(c Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says that the database and the store of files answer too, or which of them does not. The store is not
// asked: it is known what became of the last try, and a store that fails is asked again and again.
func (p *Portal) ready(c Context) error {
	var away []string
	// Whoever asks meanwhile waits for the same answer, so that asking often costs one connection.
	_, err, _ := p.asking.Do("", func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request().Context()), readyLimit)
		defer cancel()
		return nil, p.Store.Ping(ctx)
	})
	if err != nil {
		p.Logged(c, err)
		away = append(away, "database\n")
	}
	if p.Blobs != nil && p.Blobs.Failing() != nil {
		away = append(away, "store\n")
	}
	if len(away) > 0 {
		return c.String(http.StatusServiceUnavailable, strings.Join(away, ""))
	}
	return c.String(http.StatusOK, "ok\n"+p.smsWord(c))
}

// smsWord is the word for a day whose messages to phones are used up. The portal is ready all the same; whoever
// watches it looks why so many are asked for.
func (p *Portal) smsWord(c Context) string {
	sent, most, err := p.Store.SMSToday(c.Request().Context())
	if err != nil {
		p.Logged(c, err)
	}
	if sent <= most {
		return ""
	}
	return "sms ceiling reached\n"
}

// outside answers for the pages' style, for whoever watches the portal and for the gateway of phones, before the chain of the pages: with
// no session, no limit and nothing looked up, so that nothing which the pages wait for holds them up.
func (p *Portal) outside(pages http.Handler) http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = func(err error, c Context) {
		if !c.Response().Committed {
			status := statusOf(err)
			_ = c.String(status, http.StatusText(status)+"\n")
		}
	}
	recovered := middleware.RecoverWithConfig(middleware.RecoverConfig{DisableStackAll: true, LogErrorFunc: p.logPanic})
	e.Use(middleware.RequestID(), p.logRequests(), recovered, p.securityHeaders)
	both := []string{http.MethodGet, http.MethodHead}
	e.Match(both, healthPath, p.healthy)
	e.Match(both, readyPath, p.ready)
	e.Match(both, staticPattern, echo.WrapHandler(p.Assets.Handler()))
	e.POST(deliveryPath, p.delivered)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path == healthPath, path == readyPath, path == deliveryPath, strings.HasPrefix(path, static.Prefix):
			e.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}
