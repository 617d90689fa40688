package models

import (
	"errors"
	"testing"
)

// A letter names the certificate by its title or its type, never by a number.
func TestLetterNamesTheCertificateWithoutNumbers(t *testing.T) {
	tests := []struct{ title, number, language, want string }{
		{"Operator CNC", "77/2026", "id", "Operator CNC"},
		{"Las ISO 9606-1:2017", "77/2026", "id", "Las ISO 9606-1:2017"},
		{"", "77/2026", "id", "Juru las"},
		{"", "77/2026", "en", "Welder"},
		{"Operator CNC no 77/2026-a", "77/2026-A", "id", "Juru las"},
		{"Suparmi 3174 0101 0190 0003", "77/2026", "id", "Juru las"},
	}
	for _, tt := range tests {
		t.Run(tt.title+tt.language, func(t *testing.T) {
			s, u, officer, c := welding(t)
			err := errors.Join(
				s.sql.Exec(`UPDATE certificates
					SET title = ?, number = ?
					WHERE id = ?`, tt.title, tt.number, c.ID).Error,
				s.sql.Exec("UPDATE users SET language = ? WHERE id = ?", tt.language, u.ID).Error,
				s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{
					Outcome: CertificateNeedsFix, Reason: "needs_fix_x",
				}),
			)
			if err != nil {
				t.Fatal(err)
			}
			if l := s.lastLetter(t); l.Data["Certificate"] != tt.want || l.Language != tt.language {
				t.Errorf("the letter says %q in %s, want %q", l.Data["Certificate"], l.Language, tt.want)
			}
		})
	}
}
