package refdata

import (
	"slices"
	"time"
)

// Route is a legal way to be placed abroad.
type Route struct {
	Code       string
	Name       Text
	PlacedBy   Text
	Note       Text
	Source     string
	Confidence Confidence
}

// Routes reads the seven routes.
func Routes() ([]Route, error) {
	return load("routes.csv", func(r *record) Route {
		return Route{
			Code:       r.key("code"),
			Name:       r.words("name"),
			PlacedBy:   r.words("placed_by"),
			Note:       r.words("note"),
			Source:     r.text("source"),
			Confidence: r.confidence(),
		}
	})
}

// Scheme is a permit system of one country. It is no route: people reach SSW by
// two routes.
type Scheme struct {
	Code    string
	Name    Text
	Country string   // code of its Country
	Routes  []string // codes of the routes that lead to it
}

// Schemes reads the schemes.
func Schemes() ([]Scheme, error) {
	return load("schemes.csv", func(r *record) Scheme {
		return Scheme{Code: r.key("code"), Name: r.words("name"), Country: r.text("country"), Routes: r.list("routes")}
	})
}

// Step is a part of the way abroad that documents are grouped by. The steps are
// a usual order, not a fixed one.
type Step struct {
	Code string
	Name Text
}

// Steps reads the steps in their usual order.
func Steps() ([]Step, error) {
	return load("document_steps.csv", func(r *record) Step {
		return Step{Code: r.key("code"), Name: r.words("name")}
	})
}

// Need says what a seeker has to do about a document.
type Need string

// The kinds of need.
const (
	Required Need = "required" // get it
	Asked    Need = "asked"    // get it only when an employer or country asks
	Optional Need = "optional" // a choice
	Shown    Need = "shown"    // somebody else holds it: ask to see it
	Issued   Need = "issued"   // the outcome of the others
)

// Document is a paper on the way abroad and for whom it counts.
type Document struct {
	Code string
	Name Text
	Step string // code of its Step
	Need Need
	// A document counts for a seeker whose route is among Routes and whose
	// destination is among Countries (none listed: every country), and, when
	// Scheme is set, who goes by that scheme.
	Routes    []string
	Countries []string
	Scheme    string
	// After names the documents that usually come first. Those that do not
	// count for the seeker are passed over.
	After []string
	// CertificateTypes says which certificates meet the document: one of them,
	// or all when AllCertificates. LanguageLevels are the lowest levels that
	// count, one per test.
	CertificateTypes []string
	AllCertificates  bool
	LanguageLevels   []string
	Issuer           Text
	Cost             Text   // empty when not known
	Validity         Text   // empty when it does not lapse or is not known
	Note             Text   // empty when there is nothing to add
	LegalBasis       string // as cited in Indonesian, empty for mere practice
	Source           string
	CheckedOn        time.Time // date of the source, zero when unknown
	Confidence       Confidence
}

// Counts says whether the document counts for a seeker. The scheme is empty for
// a seeker without one.
func (d Document) Counts(route, country, scheme string) bool {
	return slices.Contains(d.Routes, route) &&
		(len(d.Countries) == 0 || slices.Contains(d.Countries, country)) &&
		(d.Scheme == "" || d.Scheme == scheme)
}

// Documents reads the documents in the order of their steps.
func Documents() ([]Document, error) {
	return load("documents.csv", func(r *record) Document {
		d := Document{
			Code:             r.key("code"),
			Name:             r.words("name"),
			Step:             r.text("step"),
			Need:             oneOf(r, "need", Required, Asked, Optional, Shown, Issued),
			Routes:           r.list("routes"),
			Countries:        r.list("countries"),
			Scheme:           r.optional("scheme"),
			After:            r.list("after"),
			CertificateTypes: r.list("certificate_types"),
			AllCertificates:  oneOf(r, "certificate_match", "", "any", "all") == "all",
			LanguageLevels:   r.list("language_levels"),
			Issuer:           r.words("issuer"),
			Cost:             r.someWords("cost"),
			Validity:         r.someWords("validity"),
			Note:             r.someWords("note"),
			LegalBasis:       r.optional("legal_basis"),
			Source:           r.text("source"),
			CheckedOn:        r.date("checked_on"),
			Confidence:       r.confidence(),
		}
		if (r.cells["certificate_match"] == "") != (len(d.CertificateTypes) == 0) {
			r.fail("certificate_match", "goes with certificate_types")
		}
		return d
	})
}
