package mail

import (
	"strings"
	"testing"

	"naikkelas/models/record"
)

// Letters of a demo say that they are no official ones, in both languages and forms; neutral ones say nothing at all.
func TestF192LettersOfADemoSaySo(t *testing.T) {
	for lang, want := range map[string]string{"id": "Contoh: bukan situs resmi.", "en": "Example: not an official site."} {
		for _, demo := range []bool{true, false} {
			for _, neutral := range []bool{true, false} {
				l := record.Letter{Template: "register_code", Language: lang, Neutral: neutral, Data: map[string]string{"Code": "123456"}}
				got, err := Compose(t.Context(), l, House{BaseURL: "https://contoh.id", Operator: "Uji", Demo: demo})
				if err != nil {
					t.Fatal(err)
				}
				for _, part := range []string{got.Text, got.HTML} {
					if strings.Contains(part, want) != (demo && !neutral) {
						t.Errorf("%s, demo %v, neutral %v: %s", lang, demo, neutral, part)
					}
				}
			}
		}
	}
}
