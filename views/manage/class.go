package manage

import (
	"context"
	"fmt"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

//i18n:family class.act.* class.title.* class.lede.* class.none.* class.what.*

// classWhats are what can be recorded in an act, the usual first; nothing leaves somebody as they are.
var classWhats = map[models.ClassAct][]string{
	models.ClassEnrol:  {models.RecordEnrolled, ""},
	models.ClassResult: {models.RecordPassed, models.RecordFailed, models.RecordDropped, ""},
	models.ClassAssess: {"competent", "not_yet", "scheduled", ""},
}

// ClassRow is what is typed of one of a class.
type ClassRow struct {
	Ref     string `form:"ref"`
	Version int    `form:"version"`
	What    string `form:"what"`
	Reason  string `form:"reason"`
	Text    string `form:"text"`
	Number  string `form:"number"`
}

// ClassForm is what is typed of a class. Step is save after the check, edit on the way back from it.
type ClassForm struct {
	Rows  []ClassRow `form:"rows"`
	On    form.Date  `form:"on"`
	LSP   string     `form:"lsp"`
	Place string     `form:"place"`
	Step  string     `form:"step"`
}

// Check says what is wrong in itself.
func (f ClassForm) Check(act models.ClassAct) form.Errors {
	var errs form.Errors
	for i, row := range f.Rows {
		errs.Add(RowField(i, "what"), form.OneOf(row.What, classWhats[act]...))
		errs.Add(RowField(i, "text"), form.MaxRunes(row.Text, recordText), "Max", recordText)
		if row.What == models.RecordDropped {
			errs.Add(RowField(i, "reason"), form.Required(row.Reason))
		}
	}
	if act == models.ClassAssess {
		errs.Add("on", f.On.CheckRequired())
		errs.Add("lsp", form.MaxRunes(f.LSP, maxLine), "Max", maxLine)
		errs.Add("place", form.MaxRunes(f.Place, maxLine), "Max", maxLine)
	}
	return errs
}

// Sheet is the form as the Store takes it; Check has passed.
func (f ClassForm) Sheet(act models.ClassAct) models.ClassSheet {
	sheet := models.ClassSheet{Act: act, On: dayOf(f.On), LSP: clean(f.LSP), Place: clean(f.Place)}
	for _, row := range f.Rows {
		sheet.Entries = append(sheet.Entries, models.ClassEntry{
			Ref: row.Ref, Version: row.Version, What: row.What, Reason: row.Reason, Text: clean(row.Text), Number: clean(row.Number),
		})
	}
	return sheet
}

// Refs are those of whom something is typed.
func (f ClassForm) Refs() []string {
	refs := make([]string, len(f.Rows))
	for i, row := range f.Rows {
		refs[i] = row.Ref
	}
	return refs
}

// RowRefusal is what stands against one row, at the field that it is about.
func RowRefusal(i int, r *models.Refusal) *models.Refusal {
	field := "what"
	switch r.Field {
	case "on":
		return r
	case "reason", "text", "number":
		field = r.Field
	}
	return &models.Refusal{Key: r.Key, Field: RowField(i, field), Args: r.Args}
}

// RowField is the name of a field of a row.
func RowField(i int, name string) string { return fmt.Sprintf("rows[%d].%s", i, name) }

// ClassPage is a class of whom something is recorded at once.
type ClassPage struct {
	Act       models.ClassAct
	Intake    models.PublicIntake
	Programme models.Programme
	People    []models.ClassPerson
	Sent      map[string]models.ClassRecord // of whom something was sent
	More      bool
	All       string // what is proposed for everybody, empty for the usual
	Reasons   []models.ReasonCode
	Form      ClassForm
	Errors    form.Errors
}

// A classLine is one of a class with what is typed of them.
type classLine struct {
	ClassRow
	Name    string
	Pending string
}

// sent are the lines of what was sent, in its order.
func (p ClassPage) sent() (list []classLine) {
	for _, row := range p.Form.Rows {
		line := classLine{ClassRow: row, Name: row.Ref}
		if person, ok := p.Sent[row.Ref]; ok {
			line.Name, line.Version = person.Name, person.Version
		}
		list = append(list, line)
	}
	return list
}

// lines are what was sent, then everybody else with what is proposed.
func (p ClassPage) lines() (list []classLine) {
	list = p.sent()
	for _, person := range p.People {
		if !slices.ContainsFunc(list, func(l classLine) bool { return l.Ref == person.Ref }) {
			row := ClassRow{Ref: person.Ref, Version: person.Version, What: p.proposed(person), Number: person.AssessmentNumber}
			list = append(list, classLine{row, person.Name, person.Pending})
		}
	}
	return list
}

// proposed is what stands for somebody at first: what was recorded, else the usual. Nothing is proposed of a test.
func (p ClassPage) proposed(person models.ClassPerson) string {
	switch {
	case person.Pending != "":
		return ""
	case slices.Contains(classWhats[p.Act], p.All) && p.All != "":
		return p.All
	case p.Act == models.ClassAssess:
		return text(person.Assessment)
	}
	return classWhats[p.Act][0]
}

func (p ClassPage) title(ctx context.Context) string {
	return i18n.T(ctx, "class.title."+string(p.Act), "Class", application.Name(ctx, p.Programme.Title, p.Intake.Intake))
}

func (p ClassPage) options(ctx context.Context) []components.Option {
	return options(classWhats[p.Act], func(what string) (string, string) { return what, classWhat(ctx, what) })
}

// classWhat is an outcome in words.
func classWhat(ctx context.Context, what string) string {
	if what == "" {
		return i18n.T(ctx, "class.skip")
	}
	return i18n.T(ctx, "class.what."+what)
}

// unfolded says whether more than the outcome is to be seen of somebody: something is typed there, or wrong.
func (p ClassPage) unfolded(ctx context.Context, i int, line classLine) bool {
	wrong := p.Errors.Text(ctx, RowField(i, "reason")) + p.Errors.Text(ctx, RowField(i, "text"))
	return line.Reason+line.Text+wrong != "" || line.What == models.RecordDropped
}

// nextPage is the class from the last one shown on.
func (p ClassPage) nextPage(ctx context.Context) string {
	if !p.More {
		return ""
	}
	return ambient.Href(ctx, urls.WithQuery(urls.ClassOf(p.Intake.Ref, string(p.Act)), "sesudah", p.People[len(p.People)-1].Ref))
}

// A classGroup are those of a class for whom the same is recorded, with the letter that they get.
type classGroup struct {
	What, Subject, Letter string
	Names                 []string
}

// groups are what will be recorded, by outcome in the order in which they are offered.
func (p ClassPage) groups(ctx context.Context) (list []classGroup) {
	lines := p.sent()
	for _, what := range classWhats[p.Act] {
		group := classGroup{What: what}
		for _, line := range lines {
			if line.What == what && line.Pending == "" {
				group.Names = append(group.Names, line.Name)
			}
		}
		if len(group.Names) == 0 {
			continue
		}
		if what != "" {
			group.Subject, group.Letter = mail.Preview(ctx, p.letter(what))
		}
		list = append(list, group)
	}
	return list
}

// letter is the template of the letter that an outcome sends.
func (p ClassPage) letter(what string) string {
	if p.Act == models.ClassAssess {
		return "application_assessed"
	}
	return letters[what]
}

// hidden are the fields of the form, to be sent again after the check.
func (p ClassPage) hidden() (list [][2]string) {
	for i, row := range p.Form.Rows {
		for _, field := range [][2]string{
			{"ref", row.Ref}, {"version", fmt.Sprint(row.Version)}, {"what", row.What}, {"reason", row.Reason}, {"text", row.Text},
			{"number", row.Number},
		} {
			if field[1] != "" {
				list = append(list, [2]string{RowField(i, field[0]), field[1]})
			}
		}
	}
	return append(list, [][2]string{
		{"on.day", p.Form.On.Day}, {"on.month", p.Form.On.Month}, {"on.year", p.Form.On.Year}, {"lsp", p.Form.LSP}, {"place", p.Form.Place},
	}...)
}
