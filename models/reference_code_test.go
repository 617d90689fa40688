package models

import (
	"errors"
	"slices"
	"testing"
)

// Every column that holds a code of a list has a field where an unknown code is refused, unless no form fills it.
func TestEveryListedCodeHasItsField(t *testing.T) {
	s := newStore(t, noon)
	unfilled := []string{ // copied from a profile, or set when the row is seeded
		"application_identities_regency_code_fkey", "application_identities_education_code_fkey",
		"institutions_regency_code_fkey", "invitations_regency_code_fkey", "users_regency_code_fkey",
	}
	var constraints []string
	err := s.sql.Raw(`SELECT conname
		FROM pg_constraint
		WHERE contype = 'f'
			AND confrelid IN ('sectors'::regclass, 'occupations'::regclass, 'education_levels'::regclass, 'regencies'::regclass,
				'countries'::regclass, 'certificate_types'::regclass, 'certificate_levels'::regclass)
			AND conrelid NOT IN ('occupations'::regclass, 'districts'::regclass, 'certificate_levels'::regclass)
		ORDER BY conname`).Scan(&constraints).Error
	if err != nil || len(constraints) < 10 {
		t.Fatalf("%v, %v", constraints, err)
	}
	for _, name := range constraints {
		if codeFields[name] == "" && !slices.Contains(unfilled, name) {
			t.Errorf("%s has no field", name)
		}
	}
}

// A code that left its list while a form was open is refused too, by the database.
func TestCodeTheDatabaseRefusesIsRefusedAtItsField(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "Suparmi")
	err := s.SaveEducation(t.Context(), u, Education{Code: "S9"})
	var r *Refusal
	if !errors.As(err, &r) || r.Field != "code" || r.Key != "form.not_listed" {
		t.Errorf("refused with %v", err)
	}
	err = s.SaveExperiences(t.Context(), u, []Experience{{Position: "Juru las", Employer: "CV Baja", Country: "QQ", StartYear: 2010}})
	if !errors.As(err, &r) || r.Field != "rows[0].country" {
		t.Errorf("refused with %v", err)
	}
}
