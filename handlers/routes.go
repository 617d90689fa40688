package handlers

import (
	"slices"

	"naikkelas/handlers/account"
	"naikkelas/handlers/admin"
	"naikkelas/handlers/help"
	"naikkelas/handlers/institution"
	"naikkelas/handlers/join"
	"naikkelas/handlers/officer"
	"naikkelas/handlers/partner"
	"naikkelas/handlers/public"
	"naikkelas/handlers/seeker"
	"naikkelas/handlers/web"
)

// Routes is every route of the portal but those that stand outside (web/health.go): the routes.go of the desks
// are together the access matrix.
func Routes(p *web.Portal) []web.Route {
	return slices.Concat(public.Routes(p), help.Routes(p), account.Routes(p), seeker.Routes(p), institution.Routes(p), officer.Routes(p),
		partner.Routes(p), admin.Routes(p), join.Routes(p))
}
