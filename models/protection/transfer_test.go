package protection

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// over is a transfer with the consent of the person concerned, after which our officers go on helping.
func (s *deskStore) over(t testing.TB, ref string, u record.User, parts ...string) TransferInput {
	t.Helper()
	return TransferInput{ReferralInput: s.input(t, ref, u, parts...), Kind: KindTransfer, Keeps: KeepsOn}
}

// onPaper is the same to an office without an account.
func (s *deskStore) onPaper(t testing.TB, ref, kind string, parts ...string) TransferInput {
	t.Helper()
	in := TransferInput{Kind: kind, Keeps: KeepsOn, Sheet: true, OfficeName: "Dinas Contoh Jawa Tengah", OfficeKind: "province"}
	in.Parts, in.Ask, in.Until = parts, "Mohon menjemput.", s.clock().Add(30*24*time.Hour)
	in.Person, in.How = s.subject(t, ref), "written"
	return in
}

// askedFor has an officer ask for a case.
func (s *deskStore) askedFor(t testing.TB, u record.User, ref string) Ask {
	t.Helper()
	if err := s.AskFor(t.Context(), u, s.now(t, ref), "Saya kenal keluarganya."); err != nil {
		t.Fatal(err)
	}
	var a Ask
	if err := s.sql.Order("id DESC").Take(&a).Error; err != nil {
		t.Fatal(err)
	}
	return a
}

func transferAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	return s.Transfer(t.Context(), u, p, s.over(t, p.Ref, s.partner(t, "Dinas Contoh"), ShowStory))
}

func askAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	return s.AskFor(t.Context(), u, p, "Saya kenal keluarganya.")
}

func answerAskAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	var asked []string
	if err := s.sql.Raw("SELECT ref FROM case_asks ORDER BY id DESC LIMIT 1").Scan(&asked).Error; err != nil {
		t.Fatal(err)
	}
	return s.AnswerAsk(t.Context(), u, p, append(asked, "MK-00000000")[0], true, "")
}

// caseRow is a case as the database has it.
func (s *deskStore) caseRow(t testing.TB, ref string) (c Case) {
	t.Helper()
	if err := s.sql.Take(&c, "ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	return c
}

// A case goes over once the office accepts: who leads it there is known, the person reads which office it is, and when that
// office is done the desk leads it again.
func TestTransferMakesTheOfficeLead(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	in := s.over(t, r.Ref, bp3mi, ShowWho, ShowStory)
	for want, change := range map[error]func(*TransferInput){
		ErrKeeps:   func(in *TransferInput) { in.Keeps = "" },
		ErrNoParts: func(in *TransferInput) { in.Parts = nil },
		ErrUntil:   func(in *TransferInput) { in.Until = s.clock() },
	} {
		wrong := in
		change(&wrong)
		if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), wrong); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
		t.Fatal(err)
	}
	if c := s.caseRow(t, r.Ref); c.OfficeID != nil || c.NextActor != ActorPartner {
		t.Errorf("before the office accepted: %+v", c)
	}
	other := s.over(t, r.Ref, s.partner(t, "Dinas Contoh"), ShowStory)
	if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), other); !errors.Is(err, ErrTransferredTwice) {
		t.Errorf("to two offices: %v", err)
	}
	p := s.referred(t)
	if err := s.AcceptReferral(t.Context(), bp3mi, p, s.clock().Add(time.Hour)); !errors.Is(err, models.ErrStale) {
		t.Errorf("accepted as a referral: %v", err)
	}
	if err := s.AcceptTransfer(t.Context(), bp3mi, p, " ", s.clock().Add(time.Hour)); !errors.Is(err, ErrLeads) {
		t.Errorf("nobody leads it there: %v", err)
	}
	if err := s.AcceptTransfer(t.Context(), bp3mi, p, "Contoh Andi", s.clock().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || d.HeldBy == nil || d.HeldBy.Office != "BP3MI Contoh" || d.HeldBy.Leads != "Contoh Andi" || d.State != CaseOpen {
		t.Errorf("%+v, %v", d.HeldBy, err)
	}
	if o, err := s.OwnCase(t.Context(), token); err != nil || o.HeldBy != "BP3MI Contoh" || len(o.Readers) != 1 {
		t.Errorf("the person reads %q, %v", o.HeldBy, err)
	}
	var version string
	if err := s.sql.Raw("SELECT version FROM case_consents").Scan(&version).Error; err != nil || version != transferVersion {
		t.Errorf("the consent is to %q, %v", version, err)
	}
	if err := s.FinishReferral(t.Context(), bp3mi, s.referred(t), "Sudah di rumah."); err != nil {
		t.Fatal(err)
	}
	if c := s.caseRow(t, r.Ref); c.OfficeID != nil || c.NextActor != ActorLead {
		t.Errorf("once the office is done: %+v", c)
	}
}

