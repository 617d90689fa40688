package protection

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// step is how far a step is, said today by somebody outside.
func (s *deskStore) step(kind, state, who string) HomeStepInput {
	day := record.DayOf(s.clock()).Date()
	return HomeStepInput{Kind: kind, State: state, Who: who, SaidOn: day, Source: "Surat " + who, Due: s.due(ActorLead)}
}

// flies is a ticket for tomorrow.
func (s *deskStore) flies(who string) HomeStepInput {
	in := s.step(HomeFlight, "booked", who)
	in.At, in.Number, in.Place = s.clock().Add(24*time.Hour), "GA 857", "Hong Kong ke Jakarta"
	return in
}

// arrives is an arrival an hour ago.
func (s *deskStore) arrives() HomeStepInput {
	in := s.step(HomeArrival, StepDone, "Rina")
	in.Ours, in.Source, in.At = true, "", s.clock().Add(-time.Hour)
	return in
}

// plans begins the plan to come home of a case that Rina holds.
func (s *deskStore) plans(t testing.TB, ref, kind string) {
	t.Helper()
	if err := s.PlanHome(t.Context(), s.rina, s.now(t, ref), kind, s.due(ActorLead)); err != nil {
		t.Fatal(err)
	}
}

// reporter is who reported a case, by reference.
func (s *deskStore) reporter(t testing.TB, ref string) string {
	t.Helper()
	var p Person
	if err := s.sql.Take(&p, "part = 'reporter' AND case_id = (SELECT id FROM cases WHERE ref = ?)", ref).Error; err != nil {
		t.Fatal(err)
	}
	return p.Ref
}

// sister is a relative on a case whom Rina added, with a number and PIN of her own, by reference.
func (s *deskStore) sister(t testing.TB, ref string) string {
	t.Helper()
	if err := s.AddPerson(t.Context(), s.rina, s.now(t, ref), NewPerson{Part: PartRelative, Name: "Kakak", Relation: "kakak"}); err != nil {
		t.Fatal(err)
	}
	var p Person
	err := s.sql.Order("id DESC").Take(&p, "part = 'relative'").Error
	if err == nil {
		err = s.sql.Exec("UPDATE case_people SET pin_index = ? WHERE id = ?", []byte(p.Ref), p.ID).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return p.Ref
}

// asksKin names somebody as next of kin after a death.
func (s *deskStore) asksKin(t testing.TB, ref, kin string) {
	t.Helper()
	s.plans(t, ref, ReturnDeath)
	in := HomeShare{Person: kin, How: ConsentOfKin, Until: s.clock().Add(30 * 24 * time.Hour), Why: "Kartu keluarga; diberi tahu."}
	if err := s.ShareHome(t.Context(), s.rina, s.now(t, ref), in); err != nil {
		t.Fatal(err)
	}
}

// mayAct says what the one rule says.
func (s *deskStore) mayAct(t testing.TB, u record.User, act Act, ref string) bool {
	t.Helper()
	_, _, _, err := s.acting(t.Context(), u, act, ref)
	return err == nil
}

// From the plan to the hand-over: each step says whose it is, of which day and who said so; each says who acts next; a person
// is handed over only once they are there.
func TestComingHomeFromThePlanToTheHandover(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	save := func(in HomeStepInput) error { return s.SaveHomeStep(t.Context(), s.rina, s.now(t, r.Ref), in) }
	if err := save(s.flies("KJRI")); !errors.Is(err, ErrNoPlan) {
		t.Errorf("without a plan: %v", err)
	}
	s.plans(t, r.Ref, ReturnProblem)
	for want, in := range s.wrongSteps() {
		if err := save(in); !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", in, err, want)
		}
	}
	hand := Handover{To: HandedToFamily, Receiver: "Ibu Sari", At: s.clock(), Witness: "Pak Lurah Contoh", Due: s.due(ActorLead)}
	give := func(h Handover) error { return s.HandOver(t.Context(), s.rina, s.now(t, r.Ref), h) }
	if err := give(hand); !errors.Is(err, ErrNotArrived) {
		t.Errorf("before the arrival: %v", err)
	}
	external := s.flies("KJRI")
	external.Due.Next = ActorExternal
	if err := errors.Join(save(external), save(s.step(HomeFit, "fit_escorted", "Klinik Contoh"))); err != nil {
		t.Fatal(err)
	}
	declined := s.step(HomeCare, StepDeclined, "Orang itu sendiri")
	declined.Ours, declined.Source = true, ""
	if err := save(declined); !errors.Is(err, ErrStepSource) {
		t.Errorf("declined without the writing: %v", err)
	}
	declined.Source = "Surat bertanda tangan"
	if err := errors.Join(save(declined), save(s.arrives())); err != nil {
		t.Fatal(err)
	}
	for want, h := range s.wrongHands(hand) {
		if err := give(h); !errors.Is(err, want) {
			t.Errorf("%+v: %v, want %v", h, err, want)
		}
	}
	if err := give(hand); err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || d.Home == nil || d.Home.Receiver != "Ibu Sari" || d.Home.HandedName != "Rina" || !d.Home.Arrived() ||
		len(d.Home.Steps) != 9 {
		t.Fatalf("%+v, %v", d.Home, err)
	}
	if d.NextActor != ActorLead || d.Events[0].Kind != EventHandedOver {
		t.Errorf("%+v", d.Case)
	}
	o, err := s.OwnCase(t.Context(), token)
	if err != nil || o.Home == nil || !o.Home.Arrived || !o.Home.Mine || o.Home.HandedTo != HandedToFamily {
		t.Errorf("%+v, %v", o.Home, err)
	}
	if m, err := s.Minutes(t.Context(), s.rina, r.Ref); err != nil || m.Plan.Witness != "Pak Lurah Contoh" || len(m.People) != 1 {
		t.Errorf("%+v, %v", m, err)
	}
}

