package models

import (
	"strings"
	"testing"

	"naikkelas/models/record/dated"
)

// datedStore is the Store of dated rows beside the core's, with the officers Rina and Joko, who may write.
type datedStore struct {
	*testStore
	*dated.Store
	hotlines   dated.Table
	rina, joko User
}

func newDatedStore(t testing.TB) *datedStore {
	t.Helper()
	s := &datedStore{testStore: newStore(t, noon)}
	s.Store = dated.NewStore(s.db, DatedTables()...)
	admin := s.addUser(t, Admin, "Admin")
	s.rina, s.joko = s.addUser(t, Officer, "Rina"), s.addUser(t, Officer, "Joko")
	for _, u := range []User{s.rina, s.joko} {
		if err := s.GiveDuty(t.Context(), admin, u.Ref, DutyReference, "Surat tugas"); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if s.hotlines, err = s.Table("hotlines"); err != nil {
		t.Fatal(err)
	}
	return s
}

// police is a hotline with a number.
func police(number string) dated.Values {
	return dated.Values{"name_id": "Polisi", "name_en": "Police", "kind": "phone", "number": number, "public": "true"}
}

// wish is a hotline's number from so many days after today on, over what is there.
func (s *datedStore) wish(t testing.TB, code, number string, days int) dated.Wish {
	t.Helper()
	w := dated.Wish{Says: police(number), From: s.Today().Plus(days).Date(), Why: "Nomor baru"}
	h, err := s.Row(t.Context(), s.rina, s.hotlines, code)
	if err != nil {
		t.Fatal(err)
	}
	w.Seen = h.Seen()
	return w
}

// saved writes a draft and gives what its reader has seen.
func (s *datedStore) saved(t testing.TB, code string, w dated.Wish) dated.Seen {
	t.Helper()
	if _, err := s.Save(t.Context(), s.rina, s.hotlines, code, w); err != nil {
		t.Fatal(err)
	}
	return s.seen(t, code)
}

// seen is what somebody has seen who reads a row now.
func (s *datedStore) seen(t testing.TB, code string) dated.Seen {
	t.Helper()
	h, err := s.Row(t.Context(), s.rina, s.hotlines, code)
	if err != nil {
		t.Fatal(err)
	}
	return h.Seen()
}

// published writes a draft and has the colleague publish it.
func (s *datedStore) published(t testing.TB, code string, w dated.Wish) {
	t.Helper()
	if err := s.Publish(t.Context(), s.joko, s.hotlines, code, s.saved(t, code, w)); err != nil {
		t.Fatal(err)
	}
}

// seeded puts one number in, as a release does.
func (s *datedStore) seeded(t testing.TB, number string) {
	t.Helper()
	err := s.Follow(t.Context(), "hotlines", []dated.Seed{{Code: "POLRI", Says: police(number), From: s.Today().Plus(-400).Date()}})
	if err != nil {
		t.Fatal(err)
	}
}

// numberOn is the number on a day so many days after today, empty where the row does not hold.
func (s *datedStore) numberOn(t testing.TB, days int, drafts bool) string {
	t.Helper()
	rows, err := s.AsOf(t.Context(), s.joko, s.hotlines, s.Today().Plus(days), drafts)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, r := range rows {
		numbers = append(numbers, r.Says["number"])
	}
	return strings.Join(numbers, " ")
}

// overdue are the codes of the rows that somebody has to make sure of again, with spaces between them.
func (s *datedStore) overdue(t testing.TB) string {
	t.Helper()
	tasks, err := s.Overdue(t.Context(), s.rina)
	if err != nil {
		t.Fatal(err)
	}
	codes := make([]string, len(tasks))
	for i, task := range tasks {
		codes[i] = task.Code
	}
	return strings.Join(codes, " ")
}
