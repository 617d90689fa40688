// Package public holds the pages that anyone may read: home, catalogue, institutions,
// guidance, and the page that says what went wrong.
package public

import (
	"context"
	"net/http"

	"naikkelas/internal/i18n"
)

// ErrorPage describes a request that could not be answered. Status is the HTTP status of the
// answer. Refused is the key of a rule's sentence with its Args, shown instead of a general
// one; RequestID is shown for failures of ours, so that an officer can find the log line.
type ErrorPage struct {
	Status    int
	RequestID string
	Refused   string
	Args      []any
}

// kind is the family of sentences for the status.
//
//i18n:family public.error.*
func (p ErrorPage) kind() string {
	switch p.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "missing"
	case http.StatusGone:
		return "gone"
	case http.StatusForbidden:
		return "forbidden"
	case http.StatusConflict, http.StatusUnprocessableEntity:
		return "refused"
	case http.StatusRequestEntityTooLarge:
		return "large"
	case http.StatusTooManyRequests:
		return "often"
	}
	if p.Status < http.StatusInternalServerError {
		return "request"
	}
	return "inside"
}

func (p ErrorPage) title(ctx context.Context) string {
	return i18n.T(ctx, "public.error."+p.kind()+".title")
}

func (p ErrorPage) text(ctx context.Context) string {
	if p.Refused != "" {
		return i18n.T(ctx, p.Refused, p.Args...)
	}
	return i18n.T(ctx, "public.error."+p.kind()+".text")
}

// ours says whether the failure is the portal's own, so that its number helps.
func (p ErrorPage) ours() bool {
	return p.Status >= http.StatusInternalServerError && p.RequestID != ""
}
