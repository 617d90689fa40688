package models

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"naikkelas/models/record"
)

// Somebody who wants no messages on the phone any more gets none that wait; codes and warnings about the account
// itself are sent all the same, and so is mail.
func TestF062WithdrawnConsentDropsWaitingPhoneMessages(t *testing.T) {
	s := newStore(t, noon)
	u, other := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	if err := s.SetConsent(t.Context(), u, "phone_messages", true); err != nil {
		t.Fatal(err)
	}
	for _, n := range []record.Notice{
		{UserID: &u.ID, Channel: "phone", State: "queued", Dedupe: "application_event:1"},
		{UserID: &u.ID, Channel: "phone", State: "failed", Dedupe: "application_event:2"},
		{UserID: &u.ID, Channel: "phone", State: "handed_over", Dedupe: "application_event:3"},
		{UserID: &u.ID, Channel: "phone", State: "queued", Dedupe: "code:1:1"},
		{UserID: &u.ID, Channel: "phone", State: "queued", Dedupe: "address:1:1"},
		{UserID: &u.ID, Channel: "email", State: "queued", Dedupe: "application_event:4"},
		{UserID: &other.ID, Channel: "phone", State: "queued", Dedupe: "application_event:5"},
	} {
		n.Template, n.Language, n.CreatedAt = "x", "id", noon
		if err := s.sql.Create(&n).Error; err != nil {
			t.Fatal(err)
		}
	}
	s.pass(1)
	if err := s.SetConsent(t.Context(), u, "phone_messages", false); err != nil {
		t.Fatal(err)
	}
	var left []string
	s.sql.Model(&record.Notice{}).Order("id").Pluck("dedupe", &left)
	want := []string{"application_event:3", "code:1:1", "address:1:1", "application_event:4", "application_event:5"}
	if !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
}

// Letters to somebody who works here no more are dropped with the account, and none that was just being written is sent.
func TestF065LettersToAClosedWorkAccountAreDropped(t *testing.T) {
	s := newStore(t, noon)
	admin, officer := s.addUser(t, Admin, "admin"), s.addUser(t, Officer, "rina")
	tell := func(key string) (id int64) {
		err := s.transact(t.Context(), "tell", func(tx *Store) error {
			return tx.db.Tell(t.Context(), officer, key, "password_changed", nil)
		})
		if err == nil {
			err = s.sql.Raw("SELECT id FROM notices WHERE dedupe = ?", key).Scan(&id).Error
		}
		if err != nil || id == 0 {
			t.Fatal(fmt.Errorf("letter %d: %w", id, err))
		}
		return id
	}
	before := tell("before")
	s.addUser(t, Officer, "somebody who is left")
	if err := s.CloseWorker(t.Context(), admin, officer.Ref); err != nil {
		t.Fatal(err)
	}
	var left int64
	if s.sql.Model(&record.Notice{}).Count(&left); left != 0 {
		t.Errorf("%d letters wait", left)
	}
	for _, id := range []int64{before, tell("late")} {
		if l, err := s.NoticeLetter(t.Context(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("would be sent: %+v, %v", l, err)
		}
	}
}
