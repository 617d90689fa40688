package manage

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family manage.part.*

// A Section is one decision about a programme: a page of its own for whoever goes step by step, a part of the whole form,
// and what can be taken over from another programme.
type Section struct {
	Slug   string // in addresses
	title  string // the last part of its words
	fields []string
	part   func(EditPage) templ.Component
}

// Sections are all of a programme in the order in which it is written.
func Sections() []Section {
	return []Section{
		{"nama", "name", []string{"title", "code", "description"}, partName},
		{"bidang", "field", []string{"sector", "occupation", "scheme", "units", "kkni"}, partField},
		{"lama", "length", []string{"hours", "minutes", "days"}, partLength},
		{"peserta", "who", []string{
			"age_min", "age_max", "education", "dki", "certificate", "requirements", "physical", "language_needs", "prepare",
		}, partWho},
		{costSection, "cost", []string{"funding", "costs", "refund"}, partCost},
		{"fasilitas", "facilities", []string{"facilities", "allowance"}, partFacilities},
		{"tempat", "where", []string{"method", "regency", "place", "street", "mobile", "accessibility", "contact"}, partWhere},
		{"hasil", "outcome", []string{"outcome_training", "outcome_bnsp", "outcome_language", "destinations"}, partOutcome},
	}
}

// SectionOf finds a section by its name in addresses.
func SectionOf(slug string) (s Section, ok bool) {
	list := Sections()
	i := slices.IndexFunc(list, func(s Section) bool { return s.Slug == slug })
	if i < 0 {
		return s, false
	}
	return list[i], true
}

// Title is what the section is called.
func (s Section) Title(ctx context.Context) string { return i18n.T(ctx, "manage.part."+s.title) }

// has says whether a field, or a row of it, stands in the section.
func (s Section) has(field string) bool {
	name, _, _ := strings.Cut(field, "[")
	return slices.Contains(s.fields, name)
}

// missing counts what the section still lacks.
func (s Section) missing(d models.ProgrammeDraft) (n int) {
	for _, f := range d.Faults {
		if s.has(f.Field) {
			n++
		}
	}
	return n
}

// Take gives the form with the section as another form has it.
func (s Section) Take(f, from ProgrammeForm) ProgrammeForm {
	to, other := reflect.ValueOf(&f).Elem(), reflect.ValueOf(from)
	for i := range to.NumField() {
		if s.has(to.Type().Field(i).Tag.Get("form")) {
			to.Field(i).Set(other.Field(i))
		}
	}
	return f
}

// SectionPage asks for one section of a programme.
type SectionPage struct {
	EditPage
	Section Section
	Preview models.ProgrammeDetail // as it is kept
	Stay    SectionStay
}

// Check says what is wrong in the section.
func (p SectionPage) Check() (errs form.Errors) {
	for _, e := range p.Form.Check() {
		if p.Section.has(e.Field) {
			errs.Add(e.Field, e.Key, e.Args...)
		}
	}
	return errs
}

// Same says whether the section says what is kept already.
func (p SectionPage) Same(ctx context.Context) bool {
	return len(form.Differences(FormOf(ctx, p.Draft), p.Form)) == 0
}

// SectionStay asks for the same page after the section is kept.
type SectionStay struct {
	Asked string `form:"tetap"` // somebody types on
}

// Next is where whoever goes step by step comes after the section: the next one, the first intake, or all answers once more.
func (p SectionPage) Next() string {
	ref, list := p.Draft.Programme.Ref, Sections()
	if p.Stay.Asked != "" {
		return urls.ManageSection(ref, p.Section.Slug)
	}
	i := slices.IndexFunc(list, func(s Section) bool { return s.Slug == p.Section.Slug })
	switch {
	case i+1 < len(list):
		return urls.ManageSection(ref, list[i+1].Slug)
	case len(p.Draft.Intakes) == 0:
		return urls.ManageNewIntake(ref)
	}
	return urls.ManageSubmitProgramme(ref)
}

