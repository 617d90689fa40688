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

// A ContactRow is one emergency contact as it is typed.
type ContactRow struct {
	Name     string `form:"name"`
	Relation string `form:"relation"`
	Phone    string `form:"phone"`
	Address  string `form:"address"`
}

// ContactsForm are the two emergency contacts.
type ContactsForm struct {
	Rows []ContactRow `form:"rows" differs:"cells"`
}

// ContactsPage asks for two people to be told in trouble. Own is the person's own phone number, empty for none.
type ContactsPage struct {
	Form   ContactsForm
	Own    string
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

// Check says what is missing or wrong in each row: they are two people, and neither is the person.
func (p ContactsPage) Check() form.Errors {
	var errs form.Errors
	rows := p.Form.rows()
	for i, r := range rows {
		name := rowName(i)
		checkOther(&errs, name+".name", r.Name)
		errs.Add(name+".relation", form.OneOf(r.Relation, relations...))
		checkOtherPhone(&errs, name+".phone", r.Phone, p.Own)
		for before := range i {
			if foldedName(r.Name) == foldedName(rows[before].Name) {
				errs.Add(name+".name", "profile.contact.twice", "N", before+1)
			}
			if samePhone(r.Phone, rows[before].Phone) {
				errs.Add(name+".phone", "profile.contact.phone_twice", "N", before+1)
			}
		}
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

// checkOther wants the name of somebody else than the person who fills the form in.
func checkOther(errs *form.Errors, field, name string) {
	if strings.TrimSpace(name) == "" {
		errs.Add(field, "profile.contact.name_missing")
	}
	account.CheckName(errs, field, name)
}

// checkOtherPhone wants the phone number of somebody else.
func checkOtherPhone(errs *form.Errors, field, text, own string) {
	number, err := models.ParsePhone(text)
	errs.Refuse(field, err)
	if err == nil && number == own {
		errs.Add(field, "profile.contact.own_phone")
	}
}

func foldedName(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

func samePhone(a, b string) bool {
	first, errA := models.ParsePhone(a)
	second, errB := models.ParsePhone(b)
	return errA == nil && errB == nil && first == second
}

// ownPhone is the number of somebody's own phone, empty for none.
func ownPhone(u models.User) string {
	if u.Phone == nil {
		return ""
	}
	return *u.Phone
}

// ContactsPageOf is the page of somebody's emergency contacts, with what was typed.
func ContactsPageOf(w models.WholeProfile, f ContactsForm) ContactsPage {
	return ContactsPage{Form: f, Own: ownPhone(w.User)}
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

// Check says what is missing or wrong; nobody is their own guardian.
func (f GuardianForm) Check(u models.User) form.Errors {
	var errs form.Errors
	checkOther(&errs, "name", f.Name)
	errs.Add("relation", form.OneOf(f.Relation, relations...))
	checkOtherPhone(&errs, "phone", f.Phone, ownPhone(u))
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
