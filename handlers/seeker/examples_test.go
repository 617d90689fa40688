package seeker_test

import (
	"testing"

	"naikkelas/internal/testportal"
)

// The examples of each paper are of that very kind, and folded beside its field.
func TestExamplesAreFoldedAndOfTheirKind(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	page := c.Get(section("foto-ktp")).Has("main details summary", "KTP").Has("main details summary", "Kartu keluarga").
		Has("main details", "Kartu utuh").Has("main details", "Lembar utuh")
	for name, open := range map[string]string{"open": "main details[open] svg", "beside": "main form > div svg[viewBox='0 0 120 90']"} {
		if n := page.Find(open).Length(); n > 0 {
			t.Errorf("%s: %d examples are not folded", name, n)
		}
	}
}
