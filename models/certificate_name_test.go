package models

import "testing"

// F006: a name is the KTP's only where an officer read it there; what the officer noted stands instead of what the
// person typed, and a card that was found to differ without its name noted gives none.
func TestF006NameOfTheCardIsTheOneThatAnOfficerRead(t *testing.T) {
	owner := WholeProfile{User: User{Name: "Suparmi"}, Profile: Profile{NIKMasked: "3174********0001"}}
	noted := &IdentityCheck{Outcome: "differs", SeenName: "Suparmi Wati", Typed: "Suparmi"}
	for _, tt := range []struct {
		what   string
		check  *IdentityCheck
		holder string
		card   string
		read   bool
		warned string
	}{
		{"nobody has looked", nil, "Suparmi Wati", "", false, WarningAccount},
		{"found the same", &IdentityCheck{Outcome: "checked", Typed: "Suparmi"}, "Suparmi", "Suparmi", true, ""},
		{"another name noted", noted, "Suparmi", "Suparmi Wati", true, WarningNames},
		{"the noted name is the paper's", noted, "Suparmi Wati", "Suparmi Wati", true, ""},
		{"differs, name not noted", &IdentityCheck{Outcome: "differs"}, "Suparmi Wati", "", false, WarningAccount},
	} {
		owner.Checks = map[string]IdentityCheck{}
		if tt.check != nil {
			owner.Checks[CheckName] = *tt.check
		}
		if card, read := owner.CardName(); card != tt.card || read != tt.read {
			t.Errorf("%s: %q, %v", tt.what, card, read)
		}
		warned := ""
		for _, w := range CertificateWarnings(CertificateView{Certificate: Certificate{HolderName: tt.holder}}, owner, noon) {
			if w == WarningNames || w == WarningAccount {
				warned += w
			}
		}
		if warned != tt.warned {
			t.Errorf("%s: warned of %q, want %q", tt.what, warned, tt.warned)
		}
	}
}
