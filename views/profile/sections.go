package profile

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/account"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family profile.relation.* profile.ability.*

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

// EducationForm is the education section as it is typed.
type EducationForm struct {
	Code   string `form:"code"`
	School string `form:"school"`
	Major  string `form:"major"`
	Year   string `form:"year"`
	Name   string `form:"name"`
}

// EducationPage asks for the highest schooling.
type EducationPage struct {
	Form   EducationForm
	Levels []models.EducationLevel
	Errors form.Errors
}

// Check says what is missing or wrong.
func (f EducationForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("code", form.Required(f.Code))
	for _, field := range []struct{ name, value string }{{"school", f.School}, {"major", f.Major}, {"name", f.Name}} {
		errs.Add(field.name, form.MaxRunes(field.value, 150), "Max", 150)
	}
	errs.Add("year", yearProblem(f.Year), "Min", firstYear, "Max", lastYear)
	return errs
}

// The years that can be typed, as the database has them.
const (
	firstYear = 1950
	lastYear  = 2100
)

func yearProblem(text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return form.Integer(text, firstYear, lastYear)
}

func year(text string) *int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return &n
}

func yearText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// Education is the form as the Store takes it; Check has passed.
func (f EducationForm) Education() models.Education {
	return models.Education{
		Code: f.Code, School: strings.TrimSpace(f.School), Major: strings.TrimSpace(f.Major),
		Year: year(f.Year), NameOnDiploma: strings.TrimSpace(f.Name),
	}
}

// EducationOf fills the form with what is kept.
func EducationOf(w models.WholeProfile) EducationForm {
	p := w.Profile
	f := EducationForm{School: p.EducationSchool, Major: p.EducationMajor, Year: yearText(p.EducationYear), Name: p.EducationName}
	if p.EducationCode != nil {
		f.Code = *p.EducationCode
	}
	return f
}

func (p EducationPage) options(ctx context.Context) []components.Option {
	list := make([]components.Option, len(p.Levels))
	for i, l := range p.Levels {
		list[i] = components.Option{Value: l.Code, Label: l.Name.In(i18n.Of(ctx))}
	}
	return list
}

// A ContactRow is one emergency contact as it is typed.
type ContactRow struct {
	Name     string `form:"name"`
	Relation string `form:"relation"`
	Phone    string `form:"phone"`
	Address  string `form:"address"`
}

// ContactsForm are the two emergency contacts.
type ContactsForm struct {
	Rows []ContactRow `form:"rows"`
}

// ContactsPage asks for two people to be told in trouble.
type ContactsPage struct {
	Form   ContactsForm
	Errors form.Errors
}

// relations are who somebody can be to a person.
var relations = []string{"parent", "spouse", "sibling", "child", "relative", "friend"}

func relationOptions(ctx context.Context) []components.Option {
	list := make([]components.Option, len(relations))
	for i, r := range relations {
		list[i] = components.Option{Value: r, Label: i18n.T(ctx, "profile.relation."+r)}
	}
	return list
}

// contacts is how many people are asked for.
const contacts = 2

// Check says what is missing or wrong in each row.
func (f ContactsForm) Check() form.Errors {
	var errs form.Errors
	for i, r := range f.rows() {
		name := rowName(i)
		account.CheckName(&errs, name+".name", r.Name)
		errs.Add(name+".relation", form.OneOf(r.Relation, relations...))
		checkPhone(&errs, name+".phone", r.Phone)
		errs.Add(name+".address", form.MaxRunes(r.Address, 300), "Max", 300)
	}
	return errs
}

// rows are always as many as are asked for.
func (f ContactsForm) rows() []ContactRow {
	rows := make([]ContactRow, contacts)
	copy(rows, f.Rows)
	return rows
}

func rowName(i int) string { return "rows[" + strconv.Itoa(i) + "]" }

// checkPhone wants a phone number in a field.
func checkPhone(errs *form.Errors, field, text string) {
	_, err := models.ParsePhone(text)
	errs.Refuse(field, err)
}

// Contacts is the form as the Store takes it; Check has passed.
func (f ContactsForm) Contacts() []models.EmergencyContact {
	list := make([]models.EmergencyContact, 0, contacts)
	for _, r := range f.rows() {
		number, _ := models.ParsePhone(r.Phone)
		list = append(list, models.EmergencyContact{
			Name: strings.Join(strings.Fields(r.Name), " "), Relation: r.Relation, Phone: number, Address: strings.TrimSpace(r.Address),
		})
	}
	return list
}

// ContactsOf fills the form with what is kept.
func ContactsOf(w models.WholeProfile) ContactsForm {
	var f ContactsForm
	for _, c := range w.Contacts {
		f.Rows = append(f.Rows, ContactRow{Name: c.Name, Relation: c.Relation, Phone: models.FormatPhone(c.Phone), Address: c.Address})
	}
	return f
}

// GuardianForm is who answers for somebody under 18.
type GuardianForm struct {
	Name     string `form:"name"`
	Relation string `form:"relation"`
	Phone    string `form:"phone"`
}

// GuardianPage asks for a guardian and the signed consent.
type GuardianPage struct {
	Form   GuardianForm
	Photo  PhotoPage
	Errors form.Errors
}

// Check says what is missing or wrong.
func (f GuardianForm) Check() form.Errors {
	var errs form.Errors
	account.CheckName(&errs, "name", f.Name)
	errs.Add("relation", form.OneOf(f.Relation, relations...))
	checkPhone(&errs, "phone", f.Phone)
	return errs
}

// Phone164 is the phone as it is stored; Check has passed.
func (f GuardianForm) Phone164() string {
	number, _ := models.ParsePhone(f.Phone)
	return number
}

// NeedsForm is what the person needs, with their consent to keep it.
type NeedsForm struct {
	Text   string `form:"text"`
	Agreed string `form:"agreed"`
}

// needsLength is how many letters the needs may have.
const needsLength = 1000

// Check wants consent for any text.
func (f NeedsForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("text", form.MaxRunes(f.Text, needsLength), "Max", needsLength)
	if strings.TrimSpace(f.Text) != "" && f.Agreed == "" {
		errs.Add("agreed", "profile.needs.consent_missing")
	}
	return errs
}

// NeedsPage asks for special needs, which nobody has to tell.
type NeedsPage struct {
	Form   NeedsForm
	Errors form.Errors
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

// CheckLevel refuses a level that is not on the list.
func (p EducationPage) CheckLevel(errs *form.Errors) {
	known := make([]string, len(p.Levels))
	for i, l := range p.Levels {
		known[i] = l.Code
	}
	errs.Add("code", form.OneOf(p.Form.Code, known...))
}

// GuardianOf fills the form with what is kept.
func GuardianOf(w models.WholeProfile) GuardianForm {
	f := GuardianForm{Name: w.Profile.GuardianName, Relation: w.Profile.GuardianRelation}
	if w.Profile.GuardianPhone != "" {
		f.Phone = models.FormatPhone(w.Profile.GuardianPhone)
	}
	return f
}

// NeedsOf fills the form with what is kept.
func NeedsOf(w models.WholeProfile) NeedsForm {
	f := NeedsForm{Text: w.Profile.SpecialNeeds}
	if w.NeedsAgreed {
		f.Agreed = "yes"
	}
	return f
}
