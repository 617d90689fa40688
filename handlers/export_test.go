package handlers

import "naikkelas/handlers/web"

// Routes is the whole access matrix.
func Routes(p *web.Portal) []web.Route { return routes(p) }