// Two people of an office accept a transfer at once: one wins, the other hears that it changed.
func TestTwoAcceptATransferAtOnce(t *testing.T) {
	s := newDoor(t)
	one, two := s.partner(t, "BP3MI Contoh"), s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), s.over(t, ref, one, ShowStory)); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	results := make([]error, 2)
	var all sync.WaitGroup
	for i, u := range []record.User{one, two} {
		all.Go(func() {
			press := PartnerPress{p.Ref, p.Version, uuid.NewString()}
			results[i] = s.AcceptTransfer(t.Context(), u, press, u.Name, s.clock().Add(time.Hour))
		})
	}
	all.Wait()
	if (results[0] == nil) == (results[1] == nil) || !errors.Is(errors.Join(results...), models.ErrStale) {
		t.Errorf("%v", results)
	}
	if n := s.rows(t, "case_events WHERE kind = 'transfer_accepted'"); n != 1 {
		t.Errorf("accepted %d times", n)
	}
}

// Where the consent says so the case ends at the desk once the office has it: of life only after a second officer agreed. The
// office reads on, other offices do not; and withdrawn consent ends that too.
func TestTransferThatEndsTheCaseHere(t *testing.T) {
	s := newDoor(t)
	bp3mi, other := s.partner(t, "BP3MI Contoh"), s.partner(t, "Dinas Contoh")
	token, r := s.file(t, inDanger(DoorAbroad))
	s.goesOnDuty(t, s.rina, 8)
	err := errors.Join(s.Take(t.Context(), s.rina, s.now(t, r.Ref)),
		s.Refer(t.Context(), s.rina, s.now(t, r.Ref), s.input(t, r.Ref, other, ShowStory)))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := s.referred(t)
	in := s.over(t, r.Ref, bp3mi, ShowStory)
	in.Keeps = KeepsEnds
	if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	if err := s.AcceptTransfer(t.Context(), bp3mi, p, "Andi", s.clock().Add(time.Hour)); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("before a second officer agreed: %v", err)
	}
	if err := s.AgreeReferral(t.Context(), s.rina, s.now(t, r.Ref), p.Ref, true); !errors.Is(err, ErrNotYours) {
		t.Errorf("agreed to by who asked: %v", err)
	}
	err = s.AgreeReferral(t.Context(), s.hana, s.now(t, r.Ref), p.Ref, true)
	if err == nil {
		err = s.AcceptTransfer(t.Context(), bp3mi, s.referred(t), "Andi", s.clock().Add(time.Hour))
	}
	if err != nil {
		t.Fatal(err)
	}
	if c := s.caseRow(t, r.Ref); !c.Closed() || c.Outcome != OutcomeTransferred || c.OfficeID == nil || c.NextActor != ActorNobody {
		t.Errorf("%+v", c)
	}
	_, err = s.PartnerCase(t.Context(), other, elsewhere.Ref)
	if !errors.Is(err, record.ErrNotFound) || s.rows(t, "case_referrals WHERE ref = ? AND state = 'ended'", elsewhere.Ref) != 1 {
		t.Errorf("another office: %v", err)
	}
	if _, err := s.PartnerCase(t.Context(), bp3mi, p.Ref); err != nil {
		t.Errorf("the office that leads it: %v", err)
	}
	o, err := s.OwnCase(t.Context(), token)
	if err == nil {
		err = s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PartnerCase(t.Context(), bp3mi, p.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after the consent was withdrawn: %v", err)
	}
	if c := s.caseRow(t, r.Ref); c.OfficeID != nil {
		t.Error("an office leads it that may not read it")
	}
}

