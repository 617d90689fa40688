package protection

import (
	"slices"
	"strings"
	"testing"
)

// Every column of sealed values of this area is sealed again with new keys, and no other holds bytes but hashes.
func TestEverySealedColumnOfTheAreaIsKnown(t *testing.T) {
	s := newDesk(t)
	hashes := []string{"case_people.pin_index", "case_people.address_index", "help_sessions.token_hash", "pin_tries.key",
		"case_attachments.sha256", "case_people.mother_index", "case_people.passport_index", "case_people.nik_index",
		"case_name_words.word_index"}
	var columns []string
	err := s.sql.Raw(`SELECT table_name || '.' || column_name
		FROM information_schema.columns
		WHERE table_schema = 'public'
			AND data_type = 'bytea'
			AND (table_name LIKE 'case%' OR table_name IN ('help_sessions', 'pin_tries'))
		ORDER BY 1`).Scan(&columns).Error
	if err != nil || len(columns) == 0 {
		t.Fatal(len(columns), err)
	}
	var sealed []string
	for _, p := range Personal() {
		for _, c := range strings.Fields(p.Seals) {
			sealed = append(sealed, p.Table+"."+c)
		}
	}
	for _, c := range columns {
		if slices.Contains(sealed, c) == slices.Contains(hashes, c) {
			t.Errorf("%s: among the sealed ones and the hashes, or nowhere", c)
		}
	}
	if len(columns) != len(sealed)+len(hashes) {
		t.Errorf("%d columns, %d are declared", len(columns), len(sealed)+len(hashes))
	}
}
