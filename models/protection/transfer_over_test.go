package protection

import (
	"testing"
	"time"

	"naikkelas/models/record"
)

// endedHere is a case that Rina held and that ended at the desk because the office of a partner leads it.
func (s *deskStore) endedHere(t testing.TB, partner record.User) (token, ref string) {
	t.Helper()
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	in := s.over(t, r.Ref, partner, ShowStory)
	in.Keeps = KeepsEnds
	err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), in)
	if err == nil {
		err = s.AcceptTransfer(t.Context(), partner, s.referred(t), "Andi", s.clock().Add(time.Hour))
	}
	if c := s.caseRow(t, r.Ref); err != nil || !c.Closed() || c.OfficeID == nil {
		t.Fatalf("%+v, %v", c, err)
	}
	return token, r.Ref
}

// after are the cases that stand among what came after the end, as Rina reads them.
func (s *deskStore) after(t testing.TB) (refs []string) {
	t.Helper()
	desk, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabAfter})
	if err != nil || len(desk.Rows) != desk.Counts[TabAfter] {
		t.Fatalf("%d cases, counted %d, %v", len(desk.Rows), desk.Counts[TabAfter], err)
	}
	for _, r := range desk.Rows {
		refs = append(refs, r.Ref)
	}
	return refs
}

// When the office that leads a case which ended here calls the desk, or its lead ends in whatever way, who held the case is
// alarmed and finds it until they looked.
func TestOfficeCallsTheDeskToACaseThatEndedHere(t *testing.T) {
	for name, tt := range map[string]struct {
		does  func(s *deskStore, office record.User, token string) error
		calls int
	}{
		"it logs that the desk must act": {func(s *deskStore, office record.User, _ string) error {
			return s.LogOutcome(t.Context(), office, s.referred(t), "Nyawa terancam, DKI harus menjemput malam ini.", s.due(ActorLead))
		}, 1},
		"it goes on": {func(s *deskStore, office record.User, _ string) error {
			return s.LogOutcome(t.Context(), office, s.referred(t), "Sudah di penampungan.", s.due(ActorPartner))
		}, 0},
		"it is done": {func(s *deskStore, office record.User, _ string) error {
			return s.FinishReferral(t.Context(), office, s.referred(t), "Bukan warga kami lagi.")
		}, 1},
		"its day passed": {func(s *deskStore, _ record.User, _ string) error {
			s.pass(31 * 24 * time.Hour)
			_, err := s.EndReferrals(t.Context())
			return err
		}, 1},
		"the consent was taken back": {func(s *deskStore, _ record.User, token string) error {
			o, err := s.OwnCase(t.Context(), token)
			if err != nil {
				return err
			}
			return s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent)
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newDoor(t)
			bp3mi := s.partner(t, "BP3MI Contoh")
			token, ref := s.endedHere(t, bp3mi)
			if err := tt.does(s, bp3mi, token); err != nil {
				t.Fatal(err)
			}
			if n := s.rows(t, "case_alarms WHERE reason = 'wrote' AND level = 'lead'"); n != tt.calls || len(s.after(t)) != tt.calls {
				t.Fatalf("%d alarms, %q after the end", n, s.after(t))
			}
			if c := s.caseRow(t, ref); !c.Closed() || c.NextActor != ActorNobody {
				t.Errorf("a clock runs on a case that ended: %+v", c)
			}
			if _, err := s.CaseFor(t.Context(), s.rina, ref, true); err != nil || len(s.after(t)) != 0 {
				t.Errorf("%q after she looked, %v", s.after(t), err)
			}
		})
	}
}

