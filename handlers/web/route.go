package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/models"
)

// Context is a request with its answer, as handlers get it.
type Context = echo.Context

// Handler answers one request, or gives the error that becomes a page.
type Handler = echo.HandlerFunc

// A Route is one line of the access matrix: who may send what where. A nil Who is anyone;
// ownership of the record is checked in the query behind the handler.
type Route struct {
	Method  string
	Pattern string
	Handle  Handler
	Who     []models.Role
	If      func(models.User) bool // what somebody of these roles must have the right to, besides; nil is nothing
	Body    int64                  // most bytes of the body; 0 is the small limit
	Again   Again
}

// Again says what is asked again before a route, unless it was given a short while ago: a session alone, on a phone
// that somebody left lying, does not take an account over.
type Again int

// What is asked again: nothing; the password, with the app's code of those who have one; or that code alone, where
// the form itself asks for the password.
const (
	NothingAgain Again = iota
	PasswordAgain
	FactorAgain
)

// Get is a route to a page.
func Get(pattern string, handle Handler, who []models.Role) Route {
	return By(http.MethodGet, pattern, handle, who)
}

// Post is a route for what a form sends.
func Post(pattern string, handle Handler, who []models.Role) Route {
	return By(http.MethodPost, pattern, handle, who)
}

// By is a route by any method.
func By(method, pattern string, handle Handler, who []models.Role) Route {
	return Route{Method: method, Pattern: pattern, Handle: handle, Who: who}
}

// May asks for a right that not everybody of the route's roles has.
func (r Route) May(has func(models.User) bool) Route {
	r.If = has
	return r
}

// UpTo lets the route take a larger body.
func (r Route) UpTo(bytes int64) Route {
	r.Body = bytes
	return r
}

// After asks for something again before the route.
func (r Route) After(again Again) Route {
	r.Again = again
	return r
}

// The groups of roles that routes name.
var (
	Anyone   []models.Role
	SignedIn = []models.Role{models.Seeker, models.Staff, models.Owner, models.Officer, models.Partner, models.Admin}
	Seekers  = []models.Role{models.Seeker}
	Managers = []models.Role{models.Staff, models.Owner}
	Owners   = []models.Role{models.Owner}
	Officers = []models.Role{models.Officer}
	Partners = []models.Role{models.Partner}
	Admins   = []models.Role{models.Admin}
)
