package help

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/form"
	"naikkelas/views/public"
)

// The four doors, as they stand in addresses.
const (
	Abroad    = "luar-negeri"
	Family    = "keluarga"
	Returning = "pulang"
	Nearby    = "dekat"
)

// Doors are the four doors.
func Doors() []string { return []string{Abroad, Family, Returning, Nearby} }

// The answers to the form's choices.
const (
	dangerNow    = "now"
	dangerAfraid = "afraid"
	dangerNo     = "no"

	byMail  = "email"
	nobody  = "none"
	trusted = "trusted"
	allowed = "ya"
)

// Limits of what is typed, in letters.
const (
	maxStory = 4000
	maxShort = 300
)

// TellForm is what somebody says at a door: three questions, and how they may be reached safely. Nothing in it must be
// answered but the country, and that may be unknown.
type TellForm struct {
	Token   string   `form:"token"`
	Danger  string   `form:"bahaya"`
	Country string   `form:"negara"`
	Unknown string   `form:"entah"`
	Place   string   `form:"tempat"`
	Story   string   `form:"cerita"`
	Channel string   `form:"lewat"`
	Address string   `form:"kontak"`
	Hours   []string `form:"jam"`
	Message string   `form:"pesan"`
	NameUs  string   `form:"sebut"`
	Others  string   `form:"lain"`
}

// Check answers with what is missing. Whoever is in danger now is asked for nothing; everybody else for the country, or
// that they do not know it, and for something to go on: what happened, where, or a way to reach them.
func (f TellForm) Check() form.Errors {
	var errs form.Errors
	long := func(field, value string, most int) { errs.Add(field, form.MaxRunes(value, most), "Max", most) }
	if f.Danger != dangerNow && blank(f.Country) && !f.unknown() {
		errs.Add("negara", "door.form.country_missing")
	}
	long("negara", f.Country, maxShort)
	long("tempat", f.Place, maxShort)
	long("cerita", f.Story, maxStory)
	if f.Danger != dangerNow {
		f.checkCalm(&errs)
	}
	long("kontak", f.Address, maxShort)
	long("lain", f.Others, maxShort)
	return errs
}

// checkCalm asks for what whoever is in danger now is not asked for.
func (f TellForm) checkCalm(errs *form.Errors) {
	if blank(f.Story) && blank(f.Place) && blank(f.Address) {
		errs.Add("cerita", "door.form.story_missing")
	}
	switch {
	case f.Channel == nobody:
	case f.Channel == "":
		if !blank(f.Address) {
			errs.Add("lewat", "door.form.channel_missing")
		}
	case blank(f.Address):
		errs.Add("kontak", "door.form.address_missing")
	case f.Channel == byMail && !strings.Contains(f.Address, "@"):
		errs.Add("kontak", "door.form.mail_unclear")
	case f.Channel != byMail && f.Channel != trusted && digits(f.Address) < 6:
		errs.Add("kontak", "door.form.number_unclear")
	}
}

// unknown says that the country is not known.
func (f TellForm) unknown() bool { return f.Unknown != "" }

func blank(text string) bool { return strings.TrimSpace(text) == "" }

