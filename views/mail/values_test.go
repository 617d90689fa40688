package mail

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"naikkelas/models/record"
)

// named finds the values that a sentence names.
var named = regexp.MustCompile(`\{\{\s*\.(\w+)`)

// Every value that a sentence of a letter names is given to it, whatever the letter; in both languages, on both ways.
func TestF256EveryLetterGetsItsValues(t *testing.T) {
	given := append([]string{"Link", "Operator", "Home"}, values...)
	for _, lang := range []string{"id", "en"} {
		text, err := os.ReadFile("../../internal/i18n/locales/mail." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys map[string]json.RawMessage
		if err := json.Unmarshal(text, &keys); err != nil {
			t.Fatal(err)
		}
		for key, sentence := range keys {
			for _, name := range named.FindAllStringSubmatch(string(sentence), -1) {
				if !slices.Contains(given, name[1]) {
					t.Errorf("%s in %s names %s, which no letter is given", key, lang, name[1])
				}
			}
		}
	}
	invitation := record.Letter{
		Channel: "email", Template: "invitation", Language: "id",
		Data: map[string]string{"Task": "memeriksa berkas", "Institution": "LPK Contoh", "Code": "x"},
	}
	got, err := Compose(t.Context(), invitation, House{BaseURL: "https://portal.example", Operator: "Contoh"})
	if err != nil || !strings.Contains(got.Text, "memeriksa berkas") || strings.Contains(got.Text+got.HTML+got.Short, "no value") {
		t.Errorf("%q, %v", got.Text, err)
	}
}
