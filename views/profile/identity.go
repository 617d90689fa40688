package profile

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/account"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// The longest name and place, in letters (domain.md section 6).
const (
	maxName  = 100
	maxPlace = 100
)

// IdentityForm is the identity section as it is typed. The numbers are empty when what is kept
// shall stay.
type IdentityForm struct {
	Name         string    `form:"name"`
	Title        string    `form:"title"`
	NIK          string    `form:"nik"`
	KK           string    `form:"kk"`
	BirthPlace   string    `form:"birth_place"`
	Birth        form.Date `form:"birth"`
	Sex          string    `form:"sex"`
	PassportName string    `form:"passport_name"`
	Passport     string    `form:"passport"`
	Sure         string    `form:"sure" differs:"-"` // to which doubts the person answered that it stands so on the card
}

// IdentityPage asks for the identity section. NIK, KK and Passport are what is kept, masked.
type IdentityPage struct {
	Form              IdentityForm
	Errors            form.Errors
	NIK, KK, Passport string
	Kept              models.KeptNumbers
	Provinces         []models.Province
	Today             time.Time
	Ask               bool // whether it stands so on the card
}

// Check says what is missing or wrong; a NIK that is kept may be left out. What is possible and hardly ever so is
// asked once everything else is right.
func (p *IdentityPage) Check() {
	p.Errors = p.wrong()
	if p.Errors.Any() {
		return
	}
	doubts := p.doubts()
	p.Ask = len(doubts) > 0
	if p.Ask && p.Form.Sure != p.sure() {
		for _, d := range doubts {
			p.Errors.Add(d.Field, "profile.doubt."+d.Kind)
		}
	}
}

func (p *IdentityPage) wrong() form.Errors {
	var errs form.Errors
	f := p.Form
	account.CheckName(&errs, "name", f.Name)
	if p.NIK == "" || strings.TrimSpace(f.NIK) != "" {
		errs.Add("nik", form.Required(f.NIK))
		_, err := models.ParseNIK(f.NIK)
		errs.Refuse("nik", err)
	}
	errs.Add("birth_place", form.Required(f.BirthPlace))
	errs.Add("birth_place", form.MaxRunes(f.BirthPlace, maxPlace), "Max", maxPlace)
	errs.Add("birth_place", placeProblem(f.BirthPlace))
	errs.Add("birth", f.Birth.CheckRequired())
	errs.Add("birth", f.Birth.CheckBirth(p.Today))
	errs.Add("sex", form.OneOf(f.Sex, "L", "P"))
	if strings.TrimSpace(f.KK) != "" {
		_, err := models.ParseKK(f.KK)
		errs.Refuse("kk", err)
	}
	if p.Kept.SameNumber(f.Identity()) {
		field := "kk"
		if strings.TrimSpace(f.KK) == "" {
			field = "nik"
		}
		errs.Add(field, "profile.kk.is_nik")
	}
	errs.Add("title", form.MaxRunes(f.Title, maxName), "Max", maxName)
	errs.Add("passport_name", form.MaxRunes(f.PassportName, maxName), "Max", maxName)
	errs.Add("passport", passportProblem(f.Passport))
	return errs
}

// placeProblem wants a name, which has letters.
func placeProblem(place string) string {
	if strings.TrimSpace(place) != "" && strings.IndexFunc(place, unicode.IsLetter) < 0 {
		return "profile.birth_place.letters"
	}
	return ""
}

func passportProblem(number string) string {
	number = cleanPassport(number)
	if number == "" {
		return ""
	}
	if len(number) < 6 || len(number) > 9 || strings.Trim(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return "profile.passport.form"
	}
	return ""
}

func cleanPassport(number string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(number)))
}

// Identity is the form as the Store takes it; Check has passed.
func (f IdentityForm) Identity() models.Identity {
	in := models.Identity{
		Name: strings.Join(strings.Fields(f.Name), " "), Title: strings.TrimSpace(f.Title),
		BirthPlace: strings.TrimSpace(f.BirthPlace), Sex: f.Sex,
		Passport: cleanPassport(f.Passport), PassportName: strings.TrimSpace(f.PassportName),
	}
	in.NIK, _ = models.ParseNIK(f.NIK)
	in.KK, _ = models.ParseKK(f.KK)
	in.BirthDate, _ = f.Birth.Time()
	return in
}

