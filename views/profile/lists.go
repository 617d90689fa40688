package profile

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// mostRows is how many languages or jobs are asked for at most.
const mostRows = 10

// A LanguageRow is one language as it is typed.
type LanguageRow struct {
	Language string `form:"language"`
	Ability  string `form:"ability"`
}

// LanguagesForm are the languages beside Indonesian. More asks for another row.
type LanguagesForm struct {
	Rows []LanguageRow `form:"rows" differs:"cells"`
	None string        `form:"none"`
	More string        `form:"more" differs:"-"`
}

// LanguagesPage asks for the languages that the person knows.
type LanguagesPage struct {
	Form   LanguagesForm
	Errors form.Errors
}

// abilities are how well somebody can know a language.
var abilities = []string{"basic", "conversation", "fluent"}

func abilityOptions(ctx context.Context) []components.Option {
	list := make([]components.Option, len(abilities))
	for i, a := range abilities {
		list[i] = components.Option{Value: a, Label: i18n.T(ctx, "profile.ability."+a)}
	}
	return list
}

func (r LanguageRow) empty() bool { return strings.TrimSpace(r.Language) == "" && r.Ability == "" }

// Check says what is missing or wrong; a row left empty is no language.
func (f LanguagesForm) Check() form.Errors {
	var errs form.Errors
	seen := map[string]bool{}
	for i, r := range f.Rows {
		if r.empty() {
			continue
		}
		errs.Add(rowName(i)+".language", form.Required(r.Language))
		errs.Add(rowName(i)+".language", form.MaxRunes(r.Language, 60), "Max", 60)
		errs.Add(rowName(i)+".ability", form.OneOf(r.Ability, abilities...))
		folded := strings.ToLower(strings.TrimSpace(r.Language))
		if seen[folded] {
			errs.Add(rowName(i)+".language", "profile.languages.twice")
		}
		seen[folded] = true
	}
	if len(seen) == 0 && f.None == "" {
		errs.Add(rowName(0)+".language", "profile.languages.missing")
	}
	return errs
}

// Languages is the form as the Store takes it; Check has passed.
func (f LanguagesForm) Languages() []models.KnownLanguage {
	var list []models.KnownLanguage
	for _, r := range f.Rows {
		if !r.empty() {
			list = append(list, models.KnownLanguage{Language: strings.TrimSpace(r.Language), Ability: r.Ability})
		}
	}
	return list
}

// LanguagesOf fills the form with what is kept and an empty row.
func LanguagesOf(w models.WholeProfile) LanguagesForm {
	var f LanguagesForm
	for _, l := range w.Languages {
		f.Rows = append(f.Rows, LanguageRow{Language: l.Language, Ability: l.Ability})
	}
	if w.Profile.NoLanguages {
		f.None = "yes"
	}
	return f
}

func (f LanguagesForm) shown() []LanguageRow { return withEmpty(f.Rows, LanguageRow.empty) }

// withEmpty adds an empty row for the next entry while there is room.
func withEmpty[T any](rows []T, empty func(T) bool) []T {
	rows = slices.Clone(rows)
	if len(rows) < mostRows && (len(rows) == 0 || !empty(rows[len(rows)-1])) {
		var next T
		rows = append(rows, next)
	}
	return rows
}

// WorkAge is from which age a job is believed.
const WorkAge = 10

// A JobRow is one job as it is typed.
type JobRow struct {
	Position    string `form:"position"`
	Employer    string `form:"employer"`
	Country     string `form:"country"`
	Start       string `form:"start"`
	End         string `form:"end"`
	Description string `form:"description"`
}

// JobsForm are the jobs that the person had. More asks for another row.
type JobsForm struct {
	Rows []JobRow `form:"rows" differs:"cells"`
	None string   `form:"none"`
	More string   `form:"more" differs:"-"`
}

// JobsPage asks for the jobs that the person had.
type JobsPage struct {
	Form      JobsForm
	Countries []models.Country
	Years     Years // in which somebody can have worked
	Errors    form.Errors
}

