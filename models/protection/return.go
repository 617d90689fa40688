package protection

import (
	"time"

	"naikkelas/models/record"
)

// Why somebody comes home.
const (
	ReturnPlanned   = "planned"
	ReturnProblem   = "problem"
	ReturnEmergency = "emergency"
	ReturnDeath     = "death"
)

// ReturnKinds lists why somebody comes home, in the order of the form.
func ReturnKinds() []string {
	return []string{ReturnPlanned, ReturnProblem, ReturnEmergency, ReturnDeath}
}

// What has to be done before somebody is home.
const (
	HomePapers    = "papers"        // a passport, or a SPLP in its place
	HomeLast      = "death_papers"  // what is needed in their place after a death
	HomePermit    = "exit_permit"   // of the country where they are
	HomeFit       = "fit_to_travel" // that it is so, when and where it was said; never a paper of a physician
	HomeShelter   = "shelter"
	HomeEscort    = "escort"
	HomeFlight    = "flight"
	HomeArrival   = "arrival"   // and who meets them
	HomeTransport = "transport" // within Jakarta, or to their province
	HomeCare      = "care"      // rehabilitation, which can be declined in writing
)

// HomeSteps lists what has to be done, in the order in which it is: nobody asks whether somebody who died is fit to travel.
func HomeSteps(kind string) []string {
	if kind == ReturnDeath {
		return []string{HomeLast, HomePermit, HomeEscort, HomeFlight, HomeArrival, HomeTransport}
	}
	return []string{HomePapers, HomePermit, HomeFit, HomeShelter, HomeEscort, HomeFlight, HomeArrival, HomeTransport, HomeCare}
}

// How far a step is. None says that we approved anything.
const (
	StepNeeded   = "needed" // nothing was done yet, or nobody knows
	StepDone     = "done"
	StepDeclined = "declined" // in writing
	stepUnneeded = "not_needed"
)

// StepStates lists how far a step can be, in the order of the form.
func StepStates(step string) []string {
	switch step {
	case HomeFit:
		return []string{StepNeeded, "fit", "fit_escorted", "unfit", stepUnneeded}
	case HomeFlight:
		return []string{StepNeeded, "underway", "booked", StepDone, "stuck"}
	case HomeCare:
		return []string{StepNeeded, "offered", "accepted", StepDeclined, StepDone}
	}
	return []string{StepNeeded, "underway", StepDone, "stuck", stepUnneeded}
}

// StepChoices lists what a step chooses from: which paper, where they go on to. Others choose nothing.
func StepChoices(step string) []string {
	switch step {
	case HomePapers:
		return []string{"passport", "splp"}
	case HomeTransport:
		return []string{"jakarta", "province"}
	}
	return nil
}

// The refusals of plans to come home.
var (
	ErrNoPlan      = &record.Refusal{Key: "case.home.no_plan"}
	ErrStepWho     = &record.Refusal{Key: "case.home.who_missing", Field: "who"}
	ErrStepDay     = &record.Refusal{Key: "case.home.day_missing", Field: "said_on"}
	ErrStepAhead   = &record.Refusal{Key: "case.home.day_ahead", Field: "said_on"}
	ErrStepSource  = &record.Refusal{Key: "case.home.source_missing", Field: "source"}
	ErrStepWhen    = &record.Refusal{Key: "case.home.at_missing", Field: "at"}
	ErrStepChoice  = &record.Refusal{Key: ErrChoice.Key, Field: "choice"}
	ErrNotArrived  = &record.Refusal{Key: "case.home.not_arrived"}
	ErrReceiver    = &record.Refusal{Key: "case.home.receiver_missing", Field: "receiver"}
	ErrWitness     = &record.Refusal{Key: "case.home.witness_missing", Field: "witness"}
	ErrHandedAt    = &record.Refusal{Key: "case.home.handed_at_wrong", Field: "at"}
	ErrNoFamilyWhy = &record.Refusal{Key: "case.home.no_family_missing", Field: "why"}
)

// Return is the plan of somebody on a case to come home, and to whom they were handed over.
type Return struct {
	ID             int64
	CaseID         int64
	Kind           string
	PlannedBy      int64
	PlannedAt      time.Time
	HandedTo       string
	HandedAt       *time.Time
	HandedBy       *int64
	ReceiverSealed []byte
	RelationSealed []byte
	PlaceSealed    []byte
	WitnessSealed  []byte
	WhySealed      []byte
}

// TableName is where plans to come home lie.
func (Return) TableName() string { return "case_returns" }

// ReturnStep is how far one step of such a plan is.
type ReturnStep struct {
	ID           int64
	CaseID       int64
	Kind         string
	State        string
	Ours         bool
	Choice       string
	SaidOn       *time.Time
	At           *time.Time
	WhoSealed    []byte
	PlaceSealed  []byte
	NumberSealed []byte
	SourceSealed []byte
	SetBy        int64
	SetAt        time.Time
}

// TableName is where the steps of plans lie.
func (ReturnStep) TableName() string { return "case_return_steps" }
