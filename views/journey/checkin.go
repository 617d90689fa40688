package journey

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family checkin.state.* checkin.stuck.* checkin.answer.* checkin.way.*

// daysAWeek counts weeks in days.
const daysAWeek = 7

// After how many days a step is taken whose number was left empty.
const (
	usualRemind   = "1"
	usualRelative = "3"
)

// CheckinForm is what somebody chooses for their check-ins. A step without a tick is left out; the case never is.
type CheckinForm struct {
	Shown        string `form:"checkin"` // the check-in that stood on the page, and its version
	Version      int    `form:"version"`
	Channel      string `form:"channel"`
	Every        string `form:"every"`
	Unit         string `form:"unit"` // day or week
	FromHour     string `form:"from_hour"`
	ToHour       string `form:"to_hour"`
	Remind       string `form:"remind"`
	RemindDays   string `form:"remind_days"`
	Relative     string `form:"relative"`
	RelativeDays string `form:"relative_days"`
	CaseDays     string `form:"case_days"`
	Word         string `form:"word"`
	NoWord       string `form:"no_word"`
	Ties         string `form:"ties"`
	Agree        string `form:"agree"`
}

// CheckinFormOf fills the form with what is on, or with what is usual; the word is never shown again.
func CheckinFormOf(o journey.OwnCheckin) CheckinForm {
	if o.ID == 0 {
		f := CheckinForm{Every: "1", Unit: "week", FromHour: "18", ToHour: "21", Remind: "1", RemindDays: usualRemind, CaseDays: "5"}
		if o.Relatives > 0 {
			f.Relative, f.RelativeDays = "1", usualRelative
		}
		if len(o.Ways) == 1 {
			f.Channel = o.Ways[0].Channel
		}
		return f
	}
	f := CheckinForm{
		Shown: o.Ref, Version: o.Version, Channel: o.Channel,
		Every: strconv.Itoa(o.EveryDays), Unit: "day", FromHour: strconv.Itoa(o.FromHour), ToHour: strconv.Itoa(o.ToHour),
		CaseDays: strconv.Itoa(o.CaseDays),
	}
	if o.EveryDays%daysAWeek == 0 {
		f.Every, f.Unit = strconv.Itoa(o.EveryDays/daysAWeek), "week"
	}
	if o.RemindDays != nil {
		f.Remind, f.RemindDays = "1", strconv.Itoa(*o.RemindDays)
	}
	if o.RelativeDays != nil {
		f.Relative, f.RelativeDays = "1", strconv.Itoa(*o.RelativeDays)
	}
	if o.TiesAccount {
		f.Ties = "1"
	}
	return f
}

// Check looks at the form alone.
func (f CheckinForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("channel", form.OneOf(f.Channel, "email", "phone"))
	errs.Add("every", form.Required(f.Every))
	errs.Add("every", form.Integer(f.Every, 1, journey.MostEvery), "Min", 1, "Max", journey.MostEvery)
	errs.Add("unit", form.OneOf(f.Unit, "day", "week"))
	errs.Add("from_hour", form.OneOf(f.FromHour, hours()...))
	errs.Add("to_hour", form.OneOf(f.ToHour, hours()...))
	if f.Remind != "" {
		errs.Add("remind_days", form.Integer(f.RemindDays, 1, journey.MostRemind), "Min", 1, "Max", journey.MostRemind)
	}
	if f.Relative != "" {
		errs.Add("relative_days", form.Integer(f.RelativeDays, 1, journey.MostRelative), "Min", 1, "Max", journey.MostRelative)
	}
	errs.Add("case_days", form.Required(f.CaseDays))
	errs.Add("case_days", form.Integer(f.CaseDays, journey.LeastCase, journey.MostCase), "Min", journey.LeastCase, "Max", journey.MostCase)
	if !journey.WordFits(f.Word) {
		errs.Add("word", "checkin.word_wrong")
	}
	if f.Agree == "" {
		errs.Add("agree", "checkin.agree_missing")
	}
	if errs.Any() && f.Word != "" {
		errs.Add("word", "checkin.word_retype") // it stands on no page again
	}
	return errs
}

