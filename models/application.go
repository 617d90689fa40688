package models

import (
	"slices"
	"time"

	"naikkelas/models/record"
)

// ApplicationState is where an application (pendaftaran) stands.
type ApplicationState string

// The states of an application (design.md section 3).
const (
	Draft       ApplicationState = "draft"
	Submitted   ApplicationState = "submitted"
	InReview    ApplicationState = "in_review"
	NeedsFix    ApplicationState = "needs_fix"
	Verified    ApplicationState = "verified"
	NotEligible ApplicationState = "not_eligible"
	Invited     ApplicationState = "invited"
	Attended    ApplicationState = "attended"
	Absent      ApplicationState = "absent"
	Accepted    ApplicationState = "accepted"
	Reserve     ApplicationState = "reserve"
	NotSelected ApplicationState = "not_selected"
	Enrolled    ApplicationState = "enrolled"
	Completed   ApplicationState = "completed"
	Dropped     ApplicationState = "dropped"
	Withdrawn   ApplicationState = "withdrawn"
	Expired     ApplicationState = "expired"
)

// transitions is the whole state machine: from each state to those that may follow.
// Submitted goes back to itself never; not_eligible returns to in_review when contested.
var transitions = map[ApplicationState][]ApplicationState{
	Draft:       {Submitted, Withdrawn, Expired},
	Submitted:   {InReview, Withdrawn},
	InReview:    {Submitted, NeedsFix, Verified, NotEligible, Accepted, Reserve, Withdrawn},
	NeedsFix:    {Submitted, Expired, Withdrawn},
	Verified:    {Invited, Accepted, Reserve, NotSelected, Withdrawn},
	NotEligible: {Submitted},
	Invited:     {Attended, Absent, Withdrawn},
	Attended:    {Accepted, Reserve, NotSelected, Withdrawn},
	Accepted:    {Enrolled, Withdrawn, Expired},
	Reserve:     {Accepted, NotSelected, Withdrawn},
	Enrolled:    {Completed, Dropped},
}

// CanBecome says whether the state machine has this step.
func (s ApplicationState) CanBecome(next ApplicationState) bool {
	return slices.Contains(transitions[s], next)
}

// Live says whether the application still occupies its seeker for this intake. The partial
// unique index applications_one_live names the same states.
func (s ApplicationState) Live() bool {
	switch s {
	case NotEligible, NotSelected, Absent, Withdrawn, Expired, Completed, Dropped:
		return false
	}
	return true
}

// TakesSeat says whether the state counts against the quota: only accepted and enrolled do.
func (s ApplicationState) TakesSeat() bool { return s == Accepted || s == Enrolled }

// PassedOfficers says whether institution staff may see the applicant: only after a DKI
// officer has verified identity, residence and certificates.
func (s ApplicationState) PassedOfficers() bool {
	switch s {
	case Draft, Submitted, InReview, NeedsFix, NotEligible, Withdrawn, Expired:
		return false
	}
	return true
}

// Application is one person's application to one intake.
type Application struct {
	ID               int64
	Ref              string
	IntakeID         int64
	SeekerID         int64
	State            ApplicationState
	NoCertificate    bool // the person's own answer
	Motivation       string
	Statements       record.Codes `gorm:"type:text[]"`
	SubmittedAt      *time.Time
	FirstSubmittedAt *time.Time
	AssigneeID       *int64
	FixBy            *time.Time
	ReasonCode       string
	ReasonText       string
	DecidedBy        *int64
	DecidedAt        *time.Time
	ContestedAt      *time.Time
	ContestText      string
	TestAt           *time.Time
	TestPlace        string
	ReserveRank      *int
	EnrolBy          *time.Time
	CourseResult     *string
	Assessment       *string
	AssessmentLSP    string `gorm:"column:assessment_lsp"`
	AssessmentOn     *time.Time
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
}

// ApplicationEvent is one line of an application's history; it is only ever added.
type ApplicationEvent struct {
	ID            int64
	ApplicationID int64
	ActorID       *int64
	ActorRole     Role
	At            time.Time
	FromState     ApplicationState
	ToState       ApplicationState
	ReasonCode    string
	Note          string
	Until         *time.Time
}
