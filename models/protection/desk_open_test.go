package protection

import (
	"errors"
	"testing"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// What somebody says on the telephone becomes a case that the officer holds at once; its number and PIN open it for them,
// and a second press makes no second one.
func TestCaseOpenedAtTheDesk(t *testing.T) {
	s := newDoor(t)
	f := cry()
	ref, pin, err := s.OpenAtDesk(t.Context(), s.rina, f, Source{})
	if err != nil || pin == "" {
		t.Fatalf("%q, %v", pin, err)
	}
	if again, samePIN, err := s.OpenAtDesk(t.Context(), s.rina, f, Source{}); err != nil || again != ref || samePIN != pin {
		t.Errorf("the second press: %s %s, %v", again, samePIN, err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, ref, true)
	if err != nil || d.Door != DoorDesk || d.LeadName != "Rina" || d.Story == "" || len(d.People) != 1 || d.NextActor != ActorLead {
		t.Errorf("%+v, %v", d, err)
	}
	if n := s.rows(t, "case_alarms"); n != 0 {
		t.Errorf("%d alarms for what an officer wrote", n)
	}
	token, err := s.Enter(t.Context(), ref, pin, "198.51.100.3")
	if err != nil {
		t.Fatal(err)
	}
	if o, err := s.OwnCase(t.Context(), token); err != nil || o.State != SeenHandled {
		t.Errorf("%+v, %v", o, err)
	}
	if _, _, err := s.OpenAtDesk(t.Context(), s.lain, cry(), Source{}); !errors.Is(err, record.ErrNotFound) || s.rows(t, "cases") != 1 {
		t.Errorf("by an officer without the duty: %v", err)
	}
}

// People are added with what is known of them, and found again by their number on another case.
func TestPeopleAreAddedAndDoublesAreShown(t *testing.T) {
	s := newDoor(t)
	first, second := s.takenByRina(t, cry()), s.takenByRina(t, cry())
	in := NewPerson{
		Part: PartEmployer, Name: " Contoh Majikan ", Relation: "majikan", Reach: Reach{Channel: ChannelPhone, Address: "+852 5550 7777"},
	}
	p := s.now(t, first)
	for range 2 {
		if err := s.AddPerson(t.Context(), s.rina, p, in); err != nil {
			t.Fatal(err)
		}
	}
	in.Part = "boss"
	if err := s.AddPerson(t.Context(), s.rina, s.now(t, first), in); !errors.Is(err, ErrChoice) {
		t.Errorf("a part that is none: %v", err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, first, true)
	if err != nil || len(d.People) != 2 {
		t.Fatalf("%+v, %v", d.People, err)
	}
	if boss := d.People[1]; boss.Name != "Contoh Majikan" || boss.Masked != "····77" || boss.PINIndex != nil {
		t.Fatalf("%+v, %v", d.People, err)
	}
	if got := d.People[0].Doubles; len(got) != 1 || got[0] != second {
		t.Errorf("the other case with the same number: %v", got)
	}
	if err := s.Answer(t.Context(), s.rina, s.now(t, first), d.People[1].Ref, "Halo", s.due(ActorLead)); err == nil {
		t.Error("somebody without a PIN was written to")
	}
	if err := s.Answer(t.Context(), s.rina, Press{Ref: first, Version: s.now(t, first).Version, Form: uuid.NewString()},
		d.People[0].Ref, "Halo", s.due(ActorPerson)); err != nil {
		t.Error(err)
	}
}
