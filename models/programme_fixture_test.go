package models

import (
	"fmt"
	"testing"
	"time"

	"naikkelas/models/record"
)

// addReference puts in the few rows of reference data that programmes name.
func (s *testStore) addReference(t testing.TB) {
	t.Helper()
	err := s.SeedReference(t.Context(), ReferenceData{
		Sectors: []Sector{
			{Code: "teknik", Name: Text{ID: "Teknik", EN: "Engineering"}, Icon: "wrench", Position: 1},
			{Code: "kreatif", Name: Text{ID: "Industri kreatif", EN: "Creative"}, Icon: "pen-tool", Position: 2},
		},
		EducationLevels: []EducationLevel{
			{Code: "SD", Rank: 1, Name: Text{ID: "SD"}}, {Code: "SMP", Rank: 2, Name: Text{ID: "SMP"}},
			{Code: "SMA", Rank: 3, Name: Text{ID: "SMA"}}, {Code: "SMK", Rank: 3, Name: Text{ID: "SMK"}},
			{Code: "D3", Rank: 6, Name: Text{ID: "D3"}},
		},
		Provinces: []Province{{Code: "31", Name: "DKI Jakarta"}, {Code: "36", Name: "Banten"}},
		Regencies: []Regency{
			{Code: "31.74", ProvinceCode: "31", Name: "Kota Adm. Jakarta Selatan", Jakarta: true},
			{Code: "31.75", ProvinceCode: "31", Name: "Kota Adm. Jakarta Timur", Jakarta: true},
			{Code: "36.71", ProvinceCode: "36", Name: "Kota Tangerang"},
		},
		Countries: []Country{{Code: "JP", Name: Text{ID: "Jepang", EN: "Japan"}, CallingCode: "+81", Destination: true}},
		Occupations: []Occupation{
			{Code: "ENG01", SectorCode: "teknik", Name: Text{ID: "Juru las", EN: "Welder"}, Destinations: []string{"JP"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }

// addProgramme publishes a free welding course of an institution; change adjusts it first.
func (s *testStore) addProgramme(t testing.TB, in Institution, change func(*Programme)) Programme {
	t.Helper()
	now := s.db.Now()
	p := Programme{
		Ref: record.NewRef("PL"), InstitutionID: in.ID, State: ProgrammePublished, Version: 1, PublishedAt: &now, CreatedAt: now, UpdatedAt: now,
		ProgrammeContent: ProgrammeContent{
			Title: "Pengelasan SMAW 3G", Description: "Belajar mengelas pelat baja.", SectorCode: ptr("teknik"), HoursJP: ptr(240), MinutesPerJP: 45,
			Days: ptr(30), Funding: ptr(FundingAPBD), AgeMin: ptr(17), EducationMin: ptr("SMP"), Method: ptr("onsite"), RegencyCode: ptr("31.75"),
			OutcomeTraining: true, Destinations: record.Codes{},
		},
	}
	if change != nil {
		change(&p)
	}
	if err := s.sql.Create(&p).Error; err != nil {
		t.Fatal(err)
	}
	return p
}

// addIntake publishes an intake of 20 seats that opened yesterday, closes in a week and starts
// a fortnight from now; change adjusts it first.
func (s *testStore) addIntake(t testing.TB, p Programme, change func(*Intake)) Intake {
	t.Helper()
	now := s.db.Now()
	day := func(n int) *time.Time { return ptr(record.DayOf(now).Plus(n).Date()) }
	var last int
	s.sql.Raw("SELECT coalesce(max(number), 0) FROM intakes WHERE programme_id = ?", p.ID).Scan(&last)
	in := Intake{
		Ref: record.NewRef("AN"), ProgrammeID: p.ID, Number: last + 1, State: IntakePublished, Selection: ByTest,
		OpensAt: ptr(now.AddDate(0, 0, -1)), ClosesAt: ptr(record.DateDay(*day(7)).End()),
		StartsOn: day(14), EndsOn: day(60), Quota: 20, ReserveSeats: 3, EnrolDays: 3,
		Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	if change != nil {
		change(&in)
	}
	if err := s.sql.Create(&in).Error; err != nil {
		t.Fatal(err)
	}
	return in
}

// addOpenProgramme publishes a programme of that title with an open intake.
func (s *testStore) addOpenProgramme(t testing.TB, in Institution, title string, change func(*Programme)) Programme {
	t.Helper()
	p := s.addProgramme(t, in, func(p *Programme) {
		p.Title, p.Description = title, fmt.Sprintf("Contoh %s.", title)
		if change != nil {
			change(p)
		}
	})
	s.addIntake(t, p, nil)
	return p
}
