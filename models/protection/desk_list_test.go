package protection

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"naikkelas/models/record"
)

// Counts and lists are of one condition; filters narrow, the words find by number and by a number of somebody on it, and
// pages follow one another without a gap.
func TestComplaint20DeskListsAndCounts(t *testing.T) {
	s := newDoor(t)
	s.seedTypes(t)
	var refs []string
	for n := range CasesPerPage + 4 {
		f := cry()
		f.Reach.Address = fmt.Sprintf("+852 5550 %04d", n)
		if n%2 == 0 {
			f.Country, f.Door = "MY", DoorReturning
		}
		_, r := s.file(t, f)
		refs = append(refs, r.Ref)
		s.pass(time.Second)
	}
	list := func(f CaseFilter) (found []string) {
		t.Helper()
		d, err := s.Cases(t.Context(), s.rina, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Rows {
			found = append(found, r.Ref)
		}
		return found
	}
	d, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabNew})
	if err != nil || len(d.Rows) != CasesPerPage || d.More == "" || d.Counts[TabNew] != len(refs) {
		t.Fatalf("%d rows, counts %v, %v", len(d.Rows), d.Counts, err)
	}
	all := append(list(CaseFilter{Tab: TabNew}), list(CaseFilter{Tab: TabNew, After: d.More})...)
	if !slices.Equal(all, refs) {
		t.Errorf("the pages hold %d cases, want the %d that came in, in their order", len(all), len(refs))
	}
	if got := len(list(CaseFilter{Tab: TabNew, Country: "MY", Door: string(DoorReturning)})); got != len(refs)/2 {
		t.Errorf("filtered: %d", got)
	}
	if got := list(CaseFilter{Tab: TabOpen, Words: "+852-5550-0003"}); !slices.Equal(got, refs[3:4]) {
		t.Errorf("by a number of somebody on it: %v", got)
	}
	if got := list(CaseFilter{Tab: TabOpen, Words: refs[5][3:]}); !slices.Equal(got, refs[5:6]) {
		t.Errorf("by its number: %v", got)
	}
	if err := s.Take(t.Context(), s.rina, s.now(t, refs[0])); err != nil {
		t.Fatal(err)
	}
	if err := s.Judge(t.Context(), s.rina, s.now(t, refs[0]), Judgement{Kinds: []string{"GAJI"}, Urgency: UrgencyUrgent,
		Trafficking: TraffickingNotAssessed}); err != nil {
		t.Fatal(err)
	}
	if got := list(CaseFilter{Tab: TabMine, Kind: "GAJI"}); !slices.Equal(got, refs[:1]) {
		t.Errorf("mine, by kind: %v", got)
	}
	s.pass(48 * time.Hour)
	d, err = s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabLate})
	if err != nil || d.Counts[TabLate] != len(refs) || d.Counts[TabMine] != 1 || d.Counts[TabNew] != len(refs)-1 {
		t.Errorf("two days later: %v, %v", d.Counts, err)
	}
}

