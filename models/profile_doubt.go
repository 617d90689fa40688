package models

import (
	"context"
	"time"

	"naikkelas/internal/nik"
)

// KeptNumbers are the NIK and the numbers of the family card and the passport that a person gave before, to compare what
// they give now with. They are not to be shown.
type KeptNumbers struct {
	NIK      nik.NIK
	KK       nik.KK
	Passport string
}

// KeptNumbers opens the acting seeker's own numbers; those that were not given are zero.
func (s *Store) KeptNumbers(ctx context.Context, actor User, p Profile) (kept KeptNumbers, err error) {
	if p.NIKMasked == "" && p.KKMasked == "" && p.PassportMasked == "" {
		return kept, nil
	}
	number, family, passport, err := s.OwnNumbers(ctx, actor)
	if err != nil {
		return kept, err
	}
	kept.Passport = passport
	if number != "" {
		kept.NIK, err = nik.Parse(number)
	}
	if family != "" && err == nil {
		kept.KK, err = nik.ParseKK(family)
	}
	return kept, err
}

// SameNumber says whether the NIK of an identity, typed or kept, is also the number of its family card, which never
// is so.
func (k KeptNumbers) SameNumber(in Identity) bool {
	number, family := k.over(in)
	return !number.IsZero() && number.Plain() == family.Plain()
}

func (k KeptNumbers) over(in Identity) (nik.NIK, nik.KK) {
	if !in.NIK.IsZero() {
		k.NIK = in.NIK
	}
	if !in.KK.IsZero() {
		k.KK = in.KK
	}
	return k.NIK, k.KK
}

// A Doubt is something possible that hardly ever is so. The person is asked about it at its field, since a NIK keeps
// its mistakes for life. Kind is a warning of internal/nik, age or kk.
type Doubt struct{ Field, Kind string }

// The ages, in years, outside which a date of birth is asked about.
const (
	youngAge = 15
	highAge  = 75
)

// Doubts look at the NIK, the birth date, the sex and the number of the family card beside one another.
func (k KeptNumbers) Doubts(in Identity, today time.Time, isProvince func(code string) bool) (list []Doubt) {
	if age := ageOn(&in.BirthDate, today); age < youngAge || age > highAge {
		list = append(list, Doubt{"birth", "age"})
	}
	at := "nik"
	if in.NIK.IsZero() {
		at = "birth"
	}
	number, _ := k.over(in)
	for _, w := range nik.Warnings(number, in.BirthDate, nik.Sex(in.Sex), nil) {
		field := at
		if w == nik.OtherSex {
			field = "sex"
		}
		list = append(list, Doubt{field, string(w)})
	}
	if in.KK.Unlikely(isProvince) {
		list = append(list, Doubt{"kk", "kk"})
	}
	return list
}
