package journey

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

func TestNamesOfCompaniesAreFolded(t *testing.T) {
	for name, want := range map[string]string{
		"PT. Maju Bersama, Tbk": "maju bersama", "P.T. MAJU-BERSAMA": "maju bersama", "CV.Arjuna": "arjuna",
		"Maju Bersama (Persero)": "maju bersama",
		"PT":                     "pt", "LPK Sakura Indonesia": "sakura indonesia", "": "", "P. T. Bina 2": "bina 2", "Ptolemaia": "ptolemaia",
	} {
		if got := FoldLicence(name); got != want {
			t.Errorf("%q is folded to %q", name, got)
		}
	}
}

// listOf brings a list in and publishes it.
func (s *homeStore) listOf(t testing.TB, kind string, day time.Time, rows ...Licence) LicenceList {
	t.Helper()
	l := s.waitingList(t, kind, day, rows...)
	if err := s.PublishLicences(t.Context(), s.joko, l.Ref, 2); err != nil {
		t.Fatal(err)
	}
	return l
}

func (s *homeStore) waitingList(t testing.TB, kind string, day time.Time, rows ...Licence) LicenceList {
	t.Helper()
	l, err := s.ImportLicences(t.Context(), s.rina, NewLicenceList{
		Kind: kind, Source: "KP2MI", ListedOn: day, FileName: "a.csv", Content: json.RawMessage(`{}`), Token: record.NewWord(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AskLicences(t.Context(), s.rina, l.Ref, 1, rows, 0); err != nil {
		t.Fatal(err)
	}
	return l
}

// Names are found however they are spelled; the newest list of a kind counts from its day on, and the older one stays.
func TestLicencesAreFoundOnTheListOfTheDay(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	today := record.DayOf(s.clock())
	find := func(name string) LicenceAnswer {
		t.Helper()
		a, err := s.FindLicence(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := find("PT Maju"); len(a.Lists) != 0 || len(a.Hits) != 0 || !a.Named() {
		t.Errorf("without a list: %+v", a)
	}
	active := Licence{Name: "PT MAJU BERSAMA SEJAHTERA", State: "active"}
	s.listOf(t, LicenceP3MI, today.Plus(-30).Date(), active, Licence{Name: "PT Arjuna Wira", State: "active"})
	waiting := s.waitingList(t, LicenceP3MI, today.Date(), Licence{Name: "PT Maju Bersama Sejahtera", State: "revoked"})
	for _, name := range []string{"maju bersama sejahtera", "P.T. Maju-Bersama Sejahtera (Persero)", "PT  maju bersama   sejahtera"} {
		if a := find(name); len(a.Hits) == 0 || !a.Hits[0].Same || a.Hits[0].State != "active" {
			t.Errorf("%s: %+v", name, a.Hits)
		}
	}
	if a := find("PT Maju Bersma Sejatera"); len(a.Hits) != 1 || a.Hits[0].Same {
		t.Errorf("misspelt: %+v", a.Hits)
	}
	if a := find("PT Bersama"); len(a.Hits) != 1 || a.Hits[0].Same {
		t.Errorf("a part of the name: %+v", a.Hits)
	}
	if a := find("PT Lain Sekali"); len(a.Hits) != 0 || len(a.Lists) != 1 || !a.Lists[0].ListedOn.Equal(today.Plus(-30).Date()) {
		t.Errorf("who is not there: %+v", a)
	}
	for _, name := range []string{"", "  ", "PT", "%", "'; DROP TABLE licences", strings.Repeat("maju ", 5000)} {
		if a := find(name); len([]rune(a.Asked)) > licenceLong {
			t.Errorf("%d letters are sought", len(a.Asked))
		}
	}
	if err := s.PublishLicences(ctx, s.joko, waiting.Ref, 2); err != nil {
		t.Fatal(err)
	}
	if a := find("Maju Bersama Sejahtera"); len(a.Hits) != 1 || a.Hits[0].State != "revoked" {
		t.Errorf("the newer list: %+v", a.Hits)
	}
	if a := find("Arjuna Wira"); len(a.Hits) != 0 {
		t.Errorf("who was on the older one alone: %+v", a.Hits)
	}
	if n := s.rows(t, "licences"); n != 3 {
		t.Errorf("%d rows are kept", n)
	}
	s.listOf(t, LicenceSO, today.Date(), Licence{Name: "LPK Maju Bersama Sejahtera", State: "unsaid"})
	if a := find("Maju Bersama Sejahtera"); len(a.Hits) != 2 || len(a.Lists) != 2 {
		t.Errorf("on two kinds of list: %+v", a)
	}
}

// Lists are brought in and published by two officers with the duty of reference data, in their order, once.
func TestListsOfLicencesNeedTwoOfficers(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	today := record.DayOf(s.clock())
	list := NewLicenceList{Kind: LicenceP3MI, Source: "KP2MI", ListedOn: today.Date(), Content: json.RawMessage(`{}`), Token: "satu"}
	for name, u := range map[string]record.User{"seeker": s.ani, "officer without the duty": s.lain, "help": s.tari, "admin": s.admin} {
		if _, err := s.ImportLicences(ctx, u, list); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s brings one in: %v", name, err)
		}
	}
	for want, change := range map[*record.Refusal]func(*NewLicenceList){
		ErrLicenceKind:   func(n *NewLicenceList) { n.Kind = "lpk" },
		ErrLicenceSource: func(n *NewLicenceList) { n.Source = " " },
		ErrLicenceDay:    func(n *NewLicenceList) { n.ListedOn = today.Plus(1).Date() },
	} {
		wrong := list
		change(&wrong)
		if _, err := s.ImportLicences(ctx, s.rina, wrong); !errors.Is(err, want) {
			t.Errorf("%v, not %v", err, want)
		}
	}
	l, err := s.ImportLicences(ctx, s.rina, list)
	again, second := s.ImportLicences(ctx, s.rina, list)
	if err != nil || second != nil || again.Ref != l.Ref || s.rows(t, "licence_lists") != 1 {
		t.Fatalf("twice: %v, %v", err, second)
	}
	act := func(f func() error, want error) {
		t.Helper()
		if err := f(); !errors.Is(err, want) {
			t.Errorf("%v, not %v", err, want)
		}
	}
	rows := []Licence{{Name: "PT A", State: "active"}}
	act(func() error { return s.PublishLicences(ctx, s.joko, l.Ref, 1) }, ErrLicenceDecided)
	act(func() error { return s.AskLicences(ctx, s.rina, l.Ref, 1, nil, 0) }, ErrLicenceEmpty)
	act(func() error { return s.MapLicences(ctx, s.rina, l.Ref, 1, map[string]int{"name": 0}) }, nil)
	act(func() error { return s.AskLicences(ctx, s.rina, l.Ref, 1, rows, 0) }, models.ErrStale)
	act(func() error { return s.AskLicences(ctx, s.rina, l.Ref, 2, rows, 0) }, nil)
	act(func() error { return s.AskLicences(ctx, s.rina, l.Ref, 3, rows, 0) }, ErrLicenceDecided)
	act(func() error { return s.PublishLicences(ctx, s.rina, l.Ref, 3) }, ErrLicenceSecond)
	act(func() error { return s.PublishLicences(ctx, s.lain, l.Ref, 3) }, record.ErrForbidden)
	act(func() error { return s.PublishLicences(ctx, s.joko, "IZ-00000000", 3) }, record.ErrNotFound)
	act(func() error { return s.PublishLicences(ctx, s.joko, l.Ref, 3) }, nil)
	act(func() error { return s.DropLicences(ctx, s.joko, l.Ref, 4) }, ErrLicenceDecided)
	gone := s.waitingList(t, LicenceP3MI, today.Date(), Licence{Name: "PT B", State: "active"})
	if p, err := s.LicenceListForOfficer(ctx, s.lain, gone.Ref); err != nil || p.New != 1 || p.Gone != 1 || len(p.Rows) != 1 {
		t.Errorf("beside what counts: %+v, %v", p, err)
	}
	act(func() error { return s.DropLicences(ctx, s.rina, gone.Ref, 2) }, nil)
	if n := s.rows(t, "licences"); n != 1 {
		t.Errorf("%d rows are left", n)
	}
	if _, err := s.LicenceLists(ctx, s.ani); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("a seeker reads lists: %v", err)
	}
}
