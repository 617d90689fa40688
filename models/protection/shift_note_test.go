package protection

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

func whys(lines []ShiftLine) (list []string) {
	for _, l := range lines {
		list = append(list, l.Why)
	}
	return list
}

// A shift note is built from today's cases, holds what was late, new, soon or worked on, and is taken over inside the
// portal by somebody else, once (complaint 13: hand-overs went by private mail).
func TestComplaint13ShiftIsHandedOverInsideThePortal(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	far := s.takenByRina(t, func() Filing { f := cry(); f.Reach.Address = "+85291110000"; return f }())
	for _, of := range []string{ref, far} {
		due := Due{ActorLead, s.clock().Add(80 * 24 * time.Hour)}
		if of == ref {
			due.By = s.clock().Add(3 * time.Hour)
		}
		contact := Contact{Person: s.personOf(t, of).Ref, Channel: "phone", Reached: true, Text: "Bicara.", Due: due}
		if err := s.LogContact(t.Context(), s.rina, s.now(t, of), contact); err != nil {
			t.Fatal(err)
		}
	}
	_, fresh := s.file(t, func() Filing { f := cry(); f.Reach.Address = "+85291110001"; return f }())
	s.pass(4 * time.Hour)
	draft, err := s.ShiftDraft(t.Context(), s.rina)
	if err != nil || !slices.Equal(whys(draft), []string{"late", "new", "worked"}) {
		t.Fatalf("the draft says %v (%v)", whys(draft), err)
	}
	form := uuid.NewString()
	for range 2 { // the second press
		err := s.HandOverShift(t.Context(), s.rina, form, "Tenang hari ini.", map[string]string{fresh.Ref: "Telepon jam 20."})
		if err != nil {
			t.Fatal(err)
		}
	}
	notes, err := s.ShiftNotes(t.Context(), s.joko)
	if err != nil || len(notes) != 1 || len(notes[0].Lines) != 3 {
		t.Fatalf("%+v (%v)", notes, err)
	}
	if notes[0].Word != "Tenang hari ini." || notes[0].Lines[1].Line != "Telepon jam 20." {
		t.Errorf("reads %q and %q", notes[0].Word, notes[0].Lines[1].Line)
	}
	if err := s.TakeOverShift(t.Context(), s.rina, notes[0].Ref); !errors.Is(err, ErrShiftOwn) {
		t.Errorf("the writer takes it over: %v", err)
	}
	for _, who := range []record.User{s.joko, s.hana} {
		if err := s.TakeOverShift(t.Context(), who, notes[0].Ref); err != nil {
			t.Fatal(err)
		}
	}
	if notes, err = s.ShiftNotes(t.Context(), s.rina); err != nil || notes[0].ReaderName != "Joko" {
		t.Errorf("taken over by %q (%v)", notes[0].ReaderName, err)
	}
}

// A line that was typed stays though its case has left the list meanwhile, and a note that nobody took over stays in sight.
func TestTypedLineIsKeptThoughItsCaseLeftTheList(t *testing.T) {
	s := newDoor(t)
	_, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	contact := Contact{Person: s.personOf(t, r.Ref).Ref, Channel: "phone", Reached: true, Text: "Bicara.",
		Due: Due{ActorLead, s.clock().Add(48 * time.Hour)}}
	if err := s.LogContact(t.Context(), s.rina, s.now(t, r.Ref), contact); err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{r.Ref: "Majikan mengancam.", "NK-TIDAKADA": "Apa pun."}
	if err := s.HandOverShift(t.Context(), s.joko, uuid.NewString(), "", lines); err != nil {
		t.Fatal(err)
	}
	for range 11 {
		if err := s.HandOverShift(t.Context(), s.joko, uuid.NewString(), "", nil); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(72 * time.Hour)
	notes, err := s.ShiftNotes(t.Context(), s.rina)
	if err != nil || len(notes) != 12 {
		t.Fatalf("%d notes (%v)", len(notes), err)
	}
	if first := notes[11]; len(first.Lines) != 1 || first.Lines[0].Line != "Majikan mengancam." {
		t.Errorf("the first note says %+v", first.Lines)
	}
	if d, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabOpen}); err != nil || d.Notes != 12 {
		t.Errorf("%d notes wait (%v)", d.Notes, err)
	}
}

