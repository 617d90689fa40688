package journey

import (
	"errors"
	"regexp"
	"slices"
	"strconv"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// checkRulesAfter is after how many days somebody has to make sure of a rule again.
const checkRulesAfter = 365

// The names of the tables of rules.
const (
	routeRows    = "routes"
	schemeRows   = "schemes"
	documentRows = "documents"
	factRows     = "facts"
	ruleRows     = "document_rules"
	leadRows     = "lead_times"
	chargeRows   = "charges"
)

// ruleTables are all of them.
var ruleTables = []string{routeRows, schemeRows, documentRows, factRows, ruleRows, leadRows, chargeRows}

// The parts of the facts: those that decide about papers, and the answers to the questions that propose a route.
const (
	PartPaper  = "paper"
	PartPlace  = "place"
	PartWho    = "arranger"
	PartBefore = "before"
)

// documentParts are the parts of the way to which papers belong, in their usual order.
func documentParts() []string {
	return []string{
		"permit", "registration", "first_papers", "training", "health", "placement_agreement", "passport", "contract", "visa",
		"social_security", "orientation", "worker_id", "financing",
	}
}

// DatedTables describes the rows of this area that officers keep.
func DatedTables() []dated.Table { return slices.Concat(DatedTables(), ruleDescriptions(), offerTables(), routeTable(),
		schemeTable(), documentTable(), factTable(), ruleTable(), leadTable(), chargeTable(), documentParts(),
		supportTables()) }
