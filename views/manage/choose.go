package manage

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

//i18n:family selection.do.* selection.check.* selection.about.* announce.outcome.*

// SelectForm is an act for many applicants: for those who were ticked, or for all whom the filter finds.
type SelectForm struct {
	Act          string    `form:"aksi"`
	Applications []string  `form:"applications"`
	All          string    `form:"semua"`
	Count        int64     `form:"banyak"`
	List         string    `form:"daftar"`
	Text         string    `form:"q"`
	Education    string    `form:"pendidikan"`
	Lowest       string    `form:"nilai"`
	Session      string    `form:"session"`
	Seen         string    `form:"seen"`
	On           form.Date `form:"at"`
	Hour         string    `form:"hour"`
	Place        string    `form:"place"`
	Reason       string    `form:"reason"`
	Explain      string    `form:"text"`
	Why          string    `form:"why"`
	Token        string    `form:"token"`
}

// SelectFormOf is the form as the table's address asks for it.
func SelectFormOf(query url.Values) SelectForm {
	return SelectForm{
		Act: query.Get("aksi"), Applications: query["orang"], All: query.Get("semua"),
		List: query.Get("daftar"), Text: query.Get("q"), Education: query.Get("pendidikan"),
		Lowest: query.Get("nilai"),
	}
}

// Check says what is missing or wrong in itself.
func (f SelectForm) Check() form.Errors {
	var errs form.Errors
	if len(f.Applications) == 0 && f.All == "" {
		errs.Add("applications", models.ErrNobodyChosen.Key)
	}
	errs.Add("text", form.MaxRunes(f.Explain, recordText), "Max", recordText)
	errs.Add("why", form.MaxRunes(f.Why, recordText), "Max", recordText)
	if f.Act != models.SelectInvited || f.placed() {
		return errs
	}
	errs.Add("at", f.On.CheckRequired())
	if _, err := time.Parse("15.04", dotted(f.Hour)); err != nil {
		errs.Add("hour", "manage.invite.hour_form")
	}
	errs.Add("place", form.Required(f.Place))
	errs.Add("place", form.MaxRunes(f.Place, maxLine), "Max", maxLine)
	return errs
}

// placed says whether people go into sessions that there are; without that it is a new one.
func (f SelectForm) placed() bool { return f.Session != "" && f.Session != newSession }

// session is what is chosen when the page opens: by order, or the only session.
func (f SelectForm) session(ways []models.SessionWay) string {
	if f.Session == "" && f.Place == "" {
		return ways[0].Way
	}
	return f.Session
}

func dotted(hour string) string { return strings.ReplaceAll(strings.TrimSpace(hour), ":", ".") }

// at is the instant of a day and an hour that Check has passed.
func at(on form.Date, hour string) time.Time {
	day, _ := on.Time()
	clock, _ := time.Parse("15.04", dotted(hour))
	return record.DateDay(day).Start().Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute)
}

// Chosen is whom the act is for.
func (f SelectForm) Chosen() models.Chosen {
	return models.Chosen{
		Refs: f.Applications, All: f.All != "", Count: f.Count,
		Filter: models.ApplicantFilter{List: f.List, Text: f.Text, Education: f.Education, Lowest: f.Lowest},
	}
}

// Input is the act as the Store takes it; Check has passed.
func (f SelectForm) Input(token string) models.SelectionInput {
	in := models.SelectionInput{
		Token: token, Act: f.Act, Chosen: f.Chosen(), Reason: f.Reason, Text: f.Explain, Why: f.Why, Place: f.Place,
	}
	switch {
	case f.Act != models.SelectInvited:
	case f.placed():
		in.Session, in.Seen = f.Session, f.Seen
	default:
		in.At = at(f.On, f.Hour)
	}
	return in
}

