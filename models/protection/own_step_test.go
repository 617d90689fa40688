package protection

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// stepsOf are the steps that somebody reads on the page of their case, the oldest first.
func (s *deskStore) stepsOf(t testing.TB, token string) (kinds []string) {
	t.Helper()
	o, err := s.OwnCase(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range slices.Backward(o.Steps) {
		kinds = append(kinds, step.Kind+step.Office)
	}
	return kinds
}

// worked does on a case what a desk and an office do, with much that is nobody's to read outside.
func (s *deskStore) worked(t testing.TB, ref string) {
	t.Helper()
	bp3mi, ctx := s.partner(t, "BP3MI Contoh"), t.Context()
	var first Person
	err := s.sql.Order("id").Take(&first, "case_id = (SELECT id FROM cases WHERE ref = ?) AND pin_index IS NOT NULL", ref).Error
	if err != nil {
		t.Fatal(err)
	}
	calls := func(person string, reached bool) error {
		in := Contact{Person: person, Channel: "phone", Reached: reached, Text: "Menelepon.", Due: s.due(ActorLead)}
		return s.LogContact(ctx, s.rina, s.now(t, ref), in)
	}
	err = errors.Join(s.Take(ctx, s.rina, s.now(t, ref)), s.Note(ctx, s.rina, s.now(t, ref), "Catatan."),
		s.Judge(ctx, s.rina, s.now(t, ref), Judgement{Urgency: UrgencyNormal, Trafficking: TraffickingNo, Why: "Sudah aman."}),
		s.AddPerson(ctx, s.rina, s.now(t, ref), NewPerson{Part: PartEmployer, Name: "Majikan"}),
		calls("", true), calls(first.Ref, false), calls(first.Ref, true),
		s.Answer(ctx, s.rina, s.now(t, ref), first.Ref, "Kami menelepon besok.", s.due(ActorLead)),
		s.Refer(ctx, s.rina, s.now(t, ref), s.input(t, ref, bp3mi, ShowStory)))
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(s.AcceptReferral(ctx, bp3mi, s.referred(t), s.clock().Add(time.Hour)),
		s.FinishReferral(ctx, bp3mi, s.referred(t), "Paspor terbit."), s.Close(ctx, s.rina, s.now(t, ref), "helped", "Sudah pulang."))
	if err != nil {
		t.Fatal(err)
	}
}

// The person concerned reads what was done for and with them, the newest fifty, and nothing of what the desk thinks.
func TestPersonReadsWhatWasDone(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	s.worked(t, r.Ref)
	if err := s.Reopen(t.Context(), s.rina, s.now(t, r.Ref), "Menulis lagi."); err != nil {
		t.Fatal(err)
	}
	want := []string{"filed", "contacted", "answered", "referredBP3MI Contoh", "partner_acceptedBP3MI Contoh",
		"partner_doneBP3MI Contoh", "closed", "reopened"}
	if got := s.stepsOf(t, token); !slices.Equal(got, want) {
		t.Errorf("steps %q, want %q", got, want)
	}
	other := s.partner(t, "UPT Contoh")
	if err := s.Refer(t.Context(), s.rina, s.now(t, r.Ref), s.input(t, r.Ref, other, ShowStory)); err != nil {
		t.Fatal(err)
	}
	o, err := s.OwnCase(t.Context(), token)
	if err == nil {
		err = s.WithdrawConsent(t.Context(), token, o.Readers[0].Consent)
	}
	if err != nil {
		t.Fatal(err)
	}
	got := s.stepsOf(t, token)
	if end := got[len(got)-2:]; !slices.Equal(end, []string{"referredUPT Contoh", "consent_withdrawnUPT Contoh"}) {
		t.Errorf("the last steps are %q", end)
	}
	err = s.sql.Exec(`INSERT INTO case_events (case_id, kind, at, actor_id, channel, detail, next_actor)
		SELECT e.case_id, e.kind, e.at, e.actor_id, '', '', e.next_actor
		FROM case_events e, generate_series(1, 60)
		WHERE e.kind = 'reopened'`).Error
	if err != nil {
		t.Fatal(err)
	}
	if got := s.stepsOf(t, token); len(got) != mostSteps || slices.Contains(got, EventFiled) {
		t.Errorf("%d steps, the oldest %q", len(got), got[0])
	}
}

// Who reports for somebody else reads that it was received and, while it is closed, that it is done.
func TestReporterReadsNoSteps(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	token, r := s.file(t, f)
	s.worked(t, r.Ref)
	if got := s.stepsOf(t, token); !slices.Equal(got, []string{EventFiled, EventClosed}) {
		t.Errorf("steps %q", got)
	}
	if err := s.Reopen(t.Context(), s.rina, s.now(t, r.Ref), "Menulis lagi."); err != nil {
		t.Fatal(err)
	}
	if got := s.stepsOf(t, token); !slices.Equal(got, []string{EventFiled}) {
		t.Errorf("after it was opened again: steps %q", got)
	}
}

// An own consent is shown to its person alone, and says that it is over.
func TestPersonReadsWhoReadsAndTheirOwnWord(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	token, r := s.file(t, cry())
	if err := errors.Join(s.Take(t.Context(), s.rina, s.now(t, r.Ref)),
		s.Refer(t.Context(), s.rina, s.now(t, r.Ref), s.input(t, r.Ref, bp3mi, ShowStory))); err != nil {
		t.Fatal(err)
	}
	o, err := s.OwnCase(t.Context(), token)
	if err != nil || len(o.Readers) != 1 {
		t.Fatalf("%+v, %v", o.Readers, err)
	}
	ref := o.Readers[0].Consent
	other, _ := s.file(t, cry())
	reporter := cry()
	reporter.Door = DoorNearby
	nearby, _ := s.file(t, reporter)
	for _, stranger := range []string{other, nearby} {
		if k, err := s.OwnConsent(t.Context(), stranger, ref); err != nil || k != (OwnConsent{}) {
			t.Errorf("somebody else reads %+v, %v", k, err)
		}
	}
	if k, err := s.OwnConsent(t.Context(), token, ref); err != nil || k != (OwnConsent{ref, "BP3MI Contoh", false}) {
		t.Errorf("%+v, %v", k, err)
	}
	if err := s.WithdrawConsent(t.Context(), token, ref); err != nil {
		t.Fatal(err)
	}
	if k, err := s.OwnConsent(t.Context(), token, ref); err != nil || !k.Over {
		t.Errorf("withdrawn: %+v, %v", k, err)
	}
}