// asKept is the form as it would be kept over another one, in which the numbers are masked: a number that is left empty
// stays, and so does one that is typed again.
func (f IdentityForm) asKept(was IdentityForm, kept models.KeptNumbers) IdentityForm {
	in := f.Identity()
	f.Name, f.Title, f.BirthPlace, f.PassportName = in.Name, in.Title, in.BirthPlace, in.PassportName
	if in.NIK.IsZero() || in.NIK.Plain() == kept.NIK.Plain() {
		f.NIK = was.NIK
	}
	if in.KK.IsZero() || in.KK.Plain() == kept.KK.Plain() {
		f.KK = was.KK
	}
	if in.Passport == "" || in.Passport == kept.Passport {
		f.Passport = was.Passport
	}
	return f
}

// IdentityOf fills the page with what is kept.
func IdentityOf(w models.WholeProfile) *IdentityPage {
	p := w.Profile
	page := &IdentityPage{NIK: p.NIKMasked, KK: p.KKMasked, Passport: p.PassportMasked,
		Form: IdentityForm{Name: w.User.Name, Title: p.Title, BirthPlace: p.BirthPlace, PassportName: p.PassportName}}
	if p.BirthDate != nil {
		page.Form.Birth = form.DateOf(*p.BirthDate)
	}
	if p.Sex != nil {
		page.Form.Sex = *p.Sex
	}
	return page
}

// laterOpen unfolds what is wanted later for whom something of it is wrong, or whose application needs mending.
func (p *IdentityPage) laterOpen(ctx context.Context) bool {
	a := ambient.From(ctx).Applying
	later := []string{"title", "kk", "passport_name", "passport"}
	wrong := slices.ContainsFunc(later, func(name string) bool { return p.Errors.Of(name) != "" })
	return wrong || a != nil && a.Mending
}

// numberHint says what is kept, so that the number need not be typed again.
func numberHint(ctx context.Context, masked, otherwise string) string {
	if masked == "" {
		return otherwise
	}
	return i18n.T(ctx, "profile.kept", "Number", masked)
}

func sexOptions(ctx context.Context) []components.Option {
	return []components.Option{{Value: "L", Label: i18n.T(ctx, "profile.sex.l")}, {Value: "P", Label: i18n.T(ctx, "profile.sex.p")}}
}

// ReplacementForm replaces a document: the one with the reference, by files that came with the form or were sent
// before it.
type ReplacementForm struct {
	Replaces string   `form:"replaces"`
	Uploads  []string `form:"uploads"`
}

// ReplacementField is the name of the field that takes the file in the place of a document.
func ReplacementField(ref string) string { return "new-" + ref }

// PhotoPage takes photos of the KTP and the family card, or a guardian's signed consent.
type PhotoPage struct {
	Documents []models.PagedUpload
	// Unfinished are files that did not arrive whole.
	Unfinished []models.Partial
	Errors     form.Errors
}

// unfinished are the files of a purpose that did not arrive whole.
func (p PhotoPage) unfinished(purpose string) []models.Partial {
	return slices.DeleteFunc(slices.Clone(p.Unfinished), func(u models.Partial) bool { return u.Purpose != purpose })
}

// pages are the documents of the purposes, in that order, as officers will see them.
func (p PhotoPage) pages(purposes ...string) []models.PagedUpload {
	var list []models.PagedUpload
	for _, purpose := range purposes {
		for _, d := range p.Documents {
			if d.Purpose == purpose {
				list = append(list, d)
			}
		}
	}
	return list
}

func (p PhotoPage) of(purpose string) []models.Upload {
	var list []models.Upload
	for _, d := range p.pages(purpose) {
		list = append(list, d.Upload)
	}
	return list
}
