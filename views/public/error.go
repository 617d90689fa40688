// Package public holds the pages that anyone may read: home, catalogue, institutions,
// guidance, and the page that says what went wrong.
package public

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// The HTTP statuses that have sentences of their own. Views know no HTTP beyond these numbers.
const (
	statusForbidden     = 403
	statusNotFound      = 404
	statusWrongMethod   = 405
	statusSlow          = 408
	statusConflict      = 409
	statusGone          = 410
	statusTooLarge      = 413
	statusUnprocessable = 422
	statusTooMany       = 429
	statusInternal      = 500
	statusUnavailable   = 503
)

// ErrorPage describes a request that could not be answered. Status is the HTTP status of the
// answer. Refused is the key of a rule's sentence with its Args, shown instead of a general
// one; RequestID is shown for failures of ours, so that an officer can find the log line.
type ErrorPage struct {
	Status    int
	RequestID string
	Setback   string // why files are not taken or given just now: away, busy or full; empty for the database
	Refused   string
	Args      []any
	Again     string  // the address that somebody asked for too often
	Action    string  // where Typed was sent, empty when nothing is kept
	Typed     []Typed // to be sent again from the page
	LeftOut   bool    // files were sent too, and are not kept
}

// Typed is one value of a form that was not taken.
type Typed struct{ Name, Value string }

// kind is the family of sentences for the status.
//
//i18n:family public.error.*
func (p ErrorPage) kind() string {
	switch p.Status {
	case statusNotFound, statusWrongMethod:
		return "missing"
	case statusGone:
		return "gone"
	case statusForbidden:
		return "forbidden"
	case statusConflict, statusUnprocessable:
		return "refused"
	case statusTooLarge:
		return "large"
	case statusSlow:
		return "slow"
	case statusTooMany:
		return "often"
	case statusUnavailable:
		if p.Setback != "" {
			return "files_" + p.Setback
		}
		return "away"
	}
	if p.Status < statusInternal {
		return "request"
	}
	return "inside"
}

func (p ErrorPage) title(ctx context.Context) string {
	return i18n.T(ctx, "public.error."+p.kind()+".title")
}

func (p ErrorPage) text(ctx context.Context) string {
	switch {
	case p.Refused != "":
		return i18n.T(ctx, p.Refused, p.Args...)
	case p.Setback != "" && p.Again == "": // something was sent
		return i18n.T(ctx, "upload.setback."+p.Setback)
	}
	return i18n.T(ctx, "public.error."+p.kind()+".text")
}

// again is the address in the reader's language. One slash only: an address that begins with two leads to
// another site.
func (p ErrorPage) again(ctx context.Context) string {
	return ambient.Href(ctx, "/"+strings.TrimLeft(p.Again, "/"))
}

// homeKind makes the way home the main button where the page has no other.
func (p ErrorPage) homeKind() components.ButtonKind {
	if p.Again != "" || p.Action != "" {
		return components.Line
	}
	return components.Primary
}

// ours says whether the failure is the portal's own, so that its number helps.
func (p ErrorPage) ours() bool {
	return p.Status >= statusInternal && p.RequestID != ""
}
