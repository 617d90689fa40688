package protection

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// Nobody but whom it happens to opens their case to an office by their word.
func TestConsentIsOfWhomItHappensTo(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	f := cry()
	f.Door = DoorFamily
	ref := s.takenByRina(t, f)
	boss := NewPerson{Part: PartEmployer, Name: "Contoh Majikan"}
	if err := s.AddPerson(t.Context(), s.rina, s.now(t, ref), boss); err != nil {
		t.Fatal(err)
	}
	var others []Person
	if err := s.sql.Find(&others, "part <> 'subject'").Error; err != nil || len(others) != 2 {
		t.Fatal(len(others), err)
	}
	for _, p := range others {
		in := s.input(t, ref, bp3mi, ShowStory)
		in.Person = p.Ref
		if err := s.Refer(t.Context(), s.rina, s.now(t, ref), in); !errors.Is(err, ErrConsentOf) {
			t.Errorf("the word of the %s: %v", p.Part, err)
		}
	}
	// The reporter is shown to no office.
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowWho, ShowReach)); err != nil {
		t.Fatal(err)
	}
	d, err := s.PartnerCase(t.Context(), bp3mi, s.referred(t).Ref)
	if err != nil || len(d.People) != 1 || d.People[0].Part != PartSubject || d.People[0].Reach.Address != "" {
		t.Errorf("%+v, %v", d.People, err)
	}
}

// A referral whose day has passed comes back to the desk once, and a proposal of that kind cannot be agreed to.
func TestReferralEndsWithItsDay(t *testing.T) {
	s := newDoor(t)
	one, two := s.partner(t, "BP3MI Contoh"), s.partner(t, "UPT Contoh")
	ref := s.takenByRina(t, cry())
	sent, proposed := s.input(t, ref, one, ShowStory), s.input(t, ref, two, ShowStory)
	proposed.Person, proposed.How, proposed.WithoutConsent, proposed.Why = "", "", true, "Tidak bisa dihubungi."
	err := errors.Join(s.Refer(t.Context(), s.rina, s.now(t, ref), sent), s.Refer(t.Context(), s.rina, s.now(t, ref), proposed))
	if err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "cases WHERE next_actor = 'head'"); n != 1 || s.rows(t, "case_alarms WHERE reason = 'second' AND level = 'head'") != 1 {
		t.Error("the head does not hear that a second officer is needed")
	}
	p := s.referred(t)
	s.pass(31 * 24 * time.Hour)
	if err := s.AgreeReferral(t.Context(), s.joko, s.now(t, ref), p.Ref, true); !errors.Is(err, ErrReferralOver) {
		t.Errorf("agreed to what is over: %v", err)
	}
	for range 2 {
		if _, err := s.EndReferrals(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.rows(t, "case_events WHERE kind = 'referral_over'"); n != 2 || s.rows(t, "case_referrals WHERE state <> 'ended'") != 0 {
		t.Errorf("%d ended", n)
	}
}

// Two proposals do not block each other: each is agreed to by who did not make it.
func TestProposalsOfTwoOfficers(t *testing.T) {
	s := newDoor(t)
	one, two := s.partner(t, "BP3MI Contoh"), s.partner(t, "UPT Contoh")
	ref := s.takenByRina(t, cry())
	propose := func(officer, office record.User) string {
		in := s.input(t, ref, office, ShowStory)
		in.Person, in.How, in.WithoutConsent, in.Why = "", "", true, "Tidak bisa dihubungi."
		if err := s.Refer(t.Context(), officer, s.now(t, ref), in); err != nil {
			t.Fatal(err)
		}
		return s.referred(t).Ref
	}
	first, second := propose(s.rina, one), propose(s.hana, two)
	if err := s.AgreeReferral(t.Context(), s.hana, s.now(t, ref), first, true); err != nil {
		t.Errorf("Hana to Rina's: %v", err)
	}
	if err := s.AgreeReferral(t.Context(), s.rina, s.now(t, ref), second, true); err != nil {
		t.Errorf("Rina to Hana's: %v", err)
	}
}

// A case that ends takes its referrals with it, and what an office sends then changes nothing.
func TestClosedCaseIsSeenByNoOffice(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowStory)); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	if err := s.AcceptReferral(t.Context(), bp3mi, p, s.clock().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context(), s.rina, s.now(t, ref), "helped", "Selesai."); err != nil {
		t.Fatal(err)
	}
	p.Version, p.Form = s.referred(t).Version, uuid.NewString()
	if err := s.FinishReferral(t.Context(), bp3mi, p, "Selesai."); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("finished on a closed case: %v", err)
	}
	if n := s.rows(t, "cases WHERE state = 'closed' AND next_actor = '' AND due_at IS NULL"); n != 1 {
		t.Error("the closed case waits for somebody")
	}
}
