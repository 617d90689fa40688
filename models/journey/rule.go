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
	ToAsk       = "ask" // whether it is needed hangs on what is not known yet
)

// A Need is one line of a checklist: a paper in a variant, what it holds up, how long it takes, and why it is there.
type Need struct {
	Key               string // paper and variant: the same over versions of its rule
	Document, Variant string
	Name, Issuer      models.Text
	Note              models.Text
	VariantName       models.Text
	Grade             string
	Ask               []string // codes of facts that decide and are not known
	Because           models.Text
	LegalBasis        string
	Source            string
	CheckedOn         *record.Day
	Confidence        string
	Blocks            []string // keys of needs that normally come later
	Step              int
	Health            bool     // state, date and clinic only, never a file
	CertificateTypes  []string // a verified certificate of one of these proves it
	Lead              *Lead    // nil: not known
	RuleCode          string
	RuleID            int64
	RuleSince         record.Day // the first day of the version of the rule that holds
	Gap               bool       // no version of the rule holds on that day, though one did before or will
}

// Lead is how long a paper usually takes and what it costs. A number that nobody knows is nil.
type Lead struct {
	DaysMin, DaysMax *int
	Working          bool // days are working days
	CostMin, CostMax *int // rupiah
	Where, ValidFor  models.Text
	Source           string
	CheckedOn        *record.Day
	Note             models.Text
}
