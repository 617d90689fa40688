package protection

import (
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
