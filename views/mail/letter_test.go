package mail

import (
	"strings"
	"testing"

	"naikkelas/models/record"
)

// Each decision about a certificate has a letter of its own that says which certificate and what to do,
// in both languages; only the one that was returned asks its owner to act.
func TestLettersAboutCertificatesSayWhichAndWhat(t *testing.T) {
	act := map[string]string{"id": "Perlu tindakan Anda", "en": "You need to act"}
	subjects := map[string]string{}
	for lang, asked := range act {
		for _, template := range []string{"certificate_verified", "certificate_needs_fix", "certificate_rejected", "certificate_suspended", "certificate_expiring", "certificate_unsigned"} {
			l := record.Letter{Template: template, Language: lang, Data: map[string]string{"Name": "Suparmi", "Certificate": "Operator CNC", "Ref": "SR-7K2M", "When": "1-2-2027", "Path": "/saya/sertifikat/SR-7K2M"}}
			got, err := Compose(t.Context(), l, "https://contoh.id", "Disnakertransgi")
			if err != nil {
				t.Fatal(err)
			}
			if other, taken := subjects[got.Subject]; taken {
				t.Errorf("%s: %s has the subject of %s: %s", lang, template, other, got.Subject)
			}
			subjects[got.Subject] = template
			first := strings.Split(got.Text, "\n\n")[1]
			if !strings.Contains(first, "Operator CNC (SR-7K2M)") || !strings.Contains(got.Subject, "SR-7K2M") {
				t.Errorf("%s: %s says not which: %s / %s", lang, template, got.Subject, first)
			}
			if asks := strings.HasPrefix(got.Subject, asked); asks != (template == "certificate_needs_fix") {
				t.Errorf("%s: %s asks to act: %t", lang, template, asks)
			}
			if !strings.Contains(got.HTML, "/saya/sertifikat/SR-7K2M") || strings.Contains(got.Short, "Operator CNC") {
				t.Errorf("%s: %s leads to %s, short %s", lang, template, got.HTML, got.Short)
			}
		}
	}
}
