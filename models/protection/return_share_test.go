package protection

import (
	"errors"
	"testing"
	"time"
)

// A word by which others read a plan runs past the end of its case, and can be ended then as before.
func TestSharingEndsAlsoAfterTheCase(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	token, r := s.file(t, f)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	s.plans(t, r.Ref, ReturnPlanned)
	in := HomeShare{Person: s.reporter(t, r.Ref), How: "spoken", Until: s.clock().Add(48 * time.Hour)}
	err := s.ShareHome(t.Context(), s.rina, s.now(t, r.Ref), in)
	if err == nil {
		err = s.Close(t.Context(), s.rina, s.now(t, r.Ref), "returned", "Sudah di rumah.")
	}
	if err != nil || s.readsOfHome(t, token) == "" {
		t.Fatalf("after the end the family reads nothing, %v", err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || len(d.HomeReaders) != 1 || !d.May[ActUnshare] || d.May[ActHome] {
		t.Fatalf("%+v, %v", d.May, err)
	}
	if err := s.StopSharing(t.Context(), s.rina, s.now(t, r.Ref), d.HomeReaders[0].Ref, "Ia menarik kata-katanya."); err != nil {
		t.Fatal(err)
	}
	if says := s.readsOfHome(t, token); says != "" {
		t.Errorf("the family reads on: %s", says)
	}
	if c := s.caseRow(t, r.Ref); !c.Closed() || c.RecalledAt != nil || len(s.after(t)) != 0 {
		t.Errorf("the case waits for somebody: %+v", c)
	}
}

// Where a case happens to several the word is of who gave it: they read it on their page and take it back, the other one does not.
func TestShareIsOfWhoGaveTheirWord(t *testing.T) {
	s := newDoor(t)
	first, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	if err := s.AddPerson(t.Context(), s.rina, s.now(t, r.Ref), NewPerson{Part: PartSubject, Name: "Contoh Dua"}); err != nil {
		t.Fatal(err)
	}
	var second Person
	if err := s.sql.Order("id DESC").Take(&second, "part = 'subject'").Error; err != nil {
		t.Fatal(err)
	}
	s.plans(t, r.Ref, ReturnPlanned)
	in := HomeShare{Person: s.sister(t, r.Ref), How: "spoken", Until: s.clock().Add(48 * time.Hour)}
	for _, of := range []string{"", in.Person, "OR-TIDAKADA"} {
		in.Of = of
		if err := s.ShareHome(t.Context(), s.rina, s.now(t, r.Ref), in); !errors.Is(err, ErrWhoseWord) {
			t.Errorf("the word of %q: %v", of, err)
		}
	}
	in.Of = second.Ref
	if err := s.ShareHome(t.Context(), s.rina, s.now(t, r.Ref), in); err != nil {
		t.Fatal(err)
	}
	if o, err := s.OwnCase(t.Context(), first); err != nil || len(o.Readers) != 0 {
		t.Errorf("the other one reads it as theirs: %+v, %v", o.Readers, err)
	}
	if list, err := s.readers(t.Context(), second); err != nil || len(list) != 1 || list[0].Parts[0] != ShowPlan {
		t.Errorf("who gave it reads %+v, %v", list, err)
	}
}
