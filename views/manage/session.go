package manage

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

// SessionForm is a test session as it is typed.
type SessionForm struct {
	On       form.Date `form:"at"`
	Hour     string    `form:"hour"`
	Place    string    `form:"place"`
	Room     string    `form:"room"`
	Capacity string    `form:"capacity"`
	Version  int       `form:"version"`
}

// SessionFormOf fills the form with what is kept.
func SessionFormOf(t models.TestSession) SessionForm {
	at := t.StartsAt.In(i18n.WIB)
	return SessionForm{
		On: form.DateOf(at), Hour: at.Format("15.04"), Place: t.Place, Room: t.Room, Capacity: strconv.Itoa(t.Capacity), Version: t.Version,
	}
}

// Check says what is missing or wrong in itself.
func (f SessionForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("at", f.On.CheckRequired())
	if _, err := time.Parse("15.04", dotted(f.Hour)); err != nil {
		errs.Add("hour", "manage.invite.hour_form")
	}
	errs.Add("place", form.Required(f.Place))
	if n, err := strconv.Atoi(strings.TrimSpace(f.Capacity)); err != nil || n < 1 || n > models.SessionMost {
		errs.Add("capacity", models.ErrSessionCapacity.Key, "Max", models.SessionMost)
	}
	return errs
}

// Input is the session as the Store takes it; Check has passed.
func (f SessionForm) Input() models.SessionInput {
	capacity, _ := strconv.Atoi(strings.TrimSpace(f.Capacity))
	return models.SessionInput{At: at(f.On, f.Hour), Place: f.Place, Room: f.Room, Capacity: capacity}
}

// SessionsPage are the test sessions of an intake, with a form for another one.
type SessionsPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	List      []models.SessionRow
	Form      SessionForm
	Errors    form.Errors
}

// SessionPage is one session with its people.
type SessionPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	Session   models.SessionRow
	People    []models.SessionPerson
	Form      SessionForm // of its change
	Reason    string      // why it is cancelled
	Absent    []string    // the numbers of who did not come, as they were ticked
	Token     string
	Errors    form.Errors
	Stale     bool
}

// CancelSessionForm says why a session is cancelled.
type CancelSessionForm struct {
	Version int    `form:"version"`
	Reason  string `form:"reason"`
}

// Check says what is too long; the Store asks for a reason.
func (f CancelSessionForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("reason", form.MaxRunes(f.Reason, recordText), "Max", recordText)
	return errs
}

// sessionName is when and where a session is.
func sessionName(ctx context.Context, t models.TestSession) string {
	return i18n.Instant(ctx, t.StartsAt) + ", " + t.Where()
}

// standing says what is to be known of a session at a glance.
func sessionStanding(ctx context.Context, t models.SessionRow) string {
	switch {
	case t.CancelledAt != nil:
		return i18n.T(ctx, "session.cancelled")
	case t.DoorAt != nil:
		return i18n.T(ctx, "presence.recorded", "When", i18n.Instant(ctx, *t.DoorAt), "Name", t.DoorName)
	}
	return ""
}

// invited are those of a session who are invited and have no outcome yet: they are told of a change, and asked for at the door.
func (p SessionPage) invited() (list []models.SessionPerson) {
	for _, one := range p.People {
		if one.State == models.Invited && one.Pending == "" {
			list = append(list, one)
		}
	}
	return list
}

// change is the page before a session changes.
func (p SessionPage) change(ctx context.Context) components.CheckActProps {
	act := components.CheckActProps{
		Title: i18n.T(ctx, "session.change_title"), Text: sessionName(ctx, p.Session.TestSession) + "\n" + i18n.T(ctx, "session.change_text"),
		Action: ambient.Href(ctx, urls.TestSessionChange(p.Intake.Ref, p.Session.Ref)), Version: p.Session.Version,
		Do: i18n.T(ctx, "session.change"), Back: ambient.Href(ctx, urls.TestSession(p.Intake.Ref, p.Session.Ref)), Harmless: true,
	}
	p.letter(ctx, &act, "application_invited")
	return act
}

// cancel is the page before a session is cancelled.
func (p SessionPage) cancel(ctx context.Context) components.CheckActProps {
	act := components.CheckActProps{
		Title: i18n.T(ctx, "session.cancel_title"), Text: sessionName(ctx, p.Session.TestSession) + "\n" + i18n.T(ctx, "session.cancel_text"),
		Action: ambient.Href(ctx, urls.TestSessionCancel(p.Intake.Ref, p.Session.Ref)), Version: p.Session.Version,
		Do: i18n.T(ctx, "session.cancel"), Back: ambient.Href(ctx, urls.TestSession(p.Intake.Ref, p.Session.Ref)),
	}
	p.letter(ctx, &act, "application_test_cancelled")
	return act
}

