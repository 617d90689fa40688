package models

import (
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

func TestDatedRowIsWrittenLookedAtAndPublishedByTwo(t *testing.T) {
	s := newDatedStore(t)
	s.seeded(t, "110")
	version := s.saved(t, "POLRI", s.wish(t, "POLRI", "0811-1000-110", 3))
	for _, want := range []struct {
		days   int
		drafts bool
		number string
	}{{0, false, "110"}, {3, false, "110"}, {2, true, "110"}, {3, true, "0811-1000-110"}} {
		if got := s.numberOn(t, want.days, want.drafts); got != want.number {
			t.Errorf("%d days on, with drafts %v: %q", want.days, want.drafts, got)
		}
	}
	if err := s.Publish(t.Context(), s.rina, s.hotlines, "POLRI", version); !errors.Is(err, dated.ErrSecond) {
		t.Errorf("published by whoever wrote it: %v", err)
	}
	unseen := dated.Seen{Change: version.Change, Version: version.Version - 1}
	if err := s.Publish(t.Context(), s.joko, s.hotlines, "POLRI", unseen); !errors.Is(err, dated.ErrStale) {
		t.Errorf("published unseen: %v", err)
	}
	if err := s.Publish(t.Context(), s.joko, s.hotlines, "POLRI", version); err != nil {
		t.Fatal(err)
	}
	if s.numberOn(t, 2, false) != "110" || s.numberOn(t, 3, false) != "0811-1000-110" {
		t.Errorf("holds %q, then %q", s.numberOn(t, 2, false), s.numberOn(t, 3, false))
	}
	list, err := s.testStore.Hotlines(t.Context())
	if err != nil || len(list) != 1 || list[0].Number != "110" || list[0].Dial != "110" {
		t.Errorf("visitors see %+v, %v", list, err)
	}
	s.pass(3 * 24 * time.Hour)
	if list, err = s.testStore.Hotlines(t.Context()); err != nil || len(list) != 1 || list[0].Dial != "+628111000110" {
		t.Errorf("three days later visitors see %+v, %v", list, err)
	}
	h, err := s.Row(t.Context(), s.joko, s.hotlines, "POLRI")
	if err != nil || len(h.Versions) != 2 || len(h.Past) != 1 || h.Past[0].Writer != "Rina" || h.Past[0].Decider != "Joko" || h.Draft != nil {
		t.Errorf("the history is %+v, %v", h, err)
	}
}

// What an officer writes is refused at its field; what is right is made fit.
func TestDatedValuesAreChecked(t *testing.T) {
	s := newDatedStore(t)
	missions, err := s.Table("missions")
	if err != nil {
		t.Fatal(err)
	}
	s.sql.Create(&Country{Code: "MY", Name: Text{ID: "Malaysia", EN: "Malaysia"}, CallingCode: "+60"})
	right := dated.Values{"name": "KBRI Uji", "country_code": "MY", "emergency": " +60 17-500 7047 ; +60 111 222 333", "public": "true"}
	wish := func(change func(dated.Values, *dated.Wish)) dated.Wish {
		w := dated.Wish{Says: maps.Clone(right), From: s.Today().Date(), Why: "Baru", Token: "0b54cd4c-52a3-4f3d-8a17-6ea8b9b3b8d1"}
		change(w.Says, &w)
		return w
	}
	for field, change := range map[string]func(dated.Values, *dated.Wish){
		"name":         func(v dated.Values, _ *dated.Wish) { v["name"] = " " },
		"country_code": func(v dated.Values, _ *dated.Wish) { v["country_code"] = "ZZ" },
		"emergency":    func(v dated.Values, _ *dated.Wish) { v["emergency"] = "0812 900 700" },
		"email":        func(v dated.Values, _ *dated.Wish) { v["email"] = "bukan surel" },
		"url":          func(v dated.Values, _ *dated.Wish) { v["url"] = "javascript:alert(1)" },
		"note_id":      func(v dated.Values, _ *dated.Wish) { v["note_id"] = strings.Repeat("x", dated.LineLength+1) },
		"from":         func(_ dated.Values, w *dated.Wish) { w.From = s.Today().Plus(-1).Date() },
		"to":           func(_ dated.Values, w *dated.Wish) { w.To = new(w.From.AddDate(0, 0, -1)) },
		"why":          func(_ dated.Values, w *dated.Wish) { w.Why = "  " },
	} {
		_, err := s.Save(t.Context(), s.rina, missions, "", wish(change))
		refusals := record.RefusalsIn(err)
		if len(refusals) != 1 || refusals[0].Field != field {
			t.Errorf("%s: refused with %v", field, refusals)
		}
	}
	code, err := s.Save(t.Context(), s.rina, missions, "", wish(func(dated.Values, *dated.Wish) {}))
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Save(t.Context(), s.rina, missions, "", wish(func(dated.Values, *dated.Wish) {}))
	if err != nil || again != code {
		t.Errorf("the second press makes %s beside %s: %v", again, code, err)
	}
	h, err := s.Row(t.Context(), s.joko, missions, code)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Publish(t.Context(), s.joko, missions, code, h.Seen()); err != nil {
		t.Fatal(err)
	}
	contacts, err := s.ContactsIn(t.Context(), "MY")
	if list := contacts.Missions; err != nil || len(list) != 1 || list[0].Emergency != "+60 17-500 7047\n+60 111 222 333" {
		t.Errorf("visitors see %+v, %v", list, err)
	}
	_, err = s.Save(t.Context(), s.rina, s.hotlines, "", dated.Wish{Says: dated.Values{"name_id": "A", "name_en": "A", "kind": "phone"},
		From: s.Today().Date(), Why: "x", Token: "0b54cd4c-52a3-4f3d-8a17-6ea8b9b3b8d2"})
	if r := record.RefusalsIn(err); len(r) != 1 || r[0].Field != "number" {
		t.Errorf("a hotline without a number: %v", err)
	}
}

// Rows are read by officers and written by those with the duty, nobody else.
func TestDatedRowsAreForOfficersWithTheDuty(t *testing.T) {
	s := newDatedStore(t)
	s.seeded(t, "110")
	w := s.wish(t, "POLRI", "112", 0)
	version := s.saved(t, "POLRI", w)
	w.Seen, w.Why = version, "Lain lagi"
	h, err := s.Row(t.Context(), s.rina, s.hotlines, "POLRI")
	if err != nil {
		t.Fatal(err)
	}
	plain := s.addUser(t, Officer, "Tanpa Tugas")
	for _, u := range []User{plain, s.addUser(t, Admin, "Admin Lain"), s.addUser(t, Seeker, "Pencari"), {}} {
		acts := map[string]error{
			"publish": s.Publish(t.Context(), u, s.hotlines, "POLRI", version),
			"drop":    s.Drop(t.Context(), u, s.hotlines, "POLRI", version),
			"confirm": s.Confirm(t.Context(), u, s.hotlines, "POLRI", h.Versions[0].ID),
		}
		_, acts["save"] = s.Save(t.Context(), u, s.hotlines, "POLRI", w)
		if u.ID != plain.ID {
			_, acts["read"] = s.Row(t.Context(), u, s.hotlines, "POLRI")
			_, acts["list"] = s.AsOf(t.Context(), u, s.hotlines, s.Today(), true)
			_, acts["waiting"] = s.Waiting(t.Context(), u)
			_, acts["overdue"] = s.Overdue(t.Context(), u)
		}
		for act, err := range acts {
			if !errors.Is(err, ErrForbidden) {
				t.Errorf("%s %s: %v", u.Role, act, err)
			}
		}
	}
	if _, err := s.Row(t.Context(), plain, s.hotlines, "POLRI"); err != nil {
		t.Errorf("an officer without the duty does not read: %v", err)
	}
	if s.numberOn(t, 0, false) != "110" {
		t.Error("somebody without a right changed the number")
	}
	if _, err := s.Row(t.Context(), plain, s.hotlines, "TIDAKADA"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a row that is not there: %v", err)
	}
	if _, err := s.Table("users"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a table that nobody described: %v", err)
	}
}

// Of officers who act at once on one draft, one is right and the others hear of it; who presses twice acted once.
func TestDatedDraftIsDecidedOnce(t *testing.T) {
	s := newDatedStore(t)
	s.seeded(t, "110")
	seen := s.saved(t, "POLRI", s.wish(t, "POLRI", "112", 0))
	late := s.wish(t, "POLRI", "113", 0)
	publish := func() error { return s.Publish(t.Context(), s.joko, s.hotlines, "POLRI", seen) }
	acts := [][]func() error{
		{publish, publish},
		{func() error { return s.Drop(t.Context(), s.rina, s.hotlines, "POLRI", seen) }},
		{func() error { _, err := s.Save(t.Context(), s.rina, s.hotlines, "POLRI", late); return err }},
	}
	errs := make([]error, len(acts))
	var wait sync.WaitGroup
	for i, presses := range acts {
		wait.Go(func() {
			for _, act := range presses {
				errs[i] = act()
			}
		})
	}
	wait.Wait()
	done := 0
	for _, err := range errs {
		if err == nil {
			done++
		} else if !errors.Is(err, dated.ErrStale) {
			t.Errorf("refused with %v", err)
		}
	}
	if done != 1 {
		t.Errorf("%d of the acts were done: %v", done, errs)
	}
}

// What was dropped and written anew is another draft, whatever number it has, and so is what was rewritten on the day.
func TestDatedActsAreForWhatWasSeen(t *testing.T) {
	s := newDatedStore(t)
	s.seeded(t, "110")
	first := s.saved(t, "POLRI", s.wish(t, "POLRI", "112", 0))
	old := s.wish(t, "POLRI", "115", 0)
	if err := s.Drop(t.Context(), s.rina, s.hotlines, "POLRI", first); err != nil {
		t.Fatal(err)
	}
	s.saved(t, "POLRI", s.wish(t, "POLRI", "113", 0))
	if err := s.Publish(t.Context(), s.joko, s.hotlines, "POLRI", first); !errors.Is(err, dated.ErrStale) {
		t.Errorf("an unseen draft is published: %v", err)
	}
	if err := s.Drop(t.Context(), s.joko, s.hotlines, "POLRI", first); !errors.Is(err, dated.ErrStale) {
		t.Errorf("an unseen draft is dropped: %v", err)
	}
	if _, err := s.Save(t.Context(), s.joko, s.hotlines, "POLRI", old); !errors.Is(err, dated.ErrStale) {
		t.Errorf("an unseen draft is written over: %v", err)
	}
	h, err := s.Row(t.Context(), s.rina, s.hotlines, "POLRI")
	if err != nil {
		t.Fatal(err)
	}
	called := h.Versions[0].ID
	if err := s.Publish(t.Context(), s.joko, s.hotlines, "POLRI", s.seen(t, "POLRI")); err != nil {
		t.Fatal(err)
	}
	before := s.wish(t, "POLRI", "116", 0)
	s.published(t, "POLRI", s.wish(t, "POLRI", "114", 0)) // again on this day
	if _, err := s.Save(t.Context(), s.joko, s.hotlines, "POLRI", before); !errors.Is(err, dated.ErrStale) {
		t.Errorf("what a colleague published is taken back unseen: %v", err)
	}
	if err := s.Confirm(t.Context(), s.rina, s.hotlines, "POLRI", called); !errors.Is(err, dated.ErrStale) {
		t.Errorf("the old number was called, the new one is confirmed: %v", err)
	}
}

// A number for some days gives way to the old one afterwards; an end that was published stays; a row that ended is not
// ended again, and no release brings it back.
func TestDatedRowComesBackAndEnds(t *testing.T) {
	s := newDatedStore(t)
	s.seeded(t, "110")
	w := s.wish(t, "POLRI", "112", 2)
	w.To = new(s.Today().Plus(4).Date())
	s.published(t, "POLRI", w)
	for days, want := range map[int]string{0: "110", 1: "110", 2: "112", 4: "112", 5: "110", 60: "110"} {
		if got := s.numberOn(t, days, false); got != want {
			t.Errorf("%d days on %q holds, want %q", days, got, want)
		}
	}
	end := dated.Wish{Ends: true, From: s.Today().Date(), To: new(s.Today().Plus(30).Date()), Why: "Ditutup", Seen: s.seen(t, "POLRI")}
	early := end
	early.To = new(s.Today().Plus(3).Date())
	if _, err := s.Save(t.Context(), s.rina, s.hotlines, "POLRI", early); !errors.Is(err, dated.ErrLater) {
		t.Errorf("a row ends before what was published: %v", err)
	}
	s.saved(t, "POLRI", s.wish(t, "POLRI", "119", 9))
	end.Seen = s.seen(t, "POLRI")
	if _, err := s.Save(t.Context(), s.rina, s.hotlines, "POLRI", end); !errors.Is(err, dated.ErrOpen) {
		t.Errorf("an end is written over a draft: %v", err)
	}
	if err := s.Drop(t.Context(), s.rina, s.hotlines, "POLRI", end.Seen); err != nil {
		t.Fatal(err)
	}
	end.Seen = s.seen(t, "POLRI")
	s.published(t, "POLRI", end)
	if s.numberOn(t, 30, false) != "110" || s.numberOn(t, 31, false) != "" {
		t.Errorf("on the last day %q holds, then %q", s.numberOn(t, 30, false), s.numberOn(t, 31, false))
	}
	end.Seen, end.To = s.seen(t, "POLRI"), new(s.Today().Plus(90).Date())
	if _, err := s.Save(t.Context(), s.rina, s.hotlines, "POLRI", end); !errors.Is(err, dated.ErrEnded) {
		t.Errorf("a row that has a last day gets another: %v", err)
	}
	s.seeded(t, "111")
	if h, err := s.Row(t.Context(), s.rina, s.hotlines, "POLRI"); err != nil || h.Draft != nil {
		t.Errorf("a release brings back what ended: %+v, %v", h.Draft, err)
	}
}

// A release follows where nobody edited, and proposes where somebody did.
func TestDatedRowsFollowTheReleaseUnlessEdited(t *testing.T) {
	s := newDatedStore(t)
	s.seeded(t, "110")
	s.seeded(t, "110")
	if h, err := s.Row(t.Context(), s.rina, s.hotlines, "POLRI"); err != nil || len(h.Versions) != 1 || len(h.Past) != 0 {
		t.Errorf("the same release again makes %+v, %v", h, err)
	}
	s.pass(24 * time.Hour)
	s.seeded(t, "111")
	if s.numberOn(t, 0, false) != "111" || s.numberOn(t, -1, false) != "110" {
		t.Errorf("a new release: %q, before it %q", s.numberOn(t, 0, false), s.numberOn(t, -1, false))
	}
	version := s.saved(t, "POLRI", s.wish(t, "POLRI", "112", 0))
	s.seeded(t, "113")
	if h, err := s.Row(t.Context(), s.rina, s.hotlines, "POLRI"); err != nil || h.Draft == nil || h.Draft.Says["number"] != "112" {
		t.Errorf("a release wrote over a colleague's draft: %+v, %v", h.Draft, err)
	}
	if err := s.Publish(t.Context(), s.joko, s.hotlines, "POLRI", version); err != nil {
		t.Fatal(err)
	}
	s.seeded(t, "113")
	h, err := s.Row(t.Context(), s.rina, s.hotlines, "POLRI")
	if err != nil || h.Draft == nil || h.Draft.WrittenBy != nil || h.Draft.Says["number"] != "113" || s.numberOn(t, 0, false) != "112" {
		t.Fatalf("over an edited row the release says %+v, %v", h.Draft, err)
	}
	if err := s.Drop(t.Context(), s.rina, s.hotlines, "POLRI", h.Seen()); err != nil {
		t.Fatal(err)
	}
	s.seeded(t, "113")
	if h, err = s.Row(t.Context(), s.rina, s.hotlines, "POLRI"); err != nil || h.Draft != nil {
		t.Errorf("what was dropped is proposed again: %+v, %v", h.Draft, err)
	}
}

// A public number that nobody called for ninety days is overdue and stays public until somebody did.
func TestComplaint06DatedNumbersAreCheckedAgain(t *testing.T) {
	s := newDatedStore(t)
	checked := s.Today().Date()
	err := s.Follow(t.Context(), "hotlines", []dated.Seed{
		{Code: "POLRI", Says: police("110"), From: checked, Checked: &checked},
		{Code: "LAMA", Says: police("111"), From: checked},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.overdue(t); got != "LAMA" {
		t.Errorf("overdue at first: %q", got)
	}
	s.pass(checkNumbersAfter * 24 * time.Hour)
	if got := s.overdue(t); got != "LAMA" {
		t.Errorf("overdue on the ninetieth day: %q", got)
	}
	s.pass(24 * time.Hour)
	if got := s.overdue(t); got != "LAMA POLRI" {
		t.Errorf("overdue after it: %q", got)
	}
	if list, err := s.testStore.Hotlines(t.Context()); err != nil || len(list) != 2 {
		t.Errorf("visitors see %d numbers, %v", len(list), err)
	}
	h, err := s.Row(t.Context(), s.rina, s.hotlines, "LAMA")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Confirm(t.Context(), s.rina, s.hotlines, "LAMA", h.Versions[0].ID+100); !errors.Is(err, dated.ErrStale) {
		t.Errorf("confirmed unseen: %v", err)
	}
	if err := s.Confirm(t.Context(), s.rina, s.hotlines, "LAMA", h.Versions[0].ID); err != nil {
		t.Fatal(err)
	}
	if got := s.overdue(t); got != "POLRI" {
		t.Errorf("overdue after the call: %q", got)
	}
	// What keeps the number keeps the day of the call; another number has none unless its writer called.
	w := s.wish(t, "LAMA", "111", 0)
	w.Says["note_id"] = "Malam hari"
	s.published(t, "LAMA", w)
	if got := s.overdue(t); got != "POLRI" {
		t.Errorf("overdue after a new note: %q", got)
	}
	w = s.wish(t, "POLRI", "119", 0)
	w.Checked = true
	s.published(t, "POLRI", w)
	s.published(t, "LAMA", s.wish(t, "LAMA", "118", 0))
	if got := s.overdue(t); got != "LAMA" {
		t.Errorf("overdue after new numbers, one of them called: %q", got)
	}
	if h, err = s.Row(t.Context(), s.rina, s.hotlines, "LAMA"); err != nil || len(h.Checks) != 1 || h.Checks[0].Who != "Rina" {
		t.Errorf("the history names %+v, %v", h.Checks, err)
	}
}
