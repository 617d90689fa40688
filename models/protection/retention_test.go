package protection

import (
	"slices"
	"testing"
	"time"
)

// Whatever table holds sealed words of a case is emptied with it, also one that is added later.
func TestEveryTableOfWordsIsStripped(t *testing.T) {
	s := newDesk(t)
	var tables []string
	err := s.sql.Raw(`SELECT DISTINCT c.table_name
		FROM information_schema.columns c
		JOIN information_schema.columns w USING (table_schema, table_name)
		WHERE c.table_schema = 'public'
			AND c.column_name = 'case_id'
			AND w.column_name LIKE '%\_sealed'
		ORDER BY 1`).Scan(&tables).Error
	if err != nil || len(tables) < 10 {
		t.Fatal(tables, err)
	}
	for _, table := range tables {
		if !slices.Contains(stripped, table) {
			t.Errorf("%s keeps its words when a case is stripped", table)
		}
	}
}

// Why somebody asked for a case goes with its other words.
func TestAsksAreStrippedWithTheirCase(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	s.askedFor(t, s.joko, ref)
	if err := s.Close(t.Context(), s.rina, s.now(t, ref), "helped", "Selesai."); err != nil {
		t.Fatal(err)
	}
	s.pass(1826 * 24 * time.Hour)
	if _, err := s.StripCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "case_asks"); n != 0 || s.rows(t, "cases WHERE stripped_at IS NOT NULL") != 1 {
		t.Errorf("%d rows are left", n)
	}
}
