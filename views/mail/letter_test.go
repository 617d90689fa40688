package mail

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"naikkelas/models/record"
)

// Whatever a letter is about, its neutral form says neither who writes nor about what nor to whom: no byte
// of it, in no part and neither language. A code is still in it, or it would be of no use.
func TestNeutralLetterNamesNothing(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		for _, template := range templates(t, lang) {
			for _, code := range []string{"", "482913"} {
				l := record.Letter{Template: template, Language: lang, Neutral: true, Data: map[string]string{
					"Name": "Suparmi", "Ref": "NK-7F3K92QD", "Programme": "Las Listrik", "Institution": "PPKD", "Certificate": "CNC",
					"When": "1-2-2027", "Path": "/saya/sertifikat/SR-7K2M", "Code": code,
				}}
				got, err := Compose(t.Context(), l, House{BaseURL: "https://naikkelas.contoh.id", Operator: "Disnakertransgi"})
				if err != nil {
					t.Fatal(err)
				}
				all := strings.ToLower(strings.Join([]string{got.Subject, got.Text, got.HTML, got.Short}, "\n"))
				for _, word := range []string{
					"naik", "kelas", "disnaker", "://", "href", "portal", "petugas", "officer", "suparmi", "nk-7f", "las listrik", "ppkd",
					"cnc", "2027", "pendaftaran", "application", "sertifikat", "certificate", "akun", "account", "pelatihan", "course",
				} {
					if strings.Contains(all, word) {
						t.Errorf("%s, %s: %q is in %s", lang, template, word, all)
					}
				}
				if got.Subject == "" || got.Text == "" || got.Short == "" || strings.Contains(all, "[mail.") {
					t.Errorf("%s, %s: something is missing in %s", lang, template, all)
				}
				for _, part := range []string{got.Text, got.HTML, got.Short} {
					if !strings.Contains(part, code) {
						t.Errorf("%s, %s: no code in %s", lang, template, part)
					}
				}
			}
		}
	}
}

// A message on a phone leads to the very page, in each language, wherever its matter has one (F142).
func TestF142PhoneMessagesLeadToTheirPage(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		for _, template := range templates(t, lang) {
			l := record.Letter{Channel: "phone", Template: template, Language: lang, Data: map[string]string{
				"Name": "Suparmi", "Ref": "NK-7F3K92QD", "When": "2 Januari 2027", "Place": "Bengkel 3",
			}}
			got, err := Compose(t.Context(), l, House{BaseURL: "https://naikkelas.contoh.id", Operator: "Disnakertransgi"})
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(got.Short, "https://naikkelas.contoh.id/"); n != 1 {
				t.Errorf("%s, %s: %d addresses in %q", lang, template, n, got.Short)
			}
			dated := slices.Contains([]string{
				"application_accepted", "application_needs_fix", "application_extended", "application_invited",
			}, template)
			if dated && (!strings.Contains(got.Short, "2 Januari 2027") || !strings.Contains(got.Text, "2 Januari 2027")) {
				t.Errorf("%s, %s: no date in %q", lang, template, got.Short)
			}
		}
	}
}

// templates are the names of all letters.
func templates(t *testing.T, lang string) []string {
	t.Helper()
	text, err := os.ReadFile("../../internal/i18n/locales/mail." + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]any
	if err := json.Unmarshal(text, &keys); err != nil {
		t.Fatal(err)
	}
	var names []string
	for key := range keys {
		if name, isSubject := strings.CutSuffix(strings.TrimPrefix(key, "mail."), ".subject"); isSubject {
			names = append(names, name)
		}
	}
	if len(names) < 20 {
		t.Fatalf("found the templates %v", names)
	}
	return names
}

// Each decision about a certificate has a letter of its own that says which certificate and what to do,
// in both languages; only the one that was returned asks its owner to act.
func TestLettersAboutCertificatesSayWhichAndWhat(t *testing.T) {
	act := map[string]string{"id": "Perlu tindakan Anda", "en": "You need to act"}
	subjects := map[string]string{}
	for lang, asked := range act {
		for _, template := range []string{
			"certificate_verified", "certificate_needs_fix", "certificate_rejected",
			"certificate_suspended", "certificate_expiring", "certificate_unsigned",
		} {
			l := record.Letter{Template: template, Language: lang, Data: map[string]string{
				"Name": "Suparmi", "Certificate": "Operator CNC", "Ref": "SR-7K2M", "When": "1-2-2027",
				"Path": "/saya/sertifikat/SR-7K2M",
			}}
			got, err := Compose(t.Context(), l, House{BaseURL: "https://contoh.id", Operator: "Disnakertransgi"})
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

// Each letter of check-ins that asks somebody to open a link holds it, in the mail's plain text and on the phone.
func TestLettersOfCheckinsHoldTheirLink(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		for _, template := range []string{"checkin_ask", "checkin_remind", "checkin_relative", "checkin_stuck", "relative_named"} {
			l := record.Letter{Template: template, Language: lang, Data: map[string]string{"Name": "Suparmi", "Path": "/kabar/ABC"}}
			got, err := Compose(t.Context(), l, House{BaseURL: "https://naikkelas.contoh.id"})
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range []string{got.Text, got.Short} {
				if strings.Count(part, "https://naikkelas.contoh.id/kabar/ABC")+strings.Count(part, "/en/kabar/ABC") != 1 {
					t.Errorf("%s, %s: no link, or two, in %s", lang, template, part)
				}
			}
		}
	}
}

// Who asks to bring an institution in has no account: each letter holds the link to the request, in its plain text too.
func TestLettersOfRequestsHoldTheirLink(t *testing.T) {
	for _, lang := range []string{"id", "en"} {
		for _, template := range []string{"join_begun", "join_taken", "join_received", "join_asked", "join_refused"} {
			l := record.Letter{Template: template, Language: lang, Data: map[string]string{"Name": "Sari", "Path": "/lembaga/gabung/ABC"}}
			got, err := Compose(t.Context(), l, House{BaseURL: "https://naikkelas.contoh.id"})
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(got.Text, "/lembaga/gabung/ABC") || !strings.Contains(got.HTML, "/lembaga/gabung/ABC") {
				t.Errorf("%s, %s: no link in %s", lang, template, got.Text)
			}
		}
	}
}
