package journey

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/form"
)

// StayForm is where somebody waits for their departure.
type StayForm struct {
	Agency  string    `form:"agency"`
	Address string    `form:"address"`
	Since   form.Date `form:"since"`
	Leaves  form.Date `form:"leaves"`
}

// StayFormOf is the form of a stay that is kept.
func StayFormOf(s journey.Stay) StayForm {
	if s.ID == 0 {
		return StayForm{}
	}
	return StayForm{Agency: s.Agency, Address: s.Address, Since: form.DateOf(s.Since), Leaves: form.DateOf(s.LeavesOn)}
}

// Check looks at the days; the Store knows the rest.
func (f StayForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("agency", form.Required(f.Agency))
	errs.Add("address", form.Required(f.Address))
	errs.Add("since", f.Since.CheckRequired())
	errs.Add("leaves", f.Leaves.CheckRequired())
	return errs
}

// Stay is the form as the Store takes it.
func (f StayForm) Stay() journey.NewStay {
	since, _ := f.Since.Time()
	leaves, _ := f.Leaves.Time()
	return journey.NewStay{Agency: f.Agency, Address: f.Address, Since: since, LeavesOn: leaves}
}

// StayPage is where the acting person waits, with what the lists of licences say of the agency.
type StayPage struct {
	Stay    journey.Stay
	Licence journey.LicenceAnswer
	Form    StayForm
	Errors  form.Errors
}

// TransitPage is for who passes through Jakarta: where shelter is, and what they may use.
type TransitPage struct {
	Shelters []journey.Shelter
	Support  []journey.Support
}

// in is a text in the language of the reader.
func in(ctx context.Context, t models.Text) string { return t.In(i18n.Of(ctx)) }