func digits(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// FindCountry is the country that somebody means by a code or a name in either language, however it is spaced; a part of
// a name is enough where it stands in one name alone.
func FindCountry(list []models.Country, text string) (models.Country, bool) {
	typed := plainName(text)
	var within []models.Country
	for _, c := range list {
		names := []string{plainName(c.Code), plainName(c.Name.ID), plainName(c.Name.EN)}
		if typed != "" && slices.Contains(names, typed) {
			return c, true
		}
		if len(typed) >= 4 && (strings.Contains(names[1], typed) || strings.Contains(names[2], typed)) {
			within = append(within, c)
		}
	}
	if len(within) == 1 {
		return within[0], true
	}
	return models.Country{}, false
}

// plainName is the small letters of a name, without what stands between them.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// FormPage is the form behind one door.
type FormPage struct {
	Door      string
	Chosen    *models.CountryContacts // where somebody came from, nil for nowhere in particular
	Countries []models.Country        // with a mission, to choose from
	Hotlines  []models.Hotline
	Form      TellForm
	Errors    form.Errors
}

//i18n:family door.form.danger.* door.form.where.* door.form.afraid.*

// about is whom a question of this door is about, as keys say it.
func (p FormPage) about() string {
	switch p.Door {
	case Family:
		return "family"
	case Nearby:
		return "nearby"
	}
	return "you"
}

// title is of the page, and says when nothing has been sent.
func (p FormPage) title(ctx context.Context) string {
	if p.Errors.Any() {
		return i18n.T(ctx, "door.title.unsent")
	}
	return i18n.T(ctx, "door.title.form")
}

// now is the number to call in danger: of the mission where one is chosen, of the police near here, of the foreign
// ministry else.
func (p FormPage) now(ctx context.Context) []call {
	if p.Chosen != nil {
		if calls := missionCalls(ctx, p.Chosen.Missions); len(calls) > 0 {
			return calls[:1]
		}
	}
	list := fromAbroad(p.Hotlines)
	if p.Door == Nearby || p.Door == Returning {
		list = public.EmergencyCalls(p.Hotlines)
	}
	return hotlineCalls(ctx, first(list, 1))
}

// A choice is one answer of several.
type choice struct{ value, icon, label, text string }

func (p FormPage) dangers(ctx context.Context) []choice {
	return []choice{
		{dangerNow, "", i18n.T(ctx, "door.form.danger_now"), ""},
		{dangerAfraid, "", i18n.T(ctx, "door.form.afraid."+p.about()), ""},
		{dangerNo, "", i18n.T(ctx, "door.form.danger_no"), ""},
	}
}

func channels(ctx context.Context) []choice {
	return []choice{
		{"whatsapp", "message-circle", i18n.T(ctx, "door.form.whatsapp"), ""},
		{"phone", "phone", i18n.T(ctx, "door.form.phone"), ""},
		{"sms", "smartphone", i18n.T(ctx, "door.form.sms"), ""},
		{byMail, "mail", i18n.T(ctx, "door.form.email"), ""},
	}
}

func otherChannels(ctx context.Context) []choice {
	return []choice{
		{trusted, "users", i18n.T(ctx, "door.form.trusted"), ""},
		{nobody, "bell-off", i18n.T(ctx, "door.form.nobody"), i18n.T(ctx, "door.form.nobody_text")},
	}
}

func hours(ctx context.Context) []choice {
	return []choice{
		{"morning", "", i18n.T(ctx, "door.form.morning"), i18n.T(ctx, "door.form.hours", "From", "6", "To", "11")},
		{"day", "", i18n.T(ctx, "door.form.day"), i18n.T(ctx, "door.form.hours", "From", "11", "To", "17")},
		{"evening", "", i18n.T(ctx, "door.form.evening"), i18n.T(ctx, "door.form.hours", "From", "17", "To", "22")},
		{"any", "", i18n.T(ctx, "door.form.any"), ""},
	}
}

// mays are the answers to whether we may do something; whoever says nothing forbids it.
func mays(ctx context.Context) []choice {
	return []choice{{allowed, "", i18n.T(ctx, "door.form.may"), ""}, {"", "", i18n.T(ctx, "door.form.may_not"), ""}}
}

// described points a field at its hint, and at what is wrong with it.
func described(errs form.Errors, name, hint string) templ.Attributes {
	attributes := templ.Attributes{}
	ids := compact(hint)
	if errs.Of(name) != "" {
		ids = append([]string{name + "-salah"}, ids...)
		attributes["aria-invalid"] = "true"
	}
	if len(ids) > 0 {
		attributes["aria-describedby"] = strings.Join(ids, " ")
	}
	return attributes
}
