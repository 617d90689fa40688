package models

import (
	"errors"
	"sync"
	"testing"
	"time"
)

// answering is a session of somebody, nil for a visitor, over a store.
func (s *testStore) answering(t *testing.T, who *User) (token string, sess Session) {
	t.Helper()
	token, sess, err := s.StartSession(t.Context(), SessionStart{User: who})
	if err != nil {
		t.Fatal(err)
	}
	return token, sess
}

// keeps keeps a page of a form at a path.
func (s *testStore) keeps(t *testing.T, sess Session, path, page string) (ref string) {
	t.Helper()
	ref, err := s.KeepAnswer(t.Context(), sess, path, 422, []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// A page is given to the session and for the path that it was kept for, sealed until then, for a quarter of an hour.
func TestF172AnswerIsOfOneSessionAndPath(t *testing.T) {
	s := newStore(t, noon)
	ani := s.addUser(t, Seeker, "ani")
	_, own := s.answering(t, &ani)
	_, other := s.answering(t, &ani)
	ref := s.keeps(t, own, "/lapor", "yang diketik")
	for _, tt := range []struct {
		sess      Session
		ref, path string
		found     bool
	}{
		{own, ref, "/lapor", true}, {own, ref, "/en/lapor", false}, {other, ref, "/lapor", false}, {Session{}, ref, "/lapor", false},
		{own, "1' OR true", "/lapor", false}, {own, "00000000-0000-0000-0000-000000000000", "/lapor", false},
	} {
		a, err := s.KeptAnswer(t.Context(), tt.sess, tt.ref, tt.path)
		if tt.found != (err == nil && string(a.Page) == "yang diketik" && a.Status == 422) || !tt.found && !errors.Is(err, ErrNotFound) {
			t.Errorf("%s of session %d at %s: %q, %v", tt.ref, tt.sess.ID, tt.path, a.Page, err)
		}
	}
	if s.rows(t, "session_answers WHERE position('diketik'::bytea IN page) > 0") != 0 {
		t.Error("the page lies there in clear")
	}
	// Moved to another row it does not open.
	s.sql.Exec("UPDATE session_answers SET ref = '11111111-1111-4111-8111-111111111111'")
	if a, err := s.KeptAnswer(t.Context(), own, "11111111-1111-4111-8111-111111111111", "/lapor"); err == nil {
		t.Errorf("opens elsewhere: %q", a.Page)
	}
	late := s.keeps(t, own, "/lapor", "lagi")
	s.pass(answerKept)
	if _, err := s.KeptAnswer(t.Context(), own, late, "/lapor"); !errors.Is(err, ErrNotFound) {
		t.Errorf("after its time: %v", err)
	}
	all(t, s.ForgetAnswers)
	if n := s.rows(t, "session_answers"); n != 0 {
		t.Errorf("%d are left", n)
	}
}

// What is younger stays where the chore passes.
func TestF172ChoreForgetsOldAnswersAlone(t *testing.T) {
	s := newStore(t, noon)
	_, sess := s.answering(t, nil)
	s.keeps(t, sess, "/lapor", "lama")
	s.pass(answerKept)
	young := s.keeps(t, sess, "/lapor", "baru")
	all(t, s.ForgetAnswers)
	a, err := s.KeptAnswer(t.Context(), sess, young, "/lapor")
	if n := s.rows(t, "session_answers"); err != nil || string(a.Page) != "baru" || n != 1 {
		t.Errorf("%d rows, %q, %v", n, a.Page, err)
	}
}

// Once the form is taken nothing of it is left but that it was there; other forms of the session stay.
func TestF172TakenFormIsForgotten(t *testing.T) {
	s := newStore(t, noon)
	_, sess := s.answering(t, nil)
	taken, open := s.keeps(t, sess, "/lapor", "rahasia"), s.keeps(t, sess, "/hak-data", "lain")
	if err := s.FormTaken(t.Context(), sess, "/lapor"); err != nil {
		t.Fatal(err)
	}
	if a, err := s.KeptAnswer(t.Context(), sess, taken, "/lapor"); err != nil || a.Page != nil {
		t.Errorf("taken: %q, %v", a.Page, err)
	}
	if a, err := s.KeptAnswer(t.Context(), sess, open, "/hak-data"); err != nil || string(a.Page) != "lain" {
		t.Errorf("not taken: %q, %v", a.Page, err)
	}
}

// However a session ends, what it kept goes with it at once, and nothing is kept for it any more.
func TestF172EndedSessionKeepsNoAnswer(t *testing.T) {
	for name, end := range map[string]func(s *testStore, u User, token string, sess Session) error{
		"signing out": func(s *testStore, _ User, token string, _ Session) error { return s.EndSession(t.Context(), token) },
		"from the list": func(s *testStore, u User, _ string, sess Session) error {
			return s.EndSessionByID(t.Context(), u, sess.ID)
		},
		"with all others": func(s *testStore, u User, _ string, _ Session) error {
			return s.EndOtherSessions(t.Context(), u.ID, nil)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, noon)
			ani := s.addUser(t, Seeker, "ani")
			token, sess := s.answering(t, &ani)
			_, visitor := s.answering(t, nil)
			s.keeps(t, sess, "/saya/profil", "rahasia")
			s.keeps(t, visitor, "/lapor", "orang lain")
			if err := end(s, ani, token, sess); err != nil {
				t.Fatal(err)
			}
			if _, err := s.KeepAnswer(t.Context(), sess, "/saya/profil", 422, []byte("telat")); !errors.Is(err, ErrSessionGone) {
				t.Errorf("kept after the end: %v", err)
			}
			if n := s.rows(t, "session_answers"); n != 1 {
				t.Errorf("%d are left, want the visitor's alone", n)
			}
		})
	}
}

// Of many refused forms of a session, sent at once, the last few are kept.
func TestF172SessionKeepsFewAnswers(t *testing.T) {
	s := newStore(t, noon)
	_, sess := s.answering(t, nil)
	var sent sync.WaitGroup
	for range 4 * mostAnswers {
		sent.Go(func() {
			if _, err := s.KeepAnswer(t.Context(), sess, "/lapor", 422, []byte("banyak")); err != nil {
				t.Error(err)
			}
		})
	}
	sent.Wait()
	if n := s.rows(t, "session_answers"); n != mostAnswers {
		t.Errorf("%d are kept, want %d", n, mostAnswers)
	}
}

// A flood is bounded by who sends it: a person, an address of visitors, and all visitors together.
func TestF172FloodOfRefusedFormsIsBounded(t *testing.T) {
	s := newStore(t, noon)
	ani := s.addUser(t, Seeker, "ani")
	at := func(address string, who *User) bool {
		ok, err := s.MayKeepAnswer(WithOrigin(t.Context(), Origin{Address: address}), who)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	for n := range answerLimit.Most {
		if !at("203.0.113.1", nil) || !at("203.0.113.1", &ani) {
			t.Fatalf("the %d. is refused", n+1)
		}
	}
	if at("203.0.113.1", nil) || at("203.0.113.9", &ani) {
		t.Error("more than the limit are kept")
	}
	if !at("203.0.113.2", nil) {
		t.Error("another address is refused as well")
	}
	if err := s.sql.Exec("UPDATE attempts SET count = ? WHERE count = ?", visitorAnswerLimit.Most, answerLimit.Most+1).Error; err != nil {
		t.Fatal(err)
	}
	if at("203.0.113.3", nil) {
		t.Error("all visitors together have no bound")
	}
	s.pass(answerKept + time.Minute)
	if !at("203.0.113.1", nil) || !at("203.0.113.1", &ani) {
		t.Error("refused for ever")
	}
}
