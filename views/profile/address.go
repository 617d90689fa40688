package profile

import (
	"strings"

	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// AddressFields are one address as it is typed.
type AddressFields struct {
	Street   string `form:"street"`
	RT       string `form:"rt"`
	RW       string `form:"rw"`
	Village  string `form:"village"`
	District string `form:"district"`
	Regency  string `form:"regency"`
	Postal   string `form:"postal"`
}

// AddressForm are the KTP address and, unless they are the same, where the person lives.
type AddressForm struct {
	KTP      AddressFields `form:"ktp"`
	Same     string        `form:"same"`
	Domicile AddressFields `form:"domicile"`
}

// AddressPage asks for the two addresses.
type AddressPage struct {
	Form      AddressForm
	Regencies []models.Regency
	Provinces []models.Province
	Districts []models.District
	Villages  []models.Village
	Errors    form.Errors
}

// Check says what is missing or wrong.
func (f AddressForm) Check() form.Errors {
	var errs form.Errors
	f.KTP.check("ktp", &errs)
	errs.Add("same", form.OneOf(f.Same, "yes", "no"))
	if f.Same == "no" {
		f.Domicile.check("domicile", &errs)
	}
	return errs
}

func (f AddressFields) check(name string, errs *form.Errors) {
	for _, field := range []struct{ name, value string }{
		{"street", f.Street}, {"village", f.Village}, {"district", f.District}, {"regency", f.Regency},
	} {
		errs.Add(name+"."+field.name, form.Required(field.value))
		errs.Add(name+"."+field.name, form.MaxRunes(field.value, 200), "Max", 200)
	}
	_, _, okRT, okRW := f.blocks()
	if !okRT {
		errs.Add(name+".rt", "profile.rt.form")
	}
	if !okRW {
		errs.Add(name+".rw", "profile.rt.form")
	}
	if postal := strings.TrimSpace(f.Postal); postal != "" && (len(postal) != 5 || !allDigits(postal)) {
		errs.Add(name+".postal", "profile.postal.form")
	}
}

func allDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// Addresses are the two addresses as the Store takes them; Check has passed. One that does not apply was not looked
// at, and is not read.
func (f AddressForm) Addresses() (ktp, domicile models.Address) {
	if f.Same == "no" {
		domicile = f.Domicile.address()
	}
	return f.KTP.address(), domicile
}

func (f AddressFields) address() models.Address {
	rt, rw, _, _ := f.blocks()
	return models.Address{
		Street: strings.TrimSpace(f.Street), RT: rt, RW: rw, Village: strings.TrimSpace(f.Village),
		District: strings.TrimSpace(f.District), RegencyCode: f.Regency, PostalCode: strings.TrimSpace(f.Postal),
	}
}

func addressFields(a *models.Address) AddressFields {
	if a == nil {
		return AddressFields{}
	}
	return AddressFields{
		Street: a.Street, RT: a.RT, RW: a.RW, Village: a.Village, District: a.District,
		Regency: a.RegencyCode, Postal: a.PostalCode,
	}
}

// AddressOf fills the form with what is kept.
func AddressOf(w models.WholeProfile) AddressForm {
	f := AddressForm{KTP: addressFields(w.KTP), Domicile: addressFields(w.Domicile)}
	switch {
	case w.KTP == nil:
	case w.Profile.DomicileSame:
		f.Same = "yes"
	default:
		f.Same = "no"
	}
	return f
}

// regencyOptions lists Jakarta first, then the rest of the country by province.
func (p AddressPage) regencyOptions() []components.Option {
	provinces := map[string]string{}
	for _, province := range p.Provinces {
		provinces[province.Code] = province.Name
	}
	var jakarta, others []components.Option
	for _, r := range p.Regencies {
		o := components.Option{Value: r.Code, Label: r.Name + ", " + provinces[r.ProvinceCode]}
		if r.Jakarta {
			o.Label = r.Name
			jakarta = append(jakarta, o)
		} else {
			others = append(others, o)
		}
	}
	return append(jakarta, others...)
}

// CheckRegencies refuses a regency that is not on the list.
func (p AddressPage) CheckRegencies(errs *form.Errors) {
	known := make([]string, len(p.Regencies))
	for i, r := range p.Regencies {
		known[i] = r.Code
	}
	errs.Add("ktp.regency", form.OneOf(p.Form.KTP.Regency, known...))
	if p.Form.Same == "no" {
		errs.Add("domicile.regency", form.OneOf(p.Form.Domicile.Regency, known...))
	}
}
