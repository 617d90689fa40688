package protection

import (
	"errors"
	"testing"
	"time"

	"naikkelas/models/record"
)

// Files that were chosen go over with a case, and the office hears them also once the case has ended here; none goes on paper.
func TestChosenFilesGoOverWithTheCase(t *testing.T) {
	s := newDoor(t)
	bp3mi := s.partner(t, "BP3MI Contoh")
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Attach(t.Context(), token, recording("satu"), recording("dua"))
	if err != nil {
		t.Fatal(err)
	}
	s.checked(t)
	paper := s.onPaper(t, r.Ref, KindTransfer, ShowStory)
	paper.Files = []string{kept[0].Ref}
	if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), paper); !errors.Is(err, ErrSheetFiles) {
		t.Errorf("on paper: %v", err)
	}
	in := s.over(t, r.Ref, bp3mi, ShowStory)
	in.Files, in.Keeps = []string{kept[0].Ref}, KeepsEnds
	if err := s.Transfer(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
		t.Fatal(err)
	}
	p := s.referred(t)
	if err := s.AcceptTransfer(t.Context(), bp3mi, p, "Andi", s.clock().Add(time.Hour)); err != nil || !s.caseRow(t, r.Ref).Closed() {
		t.Fatal(err)
	}
	if _, err := s.PartnerAttachment(t.Context(), bp3mi, p.Ref, kept[0].Ref, 0); err != nil {
		t.Errorf("the chosen one: %v", err)
	}
	if _, err := s.PartnerAttachment(t.Context(), bp3mi, p.Ref, kept[1].Ref, 0); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the other one: %v", err)
	}
}
