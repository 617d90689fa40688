package help

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/protection"
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

// The answers to the first question.
const (
	dangerNow    = string(protection.DangerNow)
	dangerAfraid = string(protection.DangerAfraid)
	dangerNo     = string(protection.DangerNo)
)

// Limits of what is typed, in letters. A country that nobody knows stands before the place.
const (
	maxCountry = 100
	maxStory   = protection.StoryLength
	maxWhere   = protection.PlaceLength - maxCountry - 2
	maxAddress = protection.AddressLength
	maxOthers  = protection.OthersLength
)

// TellForm is what somebody says at a door: three questions, and how they may be reached safely. Nothing in it must be
// answered but the country, and that may be unknown.
type TellForm struct {
	Token   string   `form:"token"`
	Danger  string   `form:"danger"`
	Country string   `form:"country"`
	Unknown string   `form:"unknown"`
	Where   string   `form:"where"`
	Story   string   `form:"story"`
	Channel string   `form:"channel"`
	Address string   `form:"address"`
	Hours   []string `form:"hours"`
	Message string   `form:"message"`
	NameUs  string   `form:"name_us"`
	Others  string   `form:"others"`
}

// reach is the part of it that is asked again when somebody changes their mind.
func (f TellForm) reach() ReachForm {
	return ReachForm{
		Channel: f.Channel, Address: f.Address, Hours: f.Hours, Message: f.Message, NameUs: f.NameUs, Others: f.Others,
	}
}

// Check answers with what is missing. Whoever is in danger now is asked for nothing; everybody else for the country, or
// that they do not know it, and for something to go on: what happened, where, or a way to reach them.
func (f TellForm) Check() form.Errors {
	var errs form.Errors
	long := func(field, value string, most int) { errs.Add(field, form.MaxRunes(value, most), "Max", most) }
	if f.Danger != dangerNow && blank(f.Country) && !f.unknown() {
		errs.Add("country", "door.form.country_missing")
	}
	long("country", f.Country, maxCountry)
	long("where", f.Where, maxWhere)
	long("story", f.Story, maxStory)
	if f.Danger != dangerNow {
		f.checkCalm(&errs)
	}
	f.reach().checkLength(&errs)
	return errs
}

// checkCalm asks for what whoever is in danger now is not asked for.
func (f TellForm) checkCalm(errs *form.Errors) {
	if blank(f.Story) && blank(f.Where) && blank(f.Address) {
		errs.Add("story", "door.form.story_missing")
	}
	f.reach().checkWay(errs)
}

// unknown says that the country is not known.
func (f TellForm) unknown() bool { return f.Unknown != "" }

func blank(text string) bool { return strings.TrimSpace(text) == "" }

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
	HadFile   bool // a file came with the form that is shown again, and has to be chosen again
}

// fileErrors say that a file has to be chosen again.
func (p FormPage) fileErrors() (errs form.Errors) {
	if p.HadFile {
		errs.Add("files", "attach.choose_again")
	}
	return errs
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

// calls are whom to call: the mission where one is chosen, then the police near here or the foreign ministry.
func (p FormPage) calls(ctx context.Context) []call {
	var calls []call
	if p.Chosen != nil {
		calls = missionCalls(ctx, p.Chosen.Missions)
	}
	if p.Door == Nearby || p.Door == Returning {
		return append(calls, hotlineCalls(ctx, public.EmergencyCalls(p.Hotlines))...)
	}
	return append(calls, hotlineCalls(ctx, fromAbroad(p.Hotlines))...)
}

// now is the number to call in danger.
func (p FormPage) now(ctx context.Context) []call { return first(p.calls(ctx), 1) }

// A choice is one answer of several.
type choice struct{ value, icon, label, text string }

func (p FormPage) dangers(ctx context.Context) []choice {
	return []choice{
		{dangerNow, "", i18n.T(ctx, "door.form.danger_now"), ""},
		{dangerAfraid, "", i18n.T(ctx, "door.form.afraid."+p.about()), ""},
		{dangerNo, "", i18n.T(ctx, "door.form.danger_no"), ""},
	}
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

// slugs are the doors' words in addresses.
var slugs = map[protection.Door]string{
	protection.DoorAbroad: Abroad, protection.DoorFamily: Family, protection.DoorReturning: Returning, protection.DoorNearby: Nearby,
}

// DoorOf is the door of a word in an address.
func DoorOf(slug string) (door protection.Door, ok bool) {
	for _, d := range protection.Doors() {
		if slugs[d] == slug {
			return d, true
		}
	}
	return "", false
}

// Filing is what was said, with the country that was meant; one that nobody knows stands before the place.
func (f TellForm) Filing(countries []models.Country) protection.Filing {
	filing := protection.Filing{
		FormToken: f.Token, CountryUnknown: f.unknown(), Place: f.Where, Story: f.Story, Reach: f.reach().Reach(),
	}
	for _, d := range protection.Dangers() {
		if f.Danger == string(d) {
			filing.Danger = d
		}
	}
	if c, ok := FindCountry(countries, f.Country); ok {
		filing.Country = c.Code
	} else if !blank(f.Country) {
		filing.CountryUnknown = true
		filing.Place = strings.Join(compact(strings.TrimSpace(f.Country), strings.TrimSpace(f.Where)), ", ")
	}
	return filing
}
