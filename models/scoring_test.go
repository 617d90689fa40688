package models

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/models/record"
)

// theoryAndPractice are two criteria, the second of twice the weight.
func theoryAndPractice() []Criterion {
	return []Criterion{{Name: "Teori", Weight: 1, Best: 50}, {Name: "Praktik", Weight: 2, Best: 100}}
}

// scores are what was typed of each person, in the order of the criteria.
func scores(list []Application, typed ...[]float64) (inputs []ScoreInput) {
	for i, row := range typed {
		for k := range row {
			inputs = append(inputs, ScoreInput{Ref: list[i].Ref, Position: k + 1, Score: &row[k]})
		}
	}
	return inputs
}

// saves keeps scores over those that are there.
func (s *testStore) saves(t testing.TB, staff User, in Intake, inputs []ScoreInput) error {
	t.Helper()
	seen, err := s.scoresSeen(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s.SaveScores(t.Context(), staff, in.Ref, seen, inputs)
}

// Criteria are set before the first test day and not while there are scores; who saw older ones sets nothing.
func TestCriteriaAreSetBeforeTheTestAlone(t *testing.T) {
	s, in, _ := selecting(t, 2)
	staff := s.staffFor(t, in)
	list := s.attended(t, in, 1)
	set := func(version int64, criteria []Criterion, pass *float64) error {
		return s.SetScoring(t.Context(), staff, in.Ref, version, criteria, pass)
	}
	for name, tt := range map[string]struct {
		criteria []Criterion
		pass     *float64
		key      string
	}{
		"none":        {nil, nil, ErrNoCriteria.Key},
		"nameless":    {[]Criterion{{Weight: 1, Best: 1}}, nil, "scoring.name"},
		"weightless":  {[]Criterion{{Name: "x", Best: 1}}, nil, "scoring.weight"},
		"best of 0":   {[]Criterion{{Name: "x", Weight: 1}}, nil, "scoring.best"},
		"pass of 101": {theoryAndPractice(), ptr(101.0), ErrPassMark.Key},
	} {
		if refused := record.RefusalsIn(set(0, tt.criteria, tt.pass)); len(refused) != 1 || refused[0].Key != tt.key {
			t.Errorf("%s: %v", name, refused)
		}
	}
	if err := set(0, theoryAndPractice(), ptr(60.0)); err != nil {
		t.Fatal(err)
	}
	if err := set(0, theoryAndPractice(), nil); !errors.Is(err, ErrStale) {
		t.Errorf("over newer criteria: %v", err)
	}
	_, _, scoring, err := s.IntakeScoring(t.Context(), staff, in.Ref)
	if err != nil || len(scoring.Criteria) != 2 || *scoring.PassMark != 60 {
		t.Fatalf("kept %+v, %v", scoring, err)
	}
	if err := s.saves(t, staff, in, scores(list, []float64{40, 80})); err != nil {
		t.Fatal(err)
	}
	if err := set(scoring.Version(), theoryAndPractice(), nil); !errors.Is(err, ErrScored) {
		t.Errorf("with scores: %v", err)
	}
	if err := s.saves(t, staff, in, []ScoreInput{{Ref: list[0].Ref, Position: 1}, {Ref: list[0].Ref, Position: 2}}); err != nil {
		t.Fatal(err)
	}
	s.put(t, list[0], Attended, map[string]any{"test_at": s.clock().Add(48 * time.Hour)})
	if err := set(scoring.Version(), theoryAndPractice(), nil); err != nil {
		t.Errorf("two days before the test: %v", err)
	}
	s.pass(48 * time.Hour)
	_, _, scoring, err = s.IntakeScoring(t.Context(), staff, in.Ref)
	refused := record.RefusalsIn(set(scoring.Version(), theoryAndPractice(), nil))
	if err != nil || len(refused) != 1 || refused[0].Key != errScoringFixed.Key {
		t.Errorf("on the day of the test: %v, %v", refused, err)
	}
}

// A sheet is kept as a whole or not at all: each wrong field is named, nobody's who was decided on, or who is not the
// institution's, and nothing over what a colleague saved meanwhile.
func TestSheetIsKeptAsAWhole(t *testing.T) {
	s, in, _ := selecting(t, 2)
	staff := s.staffFor(t, in)
	list := s.attended(t, in, 3)
	if err := s.saves(t, staff, in, scores(list, []float64{1, 1})); !errors.Is(err, ErrNotScored) {
		t.Errorf("without criteria: %v", err)
	}
	if err := s.SetScoring(t.Context(), staff, in.Ref, 0, theoryAndPractice(), nil); err != nil {
		t.Fatal(err)
	}
	s.put(t, list[2], Accepted, nil)
	wrong := s.saves(t, staff, in, scores(list, []float64{51, 80}, []float64{50, -1}, []float64{1, 1}))
	fields := map[string]string{}
	for _, r := range record.RefusalsIn(wrong) {
		fields[r.Field] = r.Key
	}
	for field, key := range map[string]string{
		ScoreField(list[0].Ref, 1): "scoring.range", ScoreField(list[1].Ref, 2): "scoring.range",
		"": ErrScoreClosed.Key,
	} {
		if fields[field] != key {
			t.Errorf("%s is refused as %q", field, fields[field])
		}
	}
	if n := s.rows(t, "application_scores"); n != 0 || len(fields) != 3 {
		t.Errorf("%d scores are kept, %v refused", n, fields)
	}
	if err := s.saves(t, staff, in, scores(list, []float64{50, 80.5}, []float64{25, 40})); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveScores(t.Context(), staff, in.Ref, "0.0", scores(list, []float64{1, 1})); !errors.Is(err, ErrStale) {
		t.Errorf("over a colleague's: %v", err)
	}
	other := s.staffFor(t, s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil))
	if err := s.saves(t, other, in, scores(list, []float64{1, 1})); !errors.Is(err, ErrNotFound) {
		t.Errorf("another institution: %v", err)
	}
	other.MaySelect = false
	if err := s.saves(t, other, in, nil); !errors.Is(err, ErrForbidden) {
		t.Errorf("without the right: %v", err)
	}
	table, err := s.Applicants(t.Context(), staff, in.Ref, ApplicantQuery{})
	if err != nil || table.Sort != "rank" || len(table.Items) != 3 || *table.Items[0].Total != 87 || *table.Items[1].Total != 43.33 {
		t.Fatalf("the table says %+v, %v", table.Items, err)
	}
	if table.Items[2].Total != nil || table.Items[2].Rank != nil {
		t.Errorf("who has no score has the rank %v", table.Items[2].Rank)
	}
	table, err = s.Applicants(t.Context(), staff, in.Ref, ApplicantQuery{Filter: ApplicantFilter{Lowest: "50"}})
	if err != nil || table.Found != 1 || len(table.Items) != 1 {
		t.Errorf("from 50 on there are %d, %v", table.Found, err)
	}
}

