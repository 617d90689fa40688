package journey

import (
	"errors"
	"testing"

	"naikkelas/models/record"
)

// What is no code of a currency is refused at its field, however many bytes it has.
func TestACurrencyIsThreeLatinLetters(t *testing.T) {
	s := newHome(t)
	d := s.departs(t, s.ani)
	for _, wrong := range []string{"€", "12A", "H D", "ЯR", "HK", "HKDX", "日"} {
		err := s.SaveDeparture(t.Context(), s.ani, "", d.Version, DepartureInput{Wage: new(int64(10)), WageCurrency: wrong})
		if !errors.Is(err, ErrDepartureCurrency) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if err := s.SaveDeparture(t.Context(), s.ani, "", d.Version, DepartureInput{Wage: new(int64(10)), WageCurrency: " hkd "}); err != nil {
		t.Error(err)
	}
}

// Who is abroad already has left on a day that nobody guesses.
func TestAbroadAlreadyOnADayThatIsNotKnown(t *testing.T) {
	s := newHome(t)
	d := s.departs(t, s.ani)
	if d.LeftOn != nil || !d.Gone() {
		t.Errorf("left on %v, gone %v", d.LeftOn, d.Gone())
	}
	if err := s.CallOff(t.Context(), s.ani, "", d.Version); !errors.Is(err, ErrDepartureGone) {
		t.Errorf("called off: %v", err)
	}
}

// The plan is closed at the moment of leaving, with a row of the trail; editing what is kept closes none that came later.
func TestEditingADepartureClosesNoPlan(t *testing.T) {
	s := newHome(t)
	plan := func(ref string) {
		t.Helper()
		err := s.sql.Exec(`INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at)
			VALUES (?, ?, '', '', '', '', ?)`, ref, s.ani.ID, s.clock()).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	save := func(in DepartureInput) {
		t.Helper()
		o, err := s.Departure(t.Context(), s.ani, "")
		if err == nil {
			err = s.SaveDeparture(t.Context(), s.ani, "", o.Version, in)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const open = "readiness_plans WHERE closed_at IS NULL"
	plan("SB-1")
	if err := s.BeginDeparture(t.Context(), s.ani, "", "", false); err != nil {
		t.Fatal(err)
	}
	left := record.DayOf(s.clock()).Plus(-3).Date()
	save(DepartureInput{LeftOn: &left})
	if s.rows(t, open) != 0 || s.rows(t, "audit_rows WHERE action = 'readiness_left' AND person_id = ?", s.ani.ID) != 1 {
		t.Error("leaving closes no plan, or the trail does not say so")
	}
	plan("SB-2")
	save(DepartureInput{LeftOn: &left, Said: Said{Job: "Perawat"}})
	if s.rows(t, open) != 1 {
		t.Error("editing closed the plan for another way")
	}
}

// A photo that was refused proves no registration.
func TestRegisteredAbroadTakesNoRefusedFile(t *testing.T) {
	s := newHome(t)
	s.departs(t, s.ani)
	err := s.sql.Exec(`INSERT INTO uploads (ref, owner_id, purpose, name, media_type, size, sha256, blob_key, state, created_at)
		VALUES ('BK-1', ?, 'other', 'bukti.jpg', 'image/jpeg', 9, 'x', 'x', 'refused', ?)`, s.ani.ID, s.clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RegisteredAbroad(t.Context(), s.ani, record.DayOf(s.clock()).Date(), "BK-1"); !errors.Is(err, ErrItemFile) {
		t.Errorf("a refused file: %v", err)
	}
}