// A second call waits again, and opening the case again answers it.
func TestCallToACaseThatEndedIsAnsweredByOpeningIt(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	_, ref := s.endedHere(t, bp3mi)
	for range 2 {
		err := s.LogOutcome(t.Context(), bp3mi, s.referred(t), "Mohon dijemput.", s.due(ActorHead))
		if err != nil || len(s.after(t)) != 1 {
			t.Fatalf("%q, %v", s.after(t), err)
		}
		if _, err := s.CaseFor(t.Context(), s.joko, ref, true); err != nil || len(s.after(t)) != 1 {
			t.Errorf("a colleague's look answers it: %v", err)
		}
		if _, err := s.CaseFor(t.Context(), s.hana, ref, true); err != nil || len(s.after(t)) != 0 {
			t.Errorf("the head's does not: %v", err)
		}
		s.pass(2 * time.Hour)
	}
	if n := s.rows(t, "case_alarms WHERE reason = 'wrote'"); n != 2 {
		t.Errorf("%d alarms", n)
	}
	err := s.LogOutcome(t.Context(), bp3mi, s.referred(t), "Mohon dijemput.", s.due(ActorLead))
	if err == nil {
		err = s.Reopen(t.Context(), s.rina, s.now(t, ref), "Dijemput.")
	}
	if c := s.caseRow(t, ref); err != nil || c.RecalledAt != nil || c.NextActor != ActorLead {
		t.Errorf("%+v, %v", c, err)
	}
}

// Nothing that waits for a second officer outlives the case, by whatever act it ends: opened again, it waits for nobody.
func TestWishesEndWithTheCase(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	_, r := s.file(t, inDanger(DoorAbroad))
	s.goesOnDuty(t, s.rina, 8)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.joinsAsked(t, r.Ref)
	s.asksKin(t, r.Ref, s.sister(t, r.Ref))
	in := s.over(t, r.Ref, bp3mi, ShowStory)
	in.Keeps = KeepsEnds
	for _, act := range []func() error{
		func() error { return s.Close(t.Context(), s.rina, s.now(t, r.Ref), "helped", "Selesai.") },
		func() error { return s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), in) },
		func() error { return s.AgreeReferral(t.Context(), s.hana, s.now(t, r.Ref), s.referred(t).Ref, true) },
		func() error {
			return s.AcceptTransfer(t.Context(), bp3mi, s.referred(t), "Andi", s.clock().Add(time.Hour))
		},
	} {
		if err := act(); err != nil {
			t.Fatal(err)
		}
	}
	waits := []Act{ActAgree, ActAgreeJoin, ActAgreeKin, ActAgreeRefer, ActAnswerAsk}
	if c := s.caseRow(t, r.Ref); !c.Closed() {
		t.Fatalf("%+v", c)
	}
	if err := s.Reopen(t.Context(), s.rina, s.now(t, r.Ref), "Menelepon lagi."); err != nil {
		t.Fatal(err)
	}
	for _, act := range waits {
		if s.mayAct(t, s.hana, act, r.Ref) {
			t.Errorf("%s still waits", act)
		}
	}
	if err := s.Close(t.Context(), s.rina, s.now(t, r.Ref), "helped", "Selesai."); err != nil {
		t.Errorf("a closing of its own: %v", err)
	}
}

// What an office asks for is granted by what is sent to it, not by what a second officer may still refuse.
func TestWishOfAnOfficeWaitsUntilTheTransferIsSent(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	in := s.over(t, ref, bp3mi, ShowStory)
	in.Person, in.How, in.WithoutConsent, in.Why = "", "", true, "Tidak bisa dihubungi."
	propose := func() error { return s.Transfer(t.Context(), s.rina, s.now(t, ref), in) }
	agree := func(yes bool) error {
		return s.AgreeReferral(t.Context(), s.hana, s.now(t, ref), s.referred(t).Ref, yes)
	}
	for _, act := range []func() error{
		func() error { return s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowStory)) },
		func() error {
			return s.AcceptReferral(t.Context(), bp3mi, s.referred(t), s.clock().Add(time.Hour))
		},
		func() error { return s.AskByOffice(t.Context(), bp3mi, s.referred(t), "Ia di penampungan kami.") },
		func() error { return s.FinishReferral(t.Context(), bp3mi, s.referred(t), "Menunggu.") },
	} {
		if err := act(); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		act   func() error
		waits int
	}{
		{propose, 1},
		{func() error { return agree(false) }, 1},
		{propose, 1},
		{func() error { return agree(true) }, 0},
	} {
		if err := step.act(); err != nil {
			t.Fatal(err)
		}
		if n := s.rows(t, "case_asks WHERE state = 'asked'"); n != step.waits {
			t.Errorf("%d wishes wait, want %d", n, step.waits)
		}
	}
	if n := s.rows(t, "case_asks WHERE state = 'accepted' AND answered_by = ?", s.hana.ID); n != 1 {
		t.Errorf("%d granted by who agreed", n)
	}
}
