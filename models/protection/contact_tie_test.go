package protection

import (
	"errors"
	"testing"

	"naikkelas/models/record"
)

// A person ties themselves to an account of a seeker and to no other, cuts it again, and closing the account cuts it too;
// nothing but the tie is noted.
func TestTieIsThePersonsOwn(t *testing.T) {
	s := newDoor(t)
	sari := s.addOfficer(t, record.Seeker, "Sari")
	gone := s.addOfficer(t, record.Seeker, "Bekas")
	if err := s.sql.Exec("UPDATE users SET closed_at = now() WHERE id = ?", gone.ID).Error; err != nil {
		t.Fatal(err)
	}
	token, r := s.file(t, cry())
	before := s.now(t, r.Ref)
	for _, u := range []record.User{{}, s.rina, s.admin, gone} {
		if err := s.Tie(t.Context(), token, u); !errors.Is(err, ErrNoAccount) {
			t.Errorf("%s: %v", u.Name, err)
		}
	}
	for range 2 {
		if err := s.Tie(t.Context(), token, sari); err != nil {
			t.Fatal(err)
		}
	}
	tied := s.rows(t, "case_people WHERE user_id = ?", sari.ID)
	if o, err := s.OwnCase(t.Context(), token); err != nil || !o.Tied || tied != 1 {
		t.Fatalf("%d tied, %t, %v", tied, o.Tied, err)
	}
	for range 2 {
		if err := s.Untie(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if o, err := s.OwnCase(t.Context(), token); err != nil || o.Tied {
		t.Errorf("still tied, %v", err)
	}
	events := s.rows(t, "case_events WHERE kind IN ('tied', 'untied') AND actor_id IS NULL AND next_actor = ''")
	named := s.rows(t, "audit_rows WHERE person_id = ? AND action LIKE 'case%'", sari.ID)
	if after := s.now(t, r.Ref); events != 2 || named != 0 || after.Version != before.Version+2 {
		t.Errorf("%d events, %d rows about the account", events, named)
	}
	if err := s.Tie(t.Context(), "", sari); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("without number and PIN: %v", err)
	}
}
