package models

import (
	"slices"
	"strings"
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
	Cancelled   ApplicationState = "cancelled"
	Deferred    ApplicationState = "deferred"
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
	Absent:      {Invited}, // a second date
	Attended:    {Accepted, Reserve, NotSelected, Withdrawn},
	Accepted:    {Enrolled, NotSelected, Withdrawn, Expired},
	Reserve:     {Accepted, NotSelected, Withdrawn},
	Enrolled:    {Completed, Dropped},
}

// CanBecome says whether the state machine has this step. Whatever is live ends with its course.
func (s ApplicationState) CanBecome(next ApplicationState) bool {
	return slices.Contains(transitions[s], next) || s.Live() && stoppedStates.has(next)
}

// A stateList names states that mean the same for a rule; the rule in Go and its condition in SQL are
// made of one list. The literals stand in the SQL as the partial indexes have them.
type stateList []ApplicationState

// The lists behind the rules.
var (
	endedStates     = stateList{NotEligible, NotSelected, Absent, Withdrawn, Expired, Completed, Dropped, Cancelled, Deferred}
	holdingStates   = stateList{Accepted, Enrolled} // of people who are in a course or on their way into it
	undecidedStates = stateList{Draft, Submitted, InReview, NeedsFix}
	waitingStates   = stateList{Submitted, InReview}
	seatStates      = append(stateList{Completed}, holdingStates...)
	// choosingStates are those in which the institution has not told the outcome yet.
	choosingStates = stateList{Verified, Invited, Attended}
	// stoppedStates are those to which a course leads that does not take place.
	stoppedStates = stateList{Cancelled, Deferred}
	// refusedStates are those of people whom officers did not pass; of somebody who left, the history says it.
	refusedStates = append(stateList{NotEligible}, undecidedStates...)
	leftStates    = append(stateList{Withdrawn, Expired}, stoppedStates...)
	// passingStates are those to which officers pass an application.
	passingStates = stateList{Verified, Accepted, Reserve}
)

func (l stateList) has(s ApplicationState) bool { return slices.Contains(l, s) }

// in is the condition that a column holds one of the states.
func (l stateList) in(column string) string { return column + " IN (" + l.literals() + ")" }

// notIn is the condition that a column holds none of them.
func (l stateList) notIn(column string) string { return column + " NOT IN (" + l.literals() + ")" }

func (l stateList) literals() string {
	quoted := make([]string, len(l))
	for i, s := range l {
		quoted[i] = "'" + string(s) + "'"
	}
	return strings.Join(quoted, ", ")
}

// Live says whether the application still occupies its seeker for this intake. The partial
// unique index applications_one_live names the same states.
func (s ApplicationState) Live() bool { return !endedStates.has(s) }

// TakesSeat says whether the application counts against the quota: a seat that was taken stays taken, unless its
// person left before the start or it was given again.
func (a Application) TakesSeat() bool {
	return seatStates.has(a.State) || a.State == Dropped && a.SeatKept
}

// takesSeat is TakesSeat for the application whose row is named alias.
func takesSeat(alias string) string {
	return "(" + seatStates.in(alias+".state") + " OR " + alias + ".state = 'dropped' AND " + alias + ".seat_kept)"
}

// Decided says whether officers have decided, so that the certificates of that day are kept as a snapshot.
func (s ApplicationState) Decided() bool { return !undecidedStates.has(s) }

// PassedOfficers says whether institution staff may see the applicant: only after a DKI officer has
// verified identity, residence and certificates. history are the states that the application has been
// in; of somebody who left it alone tells.
func (s ApplicationState) PassedOfficers(history ...ApplicationState) bool {
	if leftStates.has(s) {
		return slices.ContainsFunc(history, passingStates.has)
	}
	return !refusedStates.has(s)
}

// passedOfficers is PassedOfficers for the application whose row is named alias.
func passedOfficers(alias string) string {
	return "(" + refusedStates.notIn(alias+".state") + `
		AND (` + leftStates.notIn(alias+".state") + `
			OR EXISTS (SELECT 1
				FROM application_events pe
				WHERE pe.application_id = ` + alias + `.id
					AND ` + passingStates.in("pe.to_state") + ")))"
}

// intakeTaken is how many seats of the intake whose row is n are taken.
var intakeTaken = `(SELECT count(*)
	FROM applications a
	WHERE a.intake_id = n.id
		AND ` + takesSeat("a") + `)`