// Without consent a transfer waits for a second officer, like a referral.
func TestTransferWithoutConsentNeedsASecondOfficer(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	in := s.over(t, ref, s.partner(t, "BP3MI Contoh"), ShowStory)
	in.Person, in.How, in.WithoutConsent = "", "", true
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), in); !errors.Is(err, ErrWhyMissing) {
		t.Errorf("without a reason: %v", err)
	}
	in.Why = "Tidak bisa dihubungi, nyawa terancam."
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), in); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "case_referrals WHERE state = 'proposed' AND kind = 'transfer'"); n != 1 || s.caseRow(t, ref).NextActor != ActorHead {
		t.Errorf("%d are proposed", n)
	}
}

// An office without an account gets a sheet with the parts that were chosen and nothing else; its answer is written down with
// who gave it and how it came.
func TestSheetForAnOfficeWithoutAnAccount(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	err := errors.Join(s.TellMore(t.Context(), token, uuid.NewString(), Answers{Name: "NAMA-RAHASIA"}),
		s.Take(t.Context(), s.rina, s.now(t, r.Ref)),
		s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), s.onPaper(t, r.Ref, KindRefer, ShowStory)))
	if err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	sheet, err := s.Sheet(t.Context(), s.rina, r.Ref, p.Ref)
	if says := fmt.Sprintf("%+v", sheet); err != nil || !strings.Contains(says, "Paspor saya") || strings.Contains(says, "NAMA-RAHASIA") {
		t.Errorf("%s, %v", says, err)
	}
	if _, err := s.Sheet(t.Context(), s.joko, r.Ref, p.Ref); !errors.Is(err, ErrNotYours) {
		t.Errorf("a colleague prints it: %v", err)
	}
	answer := SheetAnswer{State: ReferralRefused, Reason: "not_ours", SaidBy: "Bu Contoh", Source: "Telepon", Due: s.due(ActorLead)}
	say := func(a SheetAnswer) error { return s.RecordAnswer(t.Context(), s.rina, s.now(t, r.Ref), p.Ref, a) }
	for want, change := range map[string]func(*SheetAnswer){
		"case.transfer.reason_missing":  func(a *SheetAnswer) { a.Reason = "" },
		"case.transfer.said_by_missing": func(a *SheetAnswer) { a.SaidBy = " " },
		"case.home.source_missing":      func(a *SheetAnswer) { a.Source = "" },
		"case.choice":                   func(a *SheetAnswer) { a.State, a.Reason = "sent", "" },
		"case.due_missing":              func(a *SheetAnswer) { a.Due.By = time.Time{} },
	} {
		wrong := answer
		change(&wrong)
		if err := say(wrong); err == nil || record.RefusalsIn(err)[0].Key != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := say(answer); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sheet(t.Context(), s.rina, r.Ref, p.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("printed after it was refused: %v", err)
	}
	if err := say(answer); !errors.Is(err, models.ErrStale) {
		t.Errorf("answered twice: %v", err)
	}
}

// Whoever comes home to another province goes there by transfer and sheet: it leads once somebody there said so.
func TestTransferOnPaper(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), s.onPaper(t, ref, KindTransfer, ShowStory, ShowPlan)); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	answer := SheetAnswer{State: ReferralAccepted, SaidBy: "Bu Contoh", Source: "Surat", Due: s.due(ActorPartner)}
	say := func() error { return s.RecordAnswer(t.Context(), s.rina, s.now(t, ref), p.Ref, answer) }
	if err := say(); !errors.Is(err, ErrLeads) {
		t.Errorf("nobody leads it there: %v", err)
	}
	answer.Leads = "Pak Contoh"
	if err := say(); err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, ref, false)
	if err != nil || d.HeldBy == nil || d.HeldBy.Leads != "Pak Contoh" || d.HeldBy.Office != "Dinas Contoh Jawa Tengah" {
		t.Errorf("%+v, %v", d.HeldBy, err)
	}
	again := s.takenByRina(t, cry())
	in := s.onPaper(t, again, KindRefer, ShowStory)
	in.OfficeName = "dinas contoh JAWA TENGAH" // as somebody else types it
	if err := s.Transfer(t.Context(), s.rina, s.now(t, again), in); err != nil || s.rows(t, "partner_offices") != 1 {
		t.Errorf("%d offices, %v", s.rows(t, "partner_offices"), err)
	}
	answer.State, answer.Due = ReferralDone, s.due(ActorLead)
	if err := say(); err != nil || s.caseRow(t, ref).OfficeID != nil {
		t.Errorf("done: %v", err)
	}
}