// Input is the form as the Store takes it.
func (f CheckinForm) Input() journey.CheckinInput {
	in := journey.CheckinInput{
		Shown: f.Shown, Version: f.Version, Channel: f.Channel,
		EveryDays: value(f.Every), FromHour: value(f.FromHour), ToHour: value(f.ToHour), CaseDays: value(f.CaseDays),
		Word: f.Word, NoWord: f.NoWord != "", TiesAccount: f.Ties != "", Agreed: f.Agree != "",
	}
	if f.Unit == "week" {
		in.EveryDays *= daysAWeek
	}
	if f.Remind != "" {
		in.RemindDays = new(value(cmp.Or(f.RemindDays, usualRemind)))
	}
	if f.Relative != "" {
		in.RelativeDays = new(value(cmp.Or(f.RelativeDays, usualRelative)))
	}
	return in
}

func value(text string) int {
	n, _ := form.Int(text)
	return int(n)
}

func hours() (list []string) {
	for h := range 24 {
		list = append(list, strconv.Itoa(h))
	}
	return list
}

func hourOptions() (list []components.Option) {
	for h, value := range hours() {
		text := strconv.Itoa(h) + ".00"
		list = append(list, components.Option{Value: value, Label: text})
	}
	return list
}

// CheckinPage is somebody's check-in: how it stands, and the form by which it is switched on.
type CheckinPage struct {
	Own    journey.OwnCheckin
	Form   CheckinForm
	Quiet  QuietForm
	Errors form.Errors
}

// wayOptions are the contacts that can be asked at; they are shown in part, as everywhere.
func (p CheckinPage) wayOptions(ctx context.Context) (list []components.Option) {
	for _, w := range p.Own.Ways {
		list = append(list, components.Option{
			Value: w.Channel, Label: i18n.T(ctx, "checkin.way."+w.Channel) + ": " + models.ShownAddress(w.Address),
		})
	}
	return list
}

func unitOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: "day", Label: i18n.T(ctx, "checkin.unit_day")}, {Value: "week", Label: i18n.T(ctx, "checkin.unit_week")},
	}
}

// stateView is one check-in with what is said of how it stands.
type stateView struct{ journey.OwnCheckin }

// waits is the asking that waits for an answer, nil where none does.
func (v stateView) waits() *journey.OwnRound {
	for i, r := range v.Rounds {
		if r.Open {
			return &v.Rounds[i]
		}
	}
	return nil
}

// title says how it stands; an answer that is waited for comes first.
func (v stateView) title(ctx context.Context) string {
	if r := v.waits(); r != nil && v.State == journey.CheckinOn {
		return i18n.T(ctx, "checkin.waits", "When", i18n.Date(ctx, r.AskedAt))
	}
	return i18n.T(ctx, "checkin.state."+v.State)
}

// kind is the colour of the state: green only where it is on and nothing is waited for.
func (v stateView) kind() components.NoticeKind {
	switch v.State {
	case journey.CheckinOn:
		if v.waits() != nil {
			return components.NoticeWarning
		}
		return components.NoticeSuccess
	case journey.CheckinStuck, journey.CheckinRaised:
		return components.NoticeFix
	}
	return components.NoticeInfo
}

func (v stateView) text(ctx context.Context) string {
	switch v.State {
	case journey.CheckinOn:
		return v.next(ctx)
	case journey.CheckinStuck:
		return i18n.T(ctx, "checkin.stuck."+v.Why)
	case journey.CheckinQuiet:
		return i18n.T(ctx, "checkin.quiet_until", "When", i18n.Date(ctx, *v.QuietUntil))
	case journey.CheckinRaised:
		return i18n.T(ctx, "checkin.raised_text")
	}
	return i18n.T(ctx, "checkin.off_text")
}

// next says when the person is asked, or what follows while an answer is waited for.
func (v stateView) next(ctx context.Context) string {
	switch {
	case v.waits() != nil:
		return i18n.T(ctx, "checkin.waits_text")
	case !v.NextAt.After(ambient.From(ctx).Now):
		return i18n.T(ctx, "checkin.next_soon")
	case len(v.Rounds) == 0:
		return i18n.T(ctx, "checkin.first", "When", i18n.Instant(ctx, v.NextAt))
	}
	return i18n.T(ctx, "checkin.next", "When", i18n.Instant(ctx, v.NextAt))
}