// What is late stands with life first, then the oldest, over its pages; other parts stay in the order of their hours.
func TestLateListsLifeFirstOverItsPages(t *testing.T) {
	s := newDoor(t)
	var life, others []string
	for n := range 2*CasesPerPage + 5 {
		f := cry()
		f.Reach.Address = fmt.Sprintf("+852 5550 %04d", n)
		if n%4 == 3 { // also among the newest
			f.Danger = DangerNow
		}
		_, r := s.file(t, f)
		if f.Danger == DangerNow {
			life = append(life, r.Ref)
		} else {
			others = append(others, r.Ref)
		}
		s.pass(time.Minute)
	}
	s.pass(48 * time.Hour)
	read := func(tab Tab) (found []string) {
		t.Helper()
		for f := (CaseFilter{Tab: tab}); ; {
			d, err := s.Cases(t.Context(), s.hana, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range d.Rows {
				found = append(found, r.Ref)
			}
			if f.After = d.More; f.After == "" {
				return found
			}
		}
	}
	// A life case's hour is so much earlier that it stands first by its hour too; one that was given more time does not.
	if err := s.sql.Exec("UPDATE cases SET due_at = ? WHERE ref IN ?", s.clock().Add(-time.Minute), life[len(life)-2:]).Error; err != nil {
		t.Fatal(err)
	}
	if got := read(TabLate); !slices.Equal(got, append(slices.Clone(life), others...)) {
		t.Errorf("%d late cases, want the %d of life and then %d others, each the oldest first:\n%v", len(got), len(life), len(others), got)
	}
	byHour := slices.Concat(life[:len(life)-2], others, life[len(life)-2:])
	if got := read(TabOpen); !slices.Equal(got, byHour) {
		t.Errorf("all that is open does not stand by its hour: %v", got)
	}
}

// What waits for a second officer is the head's own: a closing and a referral without consent stand in their list, and in
// nobody else's who does not hold the case, until they are answered.
func TestWhatWaitsForASecondIsTheHeads(t *testing.T) {
	s := newDoor(t)
	mine := func(u record.User) (found []string, count int) {
		t.Helper()
		d, err := s.Cases(t.Context(), u, CaseFilter{Tab: TabMine})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range d.Rows {
			found = append(found, r.Ref)
		}
		return found, d.Counts[TabMine]
	}
	f := cry()
	f.Danger = DangerNow
	ref := s.takenByRina(t, f)
	if got, n := mine(s.hana); len(got) != 0 || n != 0 {
		t.Errorf("before anybody asked: %v, %d", got, n)
	}
	if err := s.Close(t.Context(), s.rina, s.now(t, ref), "returned", "Di rumah."); err != nil {
		t.Fatal(err)
	}
	for who, u := range map[string]record.User{"the head": s.hana, "who holds it": s.rina} {
		if got, n := mine(u); !slices.Equal(got, []string{ref}) || n != 1 {
			t.Errorf("%s: %v, %d", who, got, n)
		}
	}
	if got, n := mine(s.joko); len(got) != 0 || n != 0 {
		t.Errorf("a colleague: %v, %d", got, n)
	}
	if err := s.AnswerClosing(t.Context(), s.hana, s.now(t, ref), false, "Belum."); err != nil {
		t.Fatal(err)
	}
	if got, n := mine(s.hana); len(got) != 0 || n != 0 {
		t.Errorf("after the answer: %v, %d", got, n)
	}
}

// Nothing is saved without what was said, who acts next and by when.
func TestNothingIsLoggedWithoutWhoAndWhen(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	in := Contact{Channel: "phone", Reached: true, Text: "Aman.", Due: s.due(ActorPerson)}
	for name, tt := range map[string]struct {
		change func(*Contact)
		want   error
	}{
		"all of it":       {func(*Contact) {}, nil},
		"no words":        {func(c *Contact) { c.Text = " " }, ErrSaidMissing},
		"nobody next":     {func(c *Contact) { c.Due.Next = "" }, ErrNextMissing},
		"a code of none":  {func(c *Contact) { c.Due.Next = "duty" }, ErrNextMissing},
		"no time":         {func(c *Contact) { c.Due.By = time.Time{} }, ErrDueMissing},
		"a time gone by":  {func(c *Contact) { c.Due.By = s.clock().Add(-time.Minute) }, ErrDuePast},
		"another channel": {func(c *Contact) { c.Channel = "fax" }, ErrChoice},
		"another case's":  {func(c *Contact) { c.Person = "OR-00000000" }, ErrChoice},
	} {
		c := in
		tt.change(&c)
		if err := s.LogContact(t.Context(), s.rina, s.now(t, ref), c); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	if n := s.rows(t, "cases WHERE contacted_at IS NOT NULL AND next_actor = 'person'"); n != 1 {
		t.Errorf("the first contact was not kept")
	}
}
