package models

import (
	"time"

	"naikkelas/models/record"
)

// IntakeState is where one run of a programme stands.
type IntakeState string

// The states of an intake. Whether a published one takes applications is a matter of dates.
const (
	IntakeDraft     IntakeState = "draft"
	IntakePublished IntakeState = "published"
	IntakeCancelled IntakeState = "cancelled"
)

// Selection is how seats are given.
type Selection string

// By test and interview, or to those who were found in order first.
const (
	ByTest      Selection = "test"
	ByFirstCome Selection = "first_come"
)

// Intake is one run of a programme (angkatan): dates, seats, and how they are given.
// OpensAt and ClosesAt are instants, the other dates are calendar days in Jakarta.
type Intake struct {
	ID           int64
	Ref          string
	ProgrammeID  int64
	Number       int
	Session      string // "", morning, afternoon or evening
	State        IntakeState
	Selection    Selection
	OpensAt      *time.Time
	ClosesAt     *time.Time
	TestOn       *time.Time
	AnnounceOn   *time.Time
	StartsOn     *time.Time
	EndsOn       *time.Time
	Quota        int
	ReserveSeats int
	EnrolDays    int // working days that an accepted person has to enrol
	Place        string
	AbsenceIn    string       // what AbsenceMost counts: days, or percent of the class days; empty for no rule
	AbsenceMost  int          // so much without an excuse
	ClassDays    record.Codes `gorm:"type:text[]"` // of WeekDays, in their order
	ClassFrom    string       // 08.00, in WIB; empty while it is open
	ClassUntil   string
	Version      int
	CreatedAt    time.Time `gorm:"autoCreateTime:false"`
	UpdatedAt    time.Time `gorm:"autoUpdateTime:false"`
}

// Window is where an intake stands at an instant, as people see it.
type Window string

// The windows of an intake, in order.
const (
	NotYetOpen Window = "not_yet_open"
	Open       Window = "open"
	Closed     Window = "closed"
	Running    Window = "running"
	Finished   Window = "finished"
	CalledOff  Window = "cancelled"
	Halted     Window = "halted" // its dates say open, but its programme or institution takes nobody
)

// Window tells where the intake stands: open from OpensAt until ClosesAt, both included,
// running from the day it starts until the day it ends in Jakarta.
func (in Intake) Window(at time.Time) Window {
	switch {
	case in.State == IntakeCancelled:
		return CalledOff
	case in.OpensAt == nil || at.Before(*in.OpensAt):
		return NotYetOpen
	case in.ClosesAt != nil && !at.After(*in.ClosesAt):
		return Open
	case in.EndsOn != nil && !at.Before(record.DateDay(*in.EndsOn).End()):
		return Finished
	case in.StartsOn != nil && !at.Before(record.DateDay(*in.StartsOn).Start()):
		return Running
	}
	return Closed
}

// WindowOf is where an intake stands with what it belongs to: one whose programme is not published, or whose institution is
// not verified or has a licence that ended, is open to nobody, whatever its dates say. Lists, pages and forms all ask here.
func WindowOf(in Intake, p ProgrammeState, l Institution, at time.Time) Window {
	w := in.Window(at)
	takes := in.State == IntakePublished && p == ProgrammePublished && l.State == InstitutionVerified && !l.LicenceOver(at)
	if (w == Open || w == NotYetOpen) && !takes {
		return Halted
	}
	return w
}
