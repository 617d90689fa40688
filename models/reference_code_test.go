package models

import (
	"errors"
	"slices"
	"testing"

	"naikkelas/internal/testdb"
)

// Every column that holds a code of a list has a field where an unknown code is refused, unless no form fills it.
func TestEveryListedCodeHasItsField(t *testing.T) {
	s := newStore(t, noon)
	unfilled := []string{ // copied from a profile, or set when the row is seeded
		"application_identities_regency_code_fkey", "application_identities_education_code_fkey",
		"cases_country_code_fkey",                                                             // models/protection asks before
		"departures_country_fkey", "homecomings_occupation_fkey", "schemes_country_code_fkey", // and so does models/journey
		"interests_country_code_fkey", "interests_occupation_code_fkey", "interests_sector_code_fkey",
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

// However many codes of a list a programme has, they are one question; a code that is there twice is no fault, and one
// that is on no list is refused among many.
func TestCodesOfOneListAreOneQuestion(t *testing.T) {
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	counted, counter := testdb.Counting(db)
	s := newStoreOn(t, counted, noon)
	countries := []Country{
		{Code: "JP", Name: Text{ID: "Jepang", EN: "Japan"}}, {Code: "KR", Name: Text{ID: "Korea", EN: "Korea"}},
		{Code: "DE", Name: Text{ID: "Jerman", EN: "Germany"}},
	}
	if err := s.SeedReference(t.Context(), ReferenceData{Countries: countries}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		codes   []string
		queries int
		refused bool
	}{
		{nil, 0, false}, {[]string{"JP"}, 1, false}, {[]string{"KR", "JP", "DE", "JP"}, 1, false}, {[]string{"JP", "QQ", "KR"}, 1, true},
	} {
		var err error
		n := counter.Count(func() { err = s.codesListed(t.Context(), ProgrammeContent{Destinations: tt.codes}) })
		var r *Refusal
		if n != tt.queries || errors.As(err, &r) != tt.refused || tt.refused && r.Field != "destinations" {
			t.Errorf("%v: %d queries, %v", tt.codes, n, err)
		}
	}
}
