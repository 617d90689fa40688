package journey

import (
	"slices"
	"strings"
	"testing"
)

// Every column of bytes of this area is sealed again with new keys, or holds a hash.
func TestEverySealedColumnOfTheAreaIsKnown(t *testing.T) {
	s := newLines(t)
	var tables, sealed []string
	for _, p := range Personal() {
		tables = append(tables, p.Table)
		for _, c := range strings.Fields(p.Seals) {
			sealed = append(sealed, p.Table+"."+c)
		}
		for _, c := range p.Columns {
			if c.Sealed {
				for _, name := range strings.Fields(c.Names) {
					sealed = append(sealed, p.Table+"."+name)
				}
			}
		}
	}
	var columns []string
	err := s.sql.Raw("SELECT table_name || '.' || column_name FROM information_schema.columns WHERE data_type = 'bytea' AND table_name IN ?",
		tables).Scan(&columns).Error
	if err != nil || len(columns) == 0 {
		t.Fatal(len(columns), err)
	}
	for _, c := range columns {
		if c == "offer_checks.answers" { // half an hour old at most
			continue
		}
		hash := strings.HasSuffix(c, "_hash") || strings.HasSuffix(c, "_index")
		if slices.Contains(sealed, c) == hash {
			t.Errorf("%s: among the sealed ones and the hashes, or nowhere", c)
		}
	}
}
