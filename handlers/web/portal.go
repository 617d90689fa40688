// Package web holds what every desk needs: sessions, middleware and gates, forms, pages, errors, limits and
// the cache of public pages. The desks know the framework by the names that are given to it here alone.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/singleflight"

	"naikkelas/internal/blob"
	"naikkelas/internal/forwarded"
	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/internal/outbox"
	"naikkelas/internal/render"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record/dated"
	"naikkelas/static"
)

// Settings are the facts about this installation that pages show or depend on.
type Settings struct {
	BaseURL     string            // such as https://naikkelas.example, without a slash at the end
	Operator    string            // who runs this installation, for the footer
	DataContact string            // who answers for personal data and how they are reached; empty where nobody is named
	MailFrom    string            // who letters come from, as it stands in an inbox
	Production  bool              // https in front: Secure cookies and HSTS
	HSTSBelow   bool              // HSTS holds for hosts below this one too
	Demo        bool              // demo data is shown, and the footer says so
	PhoneCodes  bool              // a gateway for phone messages is set, so people can register by phone
	Proxies     forwarded.Proxies // whose forwarded headers count
}

// Deps is everything the web part needs; New takes it whole.
type Deps struct {
	Store      *models.Store
	Dated      *dated.Store      // the rows that officers keep
	Protection *protection.Store // people in trouble: the door, the cases
	Journey    *journey.Store    // the way abroad and back
	Log        *slog.Logger
	Assets     *static.Assets
	Settings   Settings
	Pages      *PageCache // finished public pages; nil makes each anew
	Pace       *Pace      // how slowly forms may come; nil is the usual

	Blobs    *blob.Store
	Box      *seal.Box
	Renderer *render.Renderer

	Passwords Passwords
	// GatewaySecret signs the reports of the gateway for phones; empty where it sends none.
	GatewaySecret string
	Mails         *outbox.Box[mail.Message]   // set in development: shown on /dev/kotak-keluar
	Messages      *outbox.Box[notify.Message] // likewise

	// Observe hears of each answered request; nil is nobody.
	Observe func(method, route string, status int, took time.Duration)
}

// Passwords hashes new passwords and compares typed ones. Hash refuses a password that breaks
// a rule; Waste takes as long as Matches, for names without an account. Renew gives the hash to keep instead of one
// that was made with other parameters than today's. All but Renew fail with password.ErrBusy when too many wait.
type Passwords interface {
	Hash(ctx context.Context, plain string) (string, error)
	Matches(ctx context.Context, plain, hash string) (bool, error)
	Waste(ctx context.Context, plain string) error
	Renew(ctx context.Context, plain, hash string) (string, error)
}

// Portal is what the handlers of all desks share.
type Portal struct {
	Deps
	sessions *sessionStore
	building singleflight.Group // public pages that are being made for the cache
	asking   singleflight.Group // whether the database is there
	footer   hotlineMemory
}

// New prepares what the desks share.
func New(d Deps) *Portal {
	return &Portal{Deps: d, sessions: &sessionStore{store: d.Store, secure: d.Settings.Production}}
}

// Handler answers the routes, each behind its gates, and what stands outside of the pages.
func (p *Portal) Handler(routes []Route) http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect() // what proxies say is in the request already
	e.HTTPErrorHandler = p.fail
	p.middleware(e)
	for _, r := range routes {
		e.Add(r.Method, r.Pattern, r.Handle, p.gates(r)...)
		if r.Method == http.MethodGet {
			// Link checkers and monitors ask for the head alone; the server leaves the body out.
			e.Add(http.MethodHead, r.Pattern, r.Handle, p.gates(r)...)
		}
	}
	return p.Settings.Proxies.Handler(p.outside(e), p.warnOfProxies())
}
