package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family officer.change.*

// lastAct is when the acting officer did something with the file last, the zero time when they never did.
func (p ApplicationPage) lastAct() (at time.Time) {
	for _, c := range p.Application.Checked {
		if c.OfficerID == p.Me && c.At.After(at) {
			at = c.At
		}
	}
	for _, e := range p.Application.Events {
		if e.ActorID != nil && *e.ActorID == p.Me && e.At.After(at) {
			at = e.At
		}
	}
	return at
}

// isNew says whether something changed after the acting officer had to do with the file.
func (p ApplicationPage) isNew(c models.ProfileChange) bool {
	last := p.lastAct()
	return !last.IsZero() && c.At.After(last)
}

// changedValue is one side of a change; of schooling the code of the level stands before the school.
func (p ApplicationPage) changedValue(ctx context.Context, field, text string) string {
	if code, school, _ := strings.Cut(text, " "); field == models.ChangedEducation && code != "" {
		return p.schooling(ctx, code, school)
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return i18n.Date(ctx, day)
	}
	if text == "" {
		return i18n.T(ctx, "officer.change.nothing")
	}
	return text
}

// checkedFacts are who the person was when officers passed the file.
func (p ApplicationPage) checkedFacts(ctx context.Context) []components.Fact {
	id := p.Application.Identity
	facts := []components.Fact{
		{Label: i18n.T(ctx, "officer.check.name"), Text: id.Name},
		{Label: i18n.T(ctx, "officer.check.nik"), Text: id.NIKMasked},
		{Label: i18n.T(ctx, "officer.check.ktp_address"), Text: id.Address},
	}
	if id.BirthDate != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.check.birth_date"), Text: i18n.Date(ctx, *id.BirthDate)})
	}
	return facts
}

// checkedBy says who looked, and when.
func (p ApplicationPage) checkedBy(ctx context.Context) string {
	id := p.Application.Identity
	who := id.OfficerName
	if who == "" {
		who = i18n.T(ctx, "application.role.system")
	}
	return who + " · " + i18n.Near(ctx, ambient.From(ctx).Now, id.At)
}

// again says whether officers have to look at the file again.
func (p ApplicationPage) again() bool {
	return p.Application.RecheckSince != nil && p.Application.State.Decided()
}

// LookForm ends a second look. Outcome is renew or keep.
type LookForm struct {
	Outcome string `form:"outcome"`
	Note    string `form:"note"`
}

// AgreeForm is why a second officer agrees to a refusal that the findings contradict.
type AgreeForm struct {
	Reason string `form:"agree_reason"`
	Why    string `form:"agree_why"`
}

// TakeOverForm is why a colleague's file is taken over.
type TakeOverForm struct {
	Why string `form:"why"`
}