// steps are what happens when nothing is heard, in the person's own numbers.
func (p CheckinPage) steps(ctx context.Context) (list []string) {
	if d := p.Own.RemindDays; d != nil {
		list = append(list, i18n.T(ctx, "checkin.step_remind", "Count", *d))
	}
	if d := p.Own.RelativeDays; d != nil {
		key := "checkin.step_relative"
		if p.Own.Relatives == 0 {
			key = "checkin.step_relative_gone"
		}
		list = append(list, i18n.T(ctx, key, "Count", *d))
	}
	return append(list, i18n.T(ctx, "checkin.step_case", "Count", p.Own.CaseDays))
}

// roundText is what became of an asking.
func roundText(ctx context.Context, r journey.OwnRound) string {
	var text []string
	switch {
	case r.Answer != "":
		text = append(text, i18n.T(ctx, "checkin.answer."+r.Answer))
	case r.Raised:
		text = append(text, i18n.T(ctx, "checkin.answer.none"))
	default:
		text = append(text, i18n.T(ctx, "checkin.answer.open"))
	}
	if r.Missing {
		text = append(text, i18n.T(ctx, "checkin.missing"))
	}
	return strings.Join(text, " ")
}

// QuietForm pauses the check-ins; without days it ends a pause.
type QuietForm struct {
	From  form.Date `form:"from"`
	Until form.Date `form:"until"`
	Again string    `form:"again"`
}

// Check looks at the form alone.
func (f QuietForm) Check() form.Errors {
	var errs form.Errors
	if f.Again == "" {
		errs.Add("from", f.From.CheckRequired())
		errs.Add("until", f.Until.CheckRequired())
	}
	return errs
}

// Days are the days of the pause, none where it ends.
func (f QuietForm) Days() (from, until *time.Time) {
	if f.Again != "" {
		return nil, nil
	}
	return timeOf(f.From), timeOf(f.Until)
}

// RelativeForm is whom somebody trusts.
type RelativeForm struct {
	Token    string   `form:"token"`
	Name     string   `form:"name"`
	Relation string   `form:"relation"`
	Address  string   `form:"address"`
	Language string   `form:"language"`
	Sees     []string `form:"sees"`
	Version  int      `form:"version"`
}

// What can be granted; alerts go with each.
const (
	SeesStation = "station"
	SeesPlace   = "place"
	SeesPapers  = "papers"
)

// May says whether something was ticked.
func (f RelativeForm) May(what string) bool {
	for _, s := range f.Sees {
		if s == what {
			return true
		}
	}
	return false
}

// Input is the form as the Store takes it.
func (f RelativeForm) Input() journey.RelativeInput {
	return journey.RelativeInput{
		FormToken: f.Token, Name: f.Name, Relation: f.Relation, Address: f.Address, Language: f.Language,
		SeesStation: f.May(SeesStation), SeesPlace: f.May(SeesPlace), SeesPapers: f.May(SeesPapers),
	}
}

// Check looks at the form alone.
func (f RelativeForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("name", form.Required(f.Name))
	errs.Add("address", form.Required(f.Address))
	errs.Add("language", form.OneOf(f.Language, "id", "en"))
	return errs
}

// RelativesPage is whom the reader trusts, and the form for one more.
type RelativesPage struct {
	List   []journey.TrustedRelative
	Base   string // of the portal's addresses
	Form   RelativeForm
	Errors form.Errors
}

func seesOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: SeesStation, Label: i18n.T(ctx, "relative.sees_station")}, {Value: SeesPlace, Label: i18n.T(ctx, "relative.sees_place")},
		{Value: SeesPapers, Label: i18n.T(ctx, "relative.sees_papers")},
	}
}

// granted are the ticks of a relative.
func granted(r journey.TrustedRelative) (list []string) {
	for what, may := range map[string]bool{SeesStation: r.SeesStation, SeesPlace: r.SeesPlace, SeesPapers: r.SeesPapers} {
		if may {
			list = append(list, what)
		}
	}
	return list
}

func languageOptions(ctx context.Context) []components.Option {
	return []components.Option{{Value: "id", Label: i18n.T(ctx, "relative.in_id")}, {Value: "en", Label: i18n.T(ctx, "relative.in_en")}}
}
