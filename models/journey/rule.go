package journey

import (
	"naikkelas/models"
	"naikkelas/models/record"
)

// An Answer is what somebody says about a fact.
type Answer string

// The answers there are. Nothing means that nobody asked.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = "unknown"
)

// Facts is what rules may look at: how somebody means to go, and what they said, by code of the fact. What is not known
// yet is empty.
type Facts struct {
	Route, Scheme, Country, Occupation string
	Says                               map[string]Answer
}

// How strongly something is needed.
const (
	Required    = "required"
	Recommended = "recommended"
	ToAsk       = "ask"  // whether it is needed hangs on what is not known yet
	notNeeded   = "none" // of a rule alone: it takes a more general one away
)

// A Need is one line of a checklist: a paper in a variant, what it holds up, how long it takes, and why it is there.
type Need struct {
	Key               string // paper and variant: the same over versions of its rule
	Document, Variant string
	Name, Issuer      models.Text
	VariantName       models.Text // empty where the paper is needed once
	Validity          models.Text // empty where it does not lapse or nobody knows
	Note              models.Text
	Grade             string
	Ask               []string    // what decides and is not known: codes of facts, or AskCountry, AskScheme, AskOccupation
	Because           models.Text // the rule's own words for whom it is, else the way of leaving that asks for it
	LegalBasis        models.Text
	Source            string
	CheckedOn         *record.Day // of the source, of a month or a year its first day
	Confidence        string      // high, medium or low
	Core              bool        // of an official list
	Blocks            []string    // keys of needs of this list that normally come later
	Step              int
	Health            bool     // state, date and clinic only, never a file
	Numbered          bool     // its number is asked for
	CertificateTypes  []string // a verified certificate of one of these proves it, or, with AllCertificates, one of each
	AllCertificates   bool
	LanguageLevels    []string // the lowest levels that count, one of each test; empty where there is none
	Lead              *Lead    // over all Leads; nil: not known
	Leads             []Lead   // by case, where it differs
	RuleCode          string
	RuleID            int64
	RuleSince         record.Day // the first day of the version of the rule that holds; "berubah sejak" when after the plan's start
	Gap               bool       // no version of the rule holds on that day, though one did before: it is being looked at
}

// Lead is how long a paper usually takes and what it costs. A number that nobody knows is nil.
type Lead struct {
	Label            models.Text // in which case, empty for every
	DaysMin, DaysMax *int
	Working          bool // days are working days
	CostMin, CostMax *int // rupiah
	Where, ValidFor  models.Text
	LegalBasis, Note models.Text
	Source           string
	CheckedOn        *record.Day
	Confidence       string
}

// A Question is asked so that a rule can be decided.
type Question struct {
	Code string
	Text models.Text
}

// An Entry is a route, a scheme or a paper by name.
type Entry struct {
	Code    string
	Name    models.Text
	Note    models.Text
	Country string   // of a scheme
	Routes  []string // of a scheme: those that lead to it
}