// wrongHands are hand-overs that are refused, by why.
func (s *deskStore) wrongHands(right Handover) map[error]Handover {
	list := map[error]Handover{}
	for want, change := range map[error]func(*Handover){
		ErrReceiver:    func(h *Handover) { h.Receiver = " " },
		ErrWitness:     func(h *Handover) { h.Witness = "" },
		ErrHandedAt:    func(h *Handover) { h.At = s.clock().Add(time.Hour) },
		ErrNoFamilyWhy: func(h *Handover) { h.To = HandedToSocial },
		ErrDueMissing:  func(h *Handover) { h.Due.By = time.Time{} },
	} {
		h := right
		change(&h)
		list[want] = h
	}
	return list
}

// wrongSteps are steps that are refused, by why.
func (s *deskStore) wrongSteps() map[error]HomeStepInput {
	change := func(in HomeStepInput, f func(*HomeStepInput)) HomeStepInput { f(&in); return in }
	return map[error]HomeStepInput{
		ErrStepWho:    s.step(HomePermit, "underway", " "),
		ErrStepDay:    change(s.step(HomePermit, StepDone, "Imigrasi"), func(in *HomeStepInput) { in.SaidOn = time.Time{} }),
		ErrStepAhead:  change(s.step(HomePermit, StepDone, "Imigrasi"), func(in *HomeStepInput) { in.SaidOn = in.SaidOn.AddDate(0, 0, 1) }),
		ErrStepSource: change(s.step(HomePermit, "stuck", "Imigrasi"), func(in *HomeStepInput) { in.Source = "" }),
		ErrStepWhen:   s.step(HomeFlight, "booked", "KJRI"),
		ErrStepChoice: s.step(HomePapers, StepDone, "KJRI"),
		ErrDueMissing: change(s.flies("KJRI"), func(in *HomeStepInput) { in.Due = Due{Next: ActorLead} }),
	}
}