// letter adds whom an act touches and what they will read.
func (p SessionPage) letter(ctx context.Context, act *components.CheckActProps, template string) {
	act.Whom = i18n.T(ctx, "session.nobody_told")
	if n := len(p.invited()); n > 0 {
		act.Whom = i18n.T(ctx, "session.told", "Count", n)
		act.Subject, act.Letter = mail.Preview(ctx, template)
	}
}

// answerText says what somebody who is invited answered.
func answerText(ctx context.Context, a models.Application) string {
	if a.State != models.Invited || a.SessionID == nil {
		return ""
	}
	if a.TestAnswer == "" {
		return i18n.T(ctx, "session.answer.none")
	}
	return i18n.T(ctx, "session.answer."+string(a.TestAnswer))
}

//i18n:family session.answer.*

// A signRow is somebody on a list that is printed for the door.
type signRow struct {
	Number      int
	Name, Phone string
}

// signRows are those of a session for the list on paper.
func (p SessionPage) signRows() (list []signRow) {
	for _, one := range p.People {
		list = append(list, signRow{Number: *one.SessionNumber, Name: one.Name})
	}
	return list
}

// signRows are those of a page of the table for the list on paper.
func (p ApplicantsPage) signRows(ctx context.Context) (list []signRow) {
	for i, a := range p.Table.Items {
		list = append(list, signRow{p.Form.First + i, a.Name, phone(ctx, a)})
	}
	return list
}

// ways are the sessions in which people can be placed, as choices with what would come of each.
func (p ChoosePage) ways(ctx context.Context) (list []components.Option) {
	for _, w := range p.Check.Ways {
		list = append(list, components.Option{Value: w.Way, Label: wayLabel(ctx, w), Hint: wayHint(ctx, w)})
	}
	return append(list, components.Option{Value: newSession, Label: i18n.T(ctx, "session.way.new")})
}

// newSession is the choice of a time and place of its own.
const newSession = "baru"

func wayLabel(ctx context.Context, w models.SessionWay) string {
	switch w.Way {
	case models.SpreadByOrder:
		return i18n.T(ctx, "session.way.order")
	case models.SpreadBySchool:
		return i18n.T(ctx, "session.way.school")
	}
	for _, h := range w.Shares {
		if h.Session.Ref == w.Way {
			return sessionName(ctx, h.Session.TestSession)
		}
	}
	return w.Way
}

// wayHint says how many people a way would put where.
func wayHint(ctx context.Context, w models.SessionWay) string {
	var parts []string
	for _, h := range w.Shares {
		if h.Count == 0 && h.Session.Ref != w.Way {
			continue
		}
		part := i18n.T(ctx, "session.share", "Count", h.Count, "Session", i18n.Instant(ctx, h.Session.StartsAt), "Free", h.Session.Free())
		if w.Way == models.SpreadBySchool {
			part += " (" + levels(ctx, h.Levels) + ")"
		}
		parts = append(parts, part)
	}
	if w.Kept > 0 {
		parts = append(parts, i18n.T(ctx, "session.kept", "Count", w.Kept))
	}
	if w.Without > 0 {
		parts = append(parts, i18n.T(ctx, "session.without", "Count", w.Without))
	}
	return strings.Join(parts, "; ")
}

func levels(ctx context.Context, list []models.LevelCount) string {
	parts := make([]string, len(list))
	for i, l := range list {
		parts[i] = strconv.FormatInt(l.Count, 10) + " " + orNone(ctx, l.Name.In(i18n.Of(ctx)))
	}
	return strings.Join(parts, ", ")
}

// className is what an intake is called.
func (p SessionsPage) className(ctx context.Context) string {
	return application.Name(ctx, p.Programme.Title, p.Intake.Intake)
}

func signColumns(ctx context.Context, phones bool) []components.Column {
	list := []components.Column{{Label: i18n.T(ctx, "selection.number"), Number: true}, {Label: i18n.T(ctx, "manage.col.name")}}
	if phones {
		list = append(list, components.Column{Label: i18n.T(ctx, "manage.col.phone")})
	}
	return append(list, components.Column{Label: i18n.T(ctx, "selection.signature")})
}

// ticked says whether somebody was ticked as absent.
func (p SessionPage) ticked(one models.SessionPerson) bool {
	return slices.Contains(p.Absent, strconv.Itoa(*one.SessionNumber))
}