// Ranks follow the totals whatever is typed: the highest stands first, equal ones share a rank and are said to, and the
// next rank leaves out as many as share.
func TestRanksFollowTheTotalsAndTiesAreNamed(t *testing.T) {
	s, in, _ := selecting(t, 2)
	staff := s.staffFor(t, in)
	const people = 6
	list := s.attended(t, in, people)
	criteria := theoryAndPractice()
	if err := s.SetScoring(t.Context(), staff, in.Ref, 0, criteria, nil); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		typed := make([][]float64, people)
		totals := map[string]float64{}
		for i := range typed {
			a := float64(rapid.IntRange(0, 4).Draw(r, "theory")) * 12.5
			b := float64(rapid.IntRange(0, 4).Draw(r, "practice")) * 25
			typed[i] = []float64{a, b}
			totals[list[i].Ref] = math.Round((a/50+2*b/100)/3*10000) / 100
		}
		if err := s.saves(t, staff, in, scores(list, typed...)); err != nil {
			r.Fatal(err)
		}
		table, err := s.Applicants(t.Context(), staff, in.Ref, ApplicantQuery{Sort: "rank"})
		if err != nil || len(table.Items) != people {
			r.Fatal(err)
		}
		for i, a := range table.Items {
			above, same := 0, 0
			for _, total := range totals {
				switch {
				case total > totals[a.Ref]:
					above++
				case total == totals[a.Ref]:
					same++
				}
			}
			if *a.Total != totals[a.Ref] || *a.Rank != above+1 || a.Tied != same || i > 0 && *table.Items[i-1].Total < *a.Total {
				r.Fatalf("%v of %v: total %v, rank %d shared by %d; want %d and %d", a.Ref, totals, *a.Total, *a.Rank, a.Tied, above+1, same)
			}
		}
	})
}
