package journey

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// StayForm is where somebody waits for their departure.
type StayForm struct {
	Version int       `form:"version"`
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
	return StayForm{Version: s.Version, Agency: s.Agency, Address: s.Address, Since: form.DateOf(s.Since), Leaves: form.DateOf(s.LeavesOn)}
}

// Check looks at what is left out and at the days; the Store knows the rest. At the desk an address may be left out that the
// officer cannot read.
func (f StayForm) Check(desk bool) form.Errors {
	var errs form.Errors
	errs.Add("agency", form.Required(f.Agency))
	if !desk {
		errs.Add("address", form.Required(f.Address))
	}
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

// ProvinceParam is the query's name for the province from which a reader is.
const ProvinceParam = "provinsi"

// TransitPage is for who passes through Jakarta: where shelter is, what they may use, whom to call, and what their own province
// offers.
type TransitPage struct {
	Shelters  []journey.Shelter
	Support   []journey.Support
	Calls     []models.Hotline
	Provinces []models.Province
	Province  string // the chosen one, empty for none
	Own       []journey.Support
}

func (p TransitPage) provinces() (list []components.Option) {
	for _, province := range p.Provinces {
		list = append(list, components.Option{Value: province.Code, Label: province.Name})
	}
	return list
}

func (p TransitPage) provinceName() string {
	for _, province := range p.Provinces {
		if province.Code == p.Province {
			return province.Name
		}
	}
	return ""
}

// dial is a link that calls a number.
func dial(number string) string {
	return "tel:" + strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
}

// firstLine is the first of several numbers.
func firstLine(numbers string) string {
	first, _, _ := strings.Cut(numbers, "\n")
	return first
}

// in is a text in the language of the reader.
func in(ctx context.Context, t models.Text) string { return t.In(i18n.Of(ctx)) }