// readsOfHome is all that the page behind number and PIN says of coming home; nothing where there is none to read.
func (s *deskStore) readsOfHome(t testing.TB, token string) string {
	t.Helper()
	o, err := s.OwnCase(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if o.Home == nil {
		return ""
	}
	return fmt.Sprintf("%+v", *o.Home)
}

// Nobody reads a plan without a day, a word on how it was agreed to, and a page of their own.
func TestWhoMayReadAPlan(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	ref := s.takenByRina(t, f)
	s.plans(t, ref, ReturnEmergency)
	for want, change := range map[string]func(*HomeShare){
		"case.refer.until_wrong": func(in *HomeShare) { in.Until = s.clock() },
		"case.refer.how_missing": func(in *HomeShare) { in.How = "" },
		"case.home.how_wrong":    func(in *HomeShare) { in.How, in.Why = ConsentOfKin, "Kakaknya." },
		"case.no_pin":            func(in *HomeShare) { in.Person = s.subject(t, ref) },
		"case.choice":            func(in *HomeShare) { in.Person = "OR-TIDAKADA" },
	} {
		in := HomeShare{Person: s.reporter(t, ref), How: "spoken", Until: s.clock().Add(48 * time.Hour)}
		change(&in)
		if err := s.ShareHome(t.Context(), s.rina, s.now(t, ref), in); err == nil || record.RefusalsIn(err)[0].Key != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// Who reports sees no day, place or flight until the person concerned agrees, and again none once that ended; the place of a
// shelter and what concerns their health are on nobody else's page.
func TestReporterReadsThePlanByConsentAlone(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	token, r := s.file(t, f)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.plans(t, r.Ref, ReturnEmergency)
	shelter := s.step(HomeShelter, StepDone, "BP3MI")
	shelter.Place = "JALAN-RAHASIA"
	for _, in := range []HomeStepInput{s.flies("KJRI"), shelter, s.step(HomeFit, "fit", "Klinik")} {
		if err := s.SaveHomeStep(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
			t.Fatal(err)
		}
	}
	reads := func() string { return s.readsOfHome(t, token) }
	if says := reads(); says != "" {
		t.Errorf("without consent: %s", says)
	}
	share := HomeShare{Person: s.reporter(t, r.Ref), How: "spoken", Until: s.clock().Add(48 * time.Hour)}
	give := func(in HomeShare) error { return s.ShareHome(t.Context(), s.rina, s.now(t, r.Ref), in) }
	if err := give(share); err != nil {
		t.Fatal(err)
	}
	if err := give(share); !errors.Is(err, ErrShared) {
		t.Errorf("twice: %v", err)
	}
	if says := reads(); !strings.Contains(says, "GA 857") || strings.Contains(says, "JALAN-RAHASIA") || strings.Contains(says, "Klinik") {
		t.Errorf("with consent: %s", says)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || len(d.HomeReaders) != 1 || !d.HomeReaders[0].Lives {
		t.Fatalf("%+v, %v", d.HomeReaders, err)
	}
	stop := func() error {
		return s.StopSharing(t.Context(), s.rina, s.now(t, r.Ref), d.HomeReaders[0].Ref, "Ia menarik kata-katanya.")
	}
	if err := stop(); err != nil || reads() != "" {
		t.Errorf("ended: %v, %s", err, reads())
	}
	if err := stop(); !errors.Is(err, models.ErrStale) {
		t.Errorf("ended twice: %v", err)
	}
	if err := give(share); err != nil || reads() == "" {
		t.Fatalf("again: %v", err)
	}
	s.pass(49 * time.Hour)
	if token, err = s.Enter(t.Context(), r.Ref, r.PIN, "198.51.100.8"); err != nil {
		t.Fatal(err)
	}
	if says := reads(); says != "" {
		t.Errorf("after its day: %s", says)
	}
}

// The person concerned reads that somebody reads their plan, and ends it on their own page.
func TestPersonEndsThatOthersReadTheirPlan(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.plans(t, r.Ref, ReturnPlanned)
	in := HomeShare{Person: s.sister(t, r.Ref), How: "written", Until: s.clock().Add(48 * time.Hour)}
	var p Person
	if err := s.sql.Take(&p, "ref = ?", in.Person).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.ShareHome(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
		t.Fatal(err)
	}
	o, err := s.OwnCase(t.Context(), token)
	if err != nil || len(o.Readers) != 1 || o.Readers[0].Office != "" || o.Readers[0].Parts[0] != ShowPlan {
		t.Fatalf("%+v, %v", o.Readers, err)
	}
	if k, err := s.OwnConsent(t.Context(), token, o.Readers[0].Consent); err != nil || k.Ref == "" || k.Over {
		t.Errorf("%+v, %v", k, err)
	}
	if err := s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent); err != nil {
		t.Fatal(err)
	}
	if h, err := s.ownHome(t.Context(), p); err != nil || h != nil {
		t.Errorf("%+v, %v", h, err)
	}
	if o, err = s.OwnCase(t.Context(), token); err != nil || len(o.Readers) != 0 {
		t.Errorf("%+v, %v", o.Readers, err)
	}
}

// Nobody learns of a death from a page: the next of kin read it once a second officer agrees that they are it and were told,
// and the page of whoever died says nothing.
func TestNextOfKinReadAfterTwoOfficers(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	token, r := s.file(t, f)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.asksKin(t, r.Ref, s.reporter(t, r.Ref))
	home := func() *OwnHome {
		t.Helper()
		o, err := s.OwnCase(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		return o.Home
	}
	if home() != nil || s.rows(t, "case_alarms WHERE reason = 'second' AND level = 'head'") != 1 {
		t.Error("it is shown before a second officer agreed, or the head does not hear of it")
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || len(d.HomeReaders) != 1 || !d.HomeReaders[0].Waits || d.May[ActAgreeKin] {
		t.Fatalf("%+v, %v", d.HomeReaders, err)
	}
	answer := func(u record.User, agree bool) error {
		return s.AgreeKin(t.Context(), u, s.now(t, r.Ref), d.HomeReaders[0].Ref, agree)
	}
	if err := answer(s.rina, true); !errors.Is(err, ErrNotYours) {
		t.Errorf("by who asked: %v", err)
	}
	if err := answer(s.hana, true); err != nil {
		t.Fatal(err)
	}
	if h := home(); h == nil || h.Kind != ReturnDeath || len(h.Steps) != len(HomeSteps(ReturnDeath)) {
		t.Errorf("%+v", h)
	}
	if err := s.SaveHomeStep(t.Context(), s.rina, s.now(t, r.Ref), s.step(HomeLast, StepDone, "KJRI")); err != nil {
		t.Errorf("papers after a death: %v", err)
	}
	if err := s.SaveHomeStep(t.Context(), s.rina, s.now(t, r.Ref), s.step(HomeFit, "fit", "Klinik")); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("fit to travel after a death: %v", err)
	}
	var subject Person
	if err := s.sql.Take(&subject, "part = 'subject'").Error; err != nil {
		t.Fatal(err)
	}
	if h, err := s.ownHome(t.Context(), subject); err != nil || h != nil {
		t.Errorf("the page of whoever died: %+v, %v", h, err)
	}
	s.plans(t, r.Ref, ReturnPlanned) // it was a mistake
	if home() != nil {
		t.Error("the word of next of kin opens the plan of somebody who lives")
	}
}

// After its term nothing of a plan is left.
func TestPlansAreStrippedWithTheirCase(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	s.plans(t, ref, ReturnPlanned)
	err := errors.Join(s.SaveHomeStep(t.Context(), s.rina, s.now(t, ref), s.flies("KJRI")),
		s.Close(t.Context(), s.rina, s.now(t, ref), "returned", "Sudah di rumah."))
	if err != nil {
		t.Fatal(err)
	}
	s.pass(1826 * 24 * time.Hour)
	if _, err := s.StripCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "case_returns") + s.rows(t, "case_return_steps"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}
