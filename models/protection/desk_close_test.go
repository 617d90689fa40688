package protection

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// A case of life ends only when a second officer agrees; who asked cannot agree, and a refusal leaves it open.
func TestClosingByTwo(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Danger = DangerNow
	ref := s.takenByRina(t, f)
	ask := func(u record.User) error {
		return s.Close(t.Context(), u, s.now(t, ref), "returned", "Sudah di rumah.")
	}
	if err := ask(s.rina); err != nil || s.rows(t, "cases WHERE state = 'closed'") != 0 {
		t.Fatalf("asked: %v", err)
	}
	if err := s.AnswerClosing(t.Context(), s.rina, s.now(t, ref), true, ""); !errors.Is(err, ErrNotYours) {
		t.Errorf("by who asked: %v", err)
	}
	if err := s.AnswerClosing(t.Context(), s.hana, s.now(t, ref), false, " "); !errors.Is(err, ErrWhyMissing) {
		t.Errorf("refused without a reason: %v", err)
	}
	if err := s.AnswerClosing(t.Context(), s.hana, s.now(t, ref), false, "Belum dihubungi."); err != nil {
		t.Fatal(err)
	}
	if err := ask(s.rina); err != nil {
		t.Fatal(err)
	}
	if err := s.AnswerClosing(t.Context(), s.hana, s.now(t, ref), true, "Sudah saya telepon."); err != nil {
		t.Fatal(err)
	}
	if d, err := s.CaseFor(t.Context(), s.hana, ref, false); err != nil || !strings.Contains(d.Events[0].Text, "Sudah saya telepon.") {
		t.Errorf("the second officer's words: %q, %v", d.Events[0].Text, err)
	}
	d, err := s.CaseFor(t.Context(), s.hana, ref, true)
	if err != nil || !d.Closed() || d.Outcome != "returned" || d.DueAt != nil {
		t.Errorf("%+v, %v", d.Case, err)
	}
	if err := s.Reopen(t.Context(), s.rina, s.now(t, ref), "Menulis lagi."); err != nil {
		t.Fatal(err)
	}
	d, err = s.CaseFor(t.Context(), s.rina, ref, true)
	if err != nil || d.State != CaseOpen || d.NextActor != ActorLead || d.DueAt == nil || d.Outcome != "" {
		t.Errorf("opened again: %+v, %v", d.Case, err)
	}
}

// A message to a closed case opens nothing, and does not get lost: it stands in a list of its own until it is read.
func TestComplaint10MessageAfterTheEndOpensNothing(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	for _, err := range []error{
		s.Take(t.Context(), s.rina, s.now(t, r.Ref)),
		s.Close(t.Context(), s.rina, s.now(t, r.Ref), "helped", "Selesai."),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	s.pass(time.Minute)
	if err := s.Write(t.Context(), token, uuid.NewString(), "Terima kasih."); err != nil {
		t.Fatal(err)
	}
	d, err := s.Cases(t.Context(), s.joko, CaseFilter{Tab: TabAfter})
	if err != nil || len(d.Rows) != 1 || d.Counts[TabAfter] != 1 || d.Rows[0].State != CaseClosed || d.Rows[0].Unread != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := s.CaseFor(t.Context(), s.rina, r.Ref, true); err != nil {
		t.Fatal(err)
	}
	if d, err = s.Cases(t.Context(), s.joko, CaseFilter{Tab: TabAfter}); err != nil || len(d.Rows) != 0 {
		t.Errorf("after it was read: %+v, %v", d.Rows, err)
	}
}
