// Package handlers answers requests: package web holds what all desks need, each desk turns a request into
// one call of the Store and a page, and this package puts the desks together.
package handlers

import (
	"net/http"

	"naikkelas/handlers/web"
)

// New builds the portal's web part.
func New(d web.Deps) http.Handler {
	p := web.New(d)
	all := Routes(p)
	return p.Handler(append(all, waysBack(p, all)...))
}
