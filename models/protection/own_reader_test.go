package protection

import (
	"errors"
	"testing"

	"naikkelas/models/record"
)

// Whoever holds the phone of somebody who died learns nothing of the next of kin from their page, and cannot cut them off.
func TestPageOfWhoeverDiedKnowsNothingOfTheKin(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.asksKin(t, r.Ref, s.sister(t, r.Ref))
	var k Consent
	if err := s.sql.Take(&k, "how = 'kin'").Error; err != nil {
		t.Fatal(err)
	}
	if err := s.AgreeKin(t.Context(), s.hana, s.now(t, r.Ref), k.Ref, true); err != nil {
		t.Fatal(err)
	}
	if o, err := s.OwnCase(t.Context(), token); err != nil || len(o.Readers) != 0 {
		t.Errorf("the page tells of %+v, %v", o.Readers, err)
	}
	if own, err := s.OwnConsent(t.Context(), token, k.Ref); err != nil || own.Ref != "" {
		t.Errorf("the page shows %+v, %v", own, err)
	}
	if err := s.WithdrawConsent(t.Context(), token, k.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("taken back: %v", err)
	}
	cut := s.rows(t, "case_consents WHERE how = 'kin' AND withdrawn_at IS NOT NULL")
	if cut != 0 || s.rows(t, "case_events WHERE kind = 'consent_withdrawn'") != 0 {
		t.Error("the next of kin were cut off")
	}
}
