package models

import (
	"time"

	"naikkelas/models/record"
)

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
