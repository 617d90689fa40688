package models

// A Range is what a whole number may be.
type Range struct{ Min, Max int64 }

// ProgrammeTextMost are the most characters of a programme's texts, by the name of their field. Form and
// spreadsheet hold to the same.
var ProgrammeTextMost = map[string]int{
	"title": 150, "code": 60, "scheme": 200, "place": 200, "contact": 200, "outcome_language": 200,
	"street": 300, "allowance": 200,
	"description": 3000, "units": 3000, "requirements": 3000, "physical": 3000, "language_needs": 3000,
	"refund": 3000, "facilities": 3000, "prepare": 3000, "accessibility": 3000,
}

// CostLabelMost are the most characters of what a cost is for; RupiahMost is the largest amount.
const (
	CostLabelMost = 120
	RupiahMost    = 1_000_000_000
)

// ProgrammeRowsMost is how many lines of costs, and how many certificates, a programme may have.
const ProgrammeRowsMost = 20

// ProgrammeRanges are the ranges of a programme's numbers, and IntakeRanges those of an intake's.
var (
	ProgrammeRanges = map[string]Range{"hours": {1, 5000}, "days": {1, 730}, "age_min": {15, 80}, "age_max": {15, 80}, "kkni": {1, 9}}
	IntakeRanges    = map[string]Range{
		"number": {1, 999}, "quota": {1, 2000}, "reserve": {0, 500}, "enrol_days": {1, 30}, "absence_most": {0, 100},
	}
)

// The keys of Contradictions.
const (
	FaultAgeOrder    = "age_order"
	FaultPublicMoney = "public_money"
	FaultTooMany     = "too_many"
)

// Contradictions lists what in the content cannot both hold, in a draft too, whoever wrote it.
func (c ProgrammeContent) Contradictions() []Fault {
	var faults []Fault
	if c.AgeMin != nil && c.AgeMax != nil && *c.AgeMax < *c.AgeMin {
		faults = append(faults, Fault{Field: "age_max", Key: FaultAgeOrder})
	}
	if c.Funding != nil && *c.Funding != FundingSelfPaid && c.Total() > 0 {
		faults = append(faults, Fault{Field: "funding", Key: FaultPublicMoney})
	}
	if len(c.Costs) > ProgrammeRowsMost {
		faults = append(faults, Fault{Field: "costs", Key: FaultTooMany})
	}
	if len(c.RequiredCertificates) > ProgrammeRowsMost {
		faults = append(faults, Fault{Field: "certificate", Key: FaultTooMany})
	}
	return faults
}