// autosave marks the form that a script keeps while somebody types. Whoever was overtaken decides by the button.
func (p SectionPage) autosave() templ.Attributes {
	if p.Stale {
		return nil
	}
	return templ.Attributes{"data-autosave": true}
}

// costSection is the section whose rows there may be more of, in addresses.
const costSection = "biaya"

// grows says whether the section has rows that there may be more of.
func (p SectionPage) grows() bool { return p.Section.Slug == costSection }

// Again is where whoever wants room for more rows comes: the same section.
func (p SectionPage) Again(rows string) string {
	return urls.ManageSection(p.Draft.Programme.Ref, p.Section.Slug) + "#f-" + rows
}

// step says which section of how many this is.
func (p SectionPage) step(ctx context.Context) string {
	list := Sections()
	i := slices.IndexFunc(list, func(s Section) bool { return s.Slug == p.Section.Slug })
	return i18n.T(ctx, "manage.wizard.step", "N", i+1, "All", len(list))
}

func (p SectionPage) overtaken(ctx context.Context) *components.OvertakenProps {
	if !p.Stale {
		return nil
	}
	return Overtaken(ctx, p.Edits, form.Differences(FormOf(ctx, p.Draft), p.Form), urls.ManageSection(p.Draft.Programme.Ref, p.Section.Slug))
}

// sectionState says whether a section lacks anything.
func sectionState(ctx context.Context, s Section, d models.ProgrammeDraft) components.TagProps {
	if n := s.missing(d); n > 0 {
		return components.TagProps{Label: i18n.T(ctx, "manage.wizard.missing", "Count", n), Kind: components.TagFix}
	}
	return components.TagProps{Label: i18n.T(ctx, "manage.wizard.whole")}
}

// CopyPage asks before a programme is copied.
type CopyPage struct {
	Draft models.ProgrammeDraft
	Form  CopyForm
}

// CopyForm copies a programme into a new draft.
type CopyForm struct {
	Token   string `form:"token"`
	Intakes string `form:"angkatan"`
}

// TakeForm takes sections over from another programme.
type TakeForm struct {
	Version  int      `form:"version"`
	Text     string   `form:"q"`
	From     string   `form:"asal"`
	Sections []string `form:"bagian"`
}

// Taken is the form of a programme with the chosen sections of another one, whose code stays its own.
func (f TakeForm) Taken(kept, from ProgrammeForm) ProgrammeForm {
	from.Code = kept.Code
	for _, slug := range f.Sections {
		if s, ok := SectionOf(slug); ok {
			kept = s.Take(kept, from)
		}
	}
	return kept
}

// TakePage chooses what a programme takes over from another one, and shows what that replaces.
type TakePage struct {
	Draft  models.ProgrammeDraft
	Others []models.Programme // from which can be taken
	From   *models.ProgrammeDraft
	Form   TakeForm
	Lists  Lists
	Errors form.Errors
	Stale  bool // somebody else was faster
	Edits  []models.Edit
}

// shows says whether enough is chosen to show what is replaced.
func (p TakePage) shows() bool { return p.From != nil && len(p.Form.Sections) > 0 }

// changes are what would be replaced, old and new.
func (p TakePage) changes(ctx context.Context) components.ChangesProps {
	kept := FormOf(ctx, p.Draft)
	return components.ChangesProps{
		Fields: form.Differences(kept, p.Form.Taken(kept, FormOf(ctx, *p.From))),
		Of:     Edit(EditPage{Draft: p.Draft, Form: kept, Lists: p.Lists}),
	}
}

func (p TakePage) otherOptions() []components.Option {
	return options(p.Others, func(other models.Programme) (string, string) { return other.Ref, other.Title + " (" + other.Ref + ")" })
}

func sectionOptions(ctx context.Context) []components.Option {
	return options(Sections(), func(s Section) (string, string) { return s.Slug, s.Title(ctx) })
}

func (p TakePage) overtaken(ctx context.Context) *components.OvertakenProps {
	return overtakenProgramme(ctx, p.Stale, p.Edits, p.Draft)
}
