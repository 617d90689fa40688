package profile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"naikkelas/models"
)

// Kept is what is kept of a section while its form is filled in. A form that was filled in over something else was
// overtaken, by another device or window.
type Kept struct {
	Mark      string   // of what is kept now, empty for a section that nothing overwrites
	Seen      string   // the mark of what stood on the page that was filled in
	Lines     []string // what is kept now, in short
	Overtaken bool
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
	form, lines := keptForm(slug, w)
	if form == nil {
		return Kept{}
	}
	text, err := json.Marshal(form)
	if err != nil {
		return Kept{}
	}
	sum := sha256.Sum256(text)
	mark := hex.EncodeToString(sum[:8])
	return Kept{Mark: mark, Seen: mark, Lines: lines}
}

// keptForm is the form as it would be shown now, with its answers in short.
func keptForm(slug string, w models.WholeProfile) (form any, lines []string) {
	line := func(parts ...string) { lines = append(lines, spoken(parts...)) }
	switch slug {
	case "identitas":
		f, p := IdentityOf(w).Form, w.Profile
		line(f.Name, p.NIKMasked, f.BirthPlace, f.Birth.Day+" "+f.Birth.Month+" "+f.Birth.Year)
		return []any{f, p.NIKMasked, p.KKMasked, p.PassportMasked}, lines
	case "alamat":
		f := AddressOf(w)
		line(f.KTP.Street, f.KTP.Village, f.KTP.District)
		line(f.Domicile.Street, f.Domicile.Village, f.Domicile.District)
		return f, lines
	case "pendidikan":
		f := EducationOf(w)
		line(f.School, f.Major, f.Year)
		return f, lines
	case "bahasa":
		f := LanguagesOf(w)
		for _, r := range f.Rows {
			line(r.Language)
		}
		return f, lines
	case "pengalaman":
		f := JobsOf(w)
		for _, r := range f.Rows {
			line(r.Position, r.Employer, r.Start)
		}
		return f, lines
	case "kontak-darurat":
		f := ContactsOf(w)
		for _, r := range f.Rows {
			line(r.Name, r.Phone, r.Address)
		}
		return f, lines
	case "wali":
		f := GuardianOf(w)
		line(f.Name, f.Phone)
		return f, lines
	case "kebutuhan":
		f := NeedsOf(w)
		line(f.Text)
		return f, lines
	}
	return nil, nil
}

// spoken puts commas between what is not empty.
func spoken(parts ...string) string {
	var given []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			given = append(given, p)
		}
	}
	return strings.Join(given, ", ")
}
