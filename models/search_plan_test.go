package models

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// planOf is how the database answers a query whose values it does not know when it plans, a line each.
func (s *testStore) planOf(t testing.TB, query func(*Store, context.Context) *gorm.DB) []string {
	t.Helper()
	dry := NewStore(record.New(s.sql.Session(&gorm.Session{DryRun: true}), s.clock, s.db.Box(), nil))
	var rows []map[string]any
	statement := query(dry, t.Context()).Find(&rows).Statement
	values := make([]string, len(statement.Vars))
	for i, v := range statement.Vars {
		values[i] = s.sql.Dialector.Explain("$1", v)
	}
	var lines []string
	err := s.sql.Transaction(func(tx *gorm.DB) error {
		if err := tx.Exec("SET LOCAL plan_cache_mode = force_generic_plan").Error; err != nil {
			return err
		}
		if err := tx.Exec("PREPARE search AS " + statement.SQL.String()).Error; err != nil {
			return err
		}
		if err := tx.Raw("EXPLAIN EXECUTE search(" + strings.Join(values, ", ") + ")").Scan(&lines).Error; err != nil {
			return err
		}
		return tx.Exec("DEALLOCATE search").Error
	})
	if err != nil {
		t.Fatalf("%s: %v", statement.SQL.String(), err)
	}
	return lines
}

// A text that nobody searched for before costs no reading of words row by row, on a new portal as on one whose tables
// were counted: what is typed is read once, and the words of a programme, an institution and an occupation are
// stored (F260).
func TestF260WhatIsSearchedForIsReadOnce(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	s.addMany(t, 30)
	queries := map[string]func(*Store, context.Context) *gorm.DB{
		"one word": func(s *Store, ctx context.Context) *gorm.DB {
			return s.catalogue(ctx, CatalogueFilter{Text: "pengelasan"}).Select("p.id")
		},
		"two words and a filter": func(s *Store, ctx context.Context) *gorm.DB {
			return s.catalogue(ctx, CatalogueFilter{Text: "las listrik", Chosen: map[string]string{"sektor": "teknik"}}).Select("p.id")
		},
		"institutions": func(s *Store, ctx context.Context) *gorm.DB {
			return s.verifiedInstitutions(ctx, InstitutionFilter{Text: "balai las"}).Select("i.id")
		},
	}
	for _, portal := range []string{"new", "counted"} {
		if portal == "counted" {
			if err := s.AnalyzeCatalogue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for name, query := range queries {
			plan := s.planOf(t, query)
			perRow := slices.DeleteFunc(slices.Clone(plan), func(line string) bool {
				return !strings.Contains(line, "to_tsquery(") && !strings.Contains(line, "to_tsvector(") &&
					!strings.Contains(line, "f_words(") && !strings.Contains(line, "SubPlan")
			})
			if len(perRow) > 0 || !strings.Contains(strings.Join(plan, "\n"), "search @@") {
				t.Errorf("%s portal, %s: done for each row: %q in\n%s", portal, name, perRow, strings.Join(plan, "\n"))
			}
		}
	}
}
