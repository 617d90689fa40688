package manage

import (
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/intext"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family programme.session.* programme.selection.* manage.record.* manage.assessment.* manage.standing.* manage.intake.absence.*

// IntakeForm is an intake as it is typed. Registration opens at 08.00 and closes at 23.59 WIB.
type IntakeForm struct {
	Version    int       `form:"version"`
	Number     string    `form:"number"`
	Session    string    `form:"session"`
	Selection  string    `form:"selection"`
	Opens      form.Date `form:"opens"`
	Closes     form.Date `form:"closes"`
	Test       form.Date `form:"test"`
	Announce   form.Date `form:"announce"`
	Starts     form.Date `form:"starts"`
	Ends       form.Date `form:"ends"`
	Quota      string    `form:"quota"`
	Reserve    string    `form:"reserve"`
	EnrolDays  string    `form:"enrol_days"`
	Place      string    `form:"place"`
	ClassDays  []string  `form:"class_days"`
	ClassFrom  string    `form:"class_from"`
	ClassUntil string    `form:"class_until"`

	AbsenceIn   string `form:"absence_in"`
	AbsenceMost string `form:"absence_most"`
}

// Check says what is missing or wrong in itself.
func (f IntakeForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("number", form.Required(f.Number))
	errs.Add("selection", form.OneOf(f.Selection, string(models.ByTest), string(models.ByFirstCome)))
	errs.Add("quota", form.Required(f.Quota))
	if f.Session != "" {
		errs.Add("session", form.OneOf(f.Session, "morning", "afternoon", "evening"))
	}
	if f.AbsenceIn != "" {
		errs.Add("absence_in", form.OneOf(f.AbsenceIn, models.AbsenceDays, models.AbsencePercent))
		errs.Add("absence_most", form.Required(f.AbsenceMost))
	} else if most := number(f.AbsenceMost); most != nil && *most != 0 {
		errs.Add("absence_in", form.Required(""))
	}
	for _, n := range []struct{ name, value string }{
		{"absence_most", orZero(f.AbsenceMost)},
		{"number", f.Number}, {"quota", f.Quota}, {"reserve", orZero(f.Reserve)}, {"enrol_days", orThree(f.EnrolDays)},
	} {
		r := models.IntakeRanges[n.name]
		errs.Add(n.name, form.Integer(n.value, r.Min, r.Max), "Min", r.Min, "Max", r.Max)
	}
	for _, d := range []struct {
		name string
		date form.Date
	}{{"opens", f.Opens}, {"closes", f.Closes}, {"test", f.Test}, {"announce", f.Announce}, {"starts", f.Starts}, {"ends", f.Ends}} {
		errs.Add(d.name, d.date.Check())
	}
	for _, day := range f.ClassDays {
		errs.Add("class_days", form.OneOf(day, models.WeekDays...))
	}
	for _, clock := range []struct{ name, value string }{{"class_from", f.ClassFrom}, {"class_until", f.ClassUntil}} {
		if _, ok := models.ReadClock(clock.value); !ok && strings.TrimSpace(clock.value) != "" {
			errs.Add(clock.name, "manage.invite.hour_form")
		}
	}
	return errs
}

// clockOf is a typed time of day as it is kept, empty for none.
func clockOf(text string) string {
	clock, ok := models.ReadClock(text)
	if !ok {
		return ""
	}
	return clock
}

func orZero(text string) string {
	if strings.TrimSpace(text) == "" {
		return "0"
	}
	return text
}

func orThree(text string) string {
	if strings.TrimSpace(text) == "" {
		return "3"
	}
	return text
}

// Input is the form as the Store takes it; Check has passed.
func (f IntakeForm) Input() models.IntakeInput {
	in := models.IntakeInput{
		Number: *number(f.Number), Session: f.Session, Selection: models.Selection(f.Selection), Place: strings.TrimSpace(f.Place),
		TestOn: dayOf(f.Test), AnnounceOn: dayOf(f.Announce), StartsOn: dayOf(f.Starts), EndsOn: dayOf(f.Ends),
		Quota: *number(f.Quota), ReserveSeats: *number(orZero(f.Reserve)), EnrolDays: *number(orThree(f.EnrolDays)),
		AbsenceIn: f.AbsenceIn, AbsenceMost: *number(orZero(f.AbsenceMost)),
	}
	in.ClassDays, in.ClassFrom, in.ClassUntil = f.ClassDays, clockOf(f.ClassFrom), clockOf(f.ClassUntil)
	in.OpensAt, in.ClosesAt = opensOn(dayOf(f.Opens)), closesOn(dayOf(f.Closes))
	return in
}

// IntakeFormOf fills the form with what is kept.
func IntakeFormOf(in models.Intake) IntakeForm {
	date := func(t *time.Time) form.Date {
		if t == nil {
			return form.Date{}
		}
		return form.DateOf(*t)
	}
	instant := func(t *time.Time) form.Date {
		if t == nil {
			return form.Date{}
		}
		return form.DateOf(t.In(i18n.WIB))
	}
	most := ""
	if in.AbsenceIn != "" {
		most = strconv.Itoa(in.AbsenceMost)
	}
	return IntakeForm{
		AbsenceIn: in.AbsenceIn, AbsenceMost: most,
		Version: in.Version, Number: strconv.Itoa(in.Number), Session: in.Session, Selection: string(in.Selection), Place: in.Place,
		Opens: instant(in.OpensAt), Closes: instant(in.ClosesAt), Test: date(in.TestOn), Announce: date(in.AnnounceOn),
		Starts: date(in.StartsOn), Ends: date(in.EndsOn),
		Quota: strconv.Itoa(in.Quota), Reserve: strconv.Itoa(in.ReserveSeats), EnrolDays: strconv.Itoa(in.EnrolDays),
		ClassDays: in.ClassDays, ClassFrom: in.ClassFrom, ClassUntil: in.ClassUntil,
	}
}

// IntakePage is the form of an intake: a new one of a programme, or one that is there.
type IntakePage struct {
	Programme models.Programme
	Intake    *models.PublicIntake
	Form      IntakeForm
	Errors    form.Errors
	Stale     bool // somebody else was faster
	Edits     []models.Edit
}

// datesLater says whether the dates may stay open for now: an intake of a public programme is public at once.
func (p IntakePage) datesLater() bool { return p.Programme.State != models.ProgrammePublished }

func sessionOptions(ctx context.Context) []components.Option {
	wholeDay := components.Option{Value: "", Label: i18n.T(ctx, "manage.intake.whole_day")}
	sessions := options([]string{"morning", "afternoon", "evening"}, func(code string) (string, string) {
		return code, i18n.T(ctx, "programme.session."+code)
	})
	return append([]components.Option{wholeDay}, sessions...)
}

func absenceOptions(ctx context.Context) []components.Option {
	return options([]string{models.AbsenceDays, models.AbsencePercent}, func(code string) (string, string) {
		return code, i18n.T(ctx, "manage.intake.absence."+code)
	})
}

func dayOptions(ctx context.Context) []components.Option {
	return options(models.WeekDays, func(code string) (string, string) { return code, models.WeekDay(ctx, code) })
}

func selectionOptions(ctx context.Context) []components.Option {
	return options([]models.Selection{models.ByTest, models.ByFirstCome}, func(s models.Selection) (string, string) {
		return string(s), i18n.T(ctx, "programme.selection."+string(s))
	})
}

// ApplicantPage is one applicant with what can be recorded now.
type ApplicantPage struct {
	Applicant models.Applicant
	Offer     models.Offer
	Events    []models.ApplicationEvent
	Reasons   map[string][]models.ReasonCode // by outcome
	Texts     map[string]models.ReasonCode   // of the history, by code
	Notes     []models.ApplicationNote
	Note      NoteForm
	Recall    RecallForm
	Form      RecordForm
	Errors    form.Errors
	Stale     bool
}

func reasonOptions(ctx context.Context, list []models.ReasonCode) []components.Option {
	return options(list, func(r models.ReasonCode) (string, string) { return r.Code, r.Text.In(i18n.Of(ctx)) })
}

func age(birth *time.Time, now time.Time) string {
	if birth == nil {
		return ""
	}
	return strconv.Itoa(models.Profile{BirthDate: birth}.AgeOn(record.DayOf(now).Date()))
}

// HomePage is what waits for staff.
type HomePage struct {
	Institution models.Institution
	Work        models.ManagerWork
	Note        string                  // of the officer's latest decision about the institution
	State       models.ApplicationState // of the applicants whose intakes are listed, empty for those that run or will
}

// intakesTitle names the list of intakes by the number that led to it.
func (p HomePage) intakesTitle(ctx context.Context) string {
	switch p.State {
	case models.Verified, models.Attended, models.Accepted:
		return i18n.T(ctx, "manage.home."+string(p.State))
	}
	return i18n.T(ctx, "manage.home.intakes")
}

// A homeCount is a number on the first page with the list that it counts.
type homeCount struct {
	label string
	n     int64
	path  string
}

func (p HomePage) counts(ctx context.Context) []homeCount {
	w := p.Work
	of := func(s models.ApplicationState, n int64) homeCount {
		path := urls.WithQuery(urls.Manage(), "keadaan", string(s)) + "#angkatan"
		return homeCount{i18n.T(ctx, "manage.home."+string(s)), n, path}
	}
	in := func(key, list string, n int64) homeCount {
		return homeCount{i18n.T(ctx, key), n, ownProgrammes(models.OwnFilter{List: list})}
	}
	list := []homeCount{
		of(models.Verified, w.Verified), of(models.Attended, w.Attended), of(models.Accepted, w.Accepted),
		in("manage.home.returned", models.OwnReturned, w.Returned), in("manage.programme_state.draft", models.OwnDraft, w.Drafts),
		in("manage.programme_state.submitted", models.OwnSubmitted, w.Submitted),
	}
	if w.Approved > 0 {
		list = append(list, in("manage.programme_state.approved", models.OwnApproved, w.Approved))
	}
	return append(list, in("manage.programme_state.published", models.OwnPublished, w.Published))
}

// standing says what the officers' decision means for the institution's programmes; empty while it is
// verified.
func (p HomePage) standing(ctx context.Context) string {
	if p.Institution.State == models.InstitutionVerified {
		if now := ambient.From(ctx).Now; p.Institution.LicenceOver(now) {
			return i18n.T(ctx, "join.over.staff", "Date", i18n.Date(ctx, *p.Institution.LicenseExpiresOn))
		}
		return ""
	}
	return i18n.T(ctx, "manage.standing."+string(p.Institution.State))
}

// InstitutionForm is the institution's own page as it is typed.
type InstitutionForm struct {
	Version   int    `form:"version"`
	About     string `form:"about"`
	Phone     string `form:"phone"`
	Email     string `form:"email"`
	Website   string `form:"website"`
	Complaint string `form:"complaint"`
}

// InstitutionFormOf fills the form with what is kept.
func InstitutionFormOf(i models.Institution) InstitutionForm {
	return InstitutionForm{
		Version: i.Version, About: i.About, Phone: i.Phone, Email: i.Email, Website: i.Website, Complaint: i.ComplaintContact,
	}
}

// Check says what is wrong in itself.
func (f InstitutionForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("about", form.MaxRunes(f.About, maxText), "Max", maxText)
	for _, field := range []struct{ name, value string }{{"phone", f.Phone}, {"website", f.Website}, {"complaint", f.Complaint}} {
		errs.Add(field.name, form.MaxRunes(field.value, maxLine), "Max", maxLine)
	}
	errs.Refuse("phone", models.CheckOfficePhone(f.Phone))
	if strings.TrimSpace(f.Email) != "" {
		_, err := models.ParseEmail(f.Email)
		errs.Refuse("email", err)
	}
	if site := strings.TrimSpace(f.Website); site != "" {
		if _, ok := intext.WebHost(site); !ok {
			errs.Add("website", "manage.institution.website_form")
		}
	}
	return errs
}

// Input is the form as the Store takes it; Check has passed.
func (f InstitutionForm) Input() models.InstitutionInput {
	return models.InstitutionInput{
		About: clean(f.About), Phone: strings.TrimSpace(f.Phone), Email: strings.TrimSpace(f.Email),
		Website: strings.TrimSpace(f.Website), ComplaintContact: strings.TrimSpace(f.Complaint),
	}
}

// InstitutionPage edits the institution's own page.
type InstitutionPage struct {
	Institution models.Institution
	Form        InstitutionForm
	Errors      form.Errors
	Stale       bool // somebody else was faster
	Edits       []models.Edit
}