// hidden carries on whom the act is for.
func (f SelectForm) hidden(count int64) [][2]string {
	list := [][2]string{{"aksi", f.Act}, {"token", f.Token}}
	if f.All == "" {
		for _, ref := range f.Applications {
			list = append(list, [2]string{"applications", ref})
		}
		return list
	}
	return append(list, [][2]string{
		{"semua", f.All}, {"banyak", strconv.FormatInt(count, 10)}, {"daftar", f.List}, {"q", f.Text},
		{"pendidikan", f.Education}, {"nilai", f.Lowest},
	}...)
}

// ChoosePage asks before an act for many applicants.
type ChoosePage struct {
	Check   models.SelectionCheck
	Reasons []models.ReasonCode
	Form    SelectForm
	Errors  form.Errors
	Stale   bool
}

// act is the page before it.
func (p ChoosePage) act(ctx context.Context) components.CheckActProps {
	what, back := p.Form.Act, urls.ManageApplicants(p.Check.Intake.Ref)
	able := p.Check.Count - p.Check.CannotAll
	act := components.CheckActProps{
		Title: i18n.T(ctx, "selection.check."+what, "Count", able), Text: i18n.T(ctx, "selection.about."+what),
		Action: ambient.Href(ctx, urls.ManageSelect(p.Check.Intake.Ref)), Do: i18n.T(ctx, "selection.check."+what, "Count", able),
		Back: ambient.Href(ctx, back), Harmless: recordKind(what) != components.Danger,
	}
	letter := letters[what]
	if what == models.SelectInvited {
		letter = "application_invited"
		act.Action = ambient.Href(ctx, urls.ManageInvite(p.Check.Intake.Ref))
	}
	if letter != "" {
		act.Subject, act.Letter = mail.Preview(ctx, letter)
		act.Whom = i18n.T(ctx, "selection.letters", "Count", able)
	}
	return act
}

// asksSeats says whether an act gives seats, so that the page shows how many there are.
func (p ChoosePage) asksSeats() bool {
	return slices.Contains([]string{models.RecordAccepted, models.RecordReserve}, p.Form.Act)
}

// names are the first of the people an act is for, and how many there are besides.
func names(ctx context.Context, list []models.Applicant, all int64) string {
	shown := make([]string, len(list))
	for i, a := range list {
		shown[i] = a.Name
	}
	text := strings.Join(shown, ", ")
	if more := all - int64(len(list)); more > 0 {
		text += " " + i18n.T(ctx, "selection.and_more", "Count", more)
	}
	return text
}

// SelectionPage says what became of an act for many.
type SelectionPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	Run       models.SelectionRun
}

// NoteForm is a note of the team about an applicant.
type NoteForm struct {
	Text  string `form:"note"`
	Token string `form:"token"`
}

// RecallForm takes back what was recorded, with a reason for the desk's history.
type RecallForm struct {
	Why string `form:"why"`
}

// AnnounceForm announces the outcomes of an intake. Its moment is a form of its own.
type AnnounceForm struct {
	Seen   string `form:"seen"`
	Moment MomentForm
}

// AnnouncePage asks before the outcomes of an intake become known, and says when they do.
type AnnouncePage struct {
	Check  models.AnnounceCheck
	Form   AnnounceForm
	Errors form.Errors
	Stale  bool
}

// now says when people hear of what is announced now.
func (p AnnouncePage) now(ctx context.Context) string {
	if p.Check.Minutes == 0 {
		return i18n.T(ctx, "announce.at_once")
	}
	return i18n.T(ctx, "announce.now", "Count", p.Check.Minutes)
}

// outcomes are those that wait, in the order in which they are carried out.
func (p AnnouncePage) outcomes() []string {
	return slices.DeleteFunc(slices.Clone(models.Announceable), func(what string) bool { return p.Check.Counts[what] == 0 })
}

// pendingText says when what was recorded becomes known.
func pendingText(ctx context.Context, a models.Applicant) string {
	if a.PendingAt == nil {
		return i18n.T(ctx, "announce.waits")
	}
	return i18n.T(ctx, "manage.pending_until", "When", i18n.Instant(ctx, *a.PendingAt))
}
