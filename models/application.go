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
	SessionID        *int64     // the test session; TestAt and TestPlace are what the person was told of it
	SessionNumber    *int       // in it
	TestAnswer       TestAnswer // whether the person comes to it
	TestAnsweredAt   *time.Time
	ReserveRank      *int
	RecheckSince     *time.Time // since when officers have to look again at who the person is
	EnrolBy          *time.Time
	ConfirmedAt      *time.Time // when the person said that they take their seat
	SeatKept         bool       // of somebody who dropped out after the start: nobody else got the seat
	PassedOverAt     *time.Time // when a seat went to somebody behind them on the reserve list
	PassedOverReason string     // the institution's words; empty where they are in another course
	CourseResult     *string
	Assessment       *string
	AssessmentLSP    string `gorm:"column:assessment_lsp"`
	AssessmentOn     *time.Time
	AssessmentPlace  string
	AssessmentNumber string // of the LSP's paper, of who is competent
	Version          int
	CreatedAt        time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt        time.Time `gorm:"autoUpdateTime:false"`
	// WithoutCertificate says of a passed file that none of the certificates that came with it counts today.
	WithoutCertificate bool `gorm:"->;-:migration"`
}

// EventKind says what an event is that is no plain step from one state to the next.
type EventKind string

// The kinds of event. A plain step has none.
const (
	EventCorrected EventKind = "corrected" // what was recorded was wrong
	EventExtended  EventKind = "extended"  // the day for enrolling was put off
	EventMoved     EventKind = "moved"     // the test is at another time or place
	EventConfirmed EventKind = "confirmed" // the person takes the seat
	EventAssessed  EventKind = "assessed"  // the competence test
	EventCarried   EventKind = "carried"   // what was never sent moved to another intake
	EventComing    EventKind = "coming"    // the person comes to the test
	EventCannot    EventKind = "cannot_come"
	EventUnplaced  EventKind = "unplaced" // the test session was cancelled
	// Going to a later intake: it was asked for, offered, came to nothing, or was done.
	EventDeferAsked   EventKind = "defer_asked"
	EventDeferOffered EventKind = "defer_offered"
	EventDeferEnded   EventKind = "defer_ended"
	EventDeferred     EventKind = "defer_moved"
)

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
	Kind          EventKind
	ActorUnit     string `gorm:"->;-:migration"` // the city of an officer
	ActorName     string `gorm:"->;-:migration"` // only where the reader works in one house with them
}