// Who asks for a case waits for who holds it; of two who answer at once one decides; a refusal has a reason.
func TestAskingForACase(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	before := s.caseRow(t, ref)
	a := s.askedFor(t, s.joko, ref)
	if c := s.caseRow(t, ref); c.NextActor != before.NextActor || !c.DueAt.Equal(*before.DueAt) || *c.LeadID != s.rina.ID {
		t.Errorf("asking changed the turn: %+v", c)
	}
	if err := s.AskFor(t.Context(), s.joko, s.now(t, ref), "Lagi."); !errors.Is(err, ErrAskedTwice) {
		t.Errorf("twice: %v", err)
	}
	if err := s.AnswerAsk(t.Context(), s.rina, s.now(t, ref), a.Ref, false, "tidak"); err == nil {
		t.Error("refused without a reason of the list")
	}
	p := s.now(t, ref)
	results := make([]error, 2)
	var all sync.WaitGroup
	for i, u := range []record.User{s.rina, s.hana} {
		all.Go(func() {
			press := Press{Ref: ref, Version: p.Version, Form: uuid.NewString()}
			results[i] = s.AnswerAsk(t.Context(), u, press, a.Ref, i == 0, "still_working")
		})
	}
	all.Wait()
	if (results[0] == nil) == (results[1] == nil) || !errors.Is(errors.Join(results...), models.ErrStale) {
		t.Errorf("%v", results)
	}
	holds := map[bool]int64{true: s.joko.ID, false: s.rina.ID}[results[0] == nil]
	if c := s.caseRow(t, ref); *c.LeadID != holds {
		t.Errorf("%d holds it, not %d", *c.LeadID, holds)
	}
	other := s.takenByRina(t, cry())
	b := s.askedFor(t, s.joko, other)
	if err := s.WithdrawAsk(t.Context(), s.hana, s.now(t, other), b.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("somebody else takes it back: %v", err)
	}
	err := s.WithdrawAsk(t.Context(), s.joko, s.now(t, other), b.Ref)
	if err != nil || s.rows(t, "case_asks WHERE state = 'withdrawn'") != 1 {
		t.Errorf("taken back: %v", err)
	}
}

// An office asks for a case of which it sees parts, and gets it by a transfer with consent alone.
func TestOfficeAsksForACase(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	if err := s.Refer(t.Context(), s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowStory)); err != nil {
		t.Fatal(err)
	}
	if err := s.AskByOffice(t.Context(), bp3mi, s.referred(t), "Ia di penampungan kami."); !errors.Is(err, models.ErrStale) {
		t.Errorf("before it accepted: %v", err)
	}
	err := errors.Join(s.AcceptReferral(t.Context(), bp3mi, s.referred(t), s.clock().Add(time.Hour)),
		s.AskByOffice(t.Context(), bp3mi, s.referred(t), "Ia di penampungan kami."))
	if err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, ref, false)
	if err != nil || len(d.Asks) != 1 || d.Asks[0].OfficeName != "BP3MI Contoh" || d.Asks[0].Why == "" || !d.May[ActAnswerAsk] {
		t.Fatalf("%+v, %v", d.Asks, err)
	}
	if err := s.AnswerAsk(t.Context(), s.rina, s.now(t, ref), d.Asks[0].Ref, true, ""); !errors.Is(err, ErrAskOffice) {
		t.Errorf("given without a transfer: %v", err)
	}
	err = errors.Join(s.FinishReferral(t.Context(), bp3mi, s.referred(t), "Kami minta kasusnya."),
		s.Transfer(t.Context(), s.rina, s.now(t, ref), s.over(t, ref, bp3mi, ShowStory)))
	if err != nil || s.rows(t, "case_asks WHERE state = 'accepted'") != 1 {
		t.Errorf("%v", err)
	}
}

// With its day a transfer is over: the office sees nothing more and the desk leads again.
func TestTransferEndsWithItsDay(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	ref := s.takenByRina(t, cry())
	if err := s.Transfer(t.Context(), s.rina, s.now(t, ref), s.over(t, ref, bp3mi, ShowStory)); err != nil {
		t.Fatal(err)
	}
	if err := s.AcceptTransfer(t.Context(), bp3mi, s.referred(t), "Andi", s.clock().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	s.pass(31 * 24 * time.Hour)
	if _, err := s.EndReferrals(t.Context()); err != nil {
		t.Fatal(err)
	}
	if c := s.caseRow(t, ref); c.OfficeID != nil || c.NextActor != ActorLead {
		t.Errorf("%+v", c)
	}
}