// A note shows each reader the cases that they may see, and is nobody's who is nothing to the desk.
func TestShiftNoteShowsWhatItsReaderMaySee(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	if err := s.HandOverShift(t.Context(), s.rina, uuid.NewString(), "x", map[string]string{ref: "Diam."}); err != nil {
		t.Fatal(err)
	}
	if err := s.sql.Exec("UPDATE cases SET sensitive = true WHERE ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	notes, err := s.ShiftNotes(t.Context(), s.joko)
	if err != nil || len(notes[0].Lines) != 0 || notes[0].Hidden != 1 {
		t.Errorf("who may not see a case reads %d lines, %d hidden (%v)", len(notes[0].Lines), notes[0].Hidden, err)
	}
	for name, err := range map[string]error{
		"reads":  func() error { _, err := s.ShiftNotes(t.Context(), s.lain); return err }(),
		"drafts": func() error { _, err := s.ShiftDraft(t.Context(), s.lain); return err }(),
		"writes": s.HandOverShift(t.Context(), s.lain, uuid.NewString(), "x", nil),
		"takes":  s.TakeOverShift(t.Context(), s.lain, notes[0].Ref),
	} {
		if !errors.Is(err, record.ErrNotFound) {
			t.Errorf("who is nothing to the desk %s: %v", name, err)
		}
	}
	long := strings.Repeat("a", MessageLength+1)
	err = s.HandOverShift(t.Context(), s.rina, uuid.NewString(), "x", map[string]string{ref: long})
	if r, ok := errors.AsType[*record.Refusal](err); !ok || r.Field != "line_"+ref || s.rows(t, "case_shift_notes") != 1 {
		t.Errorf("a long line: %v", err)
	}
}

// Several cases go to a colleague at once: each by its rule, with what became of it (complaint 14: a bulk act stopped after
// the first ones and said nothing).
func TestComplaint14SeveralAreAssignedWithWhatBecameOfEach(t *testing.T) {
	s := newDoor(t)
	var picked []Press
	for i := range 12 {
		f := cry()
		f.Reach.Address = "+8529111" + strings.Repeat("0", 2) + string(rune('a'+i))
		picked = append(picked, s.now(t, s.takenByRina(t, f)))
	}
	stale := s.takenByRina(t, cry())
	picked = append(picked, Press{Ref: stale, Version: 1}, Press{Ref: "KB-NONE", Version: 1})
	if err := s.sql.Exec("UPDATE cases SET lead_id = ? WHERE ref = ?", s.joko.ID, picked[0].Ref).Error; err != nil {
		t.Fatal(err)
	}
	err := s.sql.Exec("UPDATE case_team SET user_id = ? WHERE case_id = (SELECT id FROM cases WHERE ref = ?)", s.joko.ID, picked[0].Ref).Error
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.AssignMany(t.Context(), s.rina, picked, s.hana.Ref, "Cuti.")
	if err != nil || len(list) != len(picked) {
		t.Fatalf("%d of %d (%v)", len(list), len(picked), err)
	}
	for i, a := range list {
		want := ""
		switch i {
		case 0:
			want = ErrNotYours.Key
		case 12:
			want = "application.stale"
		case 13:
			want = ErrGone.Key
		}
		if got := keyOf(a.Why); got != want {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
	if n := s.rows(t, "cases WHERE lead_id = ?", s.hana.ID); n != 11 {
		t.Errorf("Hana holds %d", n)
	}
	for name, tt := range map[string]struct {
		picked  []Press
		to, why string
		want    error
	}{
		"none":      {nil, s.hana.Ref, "x", ErrNonePicked},
		"no reason": {picked, s.hana.Ref, " ", ErrWhyMissing},
		"nobody":    {picked, "U-0", "x", ErrShiftOfficer},
		"too many":  {make([]Press, CasesPerPage+1), s.hana.Ref, "x", ErrManyPicked},
	} {
		if _, err := s.AssignMany(t.Context(), s.rina, tt.picked, tt.to, tt.why); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.AssignMany(t.Context(), s.lain, picked, s.hana.Ref, "x"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("who is nothing to the desk: %v", err)
	}
}

// keyOf is the key of a refusal, empty for none.
func keyOf(r *record.Refusal) string {
	if r == nil {
		return ""
	}
	return r.Key
}
