// Package application shows applications to those who sent them, and holds the words for
// their states that seekers, officers and institution staff share.
package application

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/message"
	"naikkelas/views/programme"
)

// Keys that are put together here from stored codes.
//
//i18n:family application.state.* application.event.* application.role.* application.fix.*
//i18n:family application.statement.* application.assessment.* eligibility.*

// StateTag says in few words where an application stands.
func StateTag(ctx context.Context, a models.Application) components.TagProps {
	key := "application.state." + string(a.State)
	switch {
	case a.State == models.Reserve && a.ReserveRank != nil:
		return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "application.state.reserve_rank", "Rank", *a.ReserveRank)}
	case a.State == models.Verified && a.WithoutCertificate:
		return components.TagProps{Kind: components.TagFix, Label: i18n.T(ctx, "application.state.verified_without")}
	case a.State == models.Completed && a.CourseResult != nil:
		key += "_" + *a.CourseResult
	}
	kind := components.TagPlain
	if !ambient.From(ctx).AtDesk() {
		kind = ownKind(a)
	}
	return components.TagProps{Kind: kind, Label: i18n.T(ctx, key), When: stateDay(ctx, a)}
}

// stateDay is the day that belongs to a state, such as that of the test to an invitation.
func stateDay(ctx context.Context, a models.Application) string {
	switch a.State {
	case models.Submitted, models.InReview:
		return components.Since(ctx, a.SubmittedAt)
	case models.NeedsFix:
		return components.Until(ctx, a.FixBy)
	case models.Verified, models.NotEligible:
		return components.On(ctx, a.DecidedAt)
	case models.Invited, models.Attended:
		return components.On(ctx, a.TestAt)
	case models.Accepted:
		return components.Until(ctx, a.EnrolBy)
	}
	return ""
}

// ownKind is a state as its seeker feels it; to those at a desk it is one of many.
func ownKind(a models.Application) components.TagKind {
	switch a.State {
	case models.NeedsFix:
		return components.TagFix
	case models.Draft, models.Invited:
		return components.TagYours
	case models.Accepted, models.Enrolled:
		return components.TagOpen
	case models.NotEligible, models.NotSelected:
		return components.TagRefused
	case models.Completed:
		if a.CourseResult != nil && *a.CourseResult == "passed" {
			return components.TagOpen
		}
	}
	return components.TagPlain
}

