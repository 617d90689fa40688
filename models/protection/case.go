package protection

import (
	"time"
)

// Door is where a case came in.
type Door string

// The doors: somebody abroad, their family, somebody who is back or on the way, somebody near a person who is held or
// deceived; the desk, where an officer opened it; and a check-in, of whose person nothing was heard or who asked for help.
const (
	DoorAbroad    Door = "abroad"
	DoorFamily    Door = "family"
	DoorReturning Door = "returning"
	DoorNearby    Door = "nearby"
	DoorDesk      Door = "desk"
	DoorCheckin   Door = "checkin"
)

// Doors lists the doors that people find, in the order of the page.
func Doors() []Door { return []Door{DoorAbroad, DoorFamily, DoorReturning, DoorNearby} }

// ForOthers says whether who comes by this door tells of somebody else.
func (d Door) ForOthers() bool { return d == DoorFamily || d == DoorNearby }

// Danger is what somebody answered when they were asked whether they are in danger now.
type Danger string

// The answers; the empty one is none.
const (
	DangerNow    Danger = "now"
	DangerAfraid Danger = "afraid"
	DangerNo     Danger = "no"
)

// Dangers lists the answers in the order of the form.
func Dangers() []Danger { return []Danger{DangerNow, DangerAfraid, DangerNo} }

// Urgency is how soon a case needs somebody.
type Urgency string

// The urgencies, the highest first.
const (
	UrgencyLife   Urgency = "life"
	UrgencyUrgent Urgency = "urgent"
	UrgencyNormal Urgency = "normal"
)

// Urgencies lists them, the highest first.
func Urgencies() []Urgency { return []Urgency{UrgencyLife, UrgencyUrgent, UrgencyNormal} }

// urgency follows from the first answer. Who did not answer may be in more trouble than who said no.
func (d Danger) urgency() Urgency {
	switch d {
	case DangerNow:
		return UrgencyLife
	case DangerNo:
		return UrgencyNormal
	}
	return UrgencyUrgent
}

// The states of a case.
const (
	CaseNew    = "new"    // nobody has taken it
	CaseOpen   = "open"   // somebody holds it
	CaseClosed = "closed" // it ended; only an act of its own opens it again
)

// Actor is who must act next on a case.
type Actor string

// Who can be waited for: whoever is on duty, who holds the case, the head, a partner's office, a person on the case,
// somebody else outside; nobody on a closed case.
const (
	ActorDuty     Actor = "duty"
	ActorLead     Actor = "lead"
	ActorHead     Actor = "head"
	ActorPartner  Actor = "partner"
	ActorPerson   Actor = "person"
	ActorExternal Actor = "external"
	ActorNobody   Actor = ""
)

// ofDesk says whether it is an officer who is waited for.
func (a Actor) ofDesk() bool { return a == ActorDuty || a == ActorLead || a == ActorHead }

// Case is somebody's trouble and what is done about it. Its sealed columns are opened by the use cases that need them.
// CountryCode is nil where nobody knows. FromMany says that many forms came from one address in that hour. PromisedAt
// is the hour that was named at the door, nil where none was.
type Case struct {
	ID            int64
	Ref           string
	FormToken     string
	State         string
	Door          Door
	Danger        Danger
	Urgency       Urgency
	Sensitive     bool
	CountryCode   *string
	PlaceSealed   []byte
	StorySealed   []byte
	Language      string
	FromMany      bool
	LeadID        *int64
	OfficeID      *int64 // the office that leads it since it went over; nil where the desk does
	Trafficking   string
	InvolvesChild bool
	LifeOnce      bool
	Version       int
	NextActor     Actor
	WaitingSince  *time.Time
	DueAt         *time.Time
	PromisedAt    *time.Time
	CreatedAt     time.Time `gorm:"autoCreateTime:false"`
	ContactedAt   *time.Time
	ClosedAt      *time.Time
	Outcome       string
	RecalledAt    *time.Time // when the office that leads a case which ended here called the desk; nil where nobody has to look
	StrippedAt    *time.Time
}

// Closed says whether the case ended.
func (c Case) Closed() bool { return c.State == CaseClosed }

// Whether the signs of trafficking in persons were looked at.
const (
	TraffickingNotAssessed = "not_assessed"
	TraffickingIndicated   = "indicated"
	TraffickingNo          = "no"
)

// Event is an act on a case, or a word of somebody on it. Detail holds codes, never words of people; those lie sealed.
type Event struct {
	ID         int64
	CaseID     int64
	Kind       string
	At         time.Time
	ActorID    *int64
	PersonID   *int64
	Channel    string
	Reached    *bool
	Detail     string
	TextSealed []byte
	NextActor  Actor
	DueAt      *time.Time
	FormToken  *string
}

// TableName is where the events of cases lie.
func (Event) TableName() string { return "case_events" }

// The kinds of event that the door makes.
const (
	EventFiled        = "filed"
	EventWrote        = "wrote"         // a person on the case wrote
	EventToldMore     = "told_more"     // further answers
	EventReachChanged = "reach_changed" // how they may be reached
	EventStopped      = "stopped"       // they want to be contacted no more
)
