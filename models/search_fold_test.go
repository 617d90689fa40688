package models

import (
	"testing"

	"pgregory.net/rapid"
)

// What the database folds and what we fold is the same, or a name would not be found by itself.
func TestF166F241NamesAreFoundAsPeopleWriteThem(t *testing.T) {
	s := newStore(t, noon)
	for name, typed := range map[string][]string{
		"MAS'ARIAH":                {"masariah", "Mas’ariah", "mas`ariah", "Ariah mas"},
		"Siti  Nurhaliza":          {"nurhaliza siti", "SITI", "nurhal"},
		"José Øverland":            {"jose", "Jose\u0301", "overland JOSÉ"},
		"Muhammad Rοni":            {"roni", "Rοni"},
		"Ravi a/l Muthu, S.Kom":    {"muthu ravi", "ravi a/l", "s.kom"},
		"Nur Aini (Jum‘at) 100%_x": {"jumat", "jum'at nur", "100%"},
	} {
		for _, text := range typed {
			var found bool
			q := s.sql.Table("(SELECT CAST(? AS text) AS name) n", name)
			for _, pattern := range namePatterns(text) {
				q = q.Where("f_fold(name) LIKE ?", pattern)
			}
			if err := q.Select("true").Scan(&found).Error; err != nil || !found {
				t.Errorf("%q does not find %q (%v)", text, name, err)
			}
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.StringMatching(`[A-Za-z'’`+"`"+`éèüñçøłÅοа ]{1,12}`).Draw(rt, "name")
		var n int64
		q := s.sql.Table("(SELECT CAST(? AS text) AS name) n", name)
		for _, pattern := range namePatterns(name) {
			q = q.Where("f_fold(name) LIKE ?", pattern)
		}
		if err := q.Count(&n).Error; err != nil || n != 1 {
			rt.Fatalf("%q does not find itself (%v)", name, err)
		}
	})
}

func TestF166ProgrammeIsFoundWithoutItsApostrophe(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	s.addOpenProgramme(t, s.addInstitution(t, "LPK Ma'ruf"), "Seni Qur'ani dan Jum’at", nil)
	for _, text := range []string{"qurani", "Qur'ani", "qur’ani", "jumat", "Jum`at", "maruf", "MA'RUF"} {
		if got := s.titles(t, CatalogueFilter{Text: text}); len(got) != 1 {
			t.Errorf("%q finds %q", text, got)
		}
	}
}