// Name is what an application is called: the programme and the intake.
func Name(ctx context.Context, title string, in models.Intake) string {
	return title + ", " + lowerFirst(programme.IntakeName(ctx, in))
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// Events turns an application's history, newest first, into a timeline's.
// Where a reason was chosen, its sentence stands before what was added to it.
func Events(ctx context.Context, events []models.ApplicationEvent, reasons map[string]models.ReasonCode) []components.Event {
	list := timeline(ctx, events, "application.role.seeker")
	for i, e := range events {
		if e.ReasonCode != "" {
			list[i].Text = reasonText(reasonOf(ctx, reasons, e.ReasonCode, list[i].Text, e.ActorRole))
		}
	}
	return list
}

// printedEvents is the same for paper, which is read on another day: dates in full.
func printedEvents(ctx context.Context, events []models.ApplicationEvent, reasons map[string]models.ReasonCode) []components.Event {
	return inFull(ctx, events, Events(ctx, events, reasons))
}

// PrintedFor is EventsFor for paper.
func PrintedFor(ctx context.Context, events []models.ApplicationEvent) []components.Event {
	return inFull(ctx, events, EventsFor(ctx, events))
}

// inFull writes the dates of a timeline in full.
func inFull(ctx context.Context, events []models.ApplicationEvent, list []components.Event) []components.Event {
	now := ambient.From(ctx).Now
	for i, e := range events {
		list[i].When = i18n.Instant(ctx, e.At) + strings.TrimPrefix(list[i].When, i18n.Near(ctx, now, e.At))
	}
	return list
}

// EventsFor is the same for those who serve the seeker.
func EventsFor(ctx context.Context, events []models.ApplicationEvent) []components.Event {
	return timeline(ctx, events, "application.role.them")
}

// EventsInside is EventsFor for the staff of the institution: their colleagues by name, also those who have left, and
// the reasons that the person and they themselves gave.
func EventsInside(ctx context.Context, events []models.ApplicationEvent, reasons map[string]models.ReasonCode) []components.Event {
	list := EventsFor(ctx, events)
	for i, e := range events {
		if e.ActorName != "" {
			list[i].When += " · " + e.ActorName
		}
		inside := e.ActorRole == models.Seeker || e.ActorRole == models.Staff || e.ActorRole == models.Owner
		if reason, ok := reasons[e.ReasonCode]; ok && inside {
			list[i].Text = strings.TrimSpace(reason.Text.In(i18n.Of(ctx)) + "\n" + e.Note)
		}
	}
	return list
}

func timeline(ctx context.Context, events []models.ApplicationEvent, seeker string) []components.Event {
	now := ambient.From(ctx).Now
	list := make([]components.Event, len(events))
	for i, e := range events {
		list[i] = components.Event{
			Title: eventTitle(ctx, e), Text: e.Note, Kind: eventKind(e.ToState),
			When: when(ctx, now, e, seeker), ISO: e.At.Format(time.RFC3339),
		}
	}
	return list
}

func when(ctx context.Context, now time.Time, e models.ApplicationEvent, seeker string) string {
	role := "application.role." + string(e.ActorRole)
	if e.ActorRole == models.Seeker {
		role = seeker
	}
	who := i18n.T(ctx, role)
	switch {
	case e.ActorName != "" && e.ActorRole != models.Seeker:
		who += ": " + e.ActorName
	case e.ActorRole == models.Officer:
		who = message.Desk(ctx, e.ActorUnit)
	}
	text := i18n.Near(ctx, now, e.At) + " · " + who
	if e.Until != nil {
		key := "application.until"
		if e.ToState == models.Invited {
			key = "application.on" // an appointment is no deadline
		}
		text += " · " + i18n.T(ctx, key, "When", i18n.Instant(ctx, *e.Until))
	}
	return text
}

// eventTitle says what happened; what is no plain step has words of its own.
func eventTitle(ctx context.Context, e models.ApplicationEvent) string {
	switch e.Kind {
	case models.EventCorrected:
		return i18n.T(ctx, "application.event.corrected", "State", i18n.T(ctx, "application.event."+string(e.ToState)))
	case models.EventAssessed:
		return i18n.T(ctx, "application.event.assessed", "Result", i18n.T(ctx, "application.assessment."+e.ReasonCode))
	case "":
		return i18n.T(ctx, "application.event."+string(e.ToState))
	}
	return i18n.T(ctx, "application.event."+string(e.Kind))
}

// Assessment says how a competence test stands, with its day and the LSP.
func Assessment(ctx context.Context, a models.Application) string {
	if a.Assessment == nil {
		return ""
	}
	text := i18n.T(ctx, "application.assessment."+*a.Assessment)
	if a.AssessmentOn != nil {
		text += ", " + i18n.DateLong(ctx, *a.AssessmentOn)
	}
	if a.AssessmentLSP != "" {
		text += ", " + a.AssessmentLSP
	}
	if a.AssessmentPlace != "" {
		text += ", " + a.AssessmentPlace
	}
	if a.AssessmentNumber != "" {
		text += ", " + i18n.T(ctx, "application.assessment_number", "Number", a.AssessmentNumber)
	}
	return text
}

// PassedOver says why a seat went to somebody behind a reserve.
func PassedOver(ctx context.Context, a models.Application) string {
	if a.PassedOverReason == "" {
		return i18n.T(ctx, "application.passed_over.busy")
	}
	return i18n.T(ctx, "application.passed_over.reason", "Reason", a.PassedOverReason)
}

func eventKind(to models.ApplicationState) components.EventKind {
	switch to {
	case models.NeedsFix, models.Invited:
		return components.EventFix
	case models.Verified, models.Accepted, models.Enrolled, models.Completed:
		return components.EventGood
	case models.NotEligible, models.NotSelected, models.Absent, models.Expired, models.Dropped:
		return components.EventBad
	}
	return components.EventPlain
}

// Requirement says one requirement in words, and how the person stands towards it.
func Requirement(ctx context.Context, r models.Requirement, names RequirementNames) (text, state string) {
	text = i18n.T(ctx, "eligibility."+r.Code+"."+string(r.Met), "AgeMin", r.AgeMin, "AgeMax", r.AgeMax, "Age", r.Age,
		"Education", names.Education, "Certificate", names.Certificates[r.Certificate])
	if r.Code == "age" && r.Met != models.MetUnknown && r.AgeMax == 0 {
		text = i18n.T(ctx, "eligibility.age_from."+string(r.Met), "AgeMin", r.AgeMin, "Age", r.Age)
	}
	state = i18n.T(ctx, "eligibility.state."+string(r.Met))
	if r.Checked && r.Met != models.MetUnknown {
		state += ", " + i18n.T(ctx, "eligibility.checked")
	}
	return text, state
}

// RequirementNames are what the codes in requirements are called in the reader's language.
type RequirementNames struct {
	Education    string
	Certificates map[string]string // by code
}

// NamesOf are the names of what an offer asks for.
func NamesOf(ctx context.Context, o models.Offer) RequirementNames {
	n := RequirementNames{Certificates: map[string]string{}}
	if o.Education != nil {
		n.Education = o.Education.Name.In(i18n.Of(ctx))
	}
	for _, c := range o.Certificates {
		n.Certificates[c.Code] = c.Name.In(i18n.Of(ctx))
	}
	return n
}
