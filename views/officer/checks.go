package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family officer.check.*

// CheckForm is what an officer saw on the KTP. Field all marks every field as the same.
type CheckForm struct {
	Field   string    `form:"field"`
	Differs string    `form:"differs"`
	Date    form.Date `form:"date"`
	Regency string    `form:"regency"`
	Name    string    `form:"name"`
	Number  string    `form:"number"`
	Passed  string    `form:"passed"`
	Note    string    `form:"note"`
}

// Inputs are the checks as the Store takes them.
func (f CheckForm) Inputs() []models.CheckInput {
	if f.Field == "all" {
		var list []models.CheckInput
		for _, field := range models.CheckedFields {
			list = append(list, models.CheckInput{Field: field})
		}
		return list
	}
	in := models.CheckInput{
		Field: f.Field, Differs: f.Differs != "", SeenName: f.Name, SeenNumber: f.Number, PassedAs: f.Passed, Note: f.Note,
	}
	if day, ok := f.Date.Time(); ok {
		in.SeenDate = &day
	}
	if f.Regency != "" {
		in.SeenRegency = &f.Regency
	}
	return []models.CheckInput{in}
}

// checkValue is what the person filled in, to compare with the KTP.
func (p ApplicationPage) checkValue(ctx context.Context, field string) string {
	profile := p.Application.Profile.Profile
	switch field {
	case models.CheckNIK:
		if p.NIK != "" {
			return p.NIK
		}
		return profile.NIKMasked
	case models.CheckName:
		return p.Application.Profile.User.Name
	case models.CheckBirthDate:
		if profile.BirthDate != nil {
			return i18n.Date(ctx, *profile.BirthDate)
		}
	case models.CheckKTPAddress:
		if a := p.Application.Profile.KTP; a != nil {
			return p.addressText(*a)
		}
	}
	return ""
}

// checkTag says how a field stands against the KTP.
func (p ApplicationPage) checkTag(ctx context.Context, field string) components.TagProps {
	check, ok := p.Application.Profile.Checks[field]
	switch {
	case !ok:
		return components.TagProps{Kind: components.TagYours, Label: i18n.T(ctx, "officer.check.open")}
	case check.PassedAs != "":
		return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "officer.check.passed")}
	case check.Outcome == "differs":
		return components.TagProps{Kind: components.TagRefused, Label: i18n.T(ctx, "officer.check.differs")}
	}
	return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "officer.check.same")}
}

// allSame says whether all fields may be found right at one press: nothing differs and nothing is to be looked at.
func (p ApplicationPage) allSame() bool {
	for _, check := range p.Application.Profile.Checks {
		if check.Outcome == "differs" {
			return false
		}
	}
	return p.mine() && len(p.Application.Warnings) == 0
}

// checked are the results for a field, the newest first; those that count no more too.
func (p ApplicationPage) checked(field string) (list []models.CheckBy) {
	for _, c := range p.Application.Checked {
		if c.Field == field {
			list = append(list, c)
		}
	}
	return list
}

// seenText is what stands on the card instead, empty where nobody wrote it down.
func (p ApplicationPage) seenText(ctx context.Context, c models.IdentityCheck) string {
	day, regency, number := "", "", c.SeenMasked
	if c.SeenDate != nil {
		day = i18n.Date(ctx, *c.SeenDate)
	}
	if c.SeenRegency != nil {
		regency = p.regencyName(*c.SeenRegency)
	}
	if c.SupersededAt == nil && p.Application.SeenNIK != "" && c.Field == models.CheckNIK {
		number = p.Application.SeenNIK
	}
	return application.Listed(day, c.SeenName, regency, number)
}

// resultText says who found what: what was typed then, and what the card says.
func (p ApplicationPage) resultText(ctx context.Context, c models.CheckBy) string {
	var parts []string
	if c.Outcome == "differs" {
		parts = append(parts, i18n.T(ctx, "officer.check.typed", "Text", typedText(ctx, c.IdentityCheck)))
		if seen := p.seenText(ctx, c.IdentityCheck); seen != "" {
			parts = append(parts, i18n.T(ctx, "officer.check.card", "Text", seen))
		}
		if c.PassedAs != "" {
			parts = append(parts, i18n.T(ctx, "officer.check.pass."+c.PassedAs))
		}
	} else {
		parts = append(parts, i18n.T(ctx, "officer.check.same"), typedText(ctx, c.IdentityCheck))
	}
	if c.Note != "" {
		parts = append(parts, c.Note)
	}
	return strings.Join(parts, " · ")
}

// resultBy says who made a check and when, and whether it counts no more.
func resultBy(ctx context.Context, c models.CheckBy) string {
	text := c.Officer + " · " + i18n.Near(ctx, ambient.From(ctx).Now, c.At)
	if c.SupersededAt != nil {
		text += " · " + i18n.T(ctx, "officer.check.superseded")
	}
	return text
}

// typedText is what the person had typed when somebody looked.
func typedText(ctx context.Context, c models.IdentityCheck) string {
	if day, err := time.Parse(time.DateOnly, c.Typed); err == nil {
		return i18n.Date(ctx, day)
	}
	return c.Typed
}

// passOptions are why a difference of the field does not matter.
func passOptions(ctx context.Context, field string) []components.Option {
	var options []components.Option
	for _, code := range models.DifferenceReasons[field] {
		options = append(options, components.Option{Value: code, Label: i18n.T(ctx, "officer.check.pass."+code)})
	}
	return options
}

// differing asks for a repair of what differs from the card and matters, with what the card says.
func (p ApplicationPage) differing(ctx context.Context) []FixRow {
	var rows []FixRow
	for _, field := range models.CheckedFields {
		c, ok := p.Application.Profile.Checks[field]
		if !ok || c.Outcome != "differs" || c.PassedAs != "" {
			continue
		}
		target := "identity"
		if field == models.CheckKTPAddress {
			target = "address"
		}
		c.SupersededAt = &c.At // a number only in its masked form
		note := i18n.T(ctx, "officer.check.mend", "Field", i18n.T(ctx, "officer.check."+field), "Text", p.seenText(ctx, c))
		if i := len(rows) - 1; i >= 0 && rows[i].Target == target {
			rows[i].Note += " " + note
			continue
		}
		rows = append(rows, FixRow{Target: target, Note: note})
	}
	return rows
}
