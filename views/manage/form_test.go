package manage

import (
	"bytes"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
)

// A day, and the instants at which registration opens and closes on it.
var (
	aDay   = time.Date(2027, 3, 2, 0, 0, 0, 0, time.UTC)
	opens  = record.DateDay(aDay).Start().Add(8 * time.Hour)
	closes = record.DateDay(aDay).End()
)

// samples are values that a form can hold, of fields for which not any value will do.
var samples = map[string]any{
	"MinutesPerJP": 60, // 45 is what no answer means
	"Costs":        []models.CostLine{{Label: "Seragam", Amount: 1_250_000}},
	"ClassDays":    record.Codes{"mon", "fri"}, "ClassFrom": "08.00", "ClassUntil": "16.30",
	"OpensAt": &opens, "ClosesAt": &closes,
}

// filled is a struct of which no field is zero.
func filled[T any](t *testing.T) (whole T) {
	t.Helper()
	v := reflect.ValueOf(&whole).Elem()
	for i := range v.NumField() {
		name, f := v.Type().Field(i).Name, v.Field(i)
		if sample, ok := samples[name]; ok {
			f.Set(reflect.ValueOf(sample))
			continue
		}
		if f.Kind() == reflect.Pointer {
			f.Set(reflect.New(f.Type().Elem()))
			f = f.Elem()
		}
		switch {
		case f.Type() == reflect.TypeFor[time.Time]():
			f.Set(reflect.ValueOf(aDay.AddDate(0, 0, i)))
		case f.Kind() == reflect.String:
			f.SetString("x" + name)
		case f.Kind() == reflect.Int:
			f.SetInt(int64(20 + i))
		case f.Kind() == reflect.Bool:
			f.SetBool(true)
		case f.Type() == reflect.TypeFor[record.Codes]():
			f.Set(reflect.ValueOf(record.Codes{"x" + name}))
		default:
			t.Fatalf("no sample of %s, a %s", name, f.Type())
		}
	}
	return whole
}

// lost are the fields of before that are another in after.
func lost(before, after any) (names []string) {
	b, a := reflect.ValueOf(before), reflect.ValueOf(after)
	for i := range b.NumField() {
		name := b.Type().Field(i).Name
		if !reflect.DeepEqual(b.Field(i).Interface(), a.FieldByName(name).Interface()) {
			names = append(names, name)
		}
	}
	return names
}

// unasked are the fields of a form for which its page has nothing to type, choose or tick.
func unasked(form any, page string) (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(form)) {
		name := strings.Split(f.Tag.Get("form"), ",")[0]
		if !regexp.MustCompile(`name="` + name + `[".[]`).MatchString(page) {
			names = append(names, name)
		}
	}
	return names
}

// What is kept of a programme is in its form and comes back from it, each field, and the page asks for each.
func TestEveryFieldOfAProgrammeIsInItsForm(t *testing.T) {
	ctx := i18n.With(t.Context(), i18n.ID)
	content := filled[models.ProgrammeContent](t)
	draft := models.ProgrammeDraft{Content: content}
	form := FormOf(ctx, draft)
	if names := lost(content, form.Content()); names != nil {
		t.Errorf("lost on the way through the form: %q", names)
	}
	if again := FormOf(ctx, models.ProgrammeDraft{Content: form.Content()}); !reflect.DeepEqual(form, again) {
		t.Errorf("%+v became %+v", form, again)
	}
	var page bytes.Buffer
	lists := Lists{Countries: []models.Country{{Code: content.Destinations[0], Destination: true}}}
	if err := Edit(EditPage{Draft: draft, Form: form, Lists: lists}).Render(ctx, &page); err != nil {
		t.Fatal(err)
	}
	if names := unasked(form, page.String()); names != nil {
		t.Errorf("the page does not ask for %q", names)
	}
}

// Each field of a programme stands in one section, and the section's part asks for its own and for no other: the pages one
// by one, the whole form and what is taken over from another programme are the same.
func TestSectionsAreTheWholeForm(t *testing.T) {
	ctx := i18n.With(t.Context(), i18n.ID)
	content := filled[models.ProgrammeContent](t)
	form := FormOf(ctx, models.ProgrammeDraft{Content: content})
	lists := Lists{Countries: []models.Country{{Code: content.Destinations[0], Destination: true}}}
	var taken ProgrammeForm
	for _, s := range Sections() {
		var page bytes.Buffer
		if err := s.part(EditPage{Form: form, Lists: lists}).Render(ctx, &page); err != nil {
			t.Fatal(err)
		}
		asked := slices.DeleteFunc(fieldNames(form), func(name string) bool { return slices.Contains(unasked(form, page.String()), name) })
		fields := slices.Clone(s.fields)
		slices.Sort(asked)
		slices.Sort(fields)
		if !slices.Equal(asked, fields) {
			t.Errorf("%s asks for %q and has %q", s.Slug, asked, fields)
		}
		taken = s.Take(taken, form)
	}
	taken.Version = form.Version
	if !reflect.DeepEqual(taken, form) {
		t.Errorf("all sections together are %+v, the form %+v", taken, form)
	}
}

// fieldNames are the names of a form's fields.
func fieldNames(form any) (names []string) {
	for _, f := range reflect.VisibleFields(reflect.TypeOf(form)) {
		names = append(names, strings.Split(f.Tag.Get("form"), ",")[0])
	}
	return names
}

// The same of an intake.
func TestEveryFieldOfAnIntakeIsInItsForm(t *testing.T) {
	ctx := i18n.With(t.Context(), i18n.ID)
	input := filled[models.IntakeInput](t)
	var kept models.Intake
	for i, v := 0, reflect.ValueOf(input); i < v.NumField(); i++ {
		reflect.ValueOf(&kept).Elem().FieldByName(v.Type().Field(i).Name).Set(v.Field(i))
	}
	form := IntakeFormOf(kept)
	if names := lost(input, form.Input()); names != nil {
		t.Errorf("lost on the way through the form: %q", names)
	}
	var page bytes.Buffer
	if err := Intake(IntakePage{Form: form}).Render(ctx, &page); err != nil {
		t.Fatal(err)
	}
	if names := unasked(form, page.String()); names != nil {
		t.Errorf("the page does not ask for %q", names)
	}
}

func TestLostFieldsAreFound(t *testing.T) {
	content := filled[models.ProgrammeContent](t)
	form := FormOf(t.Context(), models.ProgrammeDraft{Content: content})
	form.Scheme, form.Mobile, form.Costs = "", "", nil
	if names := lost(content, form.Content()); !slices.Equal(names, []string{"Scheme", "Costs", "MobileUnit"}) {
		t.Errorf("found %q", names)
	}
	names := unasked(IntakeForm{}, `<input name="version"><input name="number"><input name="opens.day">`)
	if !slices.Contains(names, "quota") ||
		slices.Contains(names, "opens") || slices.Contains(names, "number") {
		t.Errorf("found %q", names)
	}
}