func (r JobRow) empty() bool {
	return strings.TrimSpace(r.Position+r.Employer+r.Start+r.End+r.Description) == ""
}

// Check says what is missing or wrong; a row left empty is no job.
func (p JobsPage) Check() form.Errors {
	var errs form.Errors
	f := p.Form
	filled := 0
	for i, r := range f.Rows {
		if r.empty() {
			continue
		}
		filled++
		name := rowName(i)
		errs.Add(name+".position", form.Required(r.Position))
		errs.Add(name+".position", form.MaxRunes(r.Position, 100), "Max", 100)
		errs.Add(name+".employer", form.Required(r.Employer))
		errs.Add(name+".employer", form.MaxRunes(r.Employer, 150), "Max", 150)
		errs.Add(name+".country", form.Required(r.Country))
		errs.Add(name+".start", form.Required(r.Start))
		p.Years.add(&errs, name+".start", r.Start)
		p.Years.add(&errs, name+".end", r.End)
		if from, to := year(r.Start), year(r.End); from != nil && to != nil && *to < *from {
			errs.Add(name+".end", "profile.jobs.order")
		}
		errs.Add(name+".description", form.MaxRunes(r.Description, 500), "Max", 500)
	}
	if filled == 0 && f.None == "" {
		errs.Add(rowName(0)+".position", "profile.jobs.missing")
	}
	return errs
}

// Experiences is the form as the Store takes it; Check has passed.
func (f JobsForm) Experiences() []models.Experience {
	var list []models.Experience
	for _, r := range f.Rows {
		if r.empty() {
			continue
		}
		list = append(list, models.Experience{
			Position: strings.TrimSpace(r.Position), Employer: strings.TrimSpace(r.Employer), Country: r.Country,
			StartYear: *year(r.Start), EndYear: year(r.End), Description: strings.TrimSpace(r.Description),
		})
	}
	return list
}

// JobsOf fills the form with what is kept.
func JobsOf(w models.WholeProfile) JobsForm {
	var f JobsForm
	for _, e := range w.Experiences {
		f.Rows = append(f.Rows, JobRow{
			Position: e.Position, Employer: e.Employer, Country: e.Country,
			Start: strconv.Itoa(e.StartYear), End: yearText(e.EndYear), Description: e.Description,
		})
	}
	if w.Profile.NoExperience {
		f.None = "yes"
	}
	return f
}

func (f JobsForm) shown() []JobRow { return withEmpty(f.Rows, JobRow.empty) }

// unpeopled are places of the list of countries where nobody is employed in a household or a works.
var unpeopled = []string{"AQ", "BV", "GS", "HM", "TF", "UM"}

// countryOptions are the countries by name: Indonesia, those to which people usually go, and the rest.
func (p JobsPage) countryOptions(ctx context.Context) []components.Option {
	rank := func(c models.Country) int {
		switch {
		case c.Code == "ID":
			return 0
		case c.Destination:
			return 1
		}
		return 2
	}
	countries := slices.DeleteFunc(slices.Clone(p.Countries), func(c models.Country) bool { return slices.Contains(unpeopled, c.Code) })
	lang := i18n.Of(ctx)
	slices.SortStableFunc(countries, func(a, b models.Country) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.Name.In(lang), b.Name.In(lang)))
	})
	list := make([]components.Option, len(countries))
	for i, c := range countries {
		list[i] = components.Option{Value: c.Code, Label: c.Name.In(lang)}
	}
	return list
}

// CheckCountries refuses a country that is not on the list.
func (p JobsPage) CheckCountries(errs *form.Errors) {
	known := make([]string, len(p.Countries))
	for i, c := range p.Countries {
		known[i] = c.Code
	}
	for i, r := range p.Form.Rows {
		if !r.empty() {
			errs.Add(rowName(i)+".country", form.OneOf(r.Country, known...))
		}
	}
}
