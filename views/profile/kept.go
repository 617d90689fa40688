package profile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// Kept is what is kept of a section while its form is filled in. A form that was filled in over something else was
// overtaken, by another device or window.
type Kept struct {
	Mark    string             // of what is kept now, empty for a section that nothing overwrites
	Seen    string             // the mark of what stood on the page that was filled in
	Form    any                // the section's form as it would be shown now
	Typed   any                // the form that was overtaken; nil for none
	Numbers models.KeptNumbers // of what is kept now, where an identity was overtaken
}

type keptKey struct{}

// WithKept lets the page of a section know what is kept of it.
func WithKept(ctx context.Context, k Kept) context.Context {
	return context.WithValue(ctx, keptKey{}, k)
}

// KeptIn is what WithKept said.
func KeptIn(ctx context.Context) Kept {
	k, _ := ctx.Value(keptKey{}).(Kept)
	return k
}

// KeptOf is what is kept of the section with that name in addresses.
func KeptOf(slug string, w models.WholeProfile) Kept {
	kept := keptForm(slug, w)
	if kept == nil {
		return Kept{}
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return Kept{}
	}
	sum := sha256.Sum256(text)
	mark := hex.EncodeToString(sum[:8])
	return Kept{Mark: mark, Seen: mark, Form: kept}
}

// keptForm is the form as it would be shown now, with the numbers of cards as they are read.
func keptForm(slug string, w models.WholeProfile) any {
	switch slug {
	case "identitas":
		page := IdentityOf(w)
		f := page.Form
		f.NIK, f.KK, f.Passport = page.NIK, page.KK, page.Passport
		return f
	case "alamat":
		return AddressOf(w)
	case "pendidikan":
		return EducationOf(w)
	case "bahasa":
		return LanguagesOf(w)
	case "pengalaman":
		return JobsOf(w)
	case "kontak-darurat":
		return ContactsOf(w)
	case "wali":
		return GuardianOf(w)
	case "kebutuhan":
		return NeedsOf(w)
	}
	return nil
}

// overtaken is what the form says that another device or window saved first; nil for a form that nothing overtook.
func (k Kept) overtaken(ctx context.Context) *components.OvertakenProps {
	if k.Typed == nil {
		return nil
	}
	return &components.OvertakenProps{
		Title: i18n.T(ctx, "profile.overtaken.title"), Fields: form.Differences(k.Form, k.asKept()),
		Newest: ambient.Along(ctx, ambient.From(ctx).Path),
	}
}

// asKept is what was typed as it would be kept, so that another way to write the same is no difference.
func (k Kept) asKept() any {
	switch f := k.Typed.(type) {
	case IdentityForm:
		was, _ := k.Form.(IdentityForm)
		return f.asKept(was, k.Numbers)
	case AddressForm:
		ktp, domicile := f.Addresses()
		return AddressForm{KTP: addressFields(&ktp), Same: f.Same, Domicile: addressFields(&domicile)}
	case EducationForm:
		e := f.Education()
		return EducationForm{Code: e.Code, School: e.School, Major: e.Major, Year: yearText(e.Year), Name: e.NameOnDiploma}
	case LanguagesForm:
		return LanguagesForm{Rows: LanguagesOf(models.WholeProfile{Languages: f.Languages()}).Rows, None: f.None}
	case JobsForm:
		return JobsForm{Rows: JobsOf(models.WholeProfile{Experiences: f.Experiences()}).Rows, None: f.None}
	case ContactsForm:
		return ContactsOf(models.WholeProfile{Contacts: f.Contacts()})
	case GuardianForm:
		f.Phone = models.FormatPhone(f.Phone164())
		return f
	}
	return k.Typed // what is needed is kept as it was typed
}
