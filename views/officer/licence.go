package officer

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family licence.kind.* licence.state.* licence.list.* licence.column.*

// LicenceForm brings a list of licences in.
type LicenceForm struct {
	Token  string    `form:"token"`
	Kind   string    `form:"kind"`
	Source string    `form:"source"`
	Day    form.Date `form:"day"`
}

// Check looks at what is missing; the Store knows the rest.
func (f LicenceForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("kind", form.OneOf(f.Kind, journey.LicenceKinds()...))
	errs.Add("source", form.Required(f.Source))
	errs.Add("day", f.Day.CheckRequired())
	return errs
}

// LicencesPage are the lists of licences, with the form for another one.
type LicencesPage struct {
	Lists   []journey.LicenceList
	Today   record.Day
	MayKeep bool
	Form    LicenceForm
	Errors  form.Errors
}

// current is the list of a kind that counts today, nil where there is none.
func (p LicencesPage) current(kind string) *journey.LicenceList {
	for i, l := range p.Lists {
		if l.Kind == kind && l.State == journey.ListPublished && !record.DateDay(l.ListedOn).After(p.Today) {
			return &p.Lists[i]
		}
	}
	return nil
}

func licenceKinds(ctx context.Context) (list []components.Option) {
	for _, kind := range journey.LicenceKinds() {
		list = append(list, components.Option{Value: kind, Label: i18n.T(ctx, "licence.kind."+kind)})
	}
	return list
}

// listTag is the state of a list.
func listTag(ctx context.Context, l journey.LicenceList) components.TagProps {
	tag := components.TagProps{Label: i18n.T(ctx, "licence.list."+l.State)}
	if l.State == journey.ListWaiting {
		tag.Kind = components.TagYours
	}
	return tag
}

// LicenceSeenForm carries the version of a list that was seen.
type LicenceSeenForm struct {
	Version int `form:"version"`
}

// A LicenceColumn is a column of a file with what stands in its first rows.
type LicenceColumn struct {
	Name    string
	Samples []string
}

// LicenceListPage is one list at the desk. Of a draft Columns are those of the file, Rows its first rows as they are read,
// Read how many there are, and DaysUnread and StatesUnread in how many of them a word is kept as it stands.
type LicenceListPage struct {
	journey.LicenceListPage
	MayKeep      bool
	Own          bool
	Columns      []LicenceColumn
	Read         int
	LeftOut      int
	DaysUnread   int
	StatesUnread int
	Form         LicenceSeenForm
	Errors       form.Errors
}

// licenceCodes are what a list can say, in the order of the form.
var licenceCodes = []string{"name", "number", "state", "until", "place"}

// columnOptions are the columns of the file to choose from.
func (p LicenceListPage) columnOptions() (list []components.Option) {
	for i, c := range p.Columns {
		label := c.Name
		if len(c.Samples) > 0 {
			label += " (" + strings.Join(c.Samples, "; ") + ")"
		}
		list = append(list, components.Option{Value: strconv.Itoa(i), Label: label})
	}
	return list
}

// chosen is the column of the file for what a list can say.
func (p LicenceListPage) chosen(code string) string {
	if at, ok := p.List.Chosen()[code]; ok {
		return strconv.Itoa(at)
	}
	return ""
}

func (p LicenceListPage) version() string { return strconv.Itoa(p.List.Version) }

// facts are what is known of the list.
func (p LicenceListPage) facts(ctx context.Context) []components.Fact {
	l := p.List
	facts := []components.Fact{
		{Label: i18n.T(ctx, "licence.kind"), Text: i18n.T(ctx, "licence.kind."+l.Kind)},
		{Label: i18n.T(ctx, "licence.source"), Text: l.Source},
		{Label: i18n.T(ctx, "licence.listed_on"), Text: i18n.Date(ctx, l.ListedOn)},
		{Label: i18n.T(ctx, "licence.file"), Text: l.FileName},
		{Label: i18n.T(ctx, "licence.made_by"), Text: l.Maker + ", " + i18n.Instant(ctx, l.MadeAt)},
	}
	if l.DecidedAt != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "licence.decided_by"), Text: l.Decider + ", " + i18n.Instant(ctx, *l.DecidedAt)})
	}
	return facts
}

// licenceState is the state of a licence: a word of ours, or what the list writes.
func licenceState(ctx context.Context, l journey.Licence) string {
	if l.State == "other" {
		return i18n.T(ctx, "licence.as_written", "Text", l.StateSaid)
	}
	return i18n.T(ctx, "licence.state."+l.State)
}

// licenceUntil is until when it holds.
func licenceUntil(ctx context.Context, l journey.Licence) string {
	switch {
	case l.ValidUntil != nil:
		return i18n.Date(ctx, *l.ValidUntil)
	case l.ValidSaid != "":
		return i18n.T(ctx, "licence.as_written", "Text", l.ValidSaid)
	}
	return ""
}

//i18n:family licence.act.* licence.act_text.*

// licencePath is where a button of a list leads.
func licencePath(ref, act string) string {
	switch act {
	case "ask":
		return urls.LicenceAsk(ref)
	case "publish":
		return urls.LicencePublish(ref)
	}
	return urls.LicenceDrop(ref)
}

func licenceButtonKind(act string) components.ButtonKind {
	if act == "drop" {
		return components.Danger
	}
	return components.Primary
}
